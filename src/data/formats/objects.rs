//! Rows that are JSON objects: blocks of them into columns, wherever their texts come from.

use super::learned::{Into, Learned};
use super::members::{self, Fault, Members};
use super::stretches::Pool;
use crate::data::batch::{Block, Decoder, Piece, PieceKind, RawBatch, RawColumn, pieces_of};
use crate::data::rows::{Cell, SAMPLE, Wanted};
use crate::data::{BadRow, DataError};
use indexmap::IndexSet;
use serde_json::value::RawValue;
use std::sync::Arc;

/// How rows stand in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// One a line.
    Lines,
    /// One behind the other, and behind them where each ends: see [`Framed`].
    Ends,
}

/// What takes the blocks of one file apart.
pub(super) struct Objects {
    name: String,
    members: Members,
    frame: Frame,
    pool: Arc<Pool>,
}

/// Buffers for the next block.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    learned: Option<Learned>,
    pieces: Vec<Vec<Piece>>,
    /// What does not stand in the block as it is needed, and where it will stand.
    anew: String,
    anew_from: usize,
}

/// A block whose rows do not end with a line.
#[derive(Debug, Default)]
pub(super) struct Framed {
    text: Vec<u8>,
    ends: Vec<u32>,
}

impl Framed {
    /// No rows so far, in memory that was used before.
    pub(super) fn new(mut memory: Vec<u8>) -> Framed {
        memory.clear();
        Framed { text: memory, ends: Vec::new() }
    }

    pub(super) fn push(&mut self, row: &[u8]) {
        self.text.extend_from_slice(row);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no row.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        rows(&self.text, &self.ends)
    }

    /// The text, the ends, and how many there are: four bytes each.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.text;
        bytes.extend(self.ends.iter().flat_map(|end| end.to_le_bytes()));
        bytes.extend(u32::try_from(self.ends.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes
    }

    fn from_bytes(mut bytes: Vec<u8>) -> Framed {
        let number = |four: &[u8; 4]| u32::from_le_bytes(*four);
        let count = bytes.last_chunk::<4>().map_or(0, number) as usize;
        let length = bytes.len().saturating_sub(4 * (count + 1));
        let behind = bytes.get(length..).unwrap_or_default();
        let ends = behind.as_chunks::<4>().0.iter().take(count).map(number).collect();
        bytes.truncate(length);
        Framed { text: bytes, ends }
    }
}

fn rows<'text>(text: &'text [u8], ends: &'text [u32]) -> impl Iterator<Item = &'text [u8]> {
    let begins = [0].into_iter().chain(ends.iter().copied());
    begins.zip(ends).map(|(begin, end)| text.get(begin as usize..*end as usize).unwrap_or_default())
}

/// Which columns to read, and all that there are where they were asked for: those of the first rows, which `sample`
/// hands to its argument until that says false.
pub(super) fn columns(
    wanted: &Wanted,
    sample: impl FnOnce(&mut dyn FnMut(&[u8]) -> bool) -> Result<(), DataError>,
) -> Result<(Vec<String>, Option<Vec<String>>), DataError> {
    match wanted {
        Wanted::Columns(names) => Ok((names.iter().map(|name| name.trim().to_owned()).collect(), None)),
        Wanted::All => {
            let mut names = IndexSet::new();
            let mut left = SAMPLE;
            sample(&mut |row| {
                if left > 0 {
                    members::column_names(row, &mut names);
                    left -= 1;
                }
                left > 0
            })?;
            let names: Vec<String> = names.into_iter().collect();
            Ok((names.clone(), Some(names)))
        }
    }
}

impl Objects {
    pub(super) fn new(name: String, columns: Vec<String>, frame: Frame, pool: Arc<Pool>) -> Objects {
        Objects { name, members: Members::new(columns), frame, pool }
    }

    pub(super) fn columns(&self) -> &[String] {
        &self.members.columns
    }

