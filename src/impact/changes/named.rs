//! Lists, lookups, defines and exclusions.

use super::text::some_of;
use super::{ChangeKind, Found, Part, Side, detail, part};
use crate::impact::meaning::Digest;
use crate::value::fold_name;
use std::collections::{BTreeMap, BTreeSet};

impl Found<'_, '_> {
    /// Lists, lookups and defines that both models have: what only one has shows where it is used.
    pub(super) fn named_values(&mut self) {
        let both = |old: Vec<Part>, new: Vec<Part>| {
            let names: BTreeSet<String> = old.iter().map(|part| fold_name(&part.name)).collect();
            let new: Vec<Part> = new.into_iter().filter(|part| names.contains(&fold_name(&part.name))).collect();
            let names: BTreeSet<String> = new.iter().map(|part| fold_name(&part.name)).collect();
            (old.into_iter().filter(|part| names.contains(&fold_name(&part.name))).collect::<Vec<_>>(), new)
        };
        let lists = self.lists();
        let (old, new) = both(lists.0, lists.1);
        self.parts("list", None, old, new);
        let lookups = |side: &Side<'_>| {
            let lookups = side.model.lookups.iter().zip((0..).map(crate::model::LookupId));
            lookups.map(|(lookup, id)| part(&lookup.name, side.text(lookup.span), side.meaning.lookup(id))).collect()
        };
        let (old, new) = both(lookups(self.old), lookups(self.new));
        self.parts("lookup", None, old, new);
        let defines = |side: &Side<'_>| {
            let defines = side.model.defines.iter().zip((0..).map(crate::model::DefineId));
            defines.map(|(define, id)| part(&define.name, side.text(define.span), side.meaning.define(id))).collect()
        };
        let (old, new) = both(defines(self.old), defines(self.new));
        let first = self.changes.len();
        self.parts("define", None, old, new);
        // What a define means shows in the rules that name it.
        self.changes.iter_mut().skip(first).for_each(|change| change.counts = false);
        let lists_or_lookups = self.changes.iter_mut().filter(|change| matches!(change.what, "list" | "lookup"));
        lists_or_lookups.for_each(|change| change.counts = false);
    }

    /// Each with what was taken out of it and what came in.
    pub(super) fn lists(&self) -> (Vec<Part>, Vec<Part>) {
        let values = |side: &Side<'_>| -> BTreeMap<String, (BTreeMap<String, String>, Digest, String)> {
            let lists = side.model.lists.iter().zip((0..).map(crate::model::ListId));
            lists
                .map(|(list, id)| {
                    let values =
                        list.values.iter().map(|value| (value.folded.to_string(), value.given.to_string())).collect();
                    (fold_name(&list.name), (values, side.meaning.list_values(id), list.name.clone()))
                })
                .collect()
        };
        let (old, new) = (values(self.old), values(self.new));
        let parts = |of: &BTreeMap<String, (BTreeMap<String, String>, Digest, String)>,
                     other: &BTreeMap<String, (BTreeMap<String, String>, Digest, String)>| {
            let one = |(folded, (values, digest, name)): (&String, &(BTreeMap<String, String>, Digest, String))| {
                let others = other.get(folded).map(|(values, _, _)| values);
                let only = values.iter().filter(|(value, _)| others.is_none_or(|others| !others.contains_key(*value)));
                let only: Vec<&str> = only.map(|(_, given)| given.as_str()).collect();
                part(name, some_of(&only), *digest)
            };
            of.iter().map(one).collect()
        };
        (parts(&old, &new), parts(&new, &old))
    }

    pub(super) fn exclusions(&mut self) {
        let parts = |side: &Side<'_>| -> Vec<Part> {
            let excludes = side.model.excludes.iter();
            excludes
                .map(|exclude| part(&exclude.reason, side.text(exclude.span), side.meaning.condition(&exclude.when)))
                .collect()
        };
        let first = self.changes.len();
        self.parts("exclude", None, parts(self.old), parts(self.new));
        let order = |side: &Side<'_>| -> Vec<Digest> {
            side.model.excludes.iter().map(|exclude| side.meaning.condition(&exclude.when)).collect()
        };
        if self.changes.len() == first && order(self.old) != order(self.new) {
            let text = |side: &Side<'_>| {
                side.model.excludes.iter().map(|exclude| exclude.reason.clone()).collect::<Vec<_>>().join(", ")
            };
            let details = vec![detail("order", text(self.old), text(self.new))];
            self.add(ChangeKind::Changed, "exclude", "the first that holds gives the reason", None, details);
        }
    }
}
