//! One change of a lead, and how it is typed.

use crate::model::{Event, FieldId, Model};
use crate::reference::show;
use crate::repl::subject::{Subject, shown_event};
use crate::syntax::typing::written_name;
use crate::value::{Instant, Value};

#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// `title = "CEO"`
    Field(FieldId, Option<Value>),
    /// `event demo_request 0 days ago`
    Event(Event),
}

impl Change {
    pub fn apply(&self, model: &Model, subject: &mut Subject) {
        match self {
            Change::Field(field, value) => subject.set(model, *field, value.clone()),
            Change::Event(event) => subject.add(event.clone()),
        }
    }

    /// As a line to type.
    pub fn shown(&self, model: &Model, as_of: Instant) -> String {
        match self {
            Change::Field(field, value) => {
                let name = model.lead.fields.get(field.index()).map(|field| written_name(&field.name));
                format!("{} = {}", name.unwrap_or_default(), show(value.as_ref()))
            }
            Change::Event(event) => shown_event(model, event, as_of),
        }
    }

    /// Whether both cannot be made at once.
    pub fn excludes(&self, other: &Change) -> bool {
        matches!((self, other), (Change::Field(one, _), Change::Field(two, _)) if one == two)
    }
}

/// A lead with changes.
pub fn changed(model: &Model, subject: &Subject, changes: &[Change]) -> Subject {
    let mut changed = subject.clone();
    changes.iter().for_each(|change| change.apply(model, &mut changed));
    changed
}
