//! Events as variables: how many a selector keeps, what they come to, and which single events it can keep.

use super::{Aspect, Graph, Node, NodeId, Scope, Variable};
use crate::analysis::interval::Interval;
use crate::model::{Condition, ConditionKind, DateExpr, DateTest, EventId, ForEvery, Property, Selector};
use crate::value::Decimal;
use std::rc::Rc;

/// What the events of a selector come to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::analysis) struct Aggregate {
    pub kind: AggregateKind,
    pub property: Option<Property>,
    /// Into [`Graph::selectors`]
    pub selector: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) enum AggregateKind {
    Distinct,
    Sum,
    Average,
    Highest,
    Lowest,
    Latest,
    First,
    DaysSinceLast,
    DaysSinceFirst,
}

/// A `for every … without` rule's whole durations, and how many of them bring its points to their limits.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::analysis) struct Silence {
    pub every: ForEvery,
    pub selector: usize,
    pub enough: Vec<u64>,
}

impl Graph<'_> {
    pub fn selector(&mut self, selector: &Selector) -> usize {
        let is_same = |place: usize| self.selectors.get(place).is_some_and(|known| **known == *selector);
        if let Some(place) = self.selectors_at.get(&selector.span).copied().filter(|place| is_same(*place)) {
            return place;
        }
        let same = (0..self.selectors.len()).find(|place| is_same(*place));
        let place = same.unwrap_or_else(|| {
            self.selectors.push(Rc::new(selector.clone()));
            self.selectors.len() - 1
        });
        self.selectors_at.insert(selector.span, place);
        place
    }

    /// How many events a selector keeps.
    pub fn count(&mut self, selector: &Selector) -> NodeId {
        let selector = self.selector(selector);
        self.add(Node::Leaf(Variable::Count(selector), Aspect::Value))
    }

    pub(super) fn aggregate(
        &mut self,
        kind: AggregateKind,
        property: Option<&Property>,
        selector: &Selector,
    ) -> Variable {
        let aggregate = Aggregate { kind, property: property.cloned(), selector: self.selector(selector) };
        let same = self.aggregates.iter().position(|known| *known == aggregate);
        Variable::Aggregate(same.unwrap_or_else(|| {
            self.aggregates.push(aggregate);
            self.aggregates.len() - 1
        }))
    }

    pub(super) fn silence(&mut self, every: &ForEvery, enough: Vec<u64>) -> NodeId {
        let selector = self.selector(&every.selector);
        let silence = Silence { every: every.clone(), selector, enough };
        let same = self.silences.iter().position(|known| *known == silence);
        let place = same.unwrap_or_else(|| {
            self.silences.push(silence);
            self.silences.len() - 1
        });
        self.add(Node::Leaf(Variable::Silence(place), Aspect::Value))
    }

    /// Between which numbers an aggregate lies where it is known.
    pub fn aggregate_interval(&self, aggregate: &Aggregate) -> Interval {
        let declared = aggregate.property.as_ref().map_or(Interval::ALL, |property| self.declared(property));
        match aggregate.kind {
            AggregateKind::Distinct | AggregateKind::DaysSinceLast | AggregateKind::DaysSinceFirst => {
                Interval::FROM_ZERO
            }
            AggregateKind::Sum => match (declared.low(), declared.high()) {
                (Some(low), _) if !low.is_negative() => Interval::FROM_ZERO,
                (_, Some(high)) if high <= Decimal::ZERO => Interval::FROM_ZERO.negated(),
                _ => Interval::ALL,
            },
            _ => declared,
        }
    }

    /// Whether a selector keeps one event of a type, by its filter and its windows; what depends on other events is
    /// given by `relations`.
    pub fn keeps(&mut self, selector: &Selector, event: EventId, relations: NodeId) -> NodeId {
        if !selector.types.contains(&event) {
            return self.add(Node::Constant(false));
        }
        let scope = Scope::Event(event);
        let mut parts = Vec::new();
        if let Some(filter) = &selector.filter {
            parts.push(self.condition(filter, scope));
        }
        let at = |graph: &mut Self, test: DateTest| {
            let kind = ConditionKind::Date { value: DateExpr::At, test };
            graph.condition(&Condition { kind, span: selector.span }, scope)
        };
        if let Some(length) = selector.in_last {
            parts.push(at(self, DateTest::InLast(length)));
        }
        if let Some(since) = &selector.since {
            let earlier = at(self, DateTest::Before(since.clone()));
            parts.push(self.not(earlier));
            parts.push(self.date_known(since, selector));
        }
        if let Some(before) = &selector.before {
            parts.push(at(self, DateTest::Before(before.clone())));
        }
        if !selector.since_last.is_empty() || selector.within_after.is_some() {
            parts.push(relations);
        }
        self.add(Node::All(parts))
    }

    fn date_known(&mut self, date: &DateExpr, selector: &Selector) -> NodeId {
        let kind = ConditionKind::Known(Box::new(crate::model::AnyExpr::Date(date.clone())));
        self.condition(&Condition { kind, span: selector.span }, Scope::Lead)
    }
}
