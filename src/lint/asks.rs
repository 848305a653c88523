//! What thresholds ask: the parts of a condition, and scores compared with numbers.

use super::Context;
use crate::model::{
    AnyExpr, Compare, Condition, ConditionKind, Model, NumberExpr, NumberTest, ScoreId, Threshold, ThresholdId,
};
use crate::value::Decimal;

/// `total >= 50`
#[derive(Debug, Clone, Copy)]
pub struct ScoreAsk<'a> {
    pub score: ScoreId,
    pub compare: Compare,
    pub number: Decimal,
    pub condition: &'a Condition,
}

impl ScoreAsk<'_> {
    /// Whether a score asks to be high: `>=`, `>`.
    pub fn is_at_least(&self) -> bool {
        matches!(self.compare, Compare::GreaterOrEqual | Compare::Greater)
    }

    /// Whether so many points do.
    pub fn is_met_by(&self, points: Decimal) -> bool {
        match self.compare {
            Compare::Equal => points == self.number,
            Compare::Less => points < self.number,
            Compare::LessOrEqual => points <= self.number,
            Compare::Greater => points > self.number,
            Compare::GreaterOrEqual => points >= self.number,
        }
    }
}

/// The parts of `a and b and c`; a condition that is no `and` is its only part.
pub fn parts_of_and(condition: &Condition) -> Vec<&Condition> {
    match &condition.kind {
        ConditionKind::All(parts) => parts.iter().flat_map(parts_of_and).collect(),
        _ => vec![condition],
    }
}

/// The parts of `a or b or c`; a condition that is no `or` is its only part.
pub fn parts_of_or(condition: &Condition) -> Vec<&Condition> {
    match &condition.kind {
        ConditionKind::Any(parts) => parts.iter().flat_map(parts_of_or).collect(),
        _ => vec![condition],
    }
}

/// A condition that compares a score with a number.
pub fn score_ask<'a>(model: &Model, condition: &'a Condition) -> Option<ScoreAsk<'a>> {
    let ConditionKind::Number { value: NumberExpr::Score(score), test: NumberTest::Compare(compare, number) } =
        &condition.kind
    else {
        return None;
    };
    Some(ScoreAsk { score: *score, compare: *compare, number: constant(model, number)?, condition })
}

/// A number that is the same for every lead: a literal, or a define of one.
pub fn constant(model: &Model, number: &NumberExpr) -> Option<Decimal> {
    match number {
        NumberExpr::Literal(number) => Some(*number),
        NumberExpr::Define(define) => match &model.defines.get(define.index())?.value {
            AnyExpr::Number(NumberExpr::Literal(number)) => Some(*number),
            _ => None,
        },
        _ => None,
    }
}

impl<'a> Context<'a> {
    pub fn thresholds(&self) -> impl Iterator<Item = (ThresholdId, &'a Threshold)> + use<'a> {
        (0..).map(ThresholdId).zip(&self.model.thresholds)
    }

    /// The scores that every lead must have so many points of to meet a threshold.
    pub fn asks_of<'t>(&self, threshold: &'t Threshold) -> Vec<ScoreAsk<'t>> {
        let asks = parts_of_and(&threshold.when).into_iter().filter_map(|part| score_ask(self.model, part));
        asks.filter(ScoreAsk::is_at_least).collect()
    }
}