    fn read_lines(&self, text: &[u8], quick: Option<&str>, scratch: &mut Scratch, into: &mut RawBatch) {
        let mut at = 0;
        while at < text.len() {
            let end = quick.and_then(|text| self.quick(text, at, scratch, into));
            let behind = end.and_then(|end| match text.get(end..) {
                Some([] | [b'\r']) => Some(text.len()),
                Some([b'\n', ..]) => Some(end + 1),
                Some([b'\r', b'\n', ..]) => Some(end + 2),
                _ => None,
            });
            if let Some((end, behind)) = end.zip(behind) {
                self.accept(at, end, scratch, into);
                at = behind;
                continue;
            }
            let rest = text.get(at..).unwrap_or_default();
            let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let line = rest.get(..length).unwrap_or_default().trim_ascii_end();
            if !line.is_empty() {
                self.careful(line, quick.map(|_| at), scratch, into);
            }
            at += length;
        }
    }

    fn read_framed(&self, text: &[u8], ends: &[u32], quick: Option<&str>, scratch: &mut Scratch, into: &mut RawBatch) {
        let mut at = 0;
        for row in rows(text, ends) {
            let end = at + row.len();
            let whole = quick.and_then(|text| text.get(..end));
            if whole.and_then(|text| self.quick(text, at, scratch, into)) == Some(end) {
                self.accept(at, end, scratch, into);
            } else {
                self.careful(row, quick.map(|_| at), scratch, into);
            }
            at = end;
        }
    }

    /// Reads a row the quick way; where it ends.
    #[inline(always)]
    fn quick(&self, text: &str, at: usize, scratch: &mut Scratch, batch: &RawBatch) -> Option<usize> {
        let row = batch.rows.len();
        for pieces in &mut scratch.pieces {
            if pieces.len() <= row {
                pieces.resize(row + 1_024, Piece::MISSING);
            }
        }
        let Scratch { learned: Some(learned), pieces, anew, anew_from } = scratch else { return None };
        let length = anew.len();
        let mut into = Into { pieces, row, anew, anew_from: *anew_from };
        let end = learned.read(text, at, &mut into);
        if end.is_none() {
            anew.truncate(length);
        }
        end
    }

    /// The row that was read the quick way is a row.
    #[inline(always)]
    fn accept(&self, start: usize, end: usize, scratch: &mut Scratch, into: &mut RawBatch) {
        if let Some(learned) = &mut scratch.learned {
            learned.note_present(&mut into.present);
        }
        into.rows.push(into.rows_in_block as u32);
        into.spans.push((start as u32, end as u32));
        into.rows_in_block += 1;
    }

    /// Reads a row with care. It begins at `at` in the batch's text, or nowhere in it so far.
    #[cold]
    fn careful(&self, row: &[u8], at: Option<usize>, scratch: &mut Scratch, into: &mut RawBatch) {
        let number = into.rows_in_block;
        into.rows_in_block += 1;
        let place = into.rows.len();
        for pieces in &mut scratch.pieces {
            pieces.resize(pieces.len().max(place + 1), Piece::MISSING);
            if let Some(piece) = pieces.get_mut(place) {
                *piece = Piece::MISSING;
            }
        }
        let length = scratch.anew.len();
        if let Err(Fault { column, reason }) = self.careful_values(row, place, scratch, into) {
            scratch.anew.truncate(length);
            for pieces in &mut scratch.pieces {
                if let Some(piece) = pieces.get_mut(place) {
                    *piece = Piece::MISSING;
                }
            }
            let (file, raw) = (self.name.clone(), String::from_utf8_lossy(row).into_owned());
            into.bad.push(BadRow { file, row: number, line: None, column, reason, help: None, raw });
            return;
        }
        let start = at.unwrap_or_else(|| {
            let start = scratch.anew.len();
            scratch.anew.push_str(&String::from_utf8_lossy(row));
            start
        });
        into.rows.push(number as u32);
        into.spans.push((start as u32, (start + row.len()) as u32));
    }

