//! Two conditions side by side: where they differ, while all around it is the same.

use crate::analysis::Given;
use crate::impact::meaning::{Digest, Meaning};
use crate::model::{AnyExpr, Compare, Condition, ConditionKind, Model, NumberExpr, NumberTest};
use crate::value::Decimal;
use std::collections::BTreeSet;

/// Where two conditions over one model differ. Whether they do shows only where what is given is met.
pub(super) struct Place<'w, 'i> {
    pub was: &'w Condition,
    pub is: &'i Condition,
    pub given: Vec<Given<'i>>,
}

/// Defines in defines are looked through so far.
const DEEPEST: usize = 64;

/// Where the two agree in all these places, they agree.
pub(super) fn places<'w, 'i: 'w>(
    meaning: &Meaning<'i>,
    model: &'i Model,
    was: &'w Condition,
    is: &'i Condition,
) -> Vec<Place<'w, 'i>> {
    let mut open = vec![(Place { was, is, given: Vec::new() }, 0)];
    let mut found = Vec::new();
    while let Some((place, depth)) = open.pop() {
        let (was, is) = (named(model, place.was), named(model, place.is));
        let place = Place { was, is, ..place };
        match (&was.kind, &is.kind) {
            _ if meaning.condition(was) == meaning.condition(is) => {}
            (ConditionKind::Not(was), ConditionKind::Not(is)) if depth < DEEPEST => {
                open.push((Place { was, is, given: place.given }, depth + 1));
            }
            (ConditionKind::All(before), ConditionKind::All(after)) if depth < DEEPEST => {
                match parts(meaning, &place.given, before, after, true) {
                    Some(parts) => open.extend(parts.into_iter().map(|part| (part, depth + 1))),
                    None => found.push(place),
                }
            }
            (ConditionKind::Any(before), ConditionKind::Any(after)) if depth < DEEPEST => {
                match parts(meaning, &place.given, before, after, false) {
                    Some(parts) => open.extend(parts.into_iter().map(|part| (part, depth + 1))),
                    None => found.push(place),
                }
            }
            _ => found.push(place),
        }
    }
    found
}

/// What a name of a define stands for.
fn named<'c>(model: &'c Model, mut condition: &'c Condition) -> &'c Condition {
    for _ in 0..DEEPEST {
        let ConditionKind::Define(id) = condition.kind else { break };
        let Some(AnyExpr::Condition(inner)) = model.defines.get(id.index()).map(|define| &define.value) else { break };
        condition = inner;
    }
    condition
}

/// The parts that only one of them has, in their order; `None` where these are not as many. Where a difference shows,
/// the parts that both have hold, in an `and`, and fail, in an `or`.
fn parts<'w, 'i>(
    meaning: &Meaning<'i>,
    given: &[Given<'i>],
    before: &'w [Condition],
    after: &'i [Condition],
    all: bool,
) -> Option<Vec<Place<'w, 'i>>> {
    let digests = |of: &[Condition]| -> BTreeSet<Digest> { of.iter().map(|part| meaning.condition(part)).collect() };
    let (old, new) = (digests(before), digests(after));
    let removed: Vec<&'w Condition> = before.iter().filter(|part| !new.contains(&meaning.condition(part))).collect();
    let added: Vec<&'i Condition> = after.iter().filter(|part| !old.contains(&meaning.condition(part))).collect();
    if removed.len() != added.len() {
        return None;
    }
    let shared = after.iter().filter(|part| old.contains(&meaning.condition(part)));
    let given: Vec<Given<'i>> =
        given.iter().copied().chain(shared.map(|condition| Given { condition, holds: all })).collect();
    let places = removed.into_iter().zip(added);
    Some(places.map(|(was, is)| Place { was, is, given: given.clone() }).collect())
}

/// One number, compared in two ways with numbers that are written out.
pub(super) struct Compared<'w, 'i> {
    pub number: &'i NumberExpr,
    was: &'w NumberTest,
    is: &'i NumberTest,
    /// What is given of the same number: tests that hold, and such as do not.
    given: Vec<(&'i NumberTest, bool)>,
}

impl<'w, 'i> Compared<'w, 'i> {
    pub fn of(meaning: &Meaning<'_>, place: &Place<'w, 'i>) -> Option<Compared<'w, 'i>> {
        let ConditionKind::Number { value: before, test: was } = &place.was.kind else { return None };
        let ConditionKind::Number { value: number, test: is } = &place.is.kind else { return None };
        let are_literal = literals(was).is_some() && literals(is).is_some();
        (are_literal && meaning.number(before) == meaning.number(number)).then_some(Compared {
            number,
            was,
            is,
            given: Vec::new(),
        })
    }

    /// Only where this is met, as far as it is about the same number.
    pub fn where_met(mut self, meaning: &Meaning<'_>, given: &[Given<'i>]) -> Compared<'w, 'i> {
        for given in given {
            if let ConditionKind::Number { value, test } = &given.condition.kind
                && literals(test).is_some()
                && meaning.number(value) == meaning.number(self.number)
            {
                self.given.push((test, given.holds));
            }
        }
        self
    }

    /// Between two of these, nothing changes.
    pub fn cuts(&self) -> BTreeSet<Decimal> {
        let given = self.given.iter().map(|(test, _)| *test);
        [self.was, self.is].into_iter().chain(given).flat_map(|test| literals(test).unwrap_or_default()).collect()
    }

    pub fn differ_at(&self, value: Decimal) -> bool {
        holds(self.was, value) != holds(self.is, value) && self.given.iter().all(|(test, is)| holds(test, value) == *is)
    }
}

fn literals(test: &NumberTest) -> Option<Vec<Decimal>> {
    let literal = |number: &NumberExpr| match number {
        NumberExpr::Literal(value) => Some(*value),
        _ => None,
    };
    match test {
        NumberTest::Compare(_, right) => Some(vec![literal(right)?]),
        NumberTest::Between(low, high) => Some(vec![literal(low)?, literal(high)?]),
        NumberTest::OneOf(all) => all.iter().map(literal).collect(),
    }
}

fn holds(test: &NumberTest, value: Decimal) -> bool {
    let literals = literals(test).unwrap_or_default();
    let first = literals.first().copied().unwrap_or_default();
    match test {
        NumberTest::Compare(compare, _) => match compare {
            Compare::Equal => value == first,
            Compare::Less => value < first,
            Compare::LessOrEqual => value <= first,
            Compare::Greater => value > first,
            Compare::GreaterOrEqual => value >= first,
        },
        NumberTest::Between(..) => value >= first && literals.get(1).is_some_and(|high| value <= *high),
        NumberTest::OneOf(_) => literals.contains(&value),
    }
}
