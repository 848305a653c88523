//! The events of a run: read in any order, kept per lead as little as the plan's states need.
//!
//! Stands between `data`, which takes files apart, and `evaluate`, which asks each state for its answer over a batch of
//! leads. What is kept of a lead is a record: a few words for each state, all of them such that events can be added in
//! any order, by any thread, and two records of one lead can be added to each other. So when there is no more memory
//! all records are written to a temporary file and begun anew, and in the end the pieces of each lead are merged.
//!
//! | module | does |
//! |---|---|
//! | [`shape`], [`way`], [`reach`] | from the plan: how each state is kept, and where it stands in a record |
//! | [`read`], [`block`], [`typed`], [`quick`], [`instants`], [`raw`], [`columns`], [`rows`] | blocks of files as typed columns of events |
//! | [`judge`] | which states each event counts for, and what it gives |
//! | [`building`], [`shard`], [`records`] | records by lead, from many threads |
//! | [`add`], [`cells`], [`sides`], [`newest`], [`buckets`], [`list`] | what a record is made of |
//! | [`spill`], [`sorted`], [`merge`], [`codec`] | records in temporary files |
//! | [`held`], [`taken`] | the records of a batch of leads |
//! | [`answer`] | from words to a column |
//! | [`listed_answer`], [`window`], [`occurrences`] | from the lists of events to a column |
//! | [`tally`] | what is counted, and bad rows, in the order of the input |

mod add;
mod answer;
mod block;
mod buckets;
mod building;
mod cells;
mod codec;
mod columns;
mod fingerprint;
mod held;
mod instants;
mod judge;
mod list;
mod listed_answer;
mod memory;
mod merge;
mod newest;
mod occurrences;
mod quick;
mod raw;
mod reach;
mod read;
mod records;
mod rows;
mod shape;
mod shard;
mod sides;
mod sorted;
mod spill;
mod taken;
mod tally;
mod typed;
mod way;
mod window;

#[cfg(test)]
mod tests;

pub use taken::BatchEvents;

use crate::data::events::EventCounts;
use crate::data::{BadRow, DataError, Source};
use crate::model::{Event, EventId, FieldId, PropertyId};
use crate::plan::Plan;
use building::Building;
use held::Kept;
use indexmap::IndexMap;
use shape::Shape;
use std::sync::atomic::Ordering;
use tally::Tally;

/// How events are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// At least 1; the results do not depend on it.
    pub threads: usize,
    /// Bytes that may be held; beyond, what is kept of events goes to temporary files.
    pub memory: u64,
}

/// All events of a run, by lead, as the plan's states need them.
pub struct EventStore<'plan> {
    shape: Shape<'plan>,
    kept: Kept,
    tally: Tally,
}

impl<'plan> EventStore<'plan> {
    /// Reads event files. `tick` is called now and then with the bytes read so far, of all files together.
    ///
    /// # Errors
    /// [`DataError`], also where a temporary file cannot be written. Rows that cannot be read are bad rows of their
    /// lead, or of no lead: see [`EventStore::broken`].
    pub fn read(
        sources: &[Source],
        plan: &'plan Plan<'plan>,
        reading: Reading,
        tick: &mut dyn FnMut(u64) -> Result<(), DataError>,
    ) -> Result<EventStore<'plan>, DataError> {
        let building = Building::new(Shape::new(plan), reading.memory);
        let tally = read::read(sources, &building, reading.threads, tick)?;
        EventStore::finish(building, reading.memory, tally)
    }

    /// Events in memory, for each lead by its key; in the one order of files and rows.
    pub fn of(plan: &'plan Plan<'plan>, leads: &[(&str, &[Event])]) -> EventStore<'plan> {
        let building = Building::new(Shape::new(plan), u64::MAX);
        memory::add(&building, memory::in_rows(leads), usize::MAX);
        let (shape, shards, _) = building.into_parts();
        EventStore { shape, kept: Kept::in_memory(shards), tally: Tally::default() }
    }

    fn finish(building: Building<'plan>, memory: u64, tally: Tally) -> Result<EventStore<'plan>, DataError> {
        let (shape, kept) = Kept::new(building, memory)?;
        Ok(EventStore { shape, kept, tally })
    }

    /// Rows whose lead is unknown.
    pub fn broken(&self) -> &[BadRow] {
        self.tally.broken()
    }

    /// Whether some event type is matched by another field than the key: the first such lead gets the events, so
    /// batches must be taken in the order of the input.
    pub fn in_order(&self) -> bool {
        self.shape.model().events.iter().any(|event| event.mapping.lead_by.is_some())
    }

    /// The events of a batch of leads: for each its key, and its texts of the fields that events are matched by.
    ///
    /// # Errors
    /// [`DataError`]: a temporary file cannot be read, or the events of one lead alone do not fit into memory.
    pub fn take(
        &self,
        keys: &[&str],
        matched_by: &[(FieldId, Vec<Option<&str>>)],
    ) -> Result<BatchEvents<'_>, DataError> {
        let mut batch = BatchEvents::take(&self.shape, &self.kept, keys, matched_by)?;
        batch.bad = self.tally.take_bad(keys, matched_by);
        Ok(batch)
    }

    /// Complete once every lead was asked for.
    pub fn counts(&self) -> EventCounts {
        let used = self.kept.events_taken.load(Ordering::Relaxed);
        self.tally.counts(used, self.kept.events.saturating_sub(used))
    }

    /// Warnings about the files as a whole.
    pub fn warnings(&self) -> Vec<String> {
        self.tally.warnings()
    }

    /// As [`crate::data::events::Events::unlisted`], but counted over the events of all leads.
    pub fn unlisted(&self) -> &IndexMap<(EventId, PropertyId), IndexMap<Option<String>, u64>> {
        self.tally.unlisted()
    }
}
