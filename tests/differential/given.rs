//! Leads with their events as they are generated: by names, so that they fit every smaller form of their model.

use super::write::quoted;
use scorelang::model::{Event, EventId, Lead, Model, Previous, Symbol};
use scorelang::value::{Instant, Value};
use std::fmt::Write;

#[derive(Debug, Clone)]
pub struct GivenLead {
    pub key: String,
    pub values: Vec<(&'static str, Value)>,
    /// In the order of their file.
    pub events: Vec<GivenEvent>,
    /// Thresholds that were met before.
    pub met: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct GivenEvent {
    pub kind: &'static str,
    pub at: Instant,
    pub values: Vec<(&'static str, Value)>,
}

/// A lead as a model takes it.
pub struct Typed {
    pub lead: Lead,
    /// In the order of their file.
    pub events: Vec<Event>,
    pub previous: Previous,
}

impl GivenLead {
    pub fn typed(&self, model: &Model) -> Typed {
        let fields = &model.lead.fields;
        let values = fields.iter().map(|field| self.values.iter().find(|(name, _)| *name == field.name));
        let mut values: Vec<Option<Value>> = values.map(|found| found.map(|(_, value)| value.clone())).collect();
        if let Some(key) = model.lead.key {
            values[key.index()] = scorelang::value::Text::new(&self.key).map(Value::Text);
        }
        let met = model.thresholds.iter().map(|threshold| self.met.contains(&threshold.name)).collect();
        Typed {
            lead: Lead { key: self.key.clone(), values },
            events: self.events.iter().filter_map(|event| event.typed(model)).collect(),
            previous: Previous { met },
        }
    }
}

impl GivenEvent {
    /// `None` where the model does not declare its type.
    fn typed(&self, model: &Model) -> Option<Event> {
        let place = model.events.iter().position(|kind| kind.name == self.kind)?;
        let values = model.events[place].properties.iter().map(|property| {
            self.values.iter().find(|(name, _)| *name == property.name).map(|(_, value)| value.clone())
        });
        Some(Event { kind: EventId(place as u32), at: self.at, values: values.collect() })
    }
}

/// A `test` block, to be pasted behind the model.
pub fn as_test(model: &Model, lead: &GivenLead, as_of: &str) -> String {
    let mut text = format!("test \"{}\" as of {as_of} {{\n  lead {{ id {}", lead.key, quoted(&lead.key));
    let declared = |name: &str| matches!(model.names.get(&scorelang::value::fold_name(name)), Some(Symbol::Field(_)));
    for (name, value) in lead.values.iter().filter(|(name, _)| declared(name)) {
        let _ = write!(text, ", {name} {}", literal(value));
    }
    text.push_str(" }\n");
    for event in &lead.events {
        let Some(kind) = model.events.iter().find(|kind| kind.name == event.kind) else { continue };
        let _ = write!(text, "  event {} on {}", event.kind, event.at);
        let values: Vec<String> = event
            .values
            .iter()
            .filter(|(name, _)| kind.properties.iter().any(|property| property.name == *name))
            .map(|(name, value)| format!("{name} {}", literal(value)))
            .collect();
        if !values.is_empty() {
            let _ = write!(text, " {{ {} }}", values.join(", "));
        }
        text.push('\n');
    }
    if !lead.met.is_empty() {
        let _ = writeln!(text, "  before {{ {} yes }}", lead.met.join(" yes, "));
    }
    text + "}\n"
}

fn literal(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => quoted(&text.given),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(texts) => texts.iter().map(|text| quoted(&text.given)).collect::<Vec<_>>().join(", "),
    }
}
