//! What rules, lookups and groups give: choice, weight and limits.

use super::StateColumn;
use super::every::Every;
use super::lookups::ClassTable;
use super::outcome::{Given, Outcome, Total};
use super::points::{constant_of_class, held, is_constant_table, points};
use super::rounding::Share;
use super::rules::{Recorder, rules_of};
use super::settle::Settler;
use super::values::Values;
use crate::model::{Choice, PointLimits};
use crate::plan::{
    BodyPlan, GroupPlan, ItemPlan, Lookup, LookupEntry, MaskId, PlacedItem, PointsNode, RulePlan, StateId, SubjectId,
};
use crate::run::batch::Mask;
use crate::value::Decimal;

/// An item of the plan with what was worked out for the classes of its subject.
pub(super) struct Placed<'p> {
    pub place: u32,
    pub run: ItemRun<'p>,
}

pub(super) enum ItemRun<'p> {
    Group(GroupRun<'p>),
    Rule(RuleRun<'p>),
    Lookup(LookupRun<'p>),
}

pub(super) struct GroupRun<'p> {
    plan: &'p GroupPlan,
    share: Option<Share>,
    /// Whether a choice around it asks if it took part.
    wants_part: bool,
    pub items: Vec<Placed<'p>>,
}

pub(super) struct RuleRun<'p> {
    pub plan: &'p RulePlan,
    place: u32,
    /// Of a table of constants that always counts: its points within the limits.
    table: ClassTable<LookupEntry>,
}

pub(super) struct LookupRun<'p> {
    pub plan: &'p Lookup,
    entries: ClassTable<LookupEntry>,
}

/// What items are evaluated with.
pub(super) struct Scoring<'s, 'n, 'a> {
    pub settler: &'s mut Settler<'n>,
    pub values: &'s mut Values<'a>,
    pub states: &'s [Option<StateColumn>],
    pub recorder: Option<&'s mut Recorder>,
}

/// `wants_part`: whether a choice around the items asks if one of them took part.
pub(super) fn runs(items: &[PlacedItem], wants_part: bool) -> Vec<Placed<'_>> {
    items.iter().map(|item| Placed { place: item.place, run: ItemRun::new(item, wants_part) }).collect()
}

impl<'p> ItemRun<'p> {
    /// Groups nest to a depth that the checker bounds.
    fn new(item: &'p PlacedItem, wants_part: bool) -> ItemRun<'p> {
        match &item.item {
            ItemPlan::Group(plan) => ItemRun::Group(GroupRun {
                plan,
                share: plan.weight.map(Share::new),
                wants_part,
                items: runs(&plan.items, wants_part || plan.choice != Choice::All),
            }),
            ItemPlan::Rule(plan) => ItemRun::Rule(RuleRun { plan, place: item.place, table: ClassTable::default() }),
            ItemPlan::Lookup(plan) => ItemRun::Lookup(LookupRun { plan, entries: ClassTable::default() }),
        }
    }
}

/// What an item was found to give; by the classes of a subject, its entries say the rest.
enum Worked {
    Constant { points: Decimal, part: Mask },
    Column(Given),
    Classes(SubjectId),
}

/// What the items of one parent give together, or the one that is chosen.
pub(super) fn total(
    items: &mut [Placed<'_>],
    choice: Choice,
    wants_part: bool,
    scoring: &mut Scoring<'_, '_, '_>,
) -> Given {
    let mut total = Total::new(choice, wants_part, scoring.values.rows(), &mut scoring.settler.spare);
    let mut parts: Vec<(u32, Mask)> = Vec::new();
    for item in items.iter_mut() {
        let outcome = match item.run.work(scoring) {
            Worked::Constant { points, part } => Outcome::Constant { points, part },
            Worked::Column(given) => Outcome::Column(given),
            Worked::Classes(subject) => match scoring.values.classes(subject) {
                Some(column) => Outcome::Classes { column, entries: item.run.entries() },
                None => continue,
            },
        };
        total.take(item.place, &outcome, &mut scoring.settler.spare);
        if let Some(recorder) = scoring.recorder.as_deref_mut() {
            match (&item.run, &outcome) {
                (ItemRun::Rule(rule), outcome) => recorder.record(rule.plan.rule, outcome),
                (ItemRun::Lookup(lookup), Outcome::Classes { column, .. }) => {
                    recorder.record_lookup(lookup.plan, column);
                }
                (ItemRun::Group(_), Outcome::Column(given)) => parts.push((item.place, given.part.clone())),
                (ItemRun::Group(_) | ItemRun::Lookup(_), _) => {}
            }
        }
        outcome.end(&mut scoring.settler.spare);
    }
    if let (Some(recorder), true) = (scoring.recorder.as_deref_mut(), choice != Choice::All) {
        recorder.drop_others(items, total.places(), &parts);
    }
    total.given(&mut scoring.settler.spare)
}

impl ItemRun<'_> {
    fn entries(&self) -> &[LookupEntry] {
        match self {
            ItemRun::Lookup(lookup) => lookup.entries.all(),
            ItemRun::Rule(rule) => rule.table.all(),
            ItemRun::Group(_) => &[],
        }
    }

    fn work(&mut self, scoring: &mut Scoring<'_, '_, '_>) -> Worked {
        match self {
            ItemRun::Group(group) => Worked::Column(group.work(scoring)),
            ItemRun::Rule(rule) => rule.work(scoring),
            ItemRun::Lookup(lookup) => lookup.work(scoring),
        }
    }
}

impl LookupRun<'_> {
    fn work(&mut self, scoring: &mut Scoring<'_, '_, '_>) -> Worked {
        let plan = self.plan;
        scoring.settler.settle_classes(scoring.values, plan.subject);
        if let Some(column) = scoring.values.classes(plan.subject) {
            self.entries.extend(column, |answers, _| plan.entry(answers));
        }
        Worked::Classes(plan.subject)
    }
}

