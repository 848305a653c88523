//! Columns of texts, as codes.

use super::Cells;
use crate::data::batch::{PieceKind, RawColumn};
use crate::model::Field;
use crate::run::batch::{Mask, NO_TEXT};
use crate::run::texts::{TextReader, Way};
use crate::value::Value;

/// The codes of texts; texts with the same one need not be told apart.
pub(super) fn codes(
    column: &RawColumn,
    rows: usize,
    texts: &mut TextReader<'_>,
    cells: &mut Cells<'_, '_>,
) -> Vec<u32> {
    // The loop over the rows is made for each way by itself.
    let codes = match texts.way() {
        Way::Met => coded(Way::Met, column, rows, texts, cells),
        Way::Domain => coded(Way::Domain, column, rows, texts, cells),
        Way::Plain => coded(Way::Plain, column, rows, texts, cells),
        Way::Answered => coded(Way::Answered, column, rows, texts, cells),
    };
    if cells.field.required {
        cells.require(&Mask::of(codes.iter().map(|code| *code != NO_TEXT)));
    }
    codes
}

#[inline(always)]
fn coded(way: Way, column: &RawColumn, rows: usize, texts: &mut TextReader<'_>, cells: &mut Cells<'_, '_>) -> Vec<u32> {
    let all = &cells.raw.text;
    let mut careful = |row: usize, texts: &mut TextReader<'_>| careful_code(row, texts, cells);
    let mut codes = vec![NO_TEXT; rows];
    match column {
        RawColumn::Pieces(pieces) => {
            for ((row, piece), code) in pieces.iter().enumerate().zip(&mut codes) {
                *code = match piece.kind {
                    PieceKind::Text | PieceKind::Number => texts.code(way, all, piece.start as usize..piece.end()),
                    PieceKind::Missing => NO_TEXT,
                    PieceKind::Yes | PieceKind::No | PieceKind::Json => careful(row, texts),
                };
            }
        }
        RawColumn::Coded { dictionary, codes: places } => {
            /// No text has this code.
            const UNSEEN: u32 = NO_TEXT - 1;
            // Each text of the dictionary is looked up once. A missing one has no place in it.
            let mut known = vec![UNSEEN; dictionary.len()];
            for (place, code) in places.iter().zip(&mut codes) {
                let Some(known) = known.get_mut(*place as usize) else { continue };
                if *known == UNSEEN {
                    let text = dictionary.get(*place as usize);
                    *known = texts.code(way, text, 0..text.len());
                }
                *code = *known;
            }
        }
        RawColumn::Absent => {}
        _ => codes.iter_mut().enumerate().for_each(|(row, code)| *code = careful(row, texts)),
    }
    codes
}

/// A number, a truth or nested JSON in a text field.
fn careful_code(row: usize, texts: &mut TextReader<'_>, cells: &mut Cells<'_, '_>) -> u32 {
    // A missing value of a required field is told once, by the caller.
    let field = Field { required: false, ..cells.field.clone() };
    match cells.reading.value(&cells.raw.cell(cells.place, row), &field) {
        Ok(Some(Value::Text(text))) => texts.code(texts.way(), &text.given, 0..text.given.len()),
        Ok(_) => NO_TEXT,
        Err(reason) => {
            (cells.wrong)(row, reason);
            NO_TEXT
        }
    }
}
