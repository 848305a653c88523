//! Numbers and tables as nodes.

use super::{AggregateKind, Graph, Node, NodeId, Scope, Variable};
use crate::analysis::interval::Interval;
use crate::model::{
    AnyExpr, Compare, Condition, ConditionKind, FieldKind, NumberExpr, Property, RowTest, Symbol, Table, TableKey,
    TextOperand, TextTest,
};
use crate::value::{Decimal, Text};

impl<'model> Graph<'model> {
    /// Sums lean to the left, as long as they like: they are walked in a loop.
    pub fn number(&mut self, number: &NumberExpr, scope: Scope) -> NodeId {
        let mut later = Vec::new();
        let mut leftmost = number;
        while let NumberExpr::Add(left, right)
        | NumberExpr::Subtract(left, right)
        | NumberExpr::Multiply(left, right)
        | NumberExpr::Divide(left, right) = leftmost
        {
            later.push((leftmost, right));
            leftmost = left;
        }
        let mut result = self.operand(leftmost, scope);
        for (operation, right) in later.into_iter().rev() {
            let right = self.number(right, scope);
            result = self.add(match operation {
                NumberExpr::Add(..) => Node::Add(result, right),
                NumberExpr::Subtract(..) => Node::Subtract(result, right),
                NumberExpr::Multiply(..) => Node::Multiply(result, right),
                _ => Node::Divide(result, right),
            });
        }
        result
    }

    fn operand(&mut self, number: &NumberExpr, scope: Scope) -> NodeId {
        let node = match number {
            NumberExpr::Literal(value) => Node::Number(*value),
            NumberExpr::Missing => Node::Missing,
            NumberExpr::Field(field) => Node::Leaf(Variable::Field(*field), super::Aspect::Value),
            NumberExpr::Property(property) => return self.property(property, scope),
            NumberExpr::Define(define) => return self.named(Symbol::Define(*define)),
            NumberExpr::Lookup(lookup) => return self.named(Symbol::Lookup(*lookup)),
            NumberExpr::Score(score) => return self.named(Symbol::Score(*score)),
            NumberExpr::Negate(of) => Node::Negate(self.number(of, scope)),
            NumberExpr::Add(..) | NumberExpr::Subtract(..) | NumberExpr::Multiply(..) | NumberExpr::Divide(..) => {
                return self.number(number, scope);
            }
            NumberExpr::PercentOf(percent, of) => Node::Percent(*percent, self.number(of, scope)),
            NumberExpr::LengthOf(_) | NumberExpr::DaysSince(_) | NumberExpr::DaysUntil(_) | NumberExpr::HourOf(_) => {
                return self.measured(number, scope);
            }
            NumberExpr::CountOfKnown(values) => Node::Tally(values.iter().map(|of| self.is_known(of, scope)).collect()),
            NumberExpr::FirstKnown(parts) => Node::FirstKnown(self.numbers(parts, scope)),
            NumberExpr::Highest(parts) => Node::Highest(self.numbers(parts, scope)),
            NumberExpr::Lowest(parts) => Node::Lowest(self.numbers(parts, scope)),
            NumberExpr::CountOf(selector) => return self.count(selector),
            NumberExpr::PointsOf(_) => Node::Open,
            events => return self.aggregated(events),
        };
        self.add(node)
    }

    fn aggregated(&mut self, number: &NumberExpr) -> NodeId {
        let (kind, property, selector) = match number {
            NumberExpr::CountOfDistinct(property, selector) => (AggregateKind::Distinct, Some(property), selector),
            NumberExpr::SumOf(property, selector) => (AggregateKind::Sum, Some(property), selector),
            NumberExpr::AverageOf(property, selector) => (AggregateKind::Average, Some(property), selector),
            NumberExpr::HighestOf(property, selector) => (AggregateKind::Highest, Some(property), selector),
            NumberExpr::LowestOf(property, selector) => (AggregateKind::Lowest, Some(property), selector),
            NumberExpr::Latest(property, selector) => (AggregateKind::Latest, Some(property), selector),
            NumberExpr::First(property, selector) => (AggregateKind::First, Some(property), selector),
            NumberExpr::DaysSinceLast(selector) => (AggregateKind::DaysSinceLast, None, selector),
            NumberExpr::DaysSinceFirst(selector) => (AggregateKind::DaysSinceFirst, None, selector),
            _ => return self.add(Node::Open),
        };
        let variable = self.aggregate(kind, property, selector);
        self.add(Node::Leaf(variable, super::Aspect::Value))
    }

