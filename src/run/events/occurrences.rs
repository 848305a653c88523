//! The occurrences of a `for each` rule among listed events: groups, then limits, from the most recent back.

use super::columns::{MISSING_KEY, Texts, key_of};
use super::rows::EventRows;
use super::shape::Shape;
use crate::model::{Each, LimitScope, OccurrenceLimit, Property};
use crate::plan::{PointsOfEach, PropertyKey};
use crate::run::batch::Column;
use crate::value::{CalendarUnit, Duration};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The events of a batch, with the properties that a rule counts its occurrences by.
pub(super) struct Occurrences<'a> {
    shape: &'a Shape<'a>,
    rows: &'a EventRows,
    texts: &'a Texts,
    columns: BTreeMap<String, Column>,
}

impl<'a> Occurrences<'a> {
    pub(super) fn new(of: &PointsOfEach, shape: &'a Shape<'a>, rows: &'a EventRows, texts: &'a Texts) -> Self {
        let each = if let Each::Property { property, .. } = &of.each { Some(property) } else { None };
        let limits = of.limits.iter().filter_map(|limit| {
            if let LimitScope::PerProperty(property) = &limit.scope { Some(property) } else { None }
        });
        let columns = each.into_iter().chain(limits).filter_map(|property| {
            let key: PropertyKey = Arc::new(property.clone());
            Some((property.name.clone(), rows.column(&key, shape, texts)?))
        });
        Occurrences { shape, rows, texts, columns: columns.collect() }
    }

    /// The kept ones of the selected rows, oldest first.
    pub(super) fn of(&self, of: &PointsOfEach, selected: Vec<usize>) -> Vec<usize> {
        let mut kept = match &of.each {
            Each::Event => selected,
            Each::Calendar { unit, at_least } => {
                latest_of_each(selected, *at_least, |row| Some(self.bucket(row, *unit)))
            }
            Each::Property { property, at_least } => latest_of_each(selected, *at_least, |row| self.key(row, property)),
            Each::At { at_least } => latest_of_each(selected, *at_least, |row| Some(self.rows.at[row].0 as u128)),
        };
        for limit in &of.limits {
            kept = self.limited(kept, limit);
        }
        kept
    }

    fn limited(&self, rows: Vec<usize>, limit: &OccurrenceLimit) -> Vec<usize> {
        let times = limit.times;
        match &limit.scope {
            LimitScope::Plain => at_most_per(rows, times, |_| 0),
            LimitScope::PerCalendar(unit) => at_most_per(rows, times, |row| self.bucket(row, *unit)),
            LimitScope::PerProperty(property) => {
                at_most_per(rows, times, |row| self.key(row, property).unwrap_or(MISSING_KEY))
            }
            LimitScope::PerAt => at_most_per(rows, times, |row| self.rows.at[row].0 as u128),
            LimitScope::InAny(length) => self.at_most_in_any(rows, times, *length),
        }
    }

    fn bucket(&self, row: usize, unit: CalendarUnit) -> u128 {
        self.rows.at[row].bucket(unit, &self.shape.model().zone) as u128
    }

    fn key(&self, row: usize, property: &Property) -> Option<u128> {
        key_of(self.columns.get(&property.name)?, row, self.texts.keys(), &self.shape.model().zone)
    }

    /// Rolling: one is kept unless the `times`-th kept one after it lies less than `length` after it.
    fn at_most_in_any(&self, rows: Vec<usize>, times: u64, length: Duration) -> Vec<usize> {
        let zone = &self.shape.model().zone;
        let times = usize::try_from(times).unwrap_or(usize::MAX);
        let at = |row: usize| self.rows.at[row];
        let mut kept: Vec<usize> = Vec::new();
        for row in rows.into_iter().rev() {
            let furthest = kept.len().checked_sub(times).and_then(|place| kept.get(place));
            let is_near = |later: &&usize| at(row).plus(length, zone).is_none_or(|end| at(**later) < end);
            if times > 0 && furthest.filter(is_near).is_none() {
                kept.push(row);
            }
        }
        kept.reverse();
        kept
    }
}

/// The latest row of each key that has so many; rows without a key are in no group.
fn latest_of_each(rows: Vec<usize>, at_least: u64, key: impl Fn(usize) -> Option<u128>) -> Vec<usize> {
    let mut groups: HashMap<u128, (u64, usize)> = HashMap::new();
    for row in rows {
        if let Some(key) = key(row) {
            let (count, latest) = groups.entry(key).or_default();
            *count += 1;
            *latest = row;
        }
    }
    let mut kept: Vec<usize> =
        groups.into_values().filter(|(count, _)| *count >= at_least).map(|(_, latest)| latest).collect();
    kept.sort_unstable();
    kept
}

/// Keeps the `times` most recent of each key.
fn at_most_per(rows: Vec<usize>, times: u64, key: impl Fn(usize) -> u128) -> Vec<usize> {
    let mut counts: HashMap<u128, u64> = HashMap::new();
    let mut kept: Vec<usize> = Vec::new();
    for row in rows.into_iter().rev() {
        let count = counts.entry(key(row)).or_default();
        *count += 1;
        if *count <= times {
            kept.push(row);
        }
    }
    kept.reverse();
    kept
}
