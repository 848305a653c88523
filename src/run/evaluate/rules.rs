//! The points of single rules, where they are asked for.

use super::RuleColumn;
use super::classes::ClassColumn;
use super::groups::{ItemRun, Placed};
use super::outcome::Outcome;
use crate::model::{Item, Model, RuleId, ScoreBody};
use crate::plan::Lookup;
use crate::run::batch::{Mask, NumberColumn};
use crate::value::Decimal;

/// By rule, as the breakdown has them.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    pub columns: Vec<RuleColumn>,
}

impl Recorder {
    /// Every rule gives 0 until it is recorded, and is missing until its score is settled.
    pub fn new(rules: u32, rows: usize) -> Recorder {
        let blank = || RuleColumn {
            points: NumberColumn { values: vec![Decimal::ZERO; rows], known: Mask::new(rows, false) },
            took_part: Mask::new(rows, false),
        };
        Recorder { columns: (0..rules).map(|_| blank()).collect() }
    }

    pub fn record(&mut self, rule: RuleId, outcome: &Outcome<'_>) {
        let Some(column) = self.columns.get_mut(rule.index()) else { return };
        match outcome {
            Outcome::Constant { points, part } => {
                part.each(|row| set(&mut column.points.values, row, *points));
                column.took_part.or(part);
            }
            Outcome::Column(given) => {
                column.points.values.clone_from(&given.points);
                column.took_part.or(&given.part);
            }
            Outcome::Classes { column: classes, entries } => {
                for (row, class) in classes.classes.iter().enumerate() {
                    if let Some(entry) = entries.get(*class as usize).filter(|entry| entry.place.is_some()) {
                        set(&mut column.points.values, row, entry.points);
                        column.took_part.set(row, true);
                    }
                }
            }
        }
    }

    /// Each rule of a lookup by itself.
    pub fn record_lookup(&mut self, lookup: &Lookup, column: &ClassColumn) {
        for rule in &lookup.rules {
            let bits: Vec<bool> = column.answers.iter().map(|answers| rule.question.holds(answers)).collect();
            let part = Mask::of(column.classes.iter().map(|class| bits.get(*class as usize) == Some(&true)));
            self.record(rule.rule, &Outcome::Constant { points: rule.points, part });
        }
    }

    /// After the choice of a parent: drops what took part and was not chosen. `parts` are those of its groups, by place.
    pub fn drop_others(&mut self, items: &[Placed<'_>], chosen: &[u32], parts: &[(u32, Mask)]) {
        for item in items {
            match &item.run {
                ItemRun::Rule(rule) => self.drop_one(rule.plan.rule, item.place, chosen),
                ItemRun::Lookup(lookup) => {
                    lookup.plan.rules.iter().for_each(|rule| self.drop_one(rule.rule, rule.place, chosen));
                }
                ItemRun::Group(group) => {
                    let part = parts.iter().find(|(place, _)| *place == item.place).map(|(_, part)| part);
                    let Some(mut kept) = part.cloned() else { continue };
                    // kept where the group is chosen, and where it took no part
                    kept.not();
                    kept.or(&is_chosen(chosen, item.place));
                    self.keep_only(&rules_of(&group.items), &kept);
                }
            }
        }
    }

    fn drop_one(&mut self, rule: RuleId, place: u32, chosen: &[u32]) {
        self.keep_only(&[rule], &is_chosen(chosen, place));
    }

    /// In other rows the rules give nothing and take no part.
    pub fn keep_only(&mut self, rules: &[RuleId], rows: &Mask) {
        let mut others = rows.clone();
        others.not();
        for rule in rules {
            if let Some(column) = self.columns.get_mut(rule.index()) {
                others.each(|row| set(&mut column.points.values, row, Decimal::ZERO));
                column.took_part.and(rows);
            }
        }
    }

    /// The rules of a score are known where it is.
    pub fn known(&mut self, rules: &[RuleId], known: &Mask) {
        self.keep_only(rules, known);
        for rule in rules {
            if let Some(column) = self.columns.get_mut(rule.index()) {
                column.points.known = known.clone();
            }
        }
    }
}

fn is_chosen(chosen: &[u32], place: u32) -> Mask {
    Mask::of(chosen.iter().map(|chosen| *chosen == place))
}

fn set(values: &mut [Decimal], row: usize, value: Decimal) {
    if let Some(place) = values.get_mut(row) {
        *place = value;
    }
}

/// All rules among items; groups nest to a depth that the checker bounds.
pub(super) fn rules_of(items: &[Placed<'_>]) -> Vec<RuleId> {
    items
        .iter()
        .flat_map(|item| match &item.run {
            ItemRun::Rule(rule) => vec![rule.plan.rule],
            ItemRun::Lookup(lookup) => lookup.plan.rules.iter().map(|rule| rule.rule).collect(),
            ItemRun::Group(group) => rules_of(&group.items),
        })
        .collect()
}

/// All rules that a score of the model has, those too that the plan left out.
pub(super) fn rules_of_score(model: &Model, score: usize) -> Vec<RuleId> {
    match model.scores.get(score).map(|score| &score.body) {
        Some(ScoreBody::Rules { items, .. }) => items.iter().flat_map(rules_of_item).collect(),
        Some(ScoreBody::Derived(_)) | None => Vec::new(),
    }
}

fn rules_of_item(item: &Item) -> Vec<RuleId> {
    match item {
        Item::Rule(rule) => vec![rule.id],
        Item::Group(group) => group.items.iter().flat_map(rules_of_item).collect(),
    }
}
