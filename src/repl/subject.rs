//! The lead that is tried: its fields, its events, and what it met before.

use crate::analysis::{Witness, WitnessEvent};
use crate::model::{Event, EventId, FieldId, Lead, Model, Previous, PropertyId, TestEvent, ThresholdId};
use crate::reference::{Evaluation, evaluate};
use crate::value::{Instant, Value};

/// The key of a lead that was given none.
const KEY: &str = "lead";

/// A lead with its events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    pub lead: Lead,
    /// In their one order.
    pub events: Vec<Event>,
    pub previous: Previous,
}

impl Subject {
    /// A lead of which nothing is known.
    pub fn empty(model: &Model) -> Subject {
        let lead = Lead { key: KEY.to_owned(), values: vec![None; model.lead.fields.len()] };
        Subject { lead, events: Vec::new(), previous: Previous { met: vec![false; model.thresholds.len()] } }
    }

    pub fn set(&mut self, model: &Model, field: FieldId, value: Option<Value>) {
        if model.lead.key == Some(field) {
            self.lead.key = match &value {
                Some(Value::Text(text)) => text.given.to_string(),
                Some(Value::Number(number)) => number.to_string(),
                _ => KEY.to_owned(),
            };
        }
        if let Some(place) = self.lead.values.get_mut(field.index()) {
            *place = value;
        }
    }

    pub fn value(&self, field: FieldId) -> Option<&Value> {
        self.lead.values.get(field.index())?.as_ref()
    }

    /// At one instant, the event added last is the last.
    pub fn add(&mut self, event: Event) {
        let place = self.events.partition_point(|other| other.at <= event.at);
        self.events.insert(place, event);
    }

    pub fn was_met(&mut self, threshold: ThresholdId, met: bool) {
        if let Some(place) = self.previous.met.get_mut(threshold.index()) {
            *place = met;
        }
    }

    pub fn evaluate<'run>(&'run self, model: &'run Model, as_of: Instant) -> Evaluation<'run> {
        evaluate(model, &self.lead, &self.events, &self.previous, as_of, None)
    }

    /// In the language, a line each for the lead, what it met before and every event.
    pub fn shown(&self, model: &Model, as_of: Instant) -> String {
        let known = self.lead.values.iter().zip((0..).map(FieldId));
        let before = self.previous.met.iter().zip((0..).map(ThresholdId));
        let witness = Witness {
            lead: known.filter_map(|(value, field)| Some((field, value.clone()?))).collect(),
            events: self.events.iter().map(witnessed).collect(),
            before: before.filter_map(|(met, threshold)| met.then_some(threshold)).collect(),
        };
        witness.show(model, as_of)
    }
}

fn witnessed(event: &Event) -> WitnessEvent {
    let properties = event.values.iter().zip((0..).map(PropertyId));
    WitnessEvent {
        kind: event.kind,
        at: event.at,
        properties: properties.filter_map(|(value, property)| Some((property, value.clone()?))).collect(),
    }
}

/// An event in the language: `event page_view 2 days ago { path "/pricing" }`.
pub fn shown_event(model: &Model, event: &Event, as_of: Instant) -> String {
    let witness = Witness { events: vec![witnessed(event)], ..Witness::default() };
    witness.show(model, as_of).lines().skip(1).collect()
}

/// An event as it was typed.
pub fn typed_event(model: &Model, typed: &TestEvent) -> Event {
    let mut event = bare_event(model, typed.kind, typed.at);
    for (property, value) in &typed.properties {
        if let Some(place) = event.values.get_mut(property.index()) {
            place.clone_from(value);
        }
    }
    event
}

/// An event without properties.
pub fn bare_event(model: &Model, kind: EventId, at: Instant) -> Event {
    let properties = model.events.get(kind.index()).map_or(0, |kind| kind.properties.len());
    Event { kind, at, values: vec![None; properties] }
}
