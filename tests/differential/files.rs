//! Generated leads and events as files.

use super::given::{GivenEvent, GivenLead};
use scorelang::model::{Field, FieldKind, Model};
use scorelang::value::{EpochUnit, Moment, Value};
use serde_json::{Map, Value as Json};

/// The events of all leads, an object a line, in the order of the leads.
pub fn events_as_ndjson(model: &Model, leads: &[GivenLead]) -> String {
    let mut text = String::new();
    for (lead, event) in leads.iter().flat_map(|lead| lead.events.iter().map(move |event| (lead, event))) {
        if let Some(object) = event_object(model, lead, event) {
            text.push_str(&Json::Object(object).to_string());
            text.push('\n');
        }
    }
    text
}

/// `None` where the model does not declare its type.
pub fn event_object(model: &Model, lead: &GivenLead, event: &GivenEvent) -> Option<Map<String, Json>> {
    let declared = model.events.iter().find(|kind| kind.name == event.kind)?;
    let mut object = values(&declared.properties, &event.values);
    object.insert("lead_id".into(), lead.key.clone().into());
    object.insert("type".into(), event.kind.into());
    object.insert("at".into(), event.at.to_string().into());
    Some(object)
}

pub fn lead_object(model: &Model, lead: &GivenLead) -> Map<String, Json> {
    let mut object = values(&model.lead.fields, &lead.values);
    object.insert("id".into(), lead.key.clone().into());
    object
}

fn values(declared: &[Field], values: &[(&'static str, Value)]) -> Map<String, Json> {
    let known = declared.iter().filter_map(|field| {
        let (_, value) = values.iter().find(|(name, _)| *name == field.name)?;
        Some((field.column.clone(), cell(field, value)))
    });
    known.collect()
}

/// As the declared type reads it.
fn cell(field: &Field, value: &Value) -> Json {
    match (value, &field.kind) {
        (Value::Number(number), FieldKind::Number { format: Some(_), .. }) => {
            number.to_string().replace('.', ",").into()
        }
        (Value::Number(number), _) => number.to_string().into(),
        (Value::Text(text), _) => text.given.to_string().into(),
        (Value::YesNo(yes), FieldKind::YesNo { words: Some((yes_word, no_word)) }) => {
            if *yes { yes_word.clone() } else { no_word.clone() }.into()
        }
        (Value::YesNo(yes), _) => (*yes).into(),
        (Value::Date(Moment::Instant(instant)), FieldKind::Date { unit: Some(EpochUnit::Milliseconds), .. }) => {
            (instant.0.div_euclid(1_000)).into()
        }
        (Value::Date(Moment::Day(day)), FieldKind::Date { format: Some(_), .. }) => {
            day.strftime("%d/%m/%Y").to_string().into()
        }
        (Value::Date(date), _) => date.to_string().into(),
        (Value::List(texts), _) => {
            texts.iter().map(|text| Json::from(text.given.to_string())).collect::<Vec<_>>().into()
        }
    }
}
