//! Events worth trying: bare ones, and such as filters ask for.

use super::values::plain_value;
use super::{Collected, Subjects};
use crate::model::walk::{Part, walk_condition};
use crate::model::{
    Condition, ConditionKind, DateExpr, Event, EventId, ListExpr, NumberExpr, PropertyId, TextExpr, TextOperand,
    TextTest, YesNoExpr,
};
use crate::repl::subject::bare_event;
use crate::value::{Instant, Value};

/// Events of one type with different properties.
const MOST_EVENTS: usize = 6;

impl<'m> Collected<'m> {
    /// Events of a type at an instant: without more properties than it must have, and with those that each filter asks for.
    pub(super) fn events_of(&self, id: EventId, at: Instant) -> Vec<Event> {
        let mut bare = bare_event(self.model, id, at);
        let Some(kind) = self.model.events.get(id.index()) else { return Vec::new() };
        for (field, cell) in kind.properties.iter().zip(&mut bare.values) {
            if field.required {
                *cell = plain_value(&field.kind, self.as_of);
            }
        }
        let mut events = vec![bare.clone()];
        for filter in self.filters.get(&id).into_iter().flatten() {
            for value_at in 0..2 {
                let mut event = bare.clone();
                for place in properties_in(filter, id) {
                    let field = kind.properties.get(place.index());
                    let values = field.map(|field| self.values_of(Subjects::Property(id, place), &field.kind));
                    let value = values.and_then(|values| {
                        let own = own_value(filter, &values);
                        own.or_else(|| values.get(value_at).or(values.first()).cloned())
                    });
                    if let (Some(cell), Some(value)) = (event.values.get_mut(place.index()), value) {
                        *cell = Some(value);
                    }
                }
                if !events.contains(&event) && events.len() < MOST_EVENTS {
                    events.push(event);
                }
            }
        }
        events
    }
}

/// A value that the filter itself names, so that events of other filters' values are not tried for it first.
fn own_value(filter: &Condition, values: &[Value]) -> Option<Value> {
    let mut named = Vec::new();
    walk_condition(filter, &mut |part| {
        if let Part::Condition(condition) = part
            && let ConditionKind::Text { test: TextTest::Is(operands) | TextTest::Part { operands, .. }, .. } =
                &condition.kind
        {
            named.extend(operands.iter().filter_map(|operand| match operand {
                TextOperand::Literal(text) => Some(Value::Text(text.clone())),
                _ => None,
            }));
        }
    });
    named.into_iter().find(|value| values.contains(value))
}

/// The properties of a type that a filter reads.
fn properties_in(filter: &Condition, kind: EventId) -> Vec<PropertyId> {
    let mut found = Vec::new();
    walk_condition(filter, &mut |part| {
        let property = match part {
            Part::Number(NumberExpr::Property(property))
            | Part::Text(TextExpr::Property(property))
            | Part::Date(DateExpr::Property(property))
            | Part::YesNo(YesNoExpr::Property(property))
            | Part::List(ListExpr::Property(property)) => property,
            _ => return,
        };
        found.extend(property.places.get(&kind).copied());
    });
    found.sort_unstable();
    found.dedup();
    found
}
