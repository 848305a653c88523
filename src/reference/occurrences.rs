//! The occurrences of a `for each` rule: which events count, before and after the limits.

use super::facts::{Scope, property_of};
use super::key::Key;
use crate::model::{Each, Event, ForEach};
use std::collections::BTreeMap;

impl<'a> Scope<'a> {
    /// The kept occurrences, oldest first.
    pub fn occurrences(&self, rule: &ForEach) -> Vec<&'a Event> {
        let mut kept = self.grouped(&rule.each, self.select(&rule.selector));
        for limit in &rule.limits {
            kept = self.limited(kept, limit);
        }
        kept
    }

    /// `for each day with at least 7 …`: the latest event of each group that is large enough, in the one order.
    fn grouped(&self, each: &Each, selected: Vec<&'a Event>) -> Vec<&'a Event> {
        let zone = &self.facts.model.zone;
        match each {
            Each::Event => selected,
            Each::Calendar { unit, at_least } => {
                latest_of_each(selected, *at_least, |event| Some(Key::Bucket(event.at.bucket(*unit, zone))))
            }
            Each::Property { property, at_least } => latest_of_each(selected, *at_least, |event| {
                property_of(event, property).map(|value| Key::of(value, zone))
            }),
            Each::At { at_least } => latest_of_each(selected, *at_least, |event| Some(Key::Instant(event.at))),
        }
    }
}

/// Events without a key are in no group.
fn latest_of_each(selected: Vec<&Event>, at_least: u64, key: impl Fn(&Event) -> Option<Key>) -> Vec<&Event> {
    let mut groups: BTreeMap<Key, (u64, usize)> = BTreeMap::new();
    for (place, event) in selected.iter().enumerate() {
        if let Some(key) = key(event) {
            let (count, latest) = groups.entry(key).or_default();
            *count += 1;
            *latest = place;
        }
    }
    let mut places: Vec<usize> =
        groups.into_values().filter(|(count, _)| *count >= at_least).map(|(_, latest)| latest).collect();
    places.sort_unstable();
    places.into_iter().filter_map(|place| selected.get(place).copied()).collect()
}
