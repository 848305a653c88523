//! Everything of one kind in a model, with where it stands.

use super::Context;
use super::places::{ConditionPlace, Owner, SelectorPlace, TextAtom, when_of};
use crate::model::walk::{
    Part, walk_any, walk_condition, walk_date, walk_lookup, walk_number, walk_points, walk_selector,
};
use crate::model::{
    AnyExpr, Body, Condition, ConditionKind, DefineId, ExcludeId, LookupId, LookupTable, Points, RowTest, ScoreBody,
    ScoreId, Selector, Table, TableKey, TextExpr, ThresholdId,
};
use crate::source::Span;

impl<'a> Context<'a> {
    /// Calls `look` with every part of every condition and expression of the rules, and what it belongs to: not of
    /// tests. Names are not looked through; a define's own expression comes with the define.
    pub fn each_part(&self, look: &mut dyn FnMut(&Owner<'a>, Part<'a>)) {
        let model = self.model;
        for selector in &model.ignores {
            walk_selector(selector, &mut |part| look(&Owner::Ignore, part));
        }
        for (id, define) in (0..).map(DefineId).zip(&model.defines) {
            walk_any(&define.value, &mut |part| look(&Owner::Define(id), part));
        }
        for (id, lookup) in (0..).map(LookupId).zip(&model.lookups) {
            walk_lookup(&lookup.table, &mut |part| look(&Owner::Lookup(id), part));
        }
        for (id, exclude) in (0..).map(ExcludeId).zip(&model.excludes) {
            walk_condition(&exclude.when, &mut |part| look(&Owner::Exclude(id), part));
        }
        for (id, score) in (0..).map(ScoreId).zip(&model.scores) {
            let owner = Owner::Score(id);
            match &score.body {
                ScoreBody::Rules { .. } => {
                    when_of(score).into_iter().for_each(|when| walk_condition(when, &mut |part| look(&owner, part)));
                }
                ScoreBody::Derived(number) => walk_number(number, &mut |part| look(&owner, part)),
            }
        }
        for place in self.groups() {
            let owner = Owner::Group(place.clone());
            place.group.when.iter().for_each(|when| walk_condition(when, &mut |part| look(&owner, part)));
        }
        for place in self.rules() {
            let owner = Owner::Rule(place.clone());
            match &place.rule.body {
                Body::Always => {}
                Body::When(condition) => walk_condition(condition, &mut |part| look(&owner, part)),
                Body::ForEach(each) => walk_selector(&each.selector, &mut |part| look(&owner, part)),
                Body::ForEvery(every) => {
                    walk_selector(&every.selector, &mut |part| look(&owner, part));
                    every.counting_from.iter().for_each(|date| walk_date(date, &mut |part| look(&owner, part)));
                }
            }
            walk_points(&place.rule.points, &mut |part| look(&owner, part));
        }
        for (id, threshold) in (0..).map(ThresholdId).zip(&model.thresholds) {
            walk_condition(&threshold.when, &mut |part| look(&Owner::ThresholdWhen(id), part));
            let until = Owner::ThresholdUntil(id);
            threshold.until.iter().for_each(|condition| walk_condition(condition, &mut |part| look(&until, part)));
        }
    }

