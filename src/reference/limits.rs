//! Limits: how many occurrences are kept, and how far points may go.

use super::facts::{Scope, property_of};
use super::key::Key;
use crate::model::{Event, LimitScope, OccurrenceLimit, PointLimits};
use crate::value::{Decimal, Duration};
use std::collections::BTreeMap;

impl<'a> Scope<'a> {
    /// One limit, applied from the most recent occurrence back. Takes and gives them oldest first.
    pub fn limited(&self, occurrences: Vec<&'a Event>, limit: &OccurrenceLimit) -> Vec<&'a Event> {
        let zone = &self.facts.model.zone;
        match &limit.scope {
            LimitScope::Plain => at_most_per(occurrences, limit.times, |_| None),
            LimitScope::PerCalendar(unit) => {
                at_most_per(occurrences, limit.times, |event| Some(Key::Bucket(event.at.bucket(*unit, zone))))
            }
            LimitScope::PerProperty(property) => at_most_per(occurrences, limit.times, |event| {
                property_of(event, property).map(|value| Key::of(value, zone))
            }),
            LimitScope::PerAt => at_most_per(occurrences, limit.times, |event| Some(Key::Instant(event.at))),
            LimitScope::InAny(length) => self.at_most_in_any(occurrences, limit.times, *length),
        }
    }

    /// Rolling: an occurrence is kept while fewer than `times` kept ones lie less than `length` after it. The kept ones
    /// are found latest first, so that is so unless the `times`-th last of them lies that near.
    fn at_most_in_any(&self, occurrences: Vec<&'a Event>, times: u64, length: Duration) -> Vec<&'a Event> {
        let zone = &self.facts.model.zone;
        let times = usize::try_from(times).unwrap_or(usize::MAX);
        let mut kept: Vec<&Event> = Vec::new();
        for event in occurrences.into_iter().rev() {
            let furthest = kept.len().checked_sub(times).and_then(|place| kept.get(place));
            let is_near = |later: &&&Event| event.at.plus(length, zone).is_none_or(|end| later.at < end);
            if times > 0 && furthest.filter(is_near).is_none() {
                kept.push(event);
            }
        }
        kept.reverse();
        kept
    }
}

/// Keeps the `times` most recent of each key; occurrences without a key share one.
fn at_most_per(occurrences: Vec<&Event>, times: u64, key: impl Fn(&Event) -> Option<Key>) -> Vec<&Event> {
    let mut counts: BTreeMap<Option<Key>, u64> = BTreeMap::new();
    let mut kept: Vec<&Event> = Vec::new();
    for event in occurrences.into_iter().rev() {
        let count = counts.entry(key(event)).or_default();
        *count += 1;
        if *count <= times {
            kept.push(event);
        }
    }
    kept.reverse();
    kept
}

/// `no higher than`, `no lower than`, `from`, `to`.
pub(super) fn held_within(points: Decimal, lowest: Option<Decimal>, highest: Option<Decimal>) -> Decimal {
    let points = highest.map_or(points, |highest| points.min(highest));
    lowest.map_or(points, |lowest| points.max(lowest))
}

pub(super) fn within_limits(points: Decimal, limits: PointLimits) -> Decimal {
    held_within(points, limits.lowest, limits.highest)
}
