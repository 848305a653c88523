//! Properties of events: by name, over all the types that a selector names.

use super::Expressions;
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{EventId, Property, Type};
use crate::syntax::tree::Name;
use crate::value::fold_name;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The event types whose properties come first.
#[derive(Debug, Clone)]
pub(in crate::check) struct Scope {
    pub types: Rc<BTreeSet<EventId>>,
    /// One of the named types is not known: properties that are not found may belong to it
    pub incomplete: bool,
}

#[derive(Debug, Clone)]
pub(in crate::check) enum PropertyRef {
    /// `at`
    At,
    Own(Property, Type),
}

impl Expressions<'_> {
    /// A property of the scope by name. The outer `None` is an error, the inner one: no such property.
    pub(super) fn property(&mut self, name: &Name, scope: &Scope) -> Option<Option<PropertyRef>> {
        let folded = fold_name(&name.text);
        if folded == "at" {
            return Some(Some(PropertyRef::At));
        }
        let mut places = BTreeMap::new();
        let mut first: Option<(Type, EventId)> = None;
        for id in scope.types.iter() {
            let Some(place) = self.facts.properties.get(id.index()).and_then(|own| own.get(&folded)) else { continue };
            let Some(field) = self.model.events.get(id.index()).and_then(|event| event.properties.get(place.index()))
            else {
                continue;
            };
            let kind = field.kind.type_of();
            match first {
                Some((other, event)) if other != kind => {
                    self.mixed_property(name, (event, other), (*id, kind));
                    return None;
                }
                _ => first = first.or(Some((kind, *id))),
            }
            places.insert(*id, *place);
        }
        let Some((kind, _)) = first else {
            return if scope.incomplete && !self.model.names.contains_key(&folded) { None } else { Some(None) };
        };
        Some(Some(PropertyRef::Own(Property { name: name.text.clone(), places }, kind)))
    }

    fn mixed_property(&mut self, name: &Name, one: (EventId, Type), other: (EventId, Type)) {
        let event = |id: EventId| self.model.events.get(id.index()).map_or("", |event| event.name.as_str());
        let message = format!(
            "`{}` is {} in `{}`, and {} in `{}`",
            name.text,
            type_words(one.1),
            event(one.0),
            type_words(other.1),
            event(other.0)
        );
        let help = format!("ask about `{}` and `{}` apart, joined with `or`", event(one.0), event(other.0));
        self.findings.error(code::MIXED_PROPERTY, name.span, message, help);
    }

    pub fn has_property(&self, scope: &Scope, folded: &str) -> bool {
        folded == "at"
            || scope
                .types
                .iter()
                .any(|id| self.facts.properties.get(id.index()).is_some_and(|own| own.contains_key(folded)))
    }

    /// The type of a property of the scope, of its first event that has it.
    pub(super) fn property_type(&self, name: &Name, scope: &Scope) -> Option<Type> {
        let folded = fold_name(&name.text);
        if folded == "at" {
            return Some(Type::Date);
        }
        scope.types.iter().find_map(|id| {
            let place = self.facts.properties.get(id.index())?.get(&folded)?;
            Some(self.model.events.get(id.index())?.properties.get(place.index())?.kind.type_of())
        })
    }

    /// A name that must be a property: `sum of value in order`, `once per asset`.
    pub fn demand_property(&mut self, name: &Name, scope: &Scope) -> Option<PropertyRef> {
        let found = self.property(name, scope)?;
        if found.is_none() && !scope.incomplete {
            let events: Vec<&str> =
                scope.types.iter().filter_map(|id| Some(self.model.events.get(id.index())?.name.as_str())).collect();
            let properties = scope.types.iter().filter_map(|id| self.model.events.get(id.index()));
            let candidates =
                properties.flat_map(|event| event.properties.iter().map(|property| property.name.as_str()));
            let help = match nearest(&name.text, candidates.clone().chain(["at"])) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => match events.first() {
                    Some(event) => format!("declare it: `event {event} {{ {} text }}`", name.text),
                    None => "declare the event and its properties first".to_owned(),
                },
            };
            let shown = events.iter().take(3).map(|event| format!("`{event}`")).collect::<Vec<_>>().join(", ");
            let message = format!("{shown} has no property `{}`", name.text);
            self.findings.add(Diagnostic::error(code::UNKNOWN_PROPERTY, name.span, message).help(help));
        }
        found
    }
}

/// "a number"
pub(in crate::check) fn type_words(kind: Type) -> &'static str {
    match kind {
        Type::Number => "a number",
        Type::Text => "a text",
        Type::YesNo => "yes or no",
        Type::Date => "a date",
        Type::List => "a list of texts",
        Type::Condition => "a condition",
    }
}
