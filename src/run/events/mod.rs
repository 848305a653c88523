//! The events of a run: read in any order, kept per lead as little as the plan's states need.
//!
//! | module | does |
//! |---|---|
// The table of modules stands here.

use super::evaluate::{LeadEvents, StateColumn, Values};
use crate::data::events::EventCounts;
use crate::data::{BadRow, DataError, Source};
use crate::model::{Event, FieldId};
use crate::plan::{Plan, StateId};

/// How events are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// At least 1; the results do not depend on it.
    pub threads: usize,
    /// Bytes that may be held; beyond, events go to temporary files.
    pub memory: u64,
}

/// All events of a run, by lead, as the plan's states need them.
pub struct EventStore<'plan> {
    plan: &'plan Plan<'plan>,
}

impl<'plan> EventStore<'plan> {
    /// Reads event files. `tick` is called now and then with the bytes read so far, of all files together.
    ///
    /// # Errors
    /// [`DataError`], also where the events of one lead alone do not fit. Rows that cannot be read are bad rows of their
    /// lead, or of no lead: see [`EventStore::broken`].
    pub fn read(
        sources: &[Source],
        plan: &'plan Plan<'plan>,
        reading: Reading,
        tick: &mut dyn FnMut(u64) -> Result<(), DataError>,
    ) -> Result<EventStore<'plan>, DataError> {
        let _ = (sources, plan, reading, tick);
        todo!()
    }

    /// Events in memory, for each lead by its key; in the one order of files and rows.
    pub fn of(plan: &'plan Plan<'plan>, leads: &[(&str, &[Event])]) -> EventStore<'plan> {
        let _ = leads;
        EventStore { plan }
    }

    /// Rows whose lead is unknown.
    pub fn broken(&self) -> &[BadRow] {
        &[]
    }

    /// Whether some event type is matched by another field than the key: the first such lead gets the events, so
    /// batches must be taken in the order of the input.
    pub fn in_order(&self) -> bool {
        self.plan.model.events.iter().any(|event| event.mapping.lead_by.is_some())
    }

    /// The events of a batch of leads: for each its key, and its texts of the fields that events are matched by.
    ///
    /// # Errors
    /// [`DataError`]: a temporary file cannot be read.
    pub fn take(
        &self,
        keys: &[&str],
        matched_by: &[(FieldId, Vec<Option<&str>>)],
    ) -> Result<BatchEvents<'_>, DataError> {
        let _ = (keys, matched_by);
        Ok(BatchEvents { plan: self.plan })
    }

    /// Complete once every lead was asked for.
    pub fn counts(&self) -> EventCounts {
        todo!()
    }

    /// Warnings about the files as a whole.
    pub fn warnings(&self) -> Vec<String> {
        todo!()
    }
}

/// What is kept of the events of a batch's leads.
pub struct BatchEvents<'store> {
    plan: &'store Plan<'store>,
}

impl BatchEvents<'_> {
    /// Rows of each lead's events that could not be read, by the lead's place in the batch.
    pub fn bad(&self) -> &[(usize, BadRow)] {
        &[]
    }
}

impl LeadEvents for BatchEvents<'_> {
    fn state(&self, state: StateId, lead: &Values<'_>) -> StateColumn {
        let _ = (state, lead, self.plan);
        todo!()
    }
}
