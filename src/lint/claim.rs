//! What a finding's example shows, as conditions that hold for it: the tests hold every one of them against the
//! reference evaluator.

use crate::model::{
    BandId, Compare, Condition, ConditionKind, NumberExpr, NumberTest, RuleId, ScoreId, Selector, TextExpr,
    TextOperand, TextTest, ThresholdId,
};
use crate::source::Span;
use crate::value::{Decimal, Text};
use std::collections::BTreeSet;

fn condition(kind: ConditionKind) -> Condition {
    Condition { kind, span: Span::default() }
}

/// It does not hold.
pub fn not(claim: Condition) -> Condition {
    condition(ConditionKind::Not(Box::new(claim)))
}

/// A condition of the model holds for the example.
pub fn holds(claim: &Condition) -> Condition {
    claim.clone()
}

/// A condition of the model does not hold for the example.
pub fn fails(claim: &Condition) -> Condition {
    not(claim.clone())
}

fn number(value: NumberExpr, compare: Compare, to: Decimal) -> Condition {
    condition(ConditionKind::Number { value, test: NumberTest::Compare(compare, NumberExpr::Literal(to)) })
}

/// `fit is 45`
pub fn score_is(score: ScoreId, points: Decimal) -> Condition {
    number(NumberExpr::Score(score), Compare::Equal, points)
}

/// `fit is missing`
pub fn score_is_missing(score: ScoreId) -> Condition {
    let known = crate::model::AnyExpr::Number(NumberExpr::Score(score));
    not(condition(ConditionKind::Known(Box::new(known))))
}

/// `points of "Executive" is 20`
pub fn points_are(rule: RuleId, points: Decimal) -> Condition {
    number(NumberExpr::PointsOf(rule), Compare::Equal, points)
}

/// The points of some rules come to so much in all.
pub fn points_in_all_are(rules: &[RuleId], points: Decimal) -> Condition {
    let sum = rules.iter().fold(NumberExpr::Literal(Decimal::ZERO), |sum, rule| {
        NumberExpr::Add(Box::new(sum), Box::new(NumberExpr::PointsOf(*rule)))
    });
    number(sum, Compare::Equal, points)
}

/// `fit <= 0`
pub fn score_is_at_most(score: ScoreId, points: Decimal) -> Condition {
    number(NumberExpr::Score(score), Compare::LessOrEqual, points)
}

/// `excluded`
pub fn excluded() -> Condition {
    condition(ConditionKind::Excluded)
}

/// `mql`
pub fn meets(threshold: ThresholdId) -> Condition {
    condition(ConditionKind::Threshold(threshold))
}

/// `band of fit is A`
pub fn band_is(score: ScoreId, band: BandId) -> Condition {
    condition(ConditionKind::Band { score, bands: BTreeSet::from([band]) })
}

/// `priority is "P1"`
pub fn cell_is(matrix: crate::model::MatrixId, cell: &str) -> Condition {
    let operands = Text::new(cell).map(TextOperand::Literal).into_iter().collect();
    condition(ConditionKind::Text { value: TextExpr::Matrix(matrix), test: TextTest::Is(operands) })
}

/// `at least N page_view …`
pub fn has_events(selector: &Selector, at_least: Decimal) -> Condition {
    condition(ConditionKind::Events {
        selector: Box::new(selector.clone()),
        compare: Compare::GreaterOrEqual,
        number: NumberExpr::Literal(at_least),
    })
}
