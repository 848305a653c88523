//! The cells of a column of a block, without copying them where that can be.

use crate::data::batch::{PieceKind, RawBatch, RawColumn, coded_text};
use crate::data::rows::Cell;
use crate::data::texts::Texts;
use crate::value::Moment;

/// One column of a block.
#[derive(Clone, Copy)]
pub(super) struct RawCells<'a> {
    batch: &'a RawBatch,
    column: usize,
}

/// A cell, as far as the quick ways take it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Raw<'a> {
    Missing,
    /// A CSV cell or a JSON string
    Text(&'a str),
    /// The digits of a JSON number
    Number(&'a str),
    Whole(i64),
    YesNo(bool),
    Date(Moment),
    /// Anything else: see [`RawCells::cell`].
    Other,
}

impl<'a> RawCells<'a> {
    pub(super) fn new(batch: &'a RawBatch, column: usize) -> RawCells<'a> {
        RawCells { batch, column }
    }

    pub(super) fn get(&self, row: usize) -> Raw<'a> {
        match self.batch.columns.get(self.column) {
            None | Some(RawColumn::Absent) => Raw::Missing,
            Some(RawColumn::Pieces(pieces)) => match pieces.get(row) {
                None => Raw::Missing,
                Some(piece) => match piece.kind {
                    PieceKind::Missing => Raw::Missing,
                    PieceKind::Text => Raw::Text(self.batch.piece(*piece)),
                    PieceKind::Number => Raw::Number(self.batch.piece(*piece)),
                    PieceKind::Yes => Raw::YesNo(true),
                    PieceKind::No => Raw::YesNo(false),
                    PieceKind::Json => Raw::Other,
                },
            },
            Some(RawColumn::Coded { dictionary, codes }) => {
                coded_text(dictionary, codes, row).map_or(Raw::Missing, Raw::Text)
            }
            Some(RawColumn::Whole { numbers, known }) => known_at(known, row, numbers, Raw::Whole),
            Some(RawColumn::YesNo { yes, known }) => known_at(known, row, yes, Raw::YesNo),
            Some(RawColumn::Dates(dates)) => dates.get(row).copied().flatten().map_or(Raw::Missing, Raw::Date),
            Some(RawColumn::Doubles { .. } | RawColumn::Cells(_)) => Raw::Other,
        }
    }

    /// Texts, and for each row the place of its own among them or [`crate::data::batch::MISSING`], where the file has them
    /// so.
    pub(super) fn coded(&self) -> Option<(&'a Texts, &'a [u32])> {
        match self.batch.columns.get(self.column) {
            Some(RawColumn::Coded { dictionary, codes }) => Some((dictionary, codes)),
            _ => None,
        }
    }

    /// The cell, whatever it is.
    pub(super) fn cell(&self, row: usize) -> Cell {
        self.batch.cell(self.column, row)
    }
}

fn known_at<'a, T: Copy>(known: &[bool], row: usize, values: &[T], raw: impl Fn(T) -> Raw<'a>) -> Raw<'a> {
    let is_known = known.get(row).copied().unwrap_or(false);
    values.get(row).filter(|_| is_known).map_or(Raw::Missing, |value| raw(*value))
}
