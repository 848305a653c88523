//! One block of leads: typed, evaluated, and told as rows and as changes.

use super::batch::Mask;
use super::changes::{self, Change};
use super::columns::Content;
use super::evaluate::{BatchResults, Evaluator, LeadEvents, NoEvents};
use super::events::EventStore;
use super::keep::KeptFrom;
use super::leads::{KeyMarks, LeadReader, TypedLeads, Unlisted};
use super::lines::RowLines;
use super::reasons::Reasons;
use super::row::LeadRow;
use super::summary::Summary;
use super::{Outputs, Setup};
use crate::data::batch::{Block, Decoder, RawBatch};
use crate::data::previous::PreviousLead;
use crate::data::table::OutCell;
use crate::data::{BadRow, DataError};
use crate::model::{FieldId, Model};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What scores blocks; each thread has its own.
pub struct Scorer<'run> {
    setup: &'run Setup<'run>,
    events: Option<&'run EventStore<'run>>,
    decoder: Arc<dyn Decoder>,
    reader: LeadReader<'run>,
    evaluator: Evaluator<'run>,
    reasons: Reasons<'run>,
    /// How rows become text, where they can at once.
    lines: Option<RowLines>,
    changes: bool,
    /// Whether rows behind a bad one are not wanted.
    stop_at_bad: bool,
}

/// A block's leads as they were read.
pub struct ReadBlock {
    pub raw: RawBatch,
    pub leads: TypedLeads,
}

/// What a block's leads came to. Their columns are gone: the next block's texts are read into the same pools.
pub struct ScoredBlock {
    pub raw: RawBatch,
    /// As of [`TypedLeads`].
    pub marks: KeyMarks,
    /// As of [`TypedLeads`].
    pub unlisted: Unlisted,
    pub rows: RowsOut,
    /// Lines of changes.
    pub changes: Vec<u8>,
    /// In order.
    pub bad: Vec<BadOfBlock>,
    pub leads_rejected: u64,
    pub events_rejected: u64,
    /// Of its good leads.
    pub counts: Summary,
}

/// A bad row that a block brings up.
pub enum BadOfBlock {
    /// A lead: `row` and `line` count from 0 in the block.
    Lead(BadRow),
    /// An event of one of its leads.
    Event(BadRow),
}

/// Rows for the output.
pub enum RowsOut {
    /// As text.
    Lines(Vec<u8>),
    Cells(Vec<Vec<OutCell<'static>>>),
}

impl<'run> Scorer<'run> {
    pub fn new(
        setup: &'run Setup<'run>,
        events: Option<&'run EventStore<'run>>,
        decoder: Arc<dyn Decoder>,
        reader: LeadReader<'run>,
        outputs: &Outputs,
    ) -> Scorer<'run> {
        Scorer {
            setup,
            events,
            decoder,
            reader,
            evaluator: Evaluator::new(&setup.plan),
            reasons: Reasons::new(setup.model, setup.columns.reasons),
            lines: outputs.rows.lines().map(|lines| RowLines::new(lines, &setup.columns)),
            changes: outputs.changes.is_some(),
            stop_at_bad: outputs.rejects.is_none(),
        }
    }

