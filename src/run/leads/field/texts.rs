//! Columns of texts, as codes.

use super::Cells;
use crate::data::batch::{MISSING, Piece, PieceKind, RawColumn};
use crate::model::Field;
use crate::run::batch::{Mask, NO_TEXT};
use crate::run::leads::stand_in::{OTHER_DOMAIN, Part, SOME_TEXT, StandIn};
use crate::run::leads::text::TextReader;
use crate::value::{Text, Value};
use std::ops::Range;

/// The codes of texts; the same text has the same one.
pub(super) fn codes(
    column: &RawColumn,
    rows: usize,
    used: &StandIn,
    texts: &mut TextReader,
    cells: &mut Cells<'_, '_>,
) -> Vec<u32> {
    let missing = cells.reading.missing;
    let read = |text: &str| Text::new(text).filter(|text| !text.is_among(missing));
    let codes = if used.is_whole() {
        coded(column, rows, texts, cells, |all, place, texts| texts.code(all, place, read))
    } else {
        // Of this block.
        let (mut some_text, mut other_domain) = (None, None);
        let alone = |text: &str, texts: &mut TextReader| texts.code(text.as_bytes(), 0..text.len(), read);
        coded(column, rows, texts, cells, |all, place, texts| {
            match used.of(all.get(place.clone()).unwrap_or_default(), missing) {
                Part::Text(end) => texts.code(all, place.end - end.len()..place.end, read),
                Part::Known => *some_text.get_or_insert_with(|| alone(SOME_TEXT, texts)),
                Part::OtherDomain => *other_domain.get_or_insert_with(|| alone(OTHER_DOMAIN, texts)),
            }
        })
    };
    if cells.field.required {
        cells.require(&Mask::of(codes.iter().map(|code| *code != NO_TEXT)));
    }
    codes
}

/// `code` gives the code of the text at a place.
#[inline(always)]
fn coded(
    column: &RawColumn,
    rows: usize,
    texts: &mut TextReader,
    cells: &mut Cells<'_, '_>,
    mut code: impl FnMut(&[u8], Range<usize>, &mut TextReader) -> u32,
) -> Vec<u32> {
    let all = cells.raw.text.as_bytes();
    let mut careful = |row: usize, texts: &mut TextReader| careful_code(row, texts, cells);
    match column {
        RawColumn::Pieces(pieces) => {
            let piece = |(row, piece): (usize, &Piece)| match piece.kind {
                PieceKind::Text | PieceKind::Number => code(all, piece.start as usize..piece.end(), texts),
                PieceKind::Missing => NO_TEXT,
                PieceKind::Yes | PieceKind::No | PieceKind::Json => careful(row, texts),
            };
            pieces.get(..rows).unwrap_or(pieces).iter().enumerate().map(piece).collect()
        }
        RawColumn::Coded { dictionary, codes: places } => {
            // Each text of the dictionary is looked up once.
            let mut known: Vec<Option<u32>> = vec![None; dictionary.len()];
            let of_place = |place: &u32| match (*place, known.get_mut(*place as usize)) {
                (MISSING, _) | (_, None) => NO_TEXT,
                (_, Some(Some(known))) => *known,
                (place, Some(known)) => {
                    let text = dictionary.get(place as usize).map_or(&[][..], |text| text.as_bytes());
                    *known.insert(code(text, 0..text.len(), texts))
                }
            };
            places.iter().take(rows).map(of_place).collect()
        }
        RawColumn::Absent => vec![NO_TEXT; rows],
        _ => (0..rows).map(|row| careful(row, texts)).collect(),
    }
}

/// A number, a truth or nested JSON in a text field.
fn careful_code(row: usize, texts: &mut TextReader, cells: &mut Cells<'_, '_>) -> u32 {
    // A missing value of a required field is told once, by the caller.
    let field = Field { required: false, ..cells.field.clone() };
    match cells.reading.value(&cells.raw.cell(cells.place, row), &field) {
        Ok(Some(Value::Text(text))) => {
            texts.code(text.given.to_string().as_bytes(), 0..text.given.len(), |_| Some(text))
        }
        Ok(_) => NO_TEXT,
        Err(reason) => {
            (cells.wrong)(row, reason);
            NO_TEXT
        }
    }
}
