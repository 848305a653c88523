//! Leads of a file, typed as the model declares them.

use super::fields::{self, Reading, Unlisted};
use super::fingerprint::Fingerprints;
use super::rows::{Cell, Row, Rows, Wanted};
use super::{BadRow, DataError, Source, shown};
use crate::diagnostics::nearest;
use crate::model::{Field, FieldId, Lead, Model, Usage};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

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
    key: usize,
    /// Fields to read, with where each stands among the cells.
    fields: Vec<(FieldId, usize)>,
    matched_by: Vec<(FieldId, usize)>,
    kept: Vec<usize>,
    keys: Fingerprints,
    unlisted: Unlisted<FieldId>,
}

/// Columns wanted, each once.
#[derive(Debug, Default)]
pub(super) struct Columns(IndexSet<String>);

impl Columns {
    /// Where the column will stand among the cells of a row.
    pub(super) fn place(&mut self, column: &str) -> usize {
        self.0.insert_full(column.trim().to_owned()).0
    }

    pub(super) fn wanted(self) -> Wanted {
        Wanted::Columns(self.0.into_iter().collect())
    }
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
        let schema = &model.lead;
        let mut columns = Columns::default();
        let key_field = schema.key.and_then(|key| schema.fields.get(key.index()));
        let key_column = key_field.map_or("id", |key| &key.column);
        let key = columns.place(key_column);
        let mut place = |id: FieldId| Some((id, columns.place(&schema.fields.get(id.index())?.column)));
        let required = schema.fields.iter().enumerate().filter(|(_, field)| field.required);
        let required = required.filter_map(|(index, _)| u32::try_from(index).ok().map(FieldId));
        let used: BTreeSet<FieldId> = usage.fields.iter().copied().chain(schema.key).chain(required).collect();
        let fields = used.into_iter().filter_map(&mut place).collect();
        let matched: BTreeSet<FieldId> = model.events.iter().filter_map(|event| event.mapping.lead_by).collect();
        let matched_by = matched.into_iter().filter_map(&mut place).collect();
        let kept = keep.iter().map(|column| columns.place(column)).collect();
        let rows = Rows::open(source, &columns.wanted())?;
        let file = source.name();
        expect_columns(&rows, &file, (key, key_column, key_field.map_or("id", |key| &key.name)), keep)?;
        let reading = Reading { missing: &schema.missing, zone: &model.zone };
        Ok(Leads {
            model,
            reading,
            rows,
            file,
            key,
            fields,
            matched_by,
            kept,
            keys: Fingerprints::default(),
            unlisted: IndexMap::new(),
        })
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
        let (id, _) = self.fields.iter().find(|(_, column)| *column == place)?;
        let field = self.model.lead.fields.get(id.index())?;
        fields::help(row.cells.get(place)?, &field.kind, self.reading.zone)
    }

    /// The lead of a row, or the place of its wrong cell and the reason.
    fn read(&mut self, row: &Row) -> Result<ReadLead, (usize, String)> {
        let cell = |place: usize| row.cells.get(place).unwrap_or(&Cell::Missing);
        let key = fields::key(cell(self.key), self.reading).map_err(|reason| (self.key, reason))?;
        if !self.keys.insert(&key) {
            return Err((self.key, format!("`{}` is the key of an earlier row, too", shown(&key))));
        }
        let schema = &self.model.lead.fields;
        let mut values = vec![None; schema.len()];
        for (id, place) in &self.fields {
            let Some((field, value)) = schema.get(id.index()).zip(values.get_mut(id.index())) else { continue };
            *value = self.reading.value(cell(*place), field).map_err(|reason| (*place, reason))?;
            fields::count_unlisted(&mut self.unlisted, *id, &field.kind, value.as_ref());
        }
        let matched = self.matched_by.iter().filter(|(_, place)| !self.reading.is_missing(cell(*place)));
        let matched_by =
            matched.filter_map(|(id, place)| Some((*id, cell(*place).text()?.trim().to_owned()))).collect();
        let kept = self.kept.iter().map(|place| cell(*place).clone()).collect();
        Ok(ReadLead { lead: Lead { key, values }, kept, matched_by })
    }

    /// Warnings about the file as a whole: declared, used columns that it lacks. Complete once the end is reached.
    pub fn warnings(&self) -> Vec<String> {
        let present = self.rows.present();
        let schema = &self.model.lead.fields;
        let absent = |place: &usize| !present.get(*place).copied().unwrap_or(true);
        let needed: BTreeSet<&(FieldId, usize)> = self.fields.iter().chain(&self.matched_by).collect();
        let mut warnings: Vec<String> = needed
            .into_iter()
            .filter(|(_, place)| absent(place))
            .filter_map(|(id, _)| schema.get(id.index()))
            .map(|field| absent_column(&self.file, field, self.rows.header(), "lead"))
            .collect();
        let columns = self.rows.columns();
        let kept = self.kept.iter().filter(|place| absent(place)).filter_map(|place| columns.get(*place));
        warnings.extend(kept.map(|column| format!("`{}` has no column `{}` to keep", self.file, shown(column))));
        warnings
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

/// Where the file names its columns: the key must be there, and those to keep.
///
/// `key`: its place among the cells, its column, its field.
fn expect_columns(rows: &Rows, file: &str, key: (usize, &str, &str), keep: &[String]) -> Result<(), DataError> {
    let (key, key_column, key_name) = key;
    let Some(header) = rows.header() else { return Ok(()) };
    let refused =
        |reason: String, help: String| Err(DataError::NotAsClaimed { file: file.to_owned(), reason, help: Some(help) });
    if !rows.present().get(key).copied().unwrap_or(false) {
        let help = match alike(key_column, header) {
            Some(near) => format!("write `{key_name} text key column \"{near}\"` in `lead {{ }}`"),
            None => format!("declare the field that identifies a lead with `key`; {}", listing(header)),
        };
        return refused(format!("it has no column `{}`, the key of its leads", shown(key_column)), help);
    }
    let present: IndexSet<&str> = header.iter().map(String::as_str).collect();
    match keep.iter().find(|column| !present.contains(column.trim())) {
        None => Ok(()),
        Some(column) => {
            let help = alike(column, header).map_or_else(|| listing(header), |near| format!("did you mean `{near}`?"));
            refused(format!("it has no column `{}` to keep", shown(column)), help)
        }
    }
}

/// A column whose name is the same but for case, else one much like it.
pub(super) fn alike<'a>(column: &str, header: &'a [String]) -> Option<&'a str> {
    let lower = column.to_lowercase();
    let same = header.iter().find(|name| name.to_lowercase() == lower);
    same.map(String::as_str).or_else(|| nearest(column, header.iter().map(String::as_str)))
}

/// `its columns are `a`, `b`…`
pub(super) fn listing(header: &[String]) -> String {
    let named: Vec<String> =
        header.iter().filter(|name| !name.is_empty()).take(12).map(|name| format!("`{}`", shown(name))).collect();
    let more = if header.len() > 12 { ", …" } else { "" };
    format!("its columns are {}{more}", named.join(", "))
}

/// The warning that a used field or property has no column in the data.
pub(super) fn absent_column(file: &str, field: &Field, header: Option<&[String]>, of: &str) -> String {
    let near = header.and_then(|header| alike(&field.column, header));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `column \"{near}\"`?"));
    let (name, column) = (shown(&field.name), shown(&field.column));
    format!("`{file}` has no column `{column}`, so `{name}` is missing for every {of}{hint}")
}

#[cfg(test)]
mod tests;