    fn numbers(&mut self, parts: &[NumberExpr], scope: Scope) -> Vec<NodeId> {
        parts.iter().map(|part| self.number(part, scope)).collect()
    }

    fn is_known(&mut self, expr: &AnyExpr, scope: Scope) -> NodeId {
        let kind = ConditionKind::Known(Box::new(expr.clone()));
        self.condition(&Condition { kind, span: Default::default() }, scope)
    }

    fn property(&mut self, property: &Property, scope: Scope) -> NodeId {
        let node = match scope {
            Scope::Event(event) => match property.places.get(&event) {
                Some(place) => Node::Leaf(Variable::Property(event, *place), super::Aspect::Value),
                None => Node::Missing,
            },
            Scope::Lead => Node::Somewhere(self.declared(property)),
        };
        self.add(node)
    }

    /// Between which numbers a property lies, by its declarations.
    pub fn declared(&self, property: &Property) -> Interval {
        let places = property.places.iter().filter_map(|(event, place)| {
            let field = self.model.events.get(event.index())?.properties.get(place.index())?;
            match field.kind {
                FieldKind::Number { from, to, .. } => Some(Interval::new(from, to)),
                _ => None,
            }
        });
        places.reduce(Interval::hull).unwrap_or(Interval::ALL)
    }

    /// A number made of one text or date.
    fn measured(&mut self, number: &NumberExpr, scope: Scope) -> NodeId {
        let reads = match number {
            NumberExpr::LengthOf(text) => self.text_reads(text, scope),
            NumberExpr::DaysSince(date) | NumberExpr::DaysUntil(date) | NumberExpr::HourOf(date) => {
                self.date_reads(date, scope)
            }
            _ => super::reads::Reads::more(),
        };
        let is_of_event = matches!(reads.single(), Some(Variable::Aggregate(_)));
        if let Some(variable) = reads.single().filter(|_| !is_of_event) {
            return self.measure(variable, number.clone());
        }
        let node = match number {
            _ if reads.is_constant() && scope == Scope::Lead => {
                self.probe.constant_number(number).map_or(Node::Missing, Node::Number)
            }
            NumberExpr::HourOf(_) => Node::Somewhere(Interval::between(Decimal::ZERO, Decimal::whole(23))),
            NumberExpr::LengthOf(_) => Node::Somewhere(Interval::FROM_ZERO),
            _ => Node::Somewhere(Interval::ALL),
        };
        self.add(node)
    }

    /// A table as the conditions of its rows, in the order in which they are tried.
    pub fn table<R>(
        &mut self,
        table: &'model Table<R>,
        scope: Scope,
        result: &mut dyn FnMut(&mut Graph<'model>, &'model R) -> NodeId,
    ) -> NodeId {
        let mut rows = Vec::new();
        let known = match &table.key {
            TableKey::Number(key) => {
                let key = self.number(key, scope);
                // The highest edge that the number passes.
                for row in table.rows.iter().rev() {
                    let RowTest::Edge { at, included } = row.test else { continue };
                    let at = self.add(Node::Number(at));
                    let compare = if included { Compare::GreaterOrEqual } else { Compare::Greater };
                    let passes = self.add(Node::Compare(key, compare, at));
                    rows.push((passes, result(self, &row.result)));
                }
                self.add(Node::Known(key))
            }
            TableKey::Text(key) => {
                for row in &table.rows {
                    let RowTest::Values(values) = &row.test else { continue };
                    let values = values.iter().filter_map(|value| Text::new(value)).map(TextOperand::Literal);
                    let test = TextTest::Is(values.collect());
                    let kind = ConditionKind::Text { value: key.clone(), test };
                    let passes = self.condition(&Condition { kind, span: Default::default() }, scope);
                    rows.push((passes, result(self, &row.result)));
                }
                self.is_known(&AnyExpr::Text(key.clone()), scope)
            }
        };
        if let Some(missing) = &table.missing {
            let is_missing = self.not(known);
            rows.push((is_missing, result(self, &missing.result)));
        }
        let otherwise = table.otherwise.as_ref().map(|row| result(self, &row.result));
        self.add(Node::Choose { rows, otherwise })
    }
}
