//! The same lead for another model: values go by the names of fields, events and properties.

use super::subject::{Subject, bare_event};
use crate::model::{Event, Field, FieldId, Model, Previous, PropertyId, Symbol, ThresholdId};
use crate::value::{Value, fold_name};

/// What of a subject fits the new model; values whose field is gone, or has another type, are left out.
pub fn carry(subject: &Subject, old: &Model, new: &Model) -> Subject {
    let mut carried = Subject::empty(new);
    for (field, value) in old.lead.fields.iter().zip(&subject.lead.values) {
        let (Some(value), Some(id)) = (value, field_called(new, &field.name)) else { continue };
        if new.lead.fields.get(id.index()).is_some_and(|field| fits(field, value)) {
            carried.set(new, id, Some(value.clone()));
        }
    }
    carried.lead.key.clone_from(&subject.lead.key);
    carried.events = subject.events.iter().filter_map(|event| carry_event(event, old, new)).collect();
    carried.previous = carry_previous(&subject.previous, old, new);
    carried
}

fn field_called(model: &Model, name: &str) -> Option<FieldId> {
    match model.names.get(&fold_name(name)) {
        Some(Symbol::Field(id)) => Some(*id),
        _ => None,
    }
}

fn fits(field: &Field, value: &Value) -> bool {
    use crate::model::Type;
    let kind = match value {
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::YesNo(_) => Type::YesNo,
        Value::Date(_) => Type::Date,
        Value::List(_) => Type::List,
    };
    field.kind.type_of() == kind
}

fn carry_event(event: &Event, old: &Model, new: &Model) -> Option<Event> {
    let was = old.events.get(event.kind.index())?;
    let kind = *new.event_names.get(&fold_name(&was.name))?;
    let is = new.events.get(kind.index())?;
    let mut carried = bare_event(new, kind, event.at);
    for (property, value) in was.properties.iter().zip(&event.values) {
        let place = is.properties.iter().position(|other| fold_name(&other.name) == fold_name(&property.name));
        let (Some(value), Some(place)) = (value, place) else { continue };
        let id = PropertyId(u32::try_from(place).ok()?);
        if is.properties.get(id.index()).is_some_and(|field| fits(field, value))
            && let Some(cell) = carried.values.get_mut(id.index())
        {
            *cell = Some(value.clone());
        }
    }
    Some(carried)
}

fn carry_previous(previous: &Previous, old: &Model, new: &Model) -> Previous {
    let was_met = |name: &str| {
        let id = old.thresholds.iter().zip((0..).map(ThresholdId)).find(|(other, _)| other.name == name)?.1;
        previous.met.get(id.index()).copied()
    };
    Previous { met: new.thresholds.iter().map(|threshold| was_met(&threshold.name).unwrap_or(false)).collect() }
}

/// Whether leads and events read for one model can be used for the other.
pub fn same_schema(one: &Model, other: &Model) -> bool {
    let same_fields = |one: &[Field], other: &[Field]| {
        one.len() == other.len()
            && one.iter().zip(other).all(|(one, other)| {
                (&one.name, &one.kind, one.required, &one.column)
                    == (&other.name, &other.kind, other.required, &other.column)
            })
    };
    same_fields(&one.lead.fields, &other.lead.fields)
        && (one.lead.key, &one.lead.missing, &one.zone) == (other.lead.key, &other.lead.missing, &other.zone)
        && one.events.len() == other.events.len()
        && one.events.iter().zip(&other.events).all(|(one, other)| {
            same_fields(&one.properties, &other.properties)
                && (&one.name, &one.called, &one.mapping, &one.missing)
                    == (&other.name, &other.called, &other.mapping, &other.missing)
        })
}
