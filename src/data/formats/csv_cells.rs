//! The cells of delimited text: blocks of whole rows into columns.
//!
//! Where quotes are as they should be, the separators of a whole block are found first, then the cells of each wanted
//! column one after another. Single rows with odd quotes or another number of cells are read by [`Record`], and so is a
//! block that is not UTF-8 text.

use super::record::{Fault, Layout, Record};
use super::stretches::Pool;
use super::wide::{self, Separators};
use crate::data::batch::{Block, Decoder, Piece, PieceKind, RawBatch, RawColumn, pieces_of};
use crate::data::{BadRow, DataError};
use std::sync::Arc;

/// What takes the blocks of one file apart.
pub(super) struct Cells {
    name: String,
    pub(super) layout: Layout,
    pub(super) header: Vec<String>,
    /// How many cells a row must have: those of the header, without nameless ones at its end.
    pub(super) needed: usize,
    /// Where each wanted column stands in the file.
    places: Vec<Option<usize>>,
    pool: Arc<Pool>,
}

/// Buffers for the next block.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    separators: Separators,
    good: Vec<GoodRow>,
    /// Whether some line is no row, or has another number of cells than the header, or was read with care.
    irregular: bool,
    /// Good rows that have quotes.
    quoted: Vec<u32>,
    record: Record,
    /// Text that does not stand in the block as it is needed.
    anew: String,
    /// Cells of rows that were read with care, row by row.
    careful: Vec<Piece>,
}

/// Where a good row's cells are.
#[derive(Debug, Clone, Copy)]
enum GoodRow {
    /// Between separators: the first one behind it, and how many cells there are.
    Plain { first: u32, cells: u32 },
    /// Among the careful ones, from here on.
    Careful(u32),
}

impl Cells {
    pub(super) fn new(
        name: String,
        layout: Layout,
        header: Vec<String>,
        places: Vec<Option<usize>>,
        pool: Arc<Pool>,
    ) -> Cells {
        let needed = header.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        Cells { name, layout, header, needed, places, pool }
    }

    pub(super) fn present(&self) -> Vec<bool> {
        self.places.iter().map(Option::is_some).collect()
    }

    /// A block that is UTF-8 text.
    fn read(&self, text: &str, scratch: &mut Scratch, into: &mut RawBatch) {
        let mut at = 0;
        loop {
            let first = scratch.separators.count;
            let row_from = scratch.separators.row_ends.len();
            scratch.separators.inner_lines.clear();
            scratch.separators.quotes.clear();
            let plain = wide::separators(text.as_bytes(), at, self.layout, &mut scratch.separators);
            at = self.rows(text, (first, row_from), at, scratch, into);
            if plain {
                break;
            }
            // Positions behind the last whole row are found again, behind the careful one.
            scratch.separators.count = scratch.separators.row_ends.last().map_or(first, |end| *end as usize).max(first);
            let rest = text.get(at..).unwrap_or_default();
            let length = scratch.record.take(rest.as_bytes(), self.layout);
            self.careful_row(Some(at), scratch, into);
            into.lines_in_block += scratch.record.lines();
            at += length;
        }
        for (column, place) in into.columns.iter_mut().zip(&self.places) {
            match place {
                None => *column = RawColumn::Absent,
                Some(place) => {
                    let mut pieces = pieces_of(column);
                    self.column(text, *place, &into.spans, scratch, &mut pieces);
                    *column = RawColumn::Pieces(pieces);
                }
            }
        }
        self.careful_cells(scratch, into, text.len());
    }

