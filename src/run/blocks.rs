//! Blocks put back in order: keys met before, bad rows, rows and changes out, and the counts.

use super::block::{BadOfBlock, ReadBlock, RowsOut, ScoredBlock, Scorer};
use super::leads::KnownKeys;
use super::summary::Summary;
use super::{BAD_ROWS_TOLD, Outputs, Stop};
use crate::data::batch::RawBatch;
use crate::data::{BadRow, DataError};
use std::collections::BTreeSet;

/// What comes back of a block.
pub enum Piece {
    Scored(ScoredBlock),
    /// Where leads must be scored in the order of the input.
    Read(ReadBlock),
}

/// What has been done so far, in the order of the input.
pub struct InOrder<'run> {
    pub outputs: Outputs,
    pub summary: Summary,
    /// Whether some row had each wanted column.
    pub present: Vec<bool>,
    scorer: Scorer<'run>,
    keys: KnownKeys,
    /// Without rejects: what was wrong so far.
    bad: Vec<BadRow>,
    rows: u64,
    lines: u64,
}

impl<'run> InOrder<'run> {
    /// `lines`: those before the first block.
    pub fn new(outputs: Outputs, summary: Summary, scorer: Scorer<'run>, lines: u64) -> InOrder<'run> {
        InOrder {
            outputs,
            summary,
            present: Vec::new(),
            scorer,
            keys: KnownKeys::default(),
            bad: Vec::new(),
            rows: 0,
            lines,
        }
    }

    /// Takes the next piece; its memory comes back.
    ///
    /// # Errors
    /// [`Stop`]
    pub fn take(&mut self, piece: Piece) -> Result<RawBatch, Stop> {
        let marks = match &piece {
            Piece::Scored(scored) => &scored.marks,
            Piece::Read(read) => &read.leads.marks,
        };
        let known: BTreeSet<usize> = self.keys.add(marks).into_iter().collect();
        let scored = match piece {
            Piece::Scored(scored) if known.is_empty() => scored,
            Piece::Scored(ScoredBlock { raw, .. }) => {
                let read = self.scorer.read_again(raw);
                self.scorer.score(read, &known)?
            }
            Piece::Read(read) => self.scorer.score(read, &known)?,
        };
        self.write(scored)
    }

    fn write(&mut self, scored: ScoredBlock) -> Result<RawBatch, Stop> {
        let ScoredBlock { raw, unlisted, rows, changes, bad, leads_rejected, events_rejected, counts, .. } = scored;
        let written = counts.written;
        if self.bad.is_empty() {
            match rows {
                RowsOut::Lines(lines) => self.outputs.rows.write_lines(&lines, written)?,
                RowsOut::Cells(rows) => rows.into_iter().try_for_each(|row| self.outputs.rows.row(row))?,
            }
            if let Some(writer) = &mut self.outputs.changes {
                writer.write(&changes)?;
            }
        }
        bad.into_iter().try_for_each(|bad| self.reject(bad))?;
        self.summary.leads_read += raw.rows_in_block;
        self.summary.leads_rejected += leads_rejected;
        self.summary.events_rejected += events_rejected;
        self.summary.count_unlisted(&unlisted);
        self.summary.merge(counts);
        self.present.resize(raw.present.len().max(self.present.len()), false);
        self.present.iter_mut().zip(&raw.present).for_each(|(all, present)| *all |= present);
        self.rows += raw.rows_in_block;
        self.lines += raw.lines_in_block;
        Ok(raw)
    }

    /// Puts rows of events aside whose lead is unknown.
    ///
    /// # Errors
    /// [`Stop::BadRows`]
    pub fn broken_events(&mut self, broken: &[BadRow]) -> Result<(), Stop> {
        self.summary.events_rejected += broken.len() as u64;
        broken.iter().try_for_each(|bad| self.reject(BadOfBlock::Event(bad.clone())))
    }

    fn reject(&mut self, bad: BadOfBlock) -> Result<(), Stop> {
        let bad = match bad {
            BadOfBlock::Event(bad) => bad,
            BadOfBlock::Lead(bad) => {
                BadRow { row: self.rows + bad.row + 1, line: bad.line.map(|line| self.lines + line + 1), ..bad }
            }
        };
        if let Some(rejects) = self.outputs.rejects.as_mut() {
            return Ok(rejects.write(&bad)?);
        }
        self.bad.push(bad);
        if self.bad.len() < BAD_ROWS_TOLD {
            return Ok(());
        }
        Err(Stop::BadRows { rows: std::mem::take(&mut self.bad), more: true })
    }

    /// Finishes all outputs, or stops for bad rows.
    ///
    /// # Errors
    /// [`Stop`]
    pub fn finish(mut self) -> Result<Summary, Stop> {
        if !self.bad.is_empty() {
            return Err(Stop::BadRows { rows: self.bad, more: false });
        }
        self.summary.written = self.outputs.rows.finish()?;
        let finish = |finished: Option<Result<(), DataError>>| finished.unwrap_or(Ok(()));
        finish(self.outputs.changes.map(super::changes::ChangeWriter::finish))?;
        finish(self.outputs.rejects.map(crate::data::rejects::Rejects::finish))?;
        Ok(self.summary)
    }
}
