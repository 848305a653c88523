//! The events of a block, type by type: lead, instant and properties as columns, and the rows that cannot be read.

use super::block::{Block, BlockReport};
use super::columns::{ColumnBuilder, Texts};
use super::fingerprint::of_lead;
use super::quick::Quick;
use super::raw::RawCells;
use super::rows::{EventRows, NO_EVENT};
use crate::data::BadRow;
use crate::data::events::layout::TypeLayout;
use crate::data::events::{help, read_event};
use crate::data::rows::Row;
use crate::model::{EventId, FieldKind, PropertyId};
use crate::value::{Instant, Text};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Events as they are read.
pub(super) struct TypedRows<'a> {
    pub block: &'a Block<'a>,
    /// The place of the block's first row among all events
    pub first: u64,
    pub texts: &'a mut Texts,
    rows: EventRows,
    report: BlockReport,
    /// Finished once all texts are met.
    columns: BTreeMap<(EventId, PropertyId), ColumnBuilder>,
}

impl<'a> TypedRows<'a> {
    pub(super) fn new(block: &'a Block<'a>, first: u64, texts: &'a mut Texts, report: BlockReport) -> TypedRows<'a> {
        TypedRows { block, first, texts, rows: EventRows::default(), report, columns: BTreeMap::new() }
    }

    pub(super) fn finish(self) -> (EventRows, BlockReport) {
        let (mut rows, texts) = (self.rows, self.texts);
        let columns = self.columns.into_iter().map(|(property, column)| (property, column.finish(texts)));
        rows.properties.columns = columns.collect();
        (rows, self.report)
    }

    /// Reads the events of one type, which stand in the given rows of the block.
    pub(super) fn read(&mut self, kind: EventId, of_rows: &[u32]) {
        let Some(of_type) = self.block.file.layout.of(kind) else { return };
        let quick = Quick::new(of_type.reading);
        let start = self.rows.len();
        let with_lead = self.leads(of_type, &quick, of_rows);
        let block = self.block;
        let at = RawCells::new(block.batch, of_type.at);
        let mut bad = Vec::new();
        for (place, row) in with_lead.iter().enumerate() {
            let instant = quick.instant(at, *row as usize, of_type);
            bad.extend(instant.is_err().then_some(place));
            self.rows.at.push(instant.unwrap_or(Instant(0)));
            self.rows.kinds.push(kind);
            self.rows.places.push(self.first + u64::from(*row));
        }
        for (property, column) in &of_type.properties {
            let Some(field) = of_type.event.properties.get(property.index()) else { continue };
            let cells = RawCells::new(block.batch, *column);
            let column = quick.column(cells, &with_lead, field, self.texts, &mut |place| bad.push(place));
            self.columns.insert((kind, *property), column);
        }
        bad.sort_unstable();
        bad.dedup();
        for place in bad {
            self.put_aside(kind, of_type, start + place, with_lead[place] as usize);
        }
        let places = (start as u32..).zip(&with_lead).map(|(place, _)| place);
        self.rows.properties.rows.insert(kind, places.collect());
        self.count_unlisted(kind, of_type, start);
    }

    /// The rows whose lead is known, once their leads are pushed; the others are broken.
    fn leads(&mut self, of_type: &TypeLayout<'_>, quick: &Quick<'_>, of_rows: &[u32]) -> Vec<u32> {
        let cells = RawCells::new(self.block.batch, of_type.lead);
        let by = of_type.event.mapping.lead_by;
        let mut with_lead = Vec::with_capacity(of_rows.len());
        let mut last: Option<(&str, u128)> = None;
        for row in of_rows {
            let fingerprint = match (quick.plain_key(cells, *row as usize), last) {
                (Some(key), Some((known, fingerprint))) if known == key => Some(fingerprint),
                (Some(key), _) => {
                    let fingerprint = of_lead(by, key);
                    last = Some((key, fingerprint));
                    Some(fingerprint)
                }
                (None, _) => quick.key(cells, *row as usize).map(|key| of_lead(by, &key)),
            };
            match fingerprint {
                Some(fingerprint) => {
                    self.rows.leads.push(fingerprint);
                    with_lead.push(*row);
                }
                None => {
                    let reason = "the lead of the event is missing".to_owned();
                    self.report.broken.push(self.block.bad_row(*row as usize, of_type.lead, reason));
                }
            }
        }
        with_lead
    }

    /// A row that cannot be read: what is wrong with it is found out by the reader that says so.
    fn put_aside(&mut self, kind: EventId, of_type: &TypeLayout<'_>, place: usize, row: usize) {
        self.rows.kinds[place] = NO_EVENT;
        let columns = self.block.batch.columns.len();
        let cells = (0..columns).map(|column| self.block.batch.cell(column, row)).collect();
        let careful = Row { number: 0, cells };
        let (column, reason) = read_event(kind, &careful, of_type).err().unwrap_or((of_type.at, String::new()));
        let help = help(&careful, column, of_type, &self.block.file.columns);
        let bad = BadRow { help, ..self.block.bad_row(row, column, reason) };
        self.report.bad.push((self.rows.leads[place], self.rows.places[place], bad));
    }

    fn count_unlisted(&mut self, kind: EventId, of_type: &TypeLayout<'_>, start: usize) {
        for (property, _) in &of_type.properties {
            let field = of_type.event.properties.get(property.index());
            let (Some(FieldKind::OneOf(listed)), Some(ColumnBuilder::Text(codes))) =
                (field.map(|field| &field.kind), self.columns.get(&(kind, *property)))
            else {
                continue;
            };
            let found = self.unlisted(codes, &self.rows.kinds[start..], listed);
            if !found.is_empty() {
                self.report.unlisted.insert((kind, *property), found);
            }
        }
    }

    /// How often each text occurs that is not listed, in the order of rows.
    fn unlisted(&self, codes: &[u32], kinds: &[EventId], listed: &[Text]) -> IndexMap<String, u64> {
        let mut counts: IndexMap<u32, u64> = IndexMap::new();
        for (code, _) in codes.iter().zip(kinds).filter(|(_, kind)| **kind != NO_EVENT) {
            *counts.entry(*code).or_default() += 1;
        }
        let texts = counts.into_iter().filter_map(|(code, count)| Some((self.texts.text(code)?, count)));
        let is_listed = |text: &Text| listed.iter().any(|one| one.folded == text.folded);
        texts.filter(|(text, _)| !is_listed(text)).map(|(text, count)| (text.given.to_string(), count)).collect()
    }
}
