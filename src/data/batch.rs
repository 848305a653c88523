//! Rows by the block: a file's next piece is found on one thread, and taken apart into columns on any.
//!
//! [`Blocks`] reads pieces of whole rows in order and does as little as it can with them; a [`Decoder`] turns a
//! [`Block`] into a [`RawBatch`]. Row and line numbers inside a batch count from its own begin: who puts results back
//! in order adds what came before.

use super::rows::{Cell, Wanted};
use super::source::Input;
use super::texts::Texts;
use super::{BadRow, DataError, Format, Source, formats};
use crate::value::Moment;
use std::sync::Arc;

/// A code of [`RawColumn::Coded`] that stands for a missing cell.
pub const MISSING: u32 = u32::MAX;

/// An open file, read block by block.
pub struct Blocks {
    inner: Box<dyn BlockReader>,
    format: Format,
}

/// A format's sequential side.
pub trait BlockReader: Send {
    /// The wanted columns, in the order of a batch's columns.
    fn columns(&self) -> &[String];

    /// Whether the file has each wanted column, where a header or a schema says so.
    fn present(&self) -> Option<Vec<bool>>;

    /// All column names of the file, where it has a header or a schema.
    fn header(&self) -> Option<&[String]>;

    /// Lines before the first block, of a header; `None` where rows are no lines.
    fn lines_before(&self) -> Option<u64> {
        None
    }

    /// Tells how many rows came before the next block, where that is known: an error may then name its row.
    fn count_from(&mut self, _rows: u64) {}

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read on.
    fn next(&mut self) -> Result<Option<Block>, DataError>;

    /// What takes the blocks of this file apart.
    fn decoder(&self) -> Arc<dyn Decoder>;

    /// Bytes of the file read so far, for progress; and all of them, where known.
    fn progress(&self) -> (u64, Option<u64>);
}

/// A piece of a file: whole rows.
#[derive(Debug)]
pub enum Block {
    /// Of a text format.
    Bytes(Vec<u8>),
    /// Of a Parquet file: these rows of a row group.
    Rows { group: usize, from: usize, count: usize },
}

/// A format's parallel side.
pub trait Decoder: Send + Sync {
    /// Takes a block apart, whose bytes become [`RawBatch::text`]. `into` is cleared first; its memory is used again.
    ///
    /// # Errors
    /// [`DataError`]: the block is not what the file claims to be. A row that is wrong by itself is a bad row of the
    /// batch, and is not among its rows.
    fn decode(&self, block: Block, into: &mut RawBatch) -> Result<(), DataError>;

    /// The text of a good row, for rejects.
    fn raw(&self, batch: &RawBatch, row: usize) -> String;
}

/// Rows taken apart into the wanted columns.
#[derive(Debug, Default)]
pub struct RawBatch {
    /// For each good row its number in the block, counted from 0 with the bad ones.
    pub rows: Vec<u32>,
    /// Where rows are lines: the line on which each good row begins, counted from 0 in the block.
    pub lines: Vec<u32>,
    /// One for each wanted column.
    pub columns: Vec<RawColumn>,
    /// What text cells point into: the block as it was read, then what had to be written anew.
    pub text: String,
    /// Where each good row begins and ends in `text`, for text formats.
    pub spans: Vec<(u32, u32)>,
    /// Which rows of a Parquet file these are.
    pub place: Option<(usize, usize)>,
    /// Rows that could not be taken apart, in order; their `row` and `line` count from 0 in the block.
    pub bad: Vec<BadRow>,
    /// Rows of the block, good and bad.
    pub rows_in_block: u64,
    /// Lines of the block.
    pub lines_in_block: u64,
    /// Whether some row had each wanted column.
    pub present: Vec<bool>,
    /// What decoders need besides, kept for the next block.
    pub scratch: formats::Scratch,
}

/// The cells of one column, one for each good row.
#[derive(Debug)]
pub enum RawColumn {
    /// The file does not have it: every cell is missing.
    Absent,
    /// Cells of a text format.
    Pieces(Vec<Piece>),
    /// A dictionary and for each row a place in it, or [`MISSING`].
    Coded {
        dictionary: Arc<Texts>,
        codes: Vec<u32>,
    },
    /// Whole numbers.
    Whole {
        numbers: Vec<i64>,
        known: Vec<bool>,
    },
    /// Numbers as a double holds them; those with no fixed-point form are `Cells`.
    Doubles {
        numbers: Vec<f64>,
        known: Vec<bool>,
    },
    YesNo {
        yes: Vec<bool>,
        known: Vec<bool>,
    },
    Dates(Vec<Option<Moment>>),
    /// Anything else.
    Cells(Vec<Cell>),
}

/// A cell of a text format: a piece of [`RawBatch::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub start: u32,
    pub length: u32,
    pub kind: PieceKind,
}

/// What a piece's text is. An empty CSV cell, JSON `null` and an absent member are missing.
///
/// As wide as the numbers beside it, so that a piece is copied as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum PieceKind {
    Missing,
    /// A CSV cell without its quotes, a JSON string without its escapes.
    Text,
    /// The digits of a JSON number.
    Number,
    Yes,
    No,
    /// A JSON array or object, as written: see [`RawBatch::cell`].
    Json,
}

impl Piece {
    /// An empty cell, JSON `null`, an absent member.
    pub const MISSING: Piece = Piece { start: 0, length: 0, kind: PieceKind::Missing };

    /// Where it ends in [`RawBatch::text`].
    #[inline]
    pub fn end(self) -> usize {
        self.start as usize + self.length as usize
    }
}

impl RawBatch {
    /// The text of a piece; empty where it is missing.
    pub fn piece(&self, piece: Piece) -> &str {
        self.text.get(piece.start as usize..piece.end()).unwrap_or_default()
    }

