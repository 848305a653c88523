//! Which events an example needs for the classes that were chosen.

use super::Analysis;
use super::domain::Sample;
use super::graph::{AggregateKind, Variable};
use super::probe::place_of;
use super::query::Choices;
use super::sketch::{DAY, Layout, MOST_EVENTS};
use crate::model::{EventId, PropertyId, Selector};
use crate::value::{Decimal, Duration, Instant, Value};
use std::rc::Rc;

/// Events that an example needs.
pub(super) struct Demand {
    pub selector: Rc<Selector>,
    pub count: u64,
    /// Instead of as fresh as can be
    pub at: Option<Instant>,
    pub properties: Vec<(EventId, PropertyId, Value)>,
}

impl Analysis<'_> {
    pub(super) fn demands(&self, choices: &Choices, layout: Layout) -> Vec<Demand> {
        let mut demands = Vec::new();
        for (variable, sample) in choices {
            match (variable, sample) {
                (Variable::Count(selector), Sample::Count(low, high)) if *low > 0 => {
                    let wanted = low.saturating_mul(layout.times);
                    let count = high.map_or(wanted, |high| wanted.min(high)).min(MOST_EVENTS as u64);
                    demands.extend(self.selector(*selector).map(|selector| Demand {
                        selector,
                        count,
                        at: None,
                        properties: Vec::new(),
                    }));
                }
                (Variable::Aggregate(aggregate), Sample::Value(value)) => {
                    demands.extend(self.demand_of_aggregate(*aggregate, value));
                }
                (Variable::Silence(silence), Sample::Count(low, _)) if *low > 0 => {
                    let wanted = low.saturating_mul(layout.times.min(2));
                    demands.extend(self.demand_of_silence(*silence, wanted));
                }
                _ => {}
            }
        }
        demands
    }

    fn demand_of_aggregate(&self, place: usize, value: &Value) -> Option<Demand> {
        let (aggregate, selector) = {
            let graph = self.graph.borrow();
            let aggregate = graph.aggregates.get(place)?.clone();
            let selector = graph.selectors.get(aggregate.selector)?.clone();
            (aggregate, selector)
        };
        let property = aggregate.property.as_ref().and_then(place_of);
        let mut demand = Demand { selector, count: 1, at: None, properties: Vec::new() };
        match (aggregate.kind, value) {
            (AggregateKind::DaysSinceLast | AggregateKind::DaysSinceFirst, Value::Number(days)) => {
                let length = days.multiply(Decimal::whole(DAY))?.round(0).to_i64()?;
                demand.at = Some(Instant(self.as_of.0.checked_sub(length)?));
            }
            (AggregateKind::Distinct, Value::Number(count)) => {
                demand.count = u64::try_from(count.round(0).to_i64()?).ok()?.min(MOST_EVENTS as u64);
            }
            (AggregateKind::Sum, Value::Number(sum)) if *sum == Decimal::ZERO => return None,
            _ => {
                let (event, property) = property?;
                demand.properties.push((event, property, value.clone()));
            }
        }
        Some(demand)
    }

    /// A `for every … without` counts from an event this long ago; where it counts from a date, see `count_from_fields`.
    fn demand_of_silence(&self, place: usize, count: u64) -> Option<Demand> {
        let graph = self.graph.borrow();
        let silence = graph.silences.get(place)?;
        if silence.every.counting_from.is_some() {
            return None;
        }
        let at = self.so_long_ago(silence.every.every, silence.every.after, count)?;
        let selector = graph.selectors.get(silence.selector)?.clone();
        Some(Demand { selector, count: 1, at: Some(at), properties: Vec::new() })
    }

    pub(super) fn so_long_ago(&self, every: Duration, after: Option<Duration>, count: u64) -> Option<Instant> {
        let zone = &self.model.zone;
        let length = every.exact()?.checked_mul(i64::try_from(count).ok()?)?;
        let back = Instant(self.as_of.0.checked_sub(length)?);
        match after {
            // A calendar step back and one ahead need not meet: some days more do not matter.
            Some(grace) if grace.exact().is_none() => back.minus(grace, zone).map(|start| Instant(start.0 - 4 * DAY)),
            Some(grace) => back.minus(grace, zone),
            None => Some(back),
        }
    }
}
