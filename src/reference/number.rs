//! The value of a number expression: exact decimals, missing where any operand is.

use super::facts::Scope;
use crate::model::NumberExpr;
use crate::value::{Decimal, Instant, Value};

/// One step of `a + b * c - d`: the operator and its right side.
pub(super) struct Step<'e> {
    pub operator: Operator,
    pub right: &'e NumberExpr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// An expression as its leftmost operand and the steps that follow, in order. A sum may have any number of terms, so
/// its left side is walked in a loop; right sides nest only in parentheses, whose depth is bounded.
pub(super) fn chain(expr: &NumberExpr) -> (&NumberExpr, Vec<Step<'_>>) {
    let (mut leftmost, mut steps) = (expr, Vec::new());
    loop {
        let (operator, left, right) = match leftmost {
            NumberExpr::Add(left, right) => (Operator::Add, left, right),
            NumberExpr::Subtract(left, right) => (Operator::Subtract, left, right),
            NumberExpr::Multiply(left, right) => (Operator::Multiply, left, right),
            NumberExpr::Divide(left, right) => (Operator::Divide, left, right),
            _ => break,
        };
        steps.push(Step { operator, right });
        leftmost = left;
    }
    steps.reverse();
    (leftmost, steps)
}

impl<'a> Scope<'a> {
    pub fn number(&self, expr: &NumberExpr) -> Option<Decimal> {
        let (leftmost, steps) = chain(expr);
        let mut result = self.operand(leftmost);
        for step in steps {
            let right = self.number(step.right);
            result = result.zip(right).and_then(|(left, right)| self.calculate(left, step.operator, right));
        }
        result
    }

    /// One operation. Division by zero is missing; so is a result that is too large, which is counted.
    pub fn calculate(&self, left: Decimal, operator: Operator, right: Decimal) -> Option<Decimal> {
        match operator {
            Operator::Add => self.watch.fits(left.add(right)),
            Operator::Subtract => self.watch.fits(left.subtract(right)),
            Operator::Multiply => self.watch.fits(left.multiply(right)),
            Operator::Divide if right == Decimal::ZERO => None,
            Operator::Divide => self.watch.fits(left.divide(right)),
        }
    }

    fn operand(&self, expr: &NumberExpr) -> Option<Decimal> {
        match expr {
            NumberExpr::Literal(number) => Some(*number),
            NumberExpr::Missing => None,
            NumberExpr::Field(field) => as_number(self.field(*field)),
            NumberExpr::Property(property) => as_number(self.property(property)),
            NumberExpr::Define(define) => as_number(self.define(*define)),
            NumberExpr::Lookup(lookup) => as_number(self.lookup(*lookup)),
            NumberExpr::Score(score) => self.facts.score(*score),
            NumberExpr::PointsOf(rule) => self.facts.points.get(rule.index()).copied().flatten(),
            NumberExpr::Negate(expr) => self.number(expr).map(Decimal::negate),
            NumberExpr::Add(..) | NumberExpr::Subtract(..) | NumberExpr::Multiply(..) | NumberExpr::Divide(..) => {
                self.number(expr)
            }
            NumberExpr::PercentOf(percent, expr) => {
                self.number(expr).and_then(|number| self.watch.fits(number.percent(*percent)))
            }
            NumberExpr::LengthOf(text) => self.text(text).map(|text| Decimal::whole(text.given.chars().count() as i64)),
            NumberExpr::DaysSince(date) => {
                let date = self.date(date)?.first(&self.facts.model.zone);
                days_between(date, self.facts.as_of)
            }
            NumberExpr::DaysUntil(date) => {
                let date = self.date(date)?.first(&self.facts.model.zone);
                days_between(self.facts.as_of, date)
            }
            NumberExpr::HourOf(date) => {
                let zone = &self.facts.model.zone;
                Some(Decimal::whole(self.date(date)?.first(zone).hour(zone)))
            }
            NumberExpr::CountOfKnown(values) => {
                Some(Decimal::whole(values.iter().filter(|value| self.value(value).is_some()).count() as i64))
            }
            NumberExpr::FirstKnown(values) => values.iter().find_map(|value| self.number(value)),
            NumberExpr::Highest(values) => values.iter().filter_map(|value| self.number(value)).max(),
            NumberExpr::Lowest(values) => values.iter().filter_map(|value| self.number(value)).min(),
            NumberExpr::CountOf(selector) => Some(Decimal::whole(self.select(selector).len() as i64)),
            NumberExpr::CountOfDistinct(property, selector) => Some(self.count_of_distinct(property, selector)),
            NumberExpr::SumOf(property, selector) => self.sum_of(property, selector),
            NumberExpr::AverageOf(property, selector) => self.average_of(property, selector),
            NumberExpr::HighestOf(property, selector) => self.numbers_of(property, selector).into_iter().max(),
            NumberExpr::LowestOf(property, selector) => self.numbers_of(property, selector).into_iter().min(),
            NumberExpr::Latest(property, selector) => as_number(self.latest(property, selector)),
            NumberExpr::First(property, selector) => as_number(self.first(property, selector)),
            NumberExpr::DaysSinceLast(selector) => days_between(self.select(selector).last()?.at, self.facts.as_of),
            NumberExpr::DaysSinceFirst(selector) => days_between(self.select(selector).first()?.at, self.facts.as_of),
        }
    }
}

/// In days of 24 hours, to 9 decimals; negative where `to` is the earlier.
fn days_between(from: Instant, to: Instant) -> Option<Decimal> {
    const MICROSECONDS_A_DAY: i128 = 86_400_000_000;
    Decimal::whole(to.0.saturating_sub(from.0)).ratio(1, MICROSECONDS_A_DAY)
}

pub(super) fn as_number(value: Option<&Value>) -> Option<Decimal> {
    match value {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }
}
