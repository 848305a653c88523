//! From chosen classes to an example lead with its events.

use super::Analysis;
use super::demand::Demand;
use super::domain::Sample;
use super::graph::Variable;
use super::query::Choices;
use super::search::Outcome;
use super::single_event::{EventSketch, EventWish};
use super::witness::{Witness, WitnessEvent};
use crate::model::{Body, Each, EventId, FieldId, FieldKind, LimitScope, Points, PropertyId, Selector, Which};
use crate::value::{CalendarUnit, Decimal, Duration, Instant, Moment, Text, Value};
use std::rc::Rc;

/// How the events of an example are laid out: what limits keep of them depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// So many times as many as the class begins with
    pub times: u64,
    /// With different values of properties that are left open
    pub is_varied: bool,
    /// One a day, or as far apart as limits and groups of the rules ask for, instead of all at once
    pub is_spread: bool,
}

/// From the plainest on.
pub(super) const LAYOUTS: [Layout; 9] = [
    Layout { times: 1, is_varied: false, is_spread: false },
    Layout { times: 1, is_varied: true, is_spread: false },
    Layout { times: 1, is_varied: true, is_spread: true },
    Layout { times: 5, is_varied: false, is_spread: false },
    Layout { times: 5, is_varied: true, is_spread: false },
    Layout { times: 5, is_varied: true, is_spread: true },
    Layout { times: 60, is_varied: false, is_spread: false },
    Layout { times: 60, is_varied: true, is_spread: false },
    Layout { times: 60, is_varied: true, is_spread: true },
];

/// An example has no more events than this.
pub(super) const MOST_EVENTS: usize = 400;
pub(super) const DAY: i64 = 86_400_000_000;

impl<'model> Analysis<'model> {
    /// An example of the chosen classes; what is not chosen is missing, or did not happen. `up` says whether points for
    /// events shall be high or low, where that is of any matter. It may turn out not to be in the classes: it is to be
    /// confirmed.
    pub(super) fn sketch(&self, choices: &Choices, layout: Layout, up: Option<bool>) -> Option<Witness> {
        let mut witness = Witness::default();
        let mut settled = choices.clone();
        for (variable, sample) in choices {
            match (variable, sample) {
                (_, Sample::Unseen) => return None,
                (Variable::Field(field), Sample::Value(value)) => witness.lead.push((*field, value.clone())),
                (Variable::Before(threshold), Sample::Value(Value::YesNo(true))) => witness.before.push(*threshold),
                _ => {}
            }
        }
        self.count_from_fields(choices, &mut settled, &mut witness);
        settled.retain(|variable, _| matches!(variable, Variable::Field(_)));
        let avoided = self.avoided(choices);
        let mut demands = self.demands(choices, layout);
        demands
            .sort_by_key(|demand| (demand.at.is_none(), demand.selector.types.len(), demand.selector.filter.is_none()));
        for demand in demands {
            let avoids: Vec<Rc<Selector>> =
                avoided.iter().filter(|(most, _)| *most < demand.count).map(|(_, of)| of.clone()).collect();
            // Where one cannot be met beside the others, the example may still show enough.
            let _ = self.supply(&demand, &avoids, layout, up, &mut settled, &mut witness);
        }
        witness.lead.sort_by_key(|(field, _)| *field);
        witness.complete(self.model);
        witness.events.sort_by_key(|event| event.at);
        self.start_afresh(&avoided, &settled, &mut witness);
        Some(witness)
    }

    /// Examples of the chosen classes, from the plainest layout on, each once; none once the budget is spent.
    pub(super) fn sketches(&self, choices: &Choices, up: bool) -> impl Iterator<Item = Witness> {
        let mut seen: Vec<Witness> = Vec::new();
        let layouts = LAYOUTS.into_iter().take_while(|_| !self.budget.is_spent());
        layouts.filter_map(move |layout| {
            let witness = self.sketch(choices, layout, Some(up))?;
            let is_new = !seen.contains(&witness);
            seen.extend(is_new.then(|| witness.clone()));
            is_new.then_some(witness)
        })
    }

    /// Where a selector with `since last` keeps more than it shall, what it looks back to happens now.
    fn start_afresh(&self, avoided: &[(u64, Rc<Selector>)], lead: &Choices, witness: &mut Witness) {
        for (most, selector) in avoided {
            let Some(which) = selector.since_last.first() else { continue };
            if self.bench.count(witness, selector) <= *most {
                continue;
            }
            let selector = everything(which);
            let wish = EventWish::of(&selector, lead);
            if let Outcome::Found(event) = self.event(&wish) {
                let EventSketch { kind, properties, .. } = event;
                witness.events.push(WitnessEvent { kind, at: self.as_of, properties });
            }
        }
    }

