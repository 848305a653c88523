//! A score: its sum, limits and rounding, with the breakdown; and its band.

use super::breakdown::{Breakdown, Entry, EntryKind};
use super::describe::Words;
use super::facts::Scope;
use super::group::untouched_item;
use super::limits::held_within;
use super::number::Operator;
use super::points::sum;
use crate::model::{BandEdge, BandId, Bands, Condition, Item, NumberExpr, Score, ScoreBody};
use crate::value::{Decimal, POINT_DECIMALS};

impl<'a> Scope<'a> {
    pub fn breakdown(&self, score: &Score) -> Breakdown {
        match &score.body {
            ScoreBody::Rules { start, when, items } => self.rules(score, *start, when.as_ref(), items),
            ScoreBody::Derived(expr) => self.derived(score, expr),
        }
    }

    /// A score whose `when` does not hold is missing.
    fn rules(&self, score: &Score, start: Option<Decimal>, when: Option<&Condition>, items: &[Item]) -> Breakdown {
        if when.is_some_and(|when| !self.holds(when)) {
            return Breakdown { entries: items.iter().flat_map(untouched_item).collect(), total: None };
        }
        let start = start.unwrap_or_default();
        let mut entries = Vec::with_capacity(items.len() + 1);
        entries.extend(Entry::change(EntryKind::Start, || format!("starting at {start}"), Decimal::ZERO, start));
        items.iter().for_each(|item| self.item(item, &mut entries));
        let points = sum(entries.iter().filter(|entry| entry.depth == 0).map(|entry| entry.points));
        finish(score, entries, points, points)
    }

    /// Every term is known, or the score is missing. A term is an entry at 4 decimals; what that rounding leaves over goes
    /// to the entry of the limit, or else of the rounding.
    fn derived(&self, score: &Score, expr: &NumberExpr) -> Breakdown {
        let words = Words { model: self.facts.model };
        let mut entries = Vec::new();
        let mut total = Some(Decimal::ZERO);
        for (operator, term) in terms(expr) {
            let value = self.number(term);
            total = total.zip(value).and_then(|(total, value)| self.calculate(total, operator, value));
            let signed = value.map(|value| if operator == Operator::Subtract { value.negate() } else { value });
            entries.push(Entry {
                points: signed.unwrap_or_default().round(POINT_DECIMALS),
                took_part: value.is_some(),
                ..Entry::new(EntryKind::Term, &words.term(term), None)
            });
        }
        let Some(total) = total else { return Breakdown { entries, total: None } };
        let shown = sum(entries.iter().map(|entry| entry.points));
        finish(score, entries, shown, total)
    }
}

/// Limits, then rounding. `shown` is the sum of the entries, `exact` what they stand for.
fn finish(score: &Score, mut entries: Vec<Entry>, shown: Decimal, exact: Decimal) -> Breakdown {
    let held = held_within(exact, score.lowest, score.highest);
    let total = held.round(score.decimals);
    // A limit is a multiple of the rounding step, so a held score needs no rounding.
    let kind = if held == exact { EntryKind::Rounding } else { EntryKind::Limit };
    let label = || match (score.lowest, score.highest) {
        _ if held == exact => rounding_label(score),
        (_, Some(highest)) if exact > highest => format!("to {highest}"),
        (lowest, _) => format!("from {}", lowest.unwrap_or_default()),
    };
    entries.extend(Entry::change(kind, label, shown, total));
    Breakdown { entries, total: Some(total) }
}

fn rounding_label(score: &Score) -> String {
    match score.decimals {
        0 => "rounded to whole".to_owned(),
        1 => "rounded to 1 decimal".to_owned(),
        decimals => format!("rounded to {decimals} decimals"),
    }
}

/// `fit - 30% of risk + 5` as what is added and what is subtracted, in the order written.
pub(super) fn terms(expr: &NumberExpr) -> Vec<(Operator, &NumberExpr)> {
    let (mut left, mut terms) = (expr, Vec::new());
    loop {
        let (operator, next, right) = match left {
            NumberExpr::Add(next, right) => (Operator::Add, next, right),
            NumberExpr::Subtract(next, right) => (Operator::Subtract, next, right),
            _ => break,
        };
        terms.push((operator, &**right));
        left = next;
    }
    terms.push((Operator::Add, left));
    terms.reverse();
    terms
}

/// The band with the highest edge that the score passes, in any written order; else `otherwise`.
pub(super) fn band_of(bands: &Bands, score: Decimal) -> Option<BandId> {
    let mut best: Option<(usize, (Decimal, bool))> = None;
    for (place, band) in bands.bands.iter().enumerate() {
        let edge = match band.edge {
            BandEdge::From(at) if score >= at => (at, false),
            BandEdge::Above(at) if score > at => (at, true),
            _ => continue,
        };
        if best.is_none_or(|(_, highest)| edge > highest) {
            best = Some((place, edge));
        }
    }
    let otherwise = || bands.bands.iter().position(|band| band.edge == BandEdge::Otherwise);
    best.map(|(place, _)| place).or_else(otherwise).map(|place| BandId(place as u32))
}