    fn careful_values(
        &self,
        row: &[u8],
        place: usize,
        scratch: &mut Scratch,
        into: &mut RawBatch,
    ) -> Result<(), Fault> {
        let values = self.members.values(row)?;
        for (number, value) in values.into_iter().enumerate() {
            let Some(value) = value else { continue };
            if let Some(present) = into.present.get_mut(number) {
                *present = true;
            }
            let in_column = |reason| Fault { column: self.members.columns.get(number).cloned(), reason };
            let piece = written_anew(value, scratch.anew_from, &mut scratch.anew).map_err(in_column)?;
            if let Some(into) = scratch.pieces.get_mut(number).and_then(|pieces| pieces.get_mut(place)) {
                *into = piece;
            }
        }
        Ok(())
    }
}

/// A value as a piece of text that will stand behind `from` bytes.
fn written_anew(value: &RawValue, from: usize, anew: &mut String) -> Result<Piece, String> {
    let start = (from + anew.len()) as u32;
    let mut piece = |text: &str, kind| {
        anew.push_str(text);
        Piece { start, length: text.len() as u32, kind }
    };
    Ok(match members::cell(value.get())? {
        Cell::Missing | Cell::Date(_) => Piece::MISSING,
        Cell::Text(text) => piece(&text, PieceKind::Text),
        Cell::Number(digits) => piece(&digits, PieceKind::Number),
        Cell::YesNo(yes) => piece(value.get(), if yes { PieceKind::Yes } else { PieceKind::No }),
        Cell::List(_) | Cell::Nested(_) => piece(value.get(), PieceKind::Json),
    })
}

impl Objects {
    /// Takes a block apart, every row with care if so wished.
    fn take_apart(&self, bytes: Vec<u8>, with_care: bool, into: &mut RawBatch) {
        let columns = self.columns();
        self.pool.give(into.clear(columns.len()));
        into.present.resize(columns.len(), false);
        let Framed { text, ends } = match self.frame {
            Frame::Lines => Framed { text: bytes, ends: Vec::new() },
            Frame::Ends => Framed::from_bytes(bytes),
        };
        let mut scratch = std::mem::take(&mut into.scratch.objects);
        scratch.begin(columns, &mut into.columns);
        let (text, bytes) = match String::from_utf8(text) {
            Ok(text) if !with_care => (text, Vec::new()),
            text => (String::new(), text.map_or_else(|error| error.into_bytes(), String::into_bytes)),
        };
        // A block that is not UTF-8 text is read row by row, and its good rows become the text.
        let (quick, rows) = if bytes.is_empty() { (Some(text.as_str()), text.as_bytes()) } else { (None, &*bytes) };
        scratch.anew_from = text.len();
        match self.frame {
            Frame::Lines => self.read_lines(rows, quick, &mut scratch, into),
            Frame::Ends => self.read_framed(rows, &ends, quick, &mut scratch, into),
        }
        into.text = text;
        into.text.push_str(&scratch.anew);
        for (column, mut pieces) in into.columns.iter_mut().zip(scratch.pieces.drain(..)) {
            pieces.truncate(into.rows.len());
            *column = RawColumn::Pieces(pieces);
        }
        into.scratch.objects = scratch;
        self.pool.give(bytes);
    }
}

impl Decoder for Objects {
    fn decode(&self, block: Block, into: &mut RawBatch) -> Result<(), DataError> {
        match block {
            Block::Bytes(bytes) => self.take_apart(bytes, false, into),
            Block::Rows { .. } => self.pool.give(into.clear(self.columns().len())),
        }
        Ok(())
    }

    fn raw(&self, batch: &RawBatch, row: usize) -> String {
        batch.span(row).to_owned()
    }
}

impl Scratch {
    fn begin(&mut self, columns: &[String], into: &mut [RawColumn]) {
        if !self.learned.as_ref().is_some_and(|learned| learned.is_for(columns)) {
            self.learned = Some(Learned::new(columns));
        }
        if let Some(learned) = &mut self.learned {
            learned.begin();
        }
        self.anew.clear();
        self.pieces = into.iter_mut().map(pieces_of).collect();
    }
}

#[cfg(test)]
mod tests;
