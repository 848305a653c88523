//! What a test gives: its lead, its events in their one order, and what was met before.

use crate::model::{Case, Event, FieldId, FieldKind, Lead, Model, Previous, Test, TestEvent};
use crate::reference::{Evaluation, evaluate};
use crate::value::{Text, Value};

/// The identity of a test's lead where the test sets none.
const DEFAULT_KEY: &str = "test";

/// The inputs of one evaluation.
pub(super) struct Given {
    pub lead: Lead,
    pub events: Vec<Event>,
    pub previous: Previous,
}

impl Given {
    pub fn new(model: &Model, test: &Test, case: Option<&Case>) -> Given {
        let mut events: Vec<Event> = test.events.iter().map(|event| given_event(model, event)).collect();
        // Stable: at one instant the order written is the one order.
        events.sort_by_key(|event| event.at);
        let mut previous = Previous { met: vec![false; model.thresholds.len()] };
        for (threshold, met) in &test.before {
            if let Some(place) = previous.met.get_mut(threshold.index()) {
                *place = *met;
            }
        }
        Given { lead: given_lead(model, test, case), events, previous }
    }
}

/// Evaluates the lead of every test, once a row of its `cases`, as if nothing had been met before.
pub fn each_lead(model: &Model, look: &mut dyn FnMut(&Evaluation<'_>)) {
    for test in &model.tests {
        let rows = test.cases.iter().flat_map(|cases| &cases.rows).map(Some);
        let cases: Vec<Option<&Case>> = if test.cases.is_some() { rows.collect() } else { vec![None] };
        for case in cases {
            let Given { lead, events, .. } = Given::new(model, test, case);
            look(&evaluate(model, &lead, &events, &Previous::default(), test.as_of, None));
        }
    }
}

/// A row's inputs are laid over the test's; fields that neither sets are missing.
fn given_lead(model: &Model, test: &Test, case: Option<&Case>) -> Lead {
    let mut values: Vec<Option<Value>> = vec![None; model.lead.fields.len()];
    let inputs = case.map(|case| case.inputs.as_slice()).unwrap_or_default();
    for (field, value) in test.lead.iter().chain(inputs) {
        if let Some(place) = values.get_mut(field.index()) {
            place.clone_from(value);
        }
    }
    let key = identify(model, &mut values);
    Lead { key, values }
}

/// The key that the lead has, or is given.
fn identify(model: &Model, values: &mut [Option<Value>]) -> String {
    let is_text = |field: FieldId| {
        model
            .lead
            .fields
            .get(field.index())
            .is_some_and(|field| matches!(field.kind, FieldKind::Text | FieldKind::OneOf(_)))
    };
    let Some(field) = model.lead.key else { return DEFAULT_KEY.to_owned() };
    match values.get_mut(field.index()) {
        Some(Some(Value::Text(text))) => text.given.to_string(),
        Some(Some(Value::Number(number))) => number.to_string(),
        Some(place @ None) if is_text(field) => {
            *place = Text::new(DEFAULT_KEY).map(Value::Text);
            DEFAULT_KEY.to_owned()
        }
        _ => DEFAULT_KEY.to_owned(),
    }
}

fn given_event(model: &Model, event: &TestEvent) -> Event {
    let properties = model.events.get(event.kind.index()).map_or(0, |kind| kind.properties.len());
    let mut values = vec![None; properties];
    for (property, value) in &event.properties {
        if let Some(place) = values.get_mut(property.index()) {
            place.clone_from(value);
        }
    }
    Event { kind: event.kind, at: event.at, values }
}
