//! Leads of a file, typed as the model declares them.

use super::rows::Cell;
use super::{BadRow, DataError, Source};
use crate::model::{FieldId, Lead, Model, Usage};
use indexmap::IndexMap;

/// One row of the leads file.
#[derive(Debug)]
pub enum LeadRow {
    Lead(ReadLead),
    Bad(BadRow),
}

/// A good row.
#[derive(Debug)]
pub struct ReadLead {
    pub lead: Lead,
    /// The cells of the columns to keep.
    pub kept: Vec<Cell>,
    /// The given, trimmed texts of fields that some event is matched by (`lead by email`).
    pub matched_by: Vec<(FieldId, String)>,
}

/// The leads of a file, one after another; memory does not grow with their number but for a few bytes of each key, by
/// which a second lead of one key is noticed.
pub struct Leads<'model> {
    model: &'model Model,
}

impl<'model> Leads<'model> {
    /// Opens a leads file: reads what `usage` names, and the columns `keep`.
    ///
    /// # Errors
    /// [`DataError`], also where the file has no key column, or none of the columns to keep (with a suggestion).
    pub fn open(
        source: &Source,
        model: &'model Model,
        usage: &Usage,
        keep: &[String],
    ) -> Result<Leads<'model>, DataError> {
        todo!()
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read on.
    pub fn next(&mut self) -> Result<Option<LeadRow>, DataError> {
        todo!()
    }

    /// Warnings about the file as a whole: declared, used columns that it lacks. Complete once the end is reached.
    pub fn warnings(&self) -> Vec<String> {
        todo!()
    }

    /// Values outside their field's `one of`, with how often each was met: at most 20 different ones a field, the rest
    /// counted under `None`.
    pub fn unlisted(&self) -> &IndexMap<FieldId, IndexMap<Option<String>, u64>> {
        todo!()
    }

    /// Bytes read so far, and all of them where known.
    pub fn progress(&self) -> (u64, Option<u64>) {
        todo!()
    }
}