    /// One that makes no rows.
    pub(super) fn without_rows(
        setup: &'run Setup<'run>,
        events: Option<&'run EventStore<'run>>,
        decoder: Arc<dyn Decoder>,
        reader: LeadReader<'run>,
    ) -> Scorer<'run> {
        let (evaluator, reasons) = (Evaluator::new(&setup.plan), Reasons::new(setup.model, 0));
        Scorer { setup, events, decoder, reader, evaluator, reasons, lines: None, changes: false, stop_at_bad: false }
    }

    /// Takes a block apart and types it.
    ///
    /// # Errors
    /// [`DataError`]: the file is not what it claims to be.
    pub fn read(&mut self, block: Block, mut raw: RawBatch) -> Result<ReadBlock, DataError> {
        self.decoder.decode(block, &mut raw)?;
        Ok(self.read_again(raw))
    }

    /// Types a block that was taken apart.
    pub fn read_again(&mut self, raw: RawBatch) -> ReadBlock {
        let leads = self.reader.read(&raw);
        ReadBlock { raw, leads }
    }

    pub(super) fn model(&self) -> &'run Model {
        self.setup.model
    }

    /// A row whose key an earlier row has.
    pub(super) fn refuse_known(&self, read: &mut ReadBlock, row: usize) {
        let bad = self.reader.known_key(read.leads.keys.get(row));
        read.leads.bad.insert(row, bad);
    }

    /// Takes back the memory of results that are done with.
    pub(super) fn give_back(&mut self, results: BatchResults) {
        self.evaluator.give_back(results);
    }

    /// Scores the leads of a block. `known`: rows whose key an earlier row has.
    ///
    /// # Errors
    /// [`DataError`]: temporary files of events cannot be read.
    pub fn score(&mut self, mut read: ReadBlock, known: &BTreeSet<usize>) -> Result<ScoredBlock, DataError> {
        for row in known {
            let bad = self.reader.known_key(read.leads.keys.get(*row));
            read.leads.bad.insert(*row, bad);
        }
        let rows = read.leads.batch.rows;
        let mut good = Mask::new(rows, true);
        read.leads.bad.keys().for_each(|row| good.set(*row, false));
        let (results, event_bad) = self.evaluate(&read, &good)?;
        let leads_rejected = (read.raw.bad.len() + read.leads.bad.len()) as u64;
        let events_rejected = event_bad.len() as u64;
        let bad = self.bad_rows(&read, event_bad);
        let mut counts = Summary::of_part(self.setup.model);
        counts.count(&results, &good);
        if self.stop_at_bad
            && let Some((first, _)) = bad.first()
        {
            let before = read.raw.rows.partition_point(|row| row < first);
            (before..rows).for_each(|row| good.set(row, false));
        }
        let mut changes = Vec::new();
        let rows = self.rows(&read, &results, &good, &mut counts, &mut changes);
        let bad = bad.into_iter().map(|(_, bad)| bad).collect();
        self.evaluator.give_back(results);
        let ReadBlock { raw, leads: TypedLeads { marks, unlisted, .. } } = read;
        Ok(ScoredBlock { raw, marks, unlisted, rows, changes, bad, leads_rejected, events_rejected, counts })
    }

    /// The results, and the bad rows of the leads' events, by the lead's row.
    pub(super) fn evaluate(
        &mut self,
        read: &ReadBlock,
        good: &Mask,
    ) -> Result<(BatchResults, Vec<(usize, BadRow)>), DataError> {
        let keys = &read.leads.keys;
        let met_before: Vec<Mask> = match &self.setup.previous {
            None => Vec::new(),
            Some(previous) => {
                let before: Vec<Option<&PreviousLead>> = keys.iter().map(|key| previous.of(key)).collect();
                let met = |threshold: usize| {
                    Mask::of(
                        before
                            .iter()
                            .map(|before| before.is_some_and(|before| before.met.get(threshold) == Some(&true))),
                    )
                };
                (0..self.setup.model.thresholds.len()).map(met).collect()
            }
        };
        let Some(store) = self.events else {
            return Ok((
                self.evaluator.evaluate(&read.leads.batch, &NoEvents { plan: &self.setup.plan }, &met_before),
                Vec::new(),
            ));
        };
        // No event is of a lead without a key, which is what bad leads have here.
        let keys: Vec<&str> = (0..keys.len()).map(|row| if good.get(row) { keys.get(row) } else { "" }).collect();
        let matched: Vec<(FieldId, Vec<Option<&str>>)> = read
            .leads
            .matched_by
            .iter()
            .map(|(id, texts)| {
                (*id, texts.iter().enumerate().map(|(row, text)| text.as_deref().filter(|_| good.get(row))).collect())
            })
            .collect();
        let events = store.take(&keys, &matched)?;
        let bad = events.bad().to_vec();
        let events: &dyn LeadEvents = &events;
        Ok((self.evaluator.evaluate(&read.leads.batch, events, &met_before), bad))
    }

    /// All bad rows, in the order of the file, by the row of the block.
    pub(super) fn bad_rows(&self, read: &ReadBlock, of_events: Vec<(usize, BadRow)>) -> Vec<(u32, BadOfBlock)> {
        let row_in_block = |row: usize| read.raw.rows.get(row).copied().unwrap_or(u32::MAX);
        let broken = read.raw.bad.iter().map(|bad| (bad.row as u32, BadOfBlock::Lead(bad.clone())));
        let told = |row: usize, why| self.reader.told(&read.raw, &*self.decoder, row, why);
        let leads = read.leads.bad.iter().map(|(row, why)| (row_in_block(*row), BadOfBlock::Lead(told(*row, why))));
        let events = of_events.into_iter().map(|(row, bad)| (row_in_block(row), BadOfBlock::Event(bad)));
        let mut bad: Vec<(u32, BadOfBlock)> = broken.chain(leads).chain(events).collect();
        bad.sort_by_key(|(row, _)| *row);
        bad
    }

    fn rows(
        &mut self,
        read: &ReadBlock,
        results: &BatchResults,
        good: &Mask,
        counts: &mut Summary,
        changes: &mut Vec<u8>,
    ) -> RowsOut {
        let setup = self.setup;
        let as_of = setup.as_of.to_string();
        let mut text = Vec::new();
        let mut held = Vec::new();
        // The reasons of every row outlive the cells that show them.
        let reasons: Vec<Vec<String>> = match setup.columns.reasons {
            0 => Vec::new(),
            _ => (0..results.rows).map(|row| self.reasons.of(results, row)).collect(),
        };
        if let Some(lines) = &mut self.lines {
            lines.begin(&read.leads.keys);
        }
        good.each(|row| {
            let key = read.leads.keys.get(row);
            let before = setup.previous.as_ref().and_then(|previous| previous.of(key));
            if setup.previous.is_some() {
                let of_row = results.of_row(row);
                let differ: Vec<Change> = changes::between(setup.model, before, &of_row);
                counts.count_changes(&differ, &of_row, before.is_some());
                if self.changes {
                    changes::append(setup.model, key, &differ, &as_of, changes);
                }
            }
            if !results.only.get(row) {
                return;
            }
            counts.written += 1;
            let cell = |content: &Content| {
                let reasons = reasons.get(row).map_or(&[][..], Vec::as_slice);
                let lead = LeadRow { model: setup.model, as_of: setup.as_of, row, key, results, before, reasons };
                lead.cell(content).unwrap_or_else(|| as_read(&self.reader, read, row, content))
            };
            match &mut self.lines {
                Some(lines) => lines.row(&setup.columns, results, (row, key), cell, &mut text),
                None => {
                    let contents = setup.columns.columns.iter().map(|(_, content)| content);
                    held.push(contents.map(|content| cell(content).into_owned()).collect());
                }
            }
        });
        if self.lines.is_some() { RowsOut::Lines(text) } else { RowsOut::Cells(held) }
    }
}

/// A cell that is carried along.
fn as_read(reader: &LeadReader<'_>, read: &ReadBlock, row: usize, content: &Content) -> OutCell<'static> {
    match content {
        Content::Kept(KeptFrom::Cell(index)) => OutCell::AsRead(reader.kept(&read.raw, row, *index)),
        _ => OutCell::Missing,
    }
}