    /// Goes over the rows between the separators found, the first of which has the number `first`; where the last one
    /// ends.
    fn rows(
        &self,
        text: &str,
        (first, row_from): (usize, usize),
        at: usize,
        scratch: &mut Scratch,
        into: &mut RawBatch,
    ) -> usize {
        let bytes = text.as_bytes();
        let mut first = first;
        let mut start = at;
        let (mut inner, mut quote) = (0, 0);
        for index in row_from..scratch.separators.row_ends.len() {
            let end = scratch.separators.row_ends.get(index).map_or(first, |end| *end as usize);
            let line_end = end.checked_sub(1).and_then(|last| scratch.separators.positions.get(last));
            let line_end = line_end.map_or(start, |position| *position as usize);
            let stop = self.without_line_end(bytes, start, line_end);
            let cells = end - first;
            scratch.irregular |= cells != self.header.len();
            let line = into.lines_in_block;
            into.lines_in_block += 1;
            while scratch.separators.inner_lines.get(inner).is_some_and(|line| (*line as usize) < line_end) {
                into.lines_in_block += 1;
                inner += 1;
            }
            let quotes_before = quote;
            while scratch.separators.quotes.get(quote).is_some_and(|quote| (*quote as usize) < line_end) {
                quote += 1;
            }
            if cells == 1 && bytes.get(start..line_end).unwrap_or_default().trim_ascii().is_empty() {
                // A blank line is no row.
            } else if cells == self.header.len() || self.is_good(text, first, end, stop, scratch) {
                into.rows.push(into.rows_in_block as u32);
                into.lines.push(line as u32);
                into.spans.push((start as u32, stop as u32));
                if quote > quotes_before {
                    scratch.quoted.push(scratch.good.len() as u32);
                }
                scratch.good.push(GoodRow::Plain { first: first as u32, cells: cells as u32 });
                into.rows_in_block += 1;
            } else {
                scratch
                    .record
                    .take(bytes.get(start..line_end + 1).or(bytes.get(start..)).unwrap_or_default(), self.layout);
                let lines = std::mem::replace(&mut into.lines_in_block, line);
                self.careful_row(Some(start), scratch, into);
                into.lines_in_block = lines;
            }
            start = line_end + 1;
            first = end;
        }
        start.min(bytes.len())
    }

    /// Where a row's text ends: before `\r\n` as before `\n`.
    fn without_line_end(&self, bytes: &[u8], start: usize, line_end: usize) -> usize {
        let before = line_end.checked_sub(1).filter(|before| *before >= start);
        match before.and_then(|before| bytes.get(before)) {
            Some(b'\r') if self.layout.line_end == b'\n' => line_end - 1,
            // The last line of a file whose lines end in `\r`.
            Some(b'\n') if self.layout.line_end == b'\r' && line_end == bytes.len() => line_end - 1,
            _ => line_end,
        }
    }

    /// Whether a row with another number of cells than the header can be read: none is lacking that has a name, and
    /// those too many are blank.
    fn is_good(&self, text: &str, first: usize, end: usize, stop: usize, scratch: &Scratch) -> bool {
        let more = (first + self.header.len()).min(end);
        let position = |index: usize| scratch.separators.positions.get(index).map_or(0, |position| *position as usize);
        let blank = |index: usize| {
            let start = index.checked_sub(1).map_or(0, |before| position(before) + 1);
            text.get(start..position(index).min(stop)).is_some_and(|cell| cell.trim_ascii().is_empty())
        };
        end - first >= self.needed && (more..end).all(blank)
    }

    /// The cells of a column, one for each good row; careful rows have missing ones so far.
    fn column(&self, text: &str, place: usize, spans: &[(u32, u32)], scratch: &mut Scratch, pieces: &mut Vec<Piece>) {
        let Scratch { separators, good, irregular, quoted, anew, .. } = scratch;
        let positions = separators.positions.get(..separators.count).unwrap_or_default();
        let width = self.header.len();
        if place > 0 && place + 1 < width && !*irregular {
            pieces.extend(positions.chunks_exact(width).map(|row| match row.get(place - 1..=place) {
                Some([before, end]) => between(before + 1, *end),
                _ => Piece::MISSING,
            }));
        } else {
            let offset = place as u32;
            pieces.extend(good.iter().zip(spans).map(|(row, span)| {
                let GoodRow::Plain { first, cells } = *row else { return Piece::MISSING };
                if offset >= cells {
                    return Piece::MISSING;
                }
                let position = |index: u32| positions.get(index as usize).copied();
                let before = (first + offset).checked_sub(1).filter(|_| offset > 0).and_then(position);
                let start = before.map_or(span.0, |before| before + 1);
                let end = if offset + 1 == cells { span.1 } else { position(first + offset).unwrap_or(start) };
                between(start, end)
            }));
        }
        for row in quoted {
            if let Some(piece) = pieces.get_mut(*row as usize) {
                *piece = unquoted(text, *piece, anew);
            }
        }
    }

