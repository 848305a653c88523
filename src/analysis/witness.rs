//! An example lead with its events, and how it is written in the language.

use crate::model::{Event, EventId, FieldId, FieldKind, Lead, Model, Previous, PropertyId, ThresholdId};
use crate::reference::show;
use crate::value::{Decimal, Instant, Moment, Text, Value};
use std::fmt::Write;

/// An example: what it does not name is missing, or did not happen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Witness {
    /// Known fields, in the order of the schema.
    pub lead: Vec<(FieldId, Value)>,
    /// In their one order.
    pub events: Vec<WitnessEvent>,
    /// Thresholds that were met before.
    pub before: Vec<ThresholdId>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WitnessEvent {
    pub kind: EventId,
    pub at: Instant,
    /// Known properties, in the order of the event's declaration.
    pub properties: Vec<(PropertyId, Value)>,
}

/// The key of an example whose key field the example leaves open: what a test without a key is called too.
const KEY: &str = "test";

impl Witness {
    /// As the evaluators take it: a value for each field.
    pub fn to_lead(&self, model: &Model) -> Lead {
        let mut values = vec![None; model.lead.fields.len()];
        for (field, value) in &self.lead {
            if let Some(place) = values.get_mut(field.index()) {
                *place = Some(value.clone());
            }
        }
        let key = match model.lead.key.and_then(|key| values.get(key.index())) {
            Some(Some(Value::Text(text))) => text.given.to_string(),
            Some(Some(Value::Number(number))) => number.to_string(),
            _ => KEY.to_owned(),
        };
        Lead { key, values }
    }

    /// As the evaluators take them.
    pub fn to_events(&self, model: &Model) -> Vec<Event> {
        let event = |event: &WitnessEvent| {
            let properties = model.events.get(event.kind.index()).map_or(0, |kind| kind.properties.len());
            let mut values = vec![None; properties];
            for (property, value) in &event.properties {
                if let Some(place) = values.get_mut(property.index()) {
                    *place = Some(value.clone());
                }
            }
            Event { kind: event.kind, at: event.at, values }
        };
        self.events.iter().map(event).collect()
    }

    pub fn to_previous(&self, model: &Model) -> Previous {
        let mut previous = Previous { met: vec![false; model.thresholds.len()] };
        for threshold in &self.before {
            if let Some(place) = previous.met.get_mut(threshold.index()) {
                *place = true;
            }
        }
        previous
    }

    /// Gives the key and what is required a value where the example leaves it open, so that it is what data could hold.
    pub(super) fn complete(&mut self, model: &Model) {
        for (place, field) in model.lead.fields.iter().enumerate() {
            let id = FieldId(place as u32);
            let is_key = model.lead.key == Some(id);
            if (is_key || field.required) && !self.lead.iter().any(|(known, _)| *known == id) {
                self.lead.extend(plain_value(&field.kind, is_key).map(|value| (id, value)));
            }
        }
        self.lead.sort_by_key(|(field, _)| *field);
        for event in &mut self.events {
            let kind = model.events.get(event.kind.index());
            for (place, property) in kind.into_iter().flat_map(|kind| &kind.properties).enumerate() {
                let id = PropertyId(place as u32);
                if property.required && !event.properties.iter().any(|(known, _)| *known == id) {
                    event.properties.extend(plain_value(&property.kind, false).map(|value| (id, value)));
                }
            }
            event.properties.sort_by_key(|(property, _)| *property);
        }
    }

    /// The example in the language, a line each for the lead, what was met before and every event; ready for a `test`
    /// block as of the analysis' instant.
    ///
    /// ```text
    /// lead { title "CEO", employees 120 }
    /// event page_view 2 days ago { path "/pricing" }
    /// ```
    pub fn show(&self, model: &Model, as_of: Instant) -> String {
        let lead = self.lead.iter().filter_map(|(field, value)| {
            let field = model.lead.fields.get(field.index())?;
            Some(format!("{} {}", name(&field.name), show(Some(value))))
        });
        let mut text = format!("lead {{ {} }}", lead.collect::<Vec<_>>().join(", "));
        if self.lead.is_empty() {
            text = "lead { }".to_owned();
        }
        let before = self.before.iter().filter_map(|threshold| model.thresholds.get(threshold.index()));
        let before: Vec<String> = before.map(|threshold| format!("{} yes", name(&threshold.name))).collect();
        if !before.is_empty() {
            let _ = write!(text, "\nbefore {{ {} }}", before.join(", "));
        }
        for event in &self.events {
            text.push('\n');
            text.push_str(&event.show(model, as_of));
        }
        text
    }
}

impl WitnessEvent {
    fn show(&self, model: &Model, as_of: Instant) -> String {
        let Some(kind) = model.events.get(self.kind.index()) else { return String::new() };
        let properties = self.properties.iter().filter_map(|(property, value)| {
            let property = kind.properties.get(property.index())?;
            Some(format!("{} {}", name(&property.name), show(Some(value))))
        });
        let properties = properties.collect::<Vec<_>>().join(", ");
        let when = when(self.at, as_of);
        match properties.is_empty() {
            true => format!("event {} {when}", name(&kind.name)),
            false => format!("event {} {when} {{ {properties} }}", name(&kind.name)),
        }
    }
}

/// `2 days ago`, where it is a whole number of a unit (`0 days ago` is now); else `on` its instant.
fn when(at: Instant, as_of: Instant) -> String {
    const SECOND: i64 = 1_000_000;
    let age = as_of.0.saturating_sub(at.0);
    let units = [("day", 86_400 * SECOND), ("hour", 3_600 * SECOND), ("minute", 60 * SECOND), ("second", SECOND)];
    for (unit, length) in units {
        if age >= 0 && age % length == 0 {
            let count = age / length;
            return format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" });
        }
    }
    format!("on {}", Moment::Instant(at))
}

/// A name as it can stand in the language: in backticks where it must.
fn name(name: &str) -> String {
    let is_plain = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if is_plain && !crate::syntax::is_reserved(name) { name.to_owned() } else { format!("`{name}`") }
}

/// Something unremarkable of the kind.
pub(crate) fn plain_value(kind: &FieldKind, is_key: bool) -> Option<Value> {
    match kind {
        FieldKind::Text => Text::new(if is_key { KEY } else { "x" }).map(Value::Text),
        FieldKind::OneOf(values) => values.first().cloned().map(Value::Text),
        FieldKind::Number { from, to, .. } => {
            let raised = from.unwrap_or_default().max(Decimal::ZERO);
            Some(Value::Number(to.map_or(raised, |to| to.min(raised))))
        }
        FieldKind::YesNo { .. } => Some(Value::YesNo(false)),
        FieldKind::Date { .. } => Some(Value::Date(Moment::Instant(Instant(0)))),
        FieldKind::ListOfText => Text::new("x").map(|text| Value::List(vec![text])),
    }
}
