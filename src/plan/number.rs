//! Number expressions as nodes.

use super::builder::{Builder, Planned, Scope};
use super::passes::Pass;
use super::reads;
use super::*;
use crate::model::{AnyExpr, NumberExpr};
use crate::value::{Decimal, Instant};

/// `a + b * c - d` as its leftmost operand and what follows. A sum may have any number of terms, so its left side is
/// walked in a loop; right sides nest only in parentheses, whose depth is bounded.
pub(super) fn chain(expr: &NumberExpr) -> (&NumberExpr, Vec<(Operator, &NumberExpr)>) {
    let (mut leftmost, mut steps) = (expr, Vec::new());
    loop {
        let (operator, left, right) = match leftmost {
            NumberExpr::Add(left, right) => (Operator::Add, left, right),
            NumberExpr::Subtract(left, right) => (Operator::Subtract, left, right),
            NumberExpr::Multiply(left, right) => (Operator::Multiply, left, right),
            NumberExpr::Divide(left, right) => (Operator::Divide, left, right),
            _ => break,
        };
        steps.push((operator, &**right));
        leftmost = left;
    }
    steps.reverse();
    (leftmost, steps)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Builder<'_> {
    pub fn number(&mut self, expr: &NumberExpr) -> NumberId {
        if self.scope == Scope::Event && !reads::number(expr) {
            let of_lead = self.within(Scope::Lead, |builder| builder.number(expr));
            return self.number_of_lead(of_lead);
        }
        let (leftmost, steps) = chain(expr);
        let mut result = if steps.is_empty() { self.operand(leftmost) } else { self.number(leftmost) };
        for (operator, right) in steps {
            let right = self.number(right);
            result = self.calculate(result, operator, right);
        }
        result
    }

    /// A number of the lead in the scope of an event; a literal is one everywhere.
    fn number_of_lead(&mut self, id: NumberId) -> NumberId {
        match self.lead.number_node(id) {
            Some(NumberNode::Literal(number)) => {
                let number = *number;
                self.event.number(NumberNode::Literal(number))
            }
            _ => self.event.number(NumberNode::OfLead(id)),
        }
    }

    fn calculate(&mut self, left: NumberId, operator: Operator, right: NumberId) -> NumberId {
        if let (Scope::Event, Some(NumberNode::OfLead(one)), Some(NumberNode::OfLead(two))) =
            (self.scope, self.event.number_node(left), self.event.number_node(right))
        {
            let (one, two) = (*one, *two);
            let of_lead = self.within(Scope::Lead, |builder| builder.calculate(one, operator, two));
            return self.number_of_lead(of_lead);
        }
        if self.has(Pass::Fold)
            && let (Some(Some(one)), Some(Some(two))) = (self.literal_number(left), self.literal_number(right))
        {
            let result = match operator {
                Operator::Add => one.add(two).map(Some),
                Operator::Subtract => one.subtract(two).map(Some),
                Operator::Multiply => one.multiply(two).map(Some),
                Operator::Divide if two == Decimal::ZERO => Some(None),
                Operator::Divide => one.divide(two).map(Some),
            };
            // One that is too large is counted for each lead.
            if let Some(result) = result {
                return self.folded_number(result);
            }
        }
        self.arena().number(match operator {
            Operator::Add => NumberNode::Add(left, right),
            Operator::Subtract => NumberNode::Subtract(left, right),
            Operator::Multiply => NumberNode::Multiply(left, right),
            Operator::Divide => NumberNode::Divide(left, right),
        })
    }

    fn folded_number(&mut self, number: Option<Decimal>) -> NumberId {
        self.notes.count("folded: number");
        self.literal(number)
    }

    pub fn literal(&mut self, number: Option<Decimal>) -> NumberId {
        self.arena().number(NumberNode::Literal(number))
    }

    /// The number that a node always is.
    pub fn literal_number(&mut self, id: NumberId) -> Option<Option<Decimal>> {
        match self.arena().number_node(id)? {
            NumberNode::Literal(number) => Some(*number),
            _ => None,
        }
    }

    fn operand(&mut self, expr: &NumberExpr) -> NumberId {
        let node = match expr {
            NumberExpr::Literal(number) => NumberNode::Literal(Some(*number)),
            NumberExpr::Missing => NumberNode::Literal(None),
            NumberExpr::Field(field) => NumberNode::Field(*field),
            NumberExpr::Property(property) => NumberNode::Property(std::sync::Arc::new(property.clone())),
            NumberExpr::Define(define) => return self.named_number(|builder| builder.define(*define)),
            NumberExpr::Lookup(lookup) => return self.named_number(|builder| builder.lookup(*lookup)),
            NumberExpr::Score(score) => NumberNode::Score(*score),
            NumberExpr::PointsOf(rule) if self.scope == Scope::After => NumberNode::PointsOf(*rule),
            NumberExpr::PointsOf(_) => NumberNode::Literal(None),
            NumberExpr::Negate(inner) => return self.negate(inner),
            NumberExpr::Add(..) | NumberExpr::Subtract(..) | NumberExpr::Multiply(..) | NumberExpr::Divide(..) => {
                return self.number(expr);
            }
            NumberExpr::PercentOf(percent, inner) => return self.percent_of(*percent, inner),
            NumberExpr::LengthOf(text) => {
                let text = self.text(text);
                match self.foldable_text(text) {
                    Some(text) => {
                        NumberNode::Literal(text.map(|text| Decimal::whole(text.given.chars().count() as i64)))
                    }
                    None => NumberNode::LengthOf(text),
                }
            }
            NumberExpr::DaysSince(date) => {
                let date = self.date(date);
                match self.foldable_date(date) {
                    Some(date) => NumberNode::Literal(date.and_then(|date| days_between(date, self.as_of))),
                    None => NumberNode::DaysSince(date),
                }
            }
            NumberExpr::DaysUntil(date) => {
                let date = self.date(date);
                match self.foldable_date(date) {
                    Some(date) => NumberNode::Literal(date.and_then(|date| days_between(self.as_of, date))),
                    None => NumberNode::DaysUntil(date),
                }
            }
            NumberExpr::HourOf(date) => {
                let date = self.date(date);
                let zone = &self.model.zone;
                match self.foldable_date(date) {
                    Some(date) => NumberNode::Literal(date.map(|date| Decimal::whole(date.hour(zone)))),
                    None => NumberNode::HourOf(date),
                }
            }
            NumberExpr::CountOfKnown(values) => {
                NumberNode::CountOfKnown(values.iter().map(|value| self.countable(value)).collect())
            }
            NumberExpr::FirstKnown(values) => return self.first_known(values),
            NumberExpr::Highest(values) => return self.extreme(values, Decimal::max, NumberNode::Highest),
            NumberExpr::Lowest(values) => return self.extreme(values, Decimal::min, NumberNode::Lowest),
            events => return self.number_of_events(events),
        };
        self.arena().number(node)
    }

    fn named_number(&mut self, name: impl FnOnce(&mut Self) -> Option<Planned>) -> NumberId {
        match name(self) {
            Some(Planned::Value(ValueId::Number(id))) => id,
            _ => self.literal(None),
        }
    }

    fn negate(&mut self, inner: &NumberExpr) -> NumberId {
        let inner = self.number(inner);
        match self.literal_number(inner) {
            Some(number) if self.has(Pass::Fold) => self.folded_number(number.map(Decimal::negate)),
            _ => self.arena().number(NumberNode::Negate(inner)),
        }
    }

    fn percent_of(&mut self, percent: Decimal, inner: &NumberExpr) -> NumberId {
        let inner = self.number(inner);
        if self.has(Pass::Fold)
            && let Some(number) = self.literal_number(inner)
            && let Some(result) = number.map_or(Some(None), |number| number.percent(percent).map(Some))
        {
            return self.folded_number(result);
        }
        self.arena().number(NumberNode::PercentOf(percent, inner))
    }

    /// A condition is always known, as a number is that stands for it.
    fn countable(&mut self, value: &AnyExpr) -> ValueId {
        match self.any(value) {
            Planned::Value(id) => id,
            Planned::Condition(_) => ValueId::Number(self.literal(Some(Decimal::ONE))),
        }
    }

    /// Missing literals are passed over, and what stands behind a known one is never reached.
    fn first_known(&mut self, values: &[NumberExpr]) -> NumberId {
        let mut ids = Vec::new();
        for value in values {
            let id = self.number(value);
            match self.literal_number(id) {
                Some(None) if self.has(Pass::Fold) => {}
                Some(Some(_)) if self.has(Pass::Fold) => {
                    ids.push(id);
                    break;
                }
                _ => ids.push(id),
            }
        }
        match ids.as_slice() {
            [] => self.literal(None),
            [only] => *only,
            _ => self.arena().number(NumberNode::FirstKnown(ids)),
        }
    }

    fn extreme(
        &mut self,
        values: &[NumberExpr],
        better: fn(Decimal, Decimal) -> Decimal,
        node: fn(Vec<NumberId>) -> NumberNode,
    ) -> NumberId {
        let ids: Vec<NumberId> = values.iter().map(|value| self.number(value)).collect();
        let literals: Option<Vec<Option<Decimal>>> = ids.iter().map(|id| self.literal_number(*id)).collect();
        match literals {
            Some(literals) if self.has(Pass::Fold) => self.folded_number(literals.into_iter().flatten().reduce(better)),
            _ => self.arena().number(node(ids)),
        }
    }
}

/// In days of 24 hours, to 9 decimals; negative where `to` is the earlier.
fn days_between(from: Instant, to: Instant) -> Option<Decimal> {
    const MICROSECONDS_A_DAY: i128 = 86_400_000_000;
    Decimal::whole(to.0.saturating_sub(from.0)).ratio(1, MICROSECONDS_A_DAY)
}
