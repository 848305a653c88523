//! What a number can come to, by its expression.

use super::stepped::Stepped;
use super::{Attainable, Values, counts, declared};
use crate::model::NumberExpr;
use crate::value::Decimal;

/// A sum may have any number of terms: its left side is followed in a loop.
pub(super) fn of(attainable: &Attainable<'_, '_>, number: &NumberExpr) -> Values {
    let (mut left, mut rights) = (number, Vec::new());
    while let NumberExpr::Add(next, right)
    | NumberExpr::Subtract(next, right)
    | NumberExpr::Multiply(next, right)
    | NumberExpr::Divide(next, right) = left
    {
        rights.push((left, &**right));
        left = next;
    }
    rights.into_iter().rev().fold(operand(attainable, left), |values, (operator, right)| {
        let right = of(attainable, right);
        match operator {
            NumberExpr::Add(..) => values.plus(&right),
            NumberExpr::Subtract(..) => values.plus(&right.negated()),
            NumberExpr::Multiply(..) => values.times(&right),
            _ => values.pairs(&right, Decimal::divide, Stepped::divided),
        }
    })
}

fn operand(attainable: &Attainable<'_, '_>, number: &NumberExpr) -> Values {
    match number {
        NumberExpr::Literal(value) => Values::exactly(*value),
        NumberExpr::Missing => Values::none(),
        NumberExpr::Field(id) => declared(attainable.model().lead.fields.get(id.index()).map(|field| &field.kind)),
        NumberExpr::Define(id) => attainable.defines.get(id).cloned().unwrap_or_else(Values::any),
        NumberExpr::Lookup(id) => attainable.lookups.get(id).cloned().unwrap_or_else(Values::any),
        NumberExpr::Score(id) => attainable.scores.get(id).cloned().unwrap_or_else(Values::any),
        NumberExpr::Negate(one) => of(attainable, one).negated(),
        NumberExpr::PercentOf(percent, one) => of(attainable, one).percent(*percent),
        // One of them, whichever.
        NumberExpr::FirstKnown(all) | NumberExpr::Highest(all) | NumberExpr::Lowest(all) => {
            all.iter().fold(Values::none(), |values, one| values.or(&of(attainable, one)))
        }
        NumberExpr::LengthOf(_)
        | NumberExpr::CountOfKnown(_)
        | NumberExpr::CountOf(_)
        | NumberExpr::CountOfDistinct(..)
        | NumberExpr::HourOf(_) => counts(),
        NumberExpr::Property(_)
        | NumberExpr::DaysSince(_)
        | NumberExpr::DaysUntil(_)
        | NumberExpr::SumOf(..)
        | NumberExpr::AverageOf(..)
        | NumberExpr::HighestOf(..)
        | NumberExpr::LowestOf(..)
        | NumberExpr::Latest(..)
        | NumberExpr::First(..)
        | NumberExpr::DaysSinceLast(_)
        | NumberExpr::DaysSinceFirst(_)
        | NumberExpr::PointsOf(_)
        | NumberExpr::Add(..)
        | NumberExpr::Subtract(..)
        | NumberExpr::Multiply(..)
        | NumberExpr::Divide(..) => Values::any(),
    }
}