    /// The same as bytes.
    #[inline]
    pub fn bytes(&self, piece: Piece) -> &[u8] {
        self.text.as_bytes().get(piece.start as usize..piece.end()).unwrap_or_default()
    }

    /// Any cell, as the row readers give it.
    pub fn cell(&self, column: usize, row: usize) -> Cell {
        let known = |known: &[bool]| known.get(row).copied().unwrap_or(false);
        match self.columns.get(column) {
            None | Some(RawColumn::Absent) => Cell::Missing,
            Some(RawColumn::Pieces(pieces)) => pieces.get(row).map_or(Cell::Missing, |piece| self.piece_cell(*piece)),
            Some(RawColumn::Coded { dictionary, codes }) => {
                coded_text(dictionary, codes, row).map_or(Cell::Missing, |text| Cell::Text(text.to_owned()))
            }
            Some(RawColumn::Whole { numbers, known: there }) => match numbers.get(row) {
                Some(number) if known(there) => Cell::Number(number.to_string()),
                _ => Cell::Missing,
            },
            Some(RawColumn::Doubles { numbers, known: there }) => match numbers.get(row) {
                Some(number) if known(there) => Cell::Number(number.to_string()),
                _ => Cell::Missing,
            },
            Some(RawColumn::YesNo { yes, known: there }) => match yes.get(row) {
                Some(yes) if known(there) => Cell::YesNo(*yes),
                _ => Cell::Missing,
            },
            Some(RawColumn::Dates(dates)) => dates.get(row).copied().flatten().map_or(Cell::Missing, Cell::Date),
            Some(RawColumn::Cells(cells)) => cells.get(row).cloned().unwrap_or(Cell::Missing),
        }
    }

    fn piece_cell(&self, piece: Piece) -> Cell {
        let text = self.piece(piece);
        match piece.kind {
            PieceKind::Missing => Cell::Missing,
            PieceKind::Text => Cell::Text(text.to_owned()),
            PieceKind::Number => Cell::Number(text.to_owned()),
            PieceKind::Yes => Cell::YesNo(true),
            PieceKind::No => Cell::YesNo(false),
            // A decoder lets no value pass that is no cell.
            PieceKind::Json => formats::json_cell(text).unwrap_or(Cell::Missing),
        }
    }

    /// A good row as it was read, of a text format.
    pub fn span(&self, row: usize) -> &str {
        let (start, end) = self.spans.get(row).copied().unwrap_or_default();
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Keeps the rows for which `good` says so, of a format without text.
    pub(super) fn keep_rows(&mut self, good: &[bool]) {
        keep(&mut self.rows, good);
        for column in &mut self.columns {
            match column {
                RawColumn::Absent => {}
                RawColumn::Pieces(pieces) => keep(pieces, good),
                RawColumn::Coded { codes, .. } => keep(codes, good),
                RawColumn::Whole { numbers, known } => {
                    keep(numbers, good);
                    keep(known, good);
                }
                RawColumn::Doubles { numbers, known } => {
                    keep(numbers, good);
                    keep(known, good);
                }
                RawColumn::YesNo { yes, known } => {
                    keep(yes, good);
                    keep(known, good);
                }
                RawColumn::Dates(dates) => keep(dates, good),
                RawColumn::Cells(cells) => keep(cells, good),
            }
        }
    }

    /// Makes room for another block; the text's memory is handed back.
    pub(super) fn clear(&mut self, columns: usize) -> Vec<u8> {
        self.rows.clear();
        self.lines.clear();
        self.columns.resize_with(columns, || RawColumn::Absent);
        self.spans.clear();
        self.place = None;
        self.bad.clear();
        self.rows_in_block = 0;
        self.lines_in_block = 0;
        self.present.clear();
        std::mem::take(&mut self.text).into_bytes()
    }
}

/// The text of a row of [`RawColumn::Coded`]; `None` where it is missing.
#[inline]
pub fn coded_text<'d>(dictionary: &'d Texts, codes: &[u32], row: usize) -> Option<&'d str> {
    let code = codes.get(row).filter(|code| **code != MISSING)?;
    Some(dictionary.get(*code as usize))
}

fn keep<T>(values: &mut Vec<T>, good: &[bool]) {
    let mut good = good.iter().copied().chain(std::iter::repeat(true));
    values.retain(|_| good.next().unwrap_or(true));
}

/// The memory of a column's pieces, for other pieces.
pub(super) fn pieces_of(column: &mut RawColumn) -> Vec<Piece> {
    match std::mem::replace(column, RawColumn::Absent) {
        RawColumn::Pieces(mut pieces) => {
            pieces.clear();
            pieces
        }
        _ => Vec::new(),
    }
}

impl Blocks {
    /// Opens a file.
    ///
    /// # Errors
    /// [`DataError`]: it cannot be read, or is not what it claims to be.
    pub fn open(source: &Source, wanted: &Wanted) -> Result<Blocks, DataError> {
        let input = Input::open(source)?;
        let format = input.format;
        let Some(reader) = formats::reader(format) else {
            let reason = format!("`{}` is a format for output only", format.name());
            return Err(input.not_as_claimed(reason, None));
        };
        Ok(Blocks { inner: (reader.open)(input, wanted)?, format })
    }

    /// The format that the file turned out to be in.
    pub fn format(&self) -> Format {
        self.format
    }
}

impl std::ops::Deref for Blocks {
    type Target = dyn BlockReader;

    fn deref(&self) -> &Self::Target {
        &*self.inner
    }
}

impl std::ops::DerefMut for Blocks {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.inner
    }
}