impl GroupRun<'_> {
    /// A group whose `when` does not hold gives 0, without limits. What did not take part gives 0 too: limits lie on
    /// both sides of it.
    fn work(&mut self, scoring: &mut Scoring<'_, '_, '_>) -> Given {
        let mut given = total(&mut self.items, self.plan.choice, self.wants_part, scoring);
        if let Some(share) = self.share {
            given.points.iter_mut().for_each(|points| *points = share.of(*points));
        }
        hold(&mut given.points, self.plan.limits);
        if let Some(when) = self.plan.when {
            let when = scoring.settler.mask_or_none(scoring.values, when);
            clear_others(&mut given.points, &when);
            given.part.and(&when);
            if let Some(recorder) = scoring.recorder.as_deref_mut() {
                recorder.keep_only(&rules_of(&self.items), &when);
            }
            scoring.settler.spare.keep_mask(when);
        }
        given
    }
}

impl RuleRun<'_> {
    fn work(&mut self, scoring: &mut Scoring<'_, '_, '_>) -> Worked {
        let (plan, limits) = (self.plan, self.plan.limits);
        match &plan.body {
            BodyPlan::When { mask, points: PointsNode::Constant(points) } => {
                Worked::Constant { points: within(*points, limits), part: part_of(*mask, scoring) }
            }
            BodyPlan::When { mask: None, points: node @ PointsNode::Table { subject, .. } }
                if is_constant_table(node) =>
            {
                scoring.settler.settle_classes(scoring.values, *subject);
                if let Some(column) = scoring.values.classes(*subject) {
                    let place = self.place;
                    self.table.extend(column, |answers, missing| table_entry(node, answers, missing, (place, limits)));
                }
                Worked::Classes(*subject)
            }
            BodyPlan::When { mask, points } => {
                let part = part_of(*mask, scoring);
                Worked::Column(limited(pointed(points, part, scoring), limits))
            }
            BodyPlan::ForEach(state) => Worked::Column(limited(occurrences(*state, scoring), limits)),
            BodyPlan::ForEvery { latest, counting_from, every, after, points } => {
                let counted = Every { latest, counting_from: *counting_from, every: *every, after: *after };
                Worked::Column(limited(passed(&counted, points, scoring), limits))
            }
        }
    }
}

/// `no higher than`, `no lower than`, `from`, `to`
pub(super) fn within(points: Decimal, limits: PointLimits) -> Decimal {
    let points = limits.highest.map_or(points, |highest| points.min(highest));
    limits.lowest.map_or(points, |lowest| points.max(lowest))
}

fn hold(points: &mut [Decimal], limits: PointLimits) {
    if limits != PointLimits::default() {
        points.iter_mut().for_each(|points| *points = within(*points, limits));
    }
}

fn limited(mut given: Given, limits: PointLimits) -> Given {
    hold(&mut given.points, limits);
    given
}

