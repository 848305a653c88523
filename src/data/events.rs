//! Events of files, typed as the model declares them, by lead.

use super::leads::ReadLead;
use super::{BadRow, DataError, Source};
use crate::model::{Event, EventId, Model, PropertyId, Usage};
use indexmap::IndexMap;

/// Everything read from event files, waiting for the leads it belongs to.
pub struct Events<'model> {
    model: &'model Model,
}

/// What belongs to one lead.
#[derive(Debug, Default)]
pub struct LeadEvents {
    /// In their one order: instant, file as given, row.
    pub events: Vec<Event>,
    /// Rows of this lead that could not be read.
    pub bad: Vec<BadRow>,
}

/// For the summary.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct EventCounts {
    pub read: u64,
    /// Events of known leads and declared types.
    pub used: u64,
    /// By type as the data calls it: not declared.
    pub undeclared: IndexMap<String, u64>,
    /// Of leads that are not in the leads file.
    pub without_lead: u64,
    /// Skipped: an id met before.
    pub repeated: u64,
}

impl<'model> Events<'model> {
    /// Reads event files. `tick` is called now and then with the bytes read.
    ///
    /// # Errors
    /// [`DataError`]. Rows that are no rows at all (broken CSV or JSON) are bad rows whatever their lead: see
    /// [`Events::broken`].
    pub fn read(
        sources: &[Source],
        model: &'model Model,
        usage: &Usage,
        tick: &mut dyn FnMut(u64) -> Result<(), DataError>,
    ) -> Result<Events<'model>, DataError> {
        todo!()
    }

    /// Rows that could not be taken apart, so that their lead is unknown.
    pub fn broken(&self) -> &[BadRow] {
        todo!()
    }

    /// Hands over the events of a lead.
    pub fn take(&mut self, lead: &ReadLead) -> LeadEvents {
        todo!()
    }

    /// Complete once every lead was asked for.
    pub fn counts(&self) -> EventCounts {
        todo!()
    }

    /// Warnings about the files as a whole: declared, used columns that they lack.
    pub fn warnings(&self) -> Vec<String> {
        todo!()
    }

    /// As [`super::leads::Leads::unlisted`].
    pub fn unlisted(&self) -> &IndexMap<(EventId, PropertyId), IndexMap<Option<String>, u64>> {
        todo!()
    }
}
