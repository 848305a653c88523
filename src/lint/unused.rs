//! Declarations that nothing uses.

use super::Context;
use super::written::Within;
use crate::model::{DefineId, EventId, FieldId, LookupId, PropertyId};
use crate::source::Span;
use crate::value::fold_name;
use std::collections::BTreeSet;

/// A declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// "field", "event", "property", "list", "define", "lookup"
    pub what: &'static str,
    pub name: String,
    pub span: Span,
}

impl Context<'_> {
    /// What is declared and read by no rule, score, threshold, exclusion or `ignore`, nor by what they read. Tests do
    /// not count. The key, required fields, and fields that events are matched by are always used.
    pub fn unused(&self) -> Vec<Declared> {
        let (model, usage) = (self.model, &self.model.usage);
        let mut found = Vec::new();
        let mut add = |used: bool, what, name: &str, span| {
            if !used {
                found.push(Declared { what, name: name.to_owned(), span });
            }
        };
        let matched: BTreeSet<FieldId> = model.events.iter().filter_map(|event| event.mapping.lead_by).collect();
        for (id, field) in (0..).map(FieldId).zip(&model.lead.fields) {
            let used = usage.fields.contains(&id) || matched.contains(&id) || field.required;
            add(used || model.lead.key == Some(id), "field", &field.name, field.span);
        }
        for (id, event) in (0..).map(EventId).zip(&model.events) {
            let used = usage.events.contains(&id);
            add(used, "event", &event.name, event.span);
            for (property, field) in (0..).map(PropertyId).zip(&event.properties) {
                add(!used || usage.properties.contains(&(id, property)), "property", &field.name, field.span);
            }
        }
        let named = self.names_outside_tests();
        for list in &model.lists {
            add(named.contains(&fold_name(&list.name)), "list", &list.name, list.span);
        }
        for (id, define) in (0..).map(DefineId).zip(&model.defines) {
            add(usage.defines.contains(&id), "define", &define.name, define.span);
        }
        for (id, lookup) in (0..).map(LookupId).zip(&model.lookups) {
            add(usage.lookups.contains(&id), "lookup", &lookup.name, lookup.span);
        }
        found.sort_by_key(|one| one.span);
        found
    }

    /// The folded names that stand anywhere but in tests and where lists are declared.
    fn names_outside_tests(&self) -> BTreeSet<String> {
        let names = self.written().names.iter().filter(|one| one.within == Within::Rules);
        names.map(|one| fold_name(&one.name.text)).collect()
    }
}