/// 0 in all rows but those of the mask.
pub(super) fn clear_others(points: &mut [Decimal], mask: &Mask) {
    for (points, word) in points.chunks_mut(64).zip(mask.words()) {
        if *word != u64::MAX {
            for (place, points) in points.iter_mut().enumerate() {
                *points = Decimal::from_billionths(points.billionths() & -i128::from(word >> place & 1));
            }
        }
    }
}

fn part_of(mask: Option<MaskId>, scoring: &mut Scoring<'_, '_, '_>) -> Mask {
    match mask {
        Some(mask) => scoring.settler.mask_or_none(scoring.values, mask),
        None => scoring.settler.spare.mask(scoring.values.rows(), true),
    }
}

/// What a table of constants gives for a class, as a rule at a place and with limits.
fn table_entry(node: &PointsNode, answers: &[u64], missing: bool, (place, limits): (u32, PointLimits)) -> LookupEntry {
    match constant_of_class(node, answers, missing).flatten() {
        None => LookupEntry::default(),
        Some(points) => LookupEntry { points: within(points, limits), place: Some(place) },
    }
}

/// Computed points where the mask holds; where they are missing, the rule takes no part.
fn pointed(node: &PointsNode, mut part: Mask, scoring: &mut Scoring<'_, '_, '_>) -> Given {
    settle_tables(node, scoring);
    let mut given = scoring.settler.spare.decimals(scoring.values.rows());
    if let PointsNode::Computed(number) = node {
        match scoring.values.number(*number) {
            None => part = scoring.settler.spare.mask(scoring.values.rows(), false),
            Some(column) => {
                part.and(&column.known);
                part.each(|row| {
                    if let (Some(place), Some(number)) = (given.get_mut(row), column.values.get(row)) {
                        *place = held(*number);
                    }
                });
            }
        }
        return Given { points: given, part };
    }
    let mut without = scoring.settler.spare.mask(scoring.values.rows(), false);
    part.each(|row| match (points(node, scoring.values, row, 0), given.get_mut(row)) {
        (Some(points), Some(place)) => *place = points,
        _ => without.set(row, true),
    });
    part.and_not(&without);
    scoring.settler.spare.keep_mask(without);
    Given { points: given, part }
}

/// The classes of all tables in a rule's points. Tables and series nest to a depth that the checker bounds.
fn settle_tables(node: &PointsNode, scoring: &mut Scoring<'_, '_, '_>) {
    match node {
        PointsNode::Constant(_) | PointsNode::Computed(_) => {}
        PointsNode::Series(series) => series.iter().for_each(|one| settle_tables(one, scoring)),
        PointsNode::Table { subject, rows, missing, otherwise } => {
            scoring.settler.settle_classes(scoring.values, *subject);
            let rows = rows.iter().map(|(_, row)| row);
            rows.chain(missing.as_deref()).chain(otherwise.as_deref()).for_each(|row| settle_tables(row, scoring));
        }
    }
}

fn occurrences(state: StateId, scoring: &mut Scoring<'_, '_, '_>) -> Given {
    let rows = scoring.values.rows();
    match scoring.states.get(state.index()) {
        Some(Some(StateColumn::Points { points, took_part })) => {
            let mut copy = scoring.settler.spare.decimals(rows);
            copy.iter_mut().zip(points).for_each(|(copy, points)| *copy = *points);
            Given { points: copy, part: scoring.settler.spare.mask_like(took_part) }
        }
        _ => Given { points: scoring.settler.spare.decimals(rows), part: scoring.settler.spare.mask(rows, false) },
    }
}

/// `for every`: the points times the whole durations.
fn passed(every: &Every<'_>, node: &PointsNode, scoring: &mut Scoring<'_, '_, '_>) -> Given {
    settle_tables(node, scoring);
    let rows = scoring.values.rows();
    let mut given =
        Given { points: scoring.settler.spare.decimals(rows), part: scoring.settler.spare.mask(rows, false) };
    let as_of = scoring.settler.as_of;
    for (row, place) in given.points.iter_mut().enumerate() {
        let count = every.passed(scoring.values, row, &mut scoring.settler.days, as_of);
        if count > 0
            && let Some(points) = points(node, scoring.values, row, 0)
        {
            *place = Decimal::from_billionths(points.billionths().saturating_mul(i128::from(count)));
            given.part.set(row, true);
        }
    }
    given
}
