//! An example lead by names, which both models can take.

use crate::analysis::{Witness, WitnessEvent, plain_value};
use crate::model::{
    Event, EventId, Field, FieldId, FieldKind, Lead, Model, Previous, PropertyId, Results, ThresholdId,
};
use crate::reference::evaluate;
use crate::value::{Decimal, Instant, Text, Value, fold, fold_name};
use std::collections::{BTreeMap, BTreeSet};

/// What it does not name is missing, or did not happen. Names are folded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    pub fields: BTreeMap<String, Value>,
    /// In their one order.
    pub events: Vec<SampleEvent>,
    /// Thresholds that were met before.
    pub before: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SampleEvent {
    pub kind: String,
    pub at: Instant,
    pub properties: BTreeMap<String, Value>,
}

impl Sample {
    /// An example of the analysis of a model.
    pub fn of(model: &Model, witness: &Witness) -> Sample {
        let field =
            |(id, value): &(FieldId, Value)| Some((fold_name(&model.lead.fields.get(id.index())?.name), value.clone()));
        let event = |event: &WitnessEvent| {
            let kind = model.events.get(event.kind.index())?;
            let property = |(id, value): &(PropertyId, Value)| {
                Some((fold_name(&kind.properties.get(id.index())?.name), value.clone()))
            };
            let properties = event.properties.iter().filter_map(property).collect();
            Some(SampleEvent { kind: fold_name(&kind.name), at: event.at, properties })
        };
        let before = witness.before.iter().filter_map(|id| model.thresholds.get(id.index()));
        Sample {
            fields: witness.lead.iter().filter_map(field).collect(),
            events: witness.events.iter().filter_map(event).collect(),
            before: before.map(|threshold| fold_name(&threshold.name)).collect(),
        }
    }

    /// As a model takes it: what it does not declare is left out, the key and what is required have some value. `None`
    /// where some value could not stand in its data.
    pub fn to_witness(&self, model: &Model) -> Option<Witness> {
        let mut witness = Witness::default();
        for (place, field) in model.lead.fields.iter().enumerate() {
            let id = FieldId(place as u32);
            let is_key = model.lead.key == Some(id);
            let value = match self.fields.get(&fold_name(&field.name)) {
                Some(value) => typed(field, &model.lead.missing, value)?,
                None => None,
            };
            let value =
                value.or_else(|| if field.required || is_key { plain_value(&field.kind, is_key) } else { None });
            witness.lead.extend(value.map(|value| (id, value)));
        }
        for event in &self.events {
            let kind = model.events.iter().position(|kind| fold_name(&kind.name) == event.kind);
            let Some((place, kind)) = kind.and_then(|place| Some((place, model.events.get(place)?))) else { continue };
            let mut properties = Vec::new();
            for (at, property) in kind.properties.iter().enumerate() {
                let value = match event.properties.get(&fold_name(&property.name)) {
                    Some(value) => typed(property, &kind.missing, value)?,
                    None => None,
                };
                let value = value.or_else(|| if property.required { plain_value(&property.kind, false) } else { None });
                properties.extend(value.map(|value| (PropertyId(at as u32), value)));
            }
            witness.events.push(WitnessEvent { kind: EventId(place as u32), at: event.at, properties });
        }
        let thresholds = model.thresholds.iter().zip((0..).map(ThresholdId));
        let met = thresholds.filter(|(threshold, _)| self.before.contains(&fold_name(&threshold.name)));
        witness.before = met.map(|(_, id)| id).collect();
        Some(witness)
    }

    /// The results that a model gives it, by the reference evaluator.
    pub fn results(&self, model: &Model, as_of: Instant) -> Option<Results> {
        let witness = self.to_witness(model)?;
        let (lead, events): (Lead, Vec<Event>) = (witness.to_lead(model), witness.to_events(model));
        let previous: Previous = witness.to_previous(model);
        Some(evaluate(model, &lead, &events, &previous, as_of, None).results)
    }

    pub fn sort(&mut self) {
        self.events.sort_by_key(|event| event.at);
    }
}

