//! The fields, events and properties that a part of a model reads, by name; also through defines and lookups.

use crate::model::walk::{Part, Visit, walk_any, walk_lookup};
use crate::model::{DateExpr, ListExpr, Model, NumberExpr, Symbol, TextExpr, YesNoExpr};
use crate::value::fold_name;
use std::collections::BTreeSet;

/// Of whatever `walk` goes over. Names are folded.
pub fn names_read<'m>(model: &'m Model, walk: impl FnOnce(Visit<'_, 'm>)) -> BTreeSet<String> {
    let (mut names, mut open) = (BTreeSet::new(), Vec::new());
    walk(&mut |part| note(model, part, &mut names, &mut open));
    let mut seen = BTreeSet::new();
    while let Some(symbol) = open.pop() {
        if !seen.insert(symbol) {
            continue;
        }
        match symbol {
            Symbol::Define(id) => {
                if let Some(define) = model.defines.get(id.index()) {
                    walk_any(&define.value, &mut |part| note(model, part, &mut names, &mut open));
                }
            }
            Symbol::Lookup(id) => {
                if let Some(lookup) = model.lookups.get(id.index()) {
                    walk_lookup(&lookup.table, &mut |part| note(model, part, &mut names, &mut open));
                }
            }
            _ => {}
        }
    }
    names
}

/// A property of an event, as one name.
pub fn property_name(event: &str, property: &str) -> String {
    format!("{}\0{}", fold_name(event), fold_name(property))
}

/// Notes the fields and events that a part reads, and what it names.
fn note(model: &Model, part: Part<'_>, names: &mut BTreeSet<String>, open: &mut Vec<Symbol>) {
    let field = match part {
        Part::Number(NumberExpr::Field(id)) => Some(*id),
        Part::Text(TextExpr::Field(id)) => Some(*id),
        Part::Date(DateExpr::Field(id)) => Some(*id),
        Part::YesNo(YesNoExpr::Field(id)) => Some(*id),
        Part::List(ListExpr::Field(id)) => Some(*id),
        _ => None,
    };
    names.extend(field.and_then(|id| model.lead.fields.get(id.index())).map(|field| fold_name(&field.name)));
    let property = match part {
        Part::Number(NumberExpr::Property(property)) => Some(property),
        Part::Text(TextExpr::Property(property)) => Some(property),
        Part::Date(DateExpr::Property(property)) => Some(property),
        Part::YesNo(YesNoExpr::Property(property)) => Some(property),
        Part::List(ListExpr::Property(property)) => Some(property),
        _ => None,
    };
    let events = property.iter().flat_map(|property| property.places.keys());
    let events = events.filter_map(|event| model.events.get(event.index()));
    let name = property.map_or("", |property| property.name.as_str());
    names.extend(events.map(|event| property_name(&event.name, name)));
    match part {
        Part::Selector(selector) => {
            let types = selector.types.iter().filter_map(|event| model.events.get(event.index()));
            names.extend(types.map(|event| fold_name(&event.name)));
        }
        Part::Define(id) => open.push(Symbol::Define(id)),
        Part::Number(NumberExpr::Lookup(id)) | Part::Text(TextExpr::Lookup(id)) => open.push(Symbol::Lookup(*id)),
        _ => {}
    }
}