    /// Selectors that shall keep no more than so many events.
    fn avoided(&self, choices: &Choices) -> Vec<(u64, Rc<Selector>)> {
        let bounded = |(variable, sample): (&Variable, &Sample)| match (variable, sample) {
            (Variable::Count(selector), Sample::Count(_, Some(most))) => Some((*most, self.selector(*selector)?)),
            _ => None,
        };
        choices.iter().filter_map(bounded).collect()
    }

    /// Where silence is counted from a field that is left open, that field says since when.
    fn count_from_fields(&self, choices: &Choices, settled: &mut Choices, witness: &mut Witness) {
        for (variable, sample) in choices {
            let (Variable::Silence(silence), Sample::Count(count, _)) = (variable, sample) else { continue };
            let every = self.graph.borrow().silences.get(*silence).map(|silence| silence.every.clone());
            let Some((every, field)) = every.and_then(|every| {
                let crate::model::DateExpr::Field(field) = every.counting_from? else { return None };
                Some(((every.every, every.after), field))
            }) else {
                continue;
            };
            let since = self.so_long_ago(every.0, every.1, *count).filter(|_| *count > 0);
            if let Some(since) = since.filter(|_| !settled.contains_key(&Variable::Field(field))) {
                let value = Value::Date(Moment::Instant(since));
                settled.insert(Variable::Field(field), Sample::Value(value.clone()));
                witness.lead.push((field, value));
            }
        }
    }

    /// Adds events until the selector keeps as many as are demanded.
    fn supply(
        &self,
        demand: &Demand,
        avoids: &[Rc<Selector>],
        layout: Layout,
        up: Option<bool>,
        settled: &mut Choices,
        witness: &mut Witness,
    ) -> Option<()> {
        let has_more_to_ask = !demand.properties.is_empty() || demand.at.is_some();
        let there = if has_more_to_ask { 0 } else { self.bench.count(witness, &demand.selector) };
        let missing = demand.count.saturating_sub(there);
        if missing == 0 {
            return Some(());
        }
        let avoids: Vec<Rc<Selector>> = avoids.iter().filter(|other| **other != demand.selector).cloned().collect();
        let event = self.event_for(demand, &avoids, up, settled)?;
        for (field, value) in &event.lead {
            let known = settled.contains_key(&Variable::Field(*field));
            settled.insert(Variable::Field(*field), Sample::Value(value.clone()));
            if !known && !witness.lead.iter().any(|(other, _)| other == field) {
                witness.lead.push((*field, value.clone()));
            }
        }
        if let Some((length, which)) = &demand.selector.within_after {
            let anchor = self.anchor(which, *length, &event, settled)?;
            witness.events.insert(0, anchor);
        }
        let (group, step) = self.spread(&demand.selector);
        for place in 0..missing {
            if witness.events.len() >= MOST_EVENTS {
                return None;
            }
            witness.events.push(self.copy(&event, demand, place / group, step, layout));
        }
        Some(())
    }

    fn event_for(
        &self,
        demand: &Demand,
        avoids: &[Rc<Selector>],
        up: Option<bool>,
        lead: &Choices,
    ) -> Option<EventSketch> {
        let points = up.and_then(|up| Some((self.points_for(&demand.selector)?, up)));
        // First an event that none of the others keeps by its filter, then one of which one cannot say.
        for (is_strict, points) in [(true, points), (false, points), (false, None)] {
            let wish = EventWish {
                selector: &demand.selector,
                avoids,
                is_strict,
                lead,
                properties: &demand.properties,
                points,
            };
            if let Outcome::Found(event) = self.event(&wish) {
                return Some(event);
            }
        }
        None
    }