    /// The record that was taken, which begins at `at`, or nowhere in the text that the batch will have.
    fn careful_row(&self, at: Option<usize>, scratch: &mut Scratch, into: &mut RawBatch) {
        let Scratch { record, anew, careful, good, irregular, .. } = scratch;
        *irregular = true;
        if record.is_blank() {
            return;
        }
        let (row, line) = (into.rows_in_block, into.lines_in_block);
        into.rows_in_block += 1;
        if let Err((column, reason)) = self.judge(record) {
            let raw = String::from_utf8_lossy(record.raw()).into_owned();
            into.bad.push(BadRow { file: self.name.clone(), row, line: Some(line), column, reason, help: None, raw });
            return;
        }
        let start = at.unwrap_or_else(|| {
            let start = anew.len();
            anew.push_str(&String::from_utf8_lossy(record.raw()));
            start
        });
        into.rows.push(row as u32);
        into.lines.push(line as u32);
        into.spans.push((start as u32, (start + record.raw().len()) as u32));
        good.push(GoodRow::Careful(careful.len() as u32));
        for place in &self.places {
            let cell = place.map_or(&[][..], |place| record.cell(place));
            let piece = Piece { start: anew.len() as u32, length: cell.len() as u32, kind: PieceKind::Text };
            careful.push(if cell.is_empty() { Piece::MISSING } else { piece });
            anew.push_str(&String::from_utf8_lossy(cell));
        }
    }

    /// Whether a record is a good row, else what is wrong with it, and in which column.
    fn judge(&self, record: &Record) -> Result<(), (Option<String>, String)> {
        let cells = record.len();
        match record.fault {
            Some(Fault::Unclosed) => return Err((None, "a quote is opened and never closed".to_owned())),
            Some(Fault::AfterQuote(at)) => {
                let reason = "text follows the closing quote; a quote inside quotes is written twice: `\"\"`";
                return Err((self.header.get(at).cloned(), reason.to_owned()));
            }
            None => {}
        }
        if let Err(error) = std::str::from_utf8(record.raw()) {
            let at = error.valid_up_to() + 1;
            return Err((None, format!("it is not UTF-8 text (byte {at}); save the file as UTF-8")));
        }
        if cells < self.needed {
            return Err((None, format!("it has {}, the header {}", counted(cells), self.needed)));
        }
        if (self.header.len()..cells).any(|at| !record.cell(at).trim_ascii().is_empty()) {
            let delimiter = match self.layout.delimiter {
                b'\t' => "tab".to_owned(),
                delimiter => char::from(delimiter).to_string(),
            };
            let (counted, header) = (counted(cells), self.header.len());
            return Err((None, format!("it has {counted}, the header {header}; is a `{delimiter}` not quoted?")));
        }
        Ok(())
    }

    /// Puts the cells that were read with care into their columns; their text will stand from `shift` on.
    fn careful_cells(&self, scratch: &Scratch, into: &mut RawBatch, shift: usize) {
        let shift = shift as u32;
        if !scratch.careful.is_empty() {
            for (number, column) in into.columns.iter_mut().enumerate() {
                let RawColumn::Pieces(pieces) = column else { continue };
                for (piece, row) in pieces.iter_mut().zip(&scratch.good) {
                    let GoodRow::Careful(from) = row else { continue };
                    if let Some(read) = scratch.careful.get(*from as usize + number) {
                        *piece = Piece { start: read.start + ANEW, ..*read };
                    }
                }
            }
        }
        if !scratch.anew.is_empty() {
            for column in &mut into.columns {
                let RawColumn::Pieces(pieces) = column else { continue };
                for piece in pieces.iter_mut().filter(|piece| piece.start >= ANEW) {
                    piece.start = piece.start - ANEW + shift;
                }
            }
        }
    }

