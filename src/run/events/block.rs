//! A block of an event file as typed events, and what there is to say about its rows.

use super::columns::Texts;
use super::fingerprint::of_text;
use super::raw::{Raw, RawCells};
use super::rows::EventRows;
use super::typed::TypedRows;
use crate::data::BadRow;
use crate::data::batch::{Decoder, RawBatch};
use crate::data::events::layout::Layout;
use crate::model::{EventId, PropertyId};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What every block of a file has in common.
pub(super) struct EventFile<'model> {
    pub name: String,
    pub layout: Layout<'model>,
    /// The columns that are read.
    pub columns: Vec<String>,
    pub decoder: Arc<dyn Decoder>,
    /// Among all files
    pub place: usize,
}

/// What is said about a block; rows and lines count from 0 in it.
#[derive(Debug, Default)]
pub(super) struct BlockReport {
    pub rows: u64,
    pub lines: u64,
    /// Rows whose lead is unknown, by their number.
    pub broken: Vec<BadRow>,
    /// Rows of a lead that cannot be read: its fingerprint, their place among all events.
    pub bad: Vec<(u128, u64, BadRow)>,
    pub undeclared: IndexMap<String, u64>,
    pub repeated: u64,
    pub unneeded: u64,
    /// Used texts outside their `one of`, in the order of rows.
    pub unlisted: IndexMap<(EventId, PropertyId), IndexMap<String, u64>>,
    /// Types of which there was an event.
    pub occurring: BTreeSet<EventId>,
    pub present: Vec<bool>,
}

/// What the type column of a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Declared(EventId),
    Undeclared,
    Missing,
}

/// A block with the type of each row.
pub(super) struct Block<'a> {
    pub file: &'a EventFile<'a>,
    pub batch: &'a RawBatch,
    pub kinds: Vec<RowKind>,
}

impl<'a> Block<'a> {
    pub(super) fn new(file: &'a EventFile<'a>, batch: &'a RawBatch) -> Block<'a> {
        Block { file, batch, kinds: kinds(file, batch) }
    }

    /// The rows that have an identity, with what stands for it.
    pub(super) fn identities(&self) -> Vec<(u32, u128)> {
        let mut identities = Vec::new();
        for (row, kind) in self.kinds.iter().enumerate() {
            let RowKind::Declared(kind) = kind else { continue };
            let Some(of_type) = self.file.layout.of(*kind) else { continue };
            let Some(column) = of_type.id else { continue };
            let cell = RawCells::new(self.batch, column).cell(row);
            if !of_type.reading.is_missing(&cell)
                && let Some(text) = cell.text()
            {
                identities.push((row as u32, of_text(text.trim())));
            }
        }
        identities
    }

    /// Reads the events of the block. `first`: the place of its first row among all events; `repeated`: rows to be
    /// skipped, ascending.
    pub(super) fn read(&self, first: u64, repeated: &[u32], texts: &mut Texts) -> (EventRows, BlockReport) {
        let mut report = BlockReport {
            rows: self.batch.rows_in_block,
            lines: self.batch.lines_in_block,
            broken: self.batch.bad.clone(),
            present: self.batch.present.clone(),
            repeated: repeated.len() as u64,
            ..BlockReport::default()
        };
        let of_kind = self.needed(repeated, &mut report);
        let mut typed = TypedRows::new(self, first, texts, report);
        for (kind, of_rows) in of_kind {
            typed.read(kind, &of_rows);
        }
        let (rows, mut report) = typed.finish();
        report.broken.sort_by_key(|bad| bad.row);
        (rows, report)
    }

    /// The rows of each needed type; the others are counted.
    fn needed(&self, repeated: &[u32], report: &mut BlockReport) -> IndexMap<EventId, Vec<u32>> {
        let mut of_kind: IndexMap<EventId, Vec<u32>> = IndexMap::new();
        let mut repeated = repeated.iter().peekable();
        for (row, kind) in (0_u32..).zip(&self.kinds) {
            if repeated.next_if(|skipped| **skipped == row).is_some() {
                continue;
            }
            match kind {
                RowKind::Declared(kind) => match self.file.layout.of(*kind) {
                    Some(of_type) if of_type.needed => of_kind.entry(*kind).or_default().push(row),
                    Some(_) => report.unneeded += 1,
                    None => {}
                },
                RowKind::Undeclared => {
                    let name = RawCells::new(self.batch, self.file.layout.kind).cell(row as usize).text();
                    *report.undeclared.entry(name.unwrap_or_default().trim().to_owned()).or_default() += 1;
                }
                RowKind::Missing => report.broken.push(self.bad_row(
                    row as usize,
                    self.file.layout.kind,
                    "the type of the event is missing".to_owned(),
                )),
            }
        }
        report.occurring.extend(of_kind.keys());
        of_kind
    }

    pub(super) fn bad_row(&self, row: usize, column: usize, reason: String) -> BadRow {
        BadRow {
            file: self.file.name.clone(),
            row: self.batch.rows.get(row).copied().map_or(0, u64::from),
            line: self.batch.lines.get(row).copied().map(u64::from),
            column: self.file.columns.get(column).cloned(),
            reason,
            help: None,
            raw: self.file.decoder.raw(self.batch, row),
        }
    }
}

/// Names of types that are found without asking the layout.
const FEW: usize = 16;

/// The type of each row.
fn kinds(file: &EventFile<'_>, batch: &RawBatch) -> Vec<RowKind> {
    let rows = batch.rows.len();
    if let Some(only) = file.layout.only {
        return vec![RowKind::Declared(only); rows];
    }
    let cells = RawCells::new(batch, file.layout.kind);
    if let Some((dictionary, codes)) = cells.coded()
        && dictionary.len() <= rows
    {
        // Each name of the dictionary is looked up once.
        let named: Vec<RowKind> = dictionary.iter().map(|name| kind_named(&file.layout, name)).collect();
        let kind = |code: &u32| named.get(*code as usize).copied().unwrap_or(RowKind::Missing);
        return codes.iter().take(rows).map(kind).collect();
    }
    let mut met: Vec<(&str, RowKind)> = Vec::new();
    let mut kind_of = |name| match met.iter().find(|(known, _)| *known == name) {
        Some((_, kind)) => *kind,
        None => {
            let kind = kind_named(&file.layout, name);
            met.extend((met.len() < FEW).then_some((name, kind)));
            kind
        }
    };
    let kind = |row| match cells.get(row) {
        Raw::Text(text) | Raw::Number(text) => kind_of(text),
        Raw::Missing => RowKind::Missing,
        _ => kind_named(&file.layout, &cells.cell(row).text().unwrap_or_default()),
    };
    (0..rows).map(kind).collect()
}

fn kind_named(layout: &Layout<'_>, name: &str) -> RowKind {
    match layout.by_name.get(name.trim()) {
        Some(kind) => RowKind::Declared(*kind),
        None if name.trim().is_empty() => RowKind::Missing,
        None => RowKind::Undeclared,
    }
}