    /// The points that differ from event to event, of a rule with this selector.
    fn points_for(&self, selector: &Selector) -> Option<&'model Points> {
        self.rules.iter().find_map(|place| match &place.rule.body {
            Body::ForEach(each) if each.selector == *selector => match &place.rule.points {
                Points::Constant(_) | Points::Series(_) => None,
                points => Some(points),
            },
            _ => None,
        })
    }

    /// How many events make an occurrence of a rule with this selector, and how far apart occurrences do not limit each
    /// other, in microseconds.
    fn spread(&self, selector: &Selector) -> (u64, i64) {
        let (mut group, mut step) = (1, DAY);
        for place in &self.rules {
            let Body::ForEach(each) = &place.rule.body else { continue };
            if each.selector != *selector {
                continue;
            }
            match each.each {
                Each::Event => {}
                Each::Calendar { unit, at_least } => {
                    group = group.max(at_least);
                    step = step.max(length_of(unit));
                }
                Each::Property { at_least, .. } | Each::At { at_least } => group = group.max(at_least),
            }
            for limit in &each.limits {
                match limit.scope {
                    LimitScope::PerCalendar(unit) => step = step.max(length_of(unit)),
                    LimitScope::InAny(length) => step = step.max(length.exact().unwrap_or(32 * DAY)),
                    LimitScope::Plain | LimitScope::PerProperty(_) | LimitScope::PerAt => {}
                }
            }
        }
        (group, step)
    }

    /// An event that an `after` looks back to: at the same instant, and before it in the one order.
    fn anchor(&self, which: &Which, length: Duration, event: &EventSketch, lead: &Choices) -> Option<WitnessEvent> {
        let selector = everything(which);
        let wish = EventWish::of(&selector, lead);
        let Outcome::Found(anchor) = self.event(&wish) else { return None };
        // Some time before, where there is room, is easier to read than at once.
        let earlier = Instant(event.at.0.saturating_sub(DAY));
        let has_room = event.at.minus(length, &self.model.zone).is_none_or(|earliest| earliest <= earlier);
        let at = if has_room { earlier } else { event.at };
        Some(WitnessEvent { kind: anchor.kind, at, properties: anchor.properties })
    }

    fn copy(&self, event: &EventSketch, demand: &Demand, place: u64, step: i64, layout: Layout) -> WitnessEvent {
        let mut copy =
            WitnessEvent { kind: event.kind, at: demand.at.unwrap_or(event.at), properties: event.properties.clone() };
        if layout.is_spread {
            let back = i64::try_from(place).unwrap_or(0).saturating_mul(step);
            copy.at = Instant(copy.at.0.saturating_sub(back));
        }
        if layout.is_varied && place > 0 {
            self.vary(&mut copy, &demand.properties, place);
        }
        copy
    }

    /// Other values for what is left open, and longer ones for texts that are not.
    fn vary(&self, event: &mut WitnessEvent, settled: &[(EventId, PropertyId, Value)], place: u64) {
        let properties = self.model.events.get(event.kind.index()).map(|kind| &kind.properties[..]).unwrap_or_default();
        for (id, property) in properties.iter().enumerate().map(|(id, property)| (PropertyId(id as u32), property)) {
            if settled.iter().any(|(_, settled, _)| *settled == id) {
                continue;
            }
            let known = event.properties.iter_mut().find(|(known, _)| *known == id);
            match (known, &property.kind) {
                (Some((_, Value::Text(text))), FieldKind::Text) => {
                    let longer = Text::new(&format!("{}-{place}", text.given));
                    *text = longer.unwrap_or_else(|| text.clone());
                }
                (None, FieldKind::Text) => {
                    event.properties.extend(Text::new(&format!("x{place}")).map(|text| (id, Value::Text(text))));
                }
                (None, FieldKind::OneOf(values)) => {
                    let value = values.get(place as usize - 1).cloned();
                    event.properties.extend(value.map(|text| (id, Value::Text(text))));
                }
                (None, FieldKind::Number { from, .. }) => {
                    let more = i64::try_from(place).ok().map(Decimal::whole);
                    let value = more.and_then(|more| from.unwrap_or_default().add(more));
                    event.properties.extend(value.map(|value| (id, Value::Number(value))));
                }
                _ => {}
            }
        }
        event.properties.sort_by_key(|(property, _)| *property);
    }

    /// A field that an example can use.
    pub(super) fn field_of(variable: &Variable) -> Option<FieldId> {
        match variable {
            Variable::Field(field) => Some(*field),
            _ => None,
        }
    }
}

/// No calendar unit is longer.
fn length_of(unit: CalendarUnit) -> i64 {
    match unit {
        CalendarUnit::Hour | CalendarUnit::Day => DAY,
        CalendarUnit::Week => 7 * DAY,
        CalendarUnit::Month => 31 * DAY,
    }
}

/// All events that a `since last` or `after` looks back to.
fn everything(which: &Which) -> Selector {
    Selector {
        types: which.types.clone(),
        filter: which.filter.clone(),
        in_last: None,
        since: None,
        before: None,
        since_last: Vec::new(),
        within_after: None,
        span: Default::default(),
    }
}
