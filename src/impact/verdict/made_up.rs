//! Leads made up of the values that the rules name.

use super::Told;
use super::examined::Examiner;
use crate::impact::changes::Change;
use crate::impact::names::names_read;
use crate::impact::pools::{Chance, Pools};
use crate::impact::sample::Sample;
use crate::model::walk::walk_rule;
use crate::model::{LookupTable, Model, RowTest};
use crate::value::fold_name;
use std::collections::BTreeSet;

/// So many leads are made up, at first and in the end.
const TRIES: [usize; 2] = [2_000, 12_000];

impl Examiner<'_, '_> {
    /// Leads made up of what the rules name.
    pub fn make_up(&mut self, counting: &[&Change]) -> Option<Box<Told>> {
        let (old, new) = (self.changes.old.model, self.changes.new.model);
        let first = only_in_one(old, new);
        let pools = Pools::new([old, new], self.telling.as_of, &first);
        let focus: Vec<BTreeSet<String>> = counting.iter().map(|change| self.focus(change)).collect();
        let mut chance = Chance::new(0x5C07E + u64::from(self.is_thorough));
        let thresholds: Vec<String> =
            new.thresholds.iter().chain(&old.thresholds).map(|it| fold_name(&it.name)).collect();
        let seeds = self.telling.seeds.clone();
        let none = (Sample::default(), BTreeSet::new());
        for attempt in 0..TRIES[usize::from(self.is_thorough)] {
            let base = match attempt % 3 {
                0 => &none.0,
                _ => seeds.get(chance.below(seeds.len())).unwrap_or(&none.0),
            };
            let focus = focus.get(attempt % focus.len().max(1)).unwrap_or(&none.1);
            let mut sample = pools.sample(&mut chance, self.telling.as_of, base, focus);
            if chance.one_in(4) {
                sample.before.extend(thresholds.iter().filter(|_| chance.one_in(2)).cloned());
            }
            if let Some(told) = self.telling.tell(&sample) {
                return Some(Box::new(self.telling.shrunk(told)));
            }
        }
        None
    }

    /// The names of fields and events that a change is about.
    fn focus(&self, change: &Change) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let sides = [(&self.changes.old, change.rule.0), (&self.changes.new, change.rule.1)];
        for (side, rule) in sides {
            let Some(part) = rule.and_then(|place| side.rule(place)) else { continue };
            names.extend(names_read(side.model, |visit| walk_rule(part.rule, visit)));
        }
        if matches!(change.what, "field" | "event") {
            names.insert(fold_name(&change.name));
        }
        names
    }
}

/// Values that a list or a table has in one model and not in the other.
fn only_in_one(old: &Model, new: &Model) -> Vec<String> {
    let values = |model: &Model| -> BTreeSet<String> {
        let lists = model.lists.iter().flat_map(|list| list.values.iter().map(|value| value.given.to_string()));
        let rows = model.lookups.iter().flat_map(|lookup| {
            let tests: Vec<&RowTest> = match &lookup.table {
                LookupTable::Text(table) => table.rows.iter().map(|row| &row.test).collect(),
                LookupTable::Number(table) => table.rows.iter().map(|row| &row.test).collect(),
            };
            let values = tests.into_iter().filter_map(|test| match test {
                RowTest::Values(values) => Some(values.iter().cloned().collect::<Vec<_>>()),
                RowTest::Edge { .. } | RowTest::Else => None,
            });
            values.flatten().collect::<Vec<_>>()
        });
        lists.chain(rows).collect()
    };
    let (old, new) = (values(old), values(new));
    old.symmetric_difference(&new).cloned().collect()
}