    /// All whole conditions about the lead (`when`s, `until`s, defines), without filters.
    pub fn conditions(&self) -> Vec<ConditionPlace<'a>> {
        let model = self.model;
        let mut found = Vec::new();
        let mut add = |condition: &'a Condition, owner| {
            found.push(ConditionPlace { condition, owner, filter_of: None });
        };
        for (id, define) in (0..).map(DefineId).zip(&model.defines) {
            if let AnyExpr::Condition(condition) = &define.value {
                add(condition, Owner::Define(id));
            }
        }
        for (id, exclude) in (0..).map(ExcludeId).zip(&model.excludes) {
            add(&exclude.when, Owner::Exclude(id));
        }
        for (id, score) in (0..).map(ScoreId).zip(&model.scores) {
            when_of(score).into_iter().for_each(|when| add(when, Owner::Score(id)));
        }
        for place in self.groups() {
            place.group.when.iter().for_each(|when| add(when, Owner::Group(place.clone())));
        }
        for place in self.rules() {
            if let Body::When(condition) = &place.rule.body {
                add(condition, Owner::Rule(place.clone()));
            }
        }
        for (id, threshold) in (0..).map(ThresholdId).zip(&model.thresholds) {
            add(&threshold.when, Owner::ThresholdWhen(id));
            threshold.until.iter().for_each(|until| add(until, Owner::ThresholdUntil(id)));
        }
        found
    }

    /// The same without what thresholds ask, which has lints of its own.
    pub fn conditions_beside_thresholds(&self) -> impl Iterator<Item = ConditionPlace<'a>> + use<'a> {
        let asks =
            |place: &ConditionPlace<'_>| matches!(place.owner, Owner::ThresholdWhen(_) | Owner::ThresholdUntil(_));
        self.conditions().into_iter().filter(move |place| !asks(place))
    }

    /// All selectors, wherever they are written.
    pub fn selectors(&self) -> Vec<SelectorPlace<'a>> {
        let mut found = Vec::new();
        self.each_part(&mut |owner, part| {
            if let Part::Selector(selector) = part {
                let of_body = match owner {
                    Owner::Rule(place) => is_of_body(&place.rule.body, selector),
                    _ => false,
                };
                found.push(SelectorPlace { selector, owner: owner.clone(), of_body });
            }
        });
        found
    }

    /// All filters of selectors, those of `since last` and `within … after` too.
    pub fn filters(&self) -> Vec<ConditionPlace<'a>> {
        let mut found = Vec::new();
        for place in self.selectors() {
            let selector = place.selector;
            let whiches = selector.since_last.iter().chain(selector.within_after.iter().map(|(_, which)| which));
            for condition in selector.filter.iter().chain(whiches.filter_map(|which| which.filter.as_ref())) {
                found.push(ConditionPlace { condition, owner: place.owner.clone(), filter_of: Some(selector) });
            }
        }
        found
    }

    /// What tables of points and lookups by a text are by, and the places of their rows for values.
    pub fn text_tables(&self) -> Vec<(&'a TextExpr, Vec<Span>)> {
        fn of<R>(table: &Table<R>) -> Option<(&TextExpr, Vec<Span>)> {
            let TableKey::Text(key) = &table.key else { return None };
            let rows = table.rows.iter().filter(|row| matches!(row.test, RowTest::Values(_)));
            Some((key, rows.map(|row| row.span).collect()))
        }
        let rules = self.rules().iter().filter_map(|place| match &place.rule.points {
            Points::Table(table) => of(table),
            _ => None,
        });
        let lookups = self.model.lookups.iter().filter_map(|lookup| match &lookup.table {
            LookupTable::Text(table) => of(table),
            LookupTable::Number(table) => of(table),
        });
        rules.chain(lookups).collect()
    }

    /// All comparisons of texts, in conditions and in filters.
    pub(super) fn find_text_atoms(&self) -> Vec<TextAtom<'a>> {
        let mut found = Vec::new();
        for place in self.conditions().into_iter().chain(self.filters()) {
            for (condition, negated) in atoms(place.condition) {
                if let ConditionKind::Text { value, test } = &condition.kind {
                    found.push(TextAtom { condition, subject: value, test, negated, place: place.clone() });
                }
            }
        }
        found
    }
}

fn is_of_body(body: &Body, selector: &Selector) -> bool {
    match body {
        Body::ForEach(each) => std::ptr::eq(&each.selector, selector),
        Body::ForEvery(every) => std::ptr::eq(&every.selector, selector),
        Body::Always | Body::When(_) => false,
    }
}

/// The parts of a condition that are neither `and`, `or` nor `not`, in the order written, each with whether it stands
/// under an odd number of `not`s. Names are not looked through, filters not looked into.
pub fn atoms(condition: &Condition) -> Vec<(&Condition, bool)> {
    let (mut left, mut found) = (vec![(condition, false)], Vec::new());
    while let Some((condition, negated)) = left.pop() {
        match &condition.kind {
            ConditionKind::All(parts) | ConditionKind::Any(parts) => {
                left.extend(parts.iter().rev().map(|part| (part, negated)));
            }
            ConditionKind::Not(part) => left.push((part, !negated)),
            _ => found.push((condition, negated)),
        }
    }
    found
}