    /// A block that is not UTF-8 text: row by row.
    fn read_with_care(&self, bytes: &[u8], scratch: &mut Scratch, into: &mut RawBatch) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = scratch.record.take(rest, self.layout);
            rest = rest.get(length..).unwrap_or_default();
            self.careful_row(None, scratch, into);
            into.lines_in_block += scratch.record.lines();
        }
        for (column, place) in into.columns.iter_mut().zip(&self.places) {
            let mut pieces = pieces_of(column);
            pieces.resize(scratch.good.len(), Piece::MISSING);
            *column = if place.is_some() { RawColumn::Pieces(pieces) } else { RawColumn::Absent };
        }
        self.careful_cells(scratch, into, 0);
    }
}

/// Marks the places of text written anew until it is known where that will stand.
const ANEW: u32 = 1 << 31;

#[inline(always)]
fn between(start: u32, end: u32) -> Piece {
    let length = end.saturating_sub(start);
    let kind = if length == 0 { PieceKind::Missing } else { PieceKind::Text };
    Piece { start, length, kind }
}

/// A cell without its quotes, whose doubled ones become single.
fn unquoted(text: &str, piece: Piece, anew: &mut String) -> Piece {
    if text.as_bytes().get(piece.start as usize) != Some(&b'"') || piece.length < 2 {
        return piece;
    }
    let cell = text.get(piece.start as usize..(piece.start + piece.length) as usize).unwrap_or_default();
    let Some(inside) = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) else { return piece };
    if inside.is_empty() {
        return Piece::MISSING;
    }
    if !inside.as_bytes().contains(&b'"') {
        return Piece { start: piece.start + 1, length: piece.length - 2, kind: PieceKind::Text };
    }
    let start = anew.len();
    for (index, part) in inside.split("\"\"").enumerate() {
        if index > 0 {
            anew.push('"');
        }
        anew.push_str(part);
    }
    Piece { start: start as u32 + ANEW, length: (anew.len() - start) as u32, kind: PieceKind::Text }
}

fn counted(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

impl Cells {
    /// Takes a block apart, row by row if it is to be read with care.
    fn take_apart(&self, bytes: Vec<u8>, with_care: bool, into: &mut RawBatch) {
        self.pool.give(into.clear(self.places.len()));
        into.present.extend(self.places.iter().map(Option::is_some));
        let mut scratch = std::mem::take(&mut into.scratch.csv);
        scratch.separators.clear();
        scratch.good.clear();
        scratch.irregular = false;
        scratch.quoted.clear();
        scratch.anew.clear();
        scratch.careful.clear();
        match String::from_utf8(bytes) {
            Ok(text) if !with_care => {
                self.read(&text, &mut scratch, into);
                into.text = text;
            }
            text => {
                let bytes = text.map_or_else(|error| error.into_bytes(), String::into_bytes);
                self.read_with_care(&bytes, &mut scratch, into);
                self.pool.give(bytes);
            }
        }
        into.text.push_str(&scratch.anew);
        into.scratch.csv = scratch;
    }
}

impl Decoder for Cells {
    fn decode(&self, block: Block, into: &mut RawBatch) -> Result<(), DataError> {
        match block {
            Block::Bytes(bytes) => self.take_apart(bytes, false, into),
            Block::Rows { .. } => self.pool.give(into.clear(self.places.len())),
        }
        Ok(())
    }

    fn raw(&self, batch: &RawBatch, row: usize) -> String {
        batch.span(row).to_owned()
    }
}

#[cfg(test)]
mod tests;
