//! Leads of a file, typed as the model declares them.

mod layout;

pub(crate) use layout::LeadLayout;
pub(super) use layout::{Columns, absent_column, alike, listing};

use super::fields::{self, Reading, Unlisted};
use super::fingerprint::Fingerprints;
use super::rows::{Cell, Row, Rows};
use super::{BadRow, DataError, Source, shown};
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
    reading: Reading<'model>,
    rows: Rows,
    file: String,
    layout: LeadLayout,
    keys: Fingerprints,
    unlisted: Unlisted<FieldId>,
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
        let (layout, wanted) = LeadLayout::new(model, &usage.fields, keep);
        let rows = Rows::open(source, &wanted)?;
        let file = source.name();
        layout.expect_columns(model, rows.header(), &rows.present(), &file)?;
        let reading = Reading { missing: &model.lead.missing, zone: &model.zone };
        Ok(Leads { model, reading, rows, file, layout, keys: Fingerprints::default(), unlisted: IndexMap::new() })
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read on.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<LeadRow>, DataError> {
        let row = match self.rows.next()? {
            None => return Ok(None),
            Some(Err(bad)) => return Ok(Some(LeadRow::Bad(bad))),
            Some(Ok(row)) => row,
        };
        Ok(Some(match self.read(&row) {
            Ok(lead) => LeadRow::Lead(lead),
            Err((column, reason)) => LeadRow::Bad(BadRow {
                file: self.file.clone(),
                row: row.number,
                line: self.rows.line(),
                column: self.rows.columns().get(column).cloned(),
                reason,
                help: self.help(&row, column),
                raw: self.rows.raw(),
            }),
        }))
    }

    /// What to declare so that a cell that could not be read can be.
    fn help(&self, row: &Row, place: usize) -> Option<String> {
        let (id, _) = self.layout.fields.iter().find(|(_, column)| *column == place)?;
        let field = self.model.lead.fields.get(id.index())?;
        fields::help(row.cells.get(place)?, &field.kind, self.reading.zone)
    }

    /// The lead of a row, or the place of its wrong cell and the reason.
    fn read(&mut self, row: &Row) -> Result<ReadLead, (usize, String)> {
        let cell = |place: usize| row.cells.get(place).unwrap_or(&Cell::Missing);
        let key = fields::key(cell(self.layout.key), self.reading).map_err(|reason| (self.layout.key, reason))?;
        if !self.keys.insert(&key) {
            return Err((self.layout.key, known_key(&key)));
        }
        let schema = &self.model.lead.fields;
        let mut values = vec![None; schema.len()];
        for (id, place) in &self.layout.fields {
            let Some((field, value)) = schema.get(id.index()).zip(values.get_mut(id.index())) else { continue };
            *value = self.reading.value(cell(*place), field).map_err(|reason| (*place, reason))?;
            fields::count_unlisted(&mut self.unlisted, *id, &field.kind, value.as_ref());
        }
        let matched = self.layout.matched_by.iter().filter(|(_, place)| !self.reading.is_missing(cell(*place)));
        let matched_by =
            matched.filter_map(|(id, place)| Some((*id, cell(*place).text()?.trim().to_owned()))).collect();
        let kept = self.layout.kept.iter().map(|place| cell(*place).clone()).collect();
        Ok(ReadLead { lead: Lead { key, values }, kept, matched_by })
    }

    /// Warnings about the file as a whole: declared, used columns that it lacks. Complete once the end is reached.
    pub fn warnings(&self) -> Vec<String> {
        self.layout.warnings(self.model, self.rows.header(), &self.rows.present(), &self.file)
    }

    /// Values outside their field's `one of`, with how often each was met: at most 20 different ones a field, the rest
    /// counted under `None`.
    pub fn unlisted(&self) -> &IndexMap<FieldId, IndexMap<Option<String>, u64>> {
        &self.unlisted
    }

    /// Bytes read so far, and all of them where known.
    pub fn progress(&self) -> (u64, Option<u64>) {
        self.rows.progress()
    }
}

/// Why a key cannot be used again.
pub(crate) fn known_key(key: &str) -> String {
    format!("`{}` is the key of an earlier row, too", shown(key))
}

#[cfg(test)]
mod tests;