/// The value as the field would read it: `Some(None)` for a placeholder, `None` where the row would be bad.
fn typed(field: &Field, missing: &[String], value: &Value) -> Option<Option<Value>> {
    let is_placeholder = |text: &str| missing.contains(&fold(text));
    match (&field.kind, value) {
        (_, Value::Text(text)) if is_placeholder(&text.given) => Some(None),
        (FieldKind::Text | FieldKind::OneOf(_), Value::Text(_)) => Some(Some(value.clone())),
        (FieldKind::Text | FieldKind::OneOf(_), Value::Number(number)) => {
            Some(Text::new(&number.to_string()).map(Value::Text))
        }
        (FieldKind::Number { from, to, .. }, Value::Number(number)) => {
            let is_inside = from.is_none_or(|from| *number >= from) && to.is_none_or(|to| *number <= to);
            is_inside.then(|| Some(value.clone()))
        }
        (FieldKind::Number { .. }, Value::Text(text)) => {
            Decimal::parse(text.given.trim()).map(|number| Some(Value::Number(number)))
        }
        (FieldKind::YesNo { .. }, Value::YesNo(_))
        | (FieldKind::Date { .. }, Value::Date(_))
        | (FieldKind::ListOfText, Value::List(_)) => Some(Some(value.clone())),
        (FieldKind::ListOfText, Value::Text(text)) => Some(Some(Value::List(vec![text.clone()]))),
        (FieldKind::Text | FieldKind::OneOf(_), Value::List(texts)) => {
            Some(texts.first().map(|text| Value::Text(text.clone())))
        }
        (FieldKind::Text | FieldKind::OneOf(_), Value::YesNo(yes)) => {
            Some(Text::new(if *yes { "yes" } else { "no" }).map(Value::Text))
        }
        _ => None,
    }
}

/// What two models say of one lead, by name: what differs, and what each says.
pub fn differences(old: (&Model, &Results), new: (&Model, &Results)) -> Vec<(String, String, String)> {
    let (before, after) = (shown(old.0, old.1), shown(new.0, new.1));
    let names: Vec<&String> = before.iter().map(|(name, _)| name).chain(after.iter().map(|(name, _)| name)).collect();
    let mut seen = BTreeSet::new();
    let names = names.into_iter().filter(|name| seen.insert(name.as_str()));
    let value = |of: &[(String, String)], name: &str| {
        of.iter().find(|(other, _)| other == name).map_or_else(|| "not there".to_owned(), |(_, value)| value.clone())
    };
    let rows = names.map(|name| (name.clone(), value(&before, name), value(&after, name)));
    rows.filter(|(_, old, new)| old != new).collect()
}

/// Results by the names of their columns.
fn shown(model: &Model, results: &Results) -> Vec<(String, String)> {
    let none = || "missing".to_owned();
    let mut shown = Vec::new();
    for (place, score) in model.scores.iter().enumerate() {
        let value = results.scores.get(place).copied().flatten();
        shown.push((score.name.clone(), value.map_or_else(none, |value| value.to_string())));
        if let Some(bands) = &score.bands {
            let band = results.bands.get(place).copied().flatten().and_then(|band| bands.bands.get(band.index()));
            shown.push((format!("band of {}", score.name), band.map_or_else(none, |band| band.name.clone())));
        }
    }
    for (place, matrix) in model.matrices.iter().enumerate() {
        let cell = results.cell(model, crate::model::MatrixId(place as u32));
        shown.push((matrix.name.clone(), cell.map_or_else(none, str::to_owned)));
    }
    for (place, threshold) in model.thresholds.iter().enumerate() {
        let met = results.thresholds.get(place) == Some(&true);
        shown.push((threshold.name.clone(), if met { "yes" } else { "no" }.to_owned()));
    }
    let reason = results.excluded.and_then(|id| model.excludes.get(id.index()));
    shown.push(("excluded".to_owned(), reason.map_or_else(|| "no".to_owned(), |exclude| exclude.reason.clone())));
    shown
}
