//! A number of a lead that a change is about: measured by the reference evaluator.

use crate::analysis::Given;
use crate::data::interrupt;
use crate::impact::attainable::Stretch;
use crate::impact::sample::Sample;
use crate::model::{AnyExpr, Group, Model, NumberExpr, RuleId, ScoreId};
use crate::reference::{Breakdown, EntryKind, Evaluation, evaluate};
use crate::value::{Decimal, Instant};

#[derive(Clone, Copy)]
pub(super) enum Quantity<'c> {
    Number(&'c NumberExpr),
    /// Before its limits and rounding
    Score(ScoreId),
    /// Before its limits
    Group(ScoreId, &'c Group),
}

/// What a lead should come to, that both models can take.
pub(super) struct Aim<'c> {
    /// The model that measures.
    pub model: &'c Model,
    pub of: Quantity<'c>,
    /// Any of these would do.
    pub wanted: Vec<Stretch>,
    /// Conditions of the model that measures.
    pub given: Vec<Given<'c>>,
    /// A rule of another model and one of this, which should give different points.
    pub parting: Option<(&'c Model, RuleId, RuleId)>,
}

/// What a lead comes to.
pub(super) struct Measured {
    pub value: Decimal,
    /// Whether all that is given is met.
    pub fits: bool,
}

impl<'c> Aim<'c> {
    pub fn new(model: &'c Model, of: Quantity<'c>, wanted: Vec<Stretch>) -> Aim<'c> {
        Aim { model, of, wanted, given: Vec::new(), parting: None }
    }

    /// `None` where the number is missing, the lead is excluded, or its row would be bad; also once asked to stop.
    pub fn measure(&self, sample: &Sample, as_of: Instant) -> Option<Measured> {
        let witness = sample.to_witness(self.model).filter(|_| !interrupt::is_requested())?;
        let (lead, events) = (witness.to_lead(self.model), witness.to_events(self.model));
        let previous = witness.to_previous(self.model);
        let evaluation = evaluate(self.model, &lead, &events, &previous, as_of, None);
        if evaluation.results.excluded.is_some() {
            return None;
        }
        let value = self.of.measure(&evaluation)?;
        let is_met = self.given.iter().all(|given| evaluation.holds(given.condition) == given.holds);
        let parts = || match self.parting {
            Some((other, was, is)) => points_of(&evaluation, is) != points_in(other, sample, as_of, was),
            None => true,
        };
        let fits = is_met && parts();
        Some(Measured { value, fits })
    }

    /// How far a value is from what is wanted; 0 where it is there.
    pub fn distance(&self, value: Decimal) -> i128 {
        let value = value.billionths();
        let distance = |stretch: &Stretch| {
            let below = stretch.low.map_or(0, |low| low.billionths().saturating_sub(value));
            let above = stretch.high.map_or(0, |high| value.saturating_sub(high.billionths()));
            below.max(above).max(0)
        };
        self.wanted.iter().map(distance).min().unwrap_or(i128::MAX)
    }
}

impl Quantity<'_> {
    fn measure(&self, evaluation: &Evaluation<'_>) -> Option<Decimal> {
        match self {
            Quantity::Number(number) => match evaluation.value(&AnyExpr::Number((*number).clone()))? {
                crate::value::Value::Number(value) => Some(value),
                _ => None,
            },
            Quantity::Score(score) => before_limits(evaluation.breakdowns.get(score.index())?),
            Quantity::Group(score, group) => of_group(evaluation.breakdowns.get(score.index())?, group),
        }
    }
}

fn points_of(evaluation: &Evaluation<'_>, rule: RuleId) -> Option<Decimal> {
    evaluation.breakdowns.iter().find_map(|breakdown| breakdown.rule(rule)).map(|entry| entry.points)
}

fn points_in(model: &Model, sample: &Sample, as_of: Instant, rule: RuleId) -> Option<Decimal> {
    let witness = sample.to_witness(model)?;
    let (lead, events) = (witness.to_lead(model), witness.to_events(model));
    points_of(&evaluate(model, &lead, &events, &witness.to_previous(model), as_of, None), rule)
}

fn before_limits(breakdown: &Breakdown) -> Option<Decimal> {
    breakdown.total?;
    let own = breakdown.entries.iter().filter(|entry| entry.depth == 0);
    let items = own.filter(|entry| !matches!(entry.kind, EntryKind::Limit | EntryKind::Rounding));
    items.map(|entry| entry.points).try_fold(Decimal::ZERO, Decimal::add)
}

/// What it brings, and what its limits took away.
fn of_group(breakdown: &Breakdown, group: &Group) -> Option<Decimal> {
    breakdown.total?;
    let is_own = |kind, span| kind == EntryKind::Group && span == Some(group.span);
    let place = breakdown.entries.iter().position(|entry| is_own(entry.kind, entry.span))?;
    let own = breakdown.entries.get(place)?;
    let inside = breakdown.entries.get(place + 1..)?.iter().take_while(|entry| entry.depth > own.depth);
    let limit = inside.filter(|entry| entry.depth == own.depth + 1 && entry.kind == EntryKind::Limit);
    limit.map(|entry| entry.points).try_fold(own.points, Decimal::subtract)
}
