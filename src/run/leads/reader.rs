//! One block of a leads file into a batch of leads, its keys and its bad rows.

use super::KeyMarks;
use super::field::FieldReader;
use crate::data::BadRow;
use crate::data::batch::{Decoder, PieceKind, RawBatch, RawColumn, coded_text};
use crate::data::fields::{self, Reading};
use crate::data::leads::{LeadLayout, known_key};
use crate::data::rows::Cell;
use crate::data::texts::Texts;
use crate::model::{FieldId, FieldKind, Model};
use crate::plan::TextUse;
use crate::run::batch::{Column, LeadBatch, NO_TEXT};
use crate::value::trimmed;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Types the blocks of one file; each thread has its own.
pub struct LeadReader<'model> {
    model: &'model Model,
    reading: Reading<'model>,
    layout: LeadLayout,
    columns: Vec<String>,
    file: String,
    fields: Vec<(FieldId, usize, FieldReader<'model>)>,
}

/// A block, typed. Rows count from 0 among the block's good raw rows.
#[derive(Debug, Default)]
pub struct TypedLeads {
    pub batch: LeadBatch,
    /// Empty where a lead has none that can be used.
    pub keys: Texts,
    /// Of the keys.
    pub marks: KeyMarks,
    /// Leads that cannot be used, by row; they are in the batch, with something missing.
    pub bad: BTreeMap<usize, BadLead>,
    /// For each field that some event is matched by: the given, trimmed texts.
    pub matched_by: Vec<(FieldId, Vec<Option<String>>)>,
    pub unlisted: Unlisted,
}

/// How often values outside their field's `one of` were met.
pub type Unlisted = IndexMap<FieldId, IndexMap<String, u64>>;

/// What is wrong with a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLead {
    /// Of the cell, among the wanted columns.
    pub place: usize,
    pub reason: String,
}

impl<'model> LeadReader<'model> {
    pub(super) fn new(
        model: &'model Model,
        layout: &LeadLayout,
        columns: Vec<String>,
        file: &str,
        uses: &BTreeMap<FieldId, TextUse<'model>>,
    ) -> LeadReader<'model> {
        let reading = Reading { missing: &model.lead.missing, zone: &model.zone };
        // A required field that no rule reads is still asked for.
        let used = |id: FieldId| uses.get(&id).cloned().unwrap_or_default();
        let field = |(id, place): &(FieldId, usize)| {
            Some((*id, *place, FieldReader::new(model.lead.fields.get(id.index())?, reading, used(*id))))
        };
        let fields = layout.fields.iter().filter_map(field).collect();
        LeadReader { model, reading, layout: layout.clone(), columns, file: file.to_owned(), fields }
    }

    /// Types a block.
    pub fn read(&mut self, raw: &RawBatch) -> TypedLeads {
        let mut leads = TypedLeads::default();
        self.keys(raw, &mut leads);
        leads.marks = KeyMarks::of(&leads.keys);
        leads.batch.rows = raw.rows.len();
        for (id, place, reader) in &mut self.fields {
            let bad = &mut leads.bad;
            let mut wrong = |row: usize, reason: String| {
                bad.entry(row).or_insert(BadLead { place: *place, reason });
            };
            let column = reader.read(raw, *place, &mut wrong);
            count_unlisted(&mut leads.unlisted, *id, &reader.field().kind, &column);
            leads.batch.fields.insert(*id, column);
        }
        leads.matched_by = self.layout.matched_by.iter().map(|(id, place)| (*id, self.texts(raw, *place))).collect();
        leads
    }

    fn keys(&self, raw: &RawBatch, leads: &mut TypedLeads) {
        let column = raw.columns.get(self.layout.key).filter(|_| self.reading.missing.is_empty());
        for row in 0..raw.rows.len() {
            if let Some(key) = column.and_then(|column| quick_key(raw, column, row)) {
                leads.keys.push(key);
                continue;
            }
            match fields::key(&raw.cell(self.layout.key, row), self.reading) {
                Ok(key) => leads.keys.push(&key),
                Err(reason) => {
                    leads.keys.push("");
                    leads.bad.insert(row, BadLead { place: self.layout.key, reason });
                }
            }
        }
    }

    /// The texts that events are matched by.
    fn texts(&self, raw: &RawBatch, place: usize) -> Vec<Option<String>> {
        let text = |row| {
            let cell = raw.cell(place, row);
            let known = !self.reading.is_missing(&cell);
            known.then(|| cell.text().map(|text| text.trim().to_owned())).flatten()
        };
        (0..raw.rows.len()).map(text).collect()
    }

    /// A lead whose key an earlier row has.
    pub fn known_key(&self, key: &str) -> BadLead {
        BadLead { place: self.layout.key, reason: known_key(key) }
    }

    /// A bad lead as it is told; its row and line count from 0 in the block.
    pub fn told(&self, raw: &RawBatch, decoder: &dyn Decoder, row: usize, bad: &BadLead) -> BadRow {
        BadRow {
            file: self.file.clone(),
            row: raw.rows.get(row).copied().map_or(0, u64::from),
            line: raw.lines.get(row).copied().map(u64::from),
            column: self.columns.get(bad.place).cloned(),
            reason: bad.reason.clone(),
            help: self.help(&raw.cell(bad.place, row), bad.place),
            raw: decoder.raw(raw, row),
        }
    }

    /// What to declare so that a cell that could not be read can be.
    fn help(&self, cell: &Cell, place: usize) -> Option<String> {
        let (id, _) = self.layout.fields.iter().find(|(_, column)| *column == place)?;
        let field = self.model.lead.fields.get(id.index())?;
        fields::help(cell, &field.kind, self.reading.zone)
    }

    /// The cells to keep of a row, in the order asked for.
    pub fn kept(&self, raw: &RawBatch, row: usize, index: usize) -> Cell {
        self.layout.kept.get(index).map_or(Cell::Missing, |place| raw.cell(*place, row))
    }
}

/// A key that is certainly not blank.
#[inline]
fn quick_key<'r>(raw: &'r RawBatch, column: &'r RawColumn, row: usize) -> Option<&'r str> {
    let text = match column {
        RawColumn::Pieces(pieces) => {
            let piece = pieces.get(row)?;
            matches!(piece.kind, PieceKind::Text | PieceKind::Number).then(|| raw.piece(*piece))?
        }
        RawColumn::Coded { dictionary, codes } => coded_text(dictionary, codes, row)?,
        _ => return None,
    };
    let text = trimmed(text);
    text.bytes().any(|byte| byte.is_ascii_alphanumeric()).then_some(text)
}

/// Counts the values of a block that their `one of` does not name, in the order of rows.
fn count_unlisted(unlisted: &mut Unlisted, id: FieldId, kind: &FieldKind, column: &Column) {
    let (FieldKind::OneOf(listed), Column::Text(column)) = (kind, column) else { return };
    // By code: whether the list names it.
    let mut known: Vec<Option<bool>> = vec![None; column.texts.texts.len()];
    for code in column.codes.iter().filter(|code| **code != NO_TEXT) {
        let Some((text, is_listed)) = column.texts.texts.get(*code as usize).zip(known.get_mut(*code as usize)) else {
            continue;
        };
        if !*is_listed.get_or_insert_with(|| listed.iter().any(|one| one.folded == text.folded)) {
            *unlisted.entry(id).or_default().entry(text.given.to_string()).or_default() += 1;
        }
    }
}
