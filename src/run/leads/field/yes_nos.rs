//! Columns of yes and no.

use super::Cells;
use crate::data::batch::{Piece, PieceKind, RawColumn};
use crate::run::batch::{Mask, YesNoColumn};
use crate::value::short_word;

pub(super) fn read(column: &RawColumn, rows: usize, cells: &mut Cells<'_, '_>) -> YesNoColumn {
    let plain = cells.reading.missing.is_empty();
    let raw = cells.raw;
    let answers = match column {
        RawColumn::Pieces(pieces) => {
            // The few short texts that mean yes or no, as met so far.
            let mut met: Vec<(u64, bool)> = Vec::new();
            yes_no_column(rows, |row| match pieces.get(row) {
                None | Some(Piece { kind: PieceKind::Missing, .. }) => None,
                Some(Piece { kind: PieceKind::Yes, .. }) if plain => Some(true),
                Some(Piece { kind: PieceKind::No, .. }) if plain => Some(false),
                Some(piece @ Piece { kind: PieceKind::Text, .. }) => {
                    let word = short_word(raw.text.as_bytes(), piece.start as usize, piece.end());
                    let known = word.and_then(|word| met.iter().find(|(known, _)| *known == word));
                    if let Some((_, answer)) = known {
                        return Some(*answer);
                    }
                    let answer = cells.yes_no(row);
                    if let (Some(word), Some(answer), true) = (word, answer, met.len() < 8) {
                        met.push((word, answer));
                    }
                    answer
                }
                Some(_) => cells.yes_no(row),
            })
        }
        RawColumn::YesNo { yes, known } if plain => {
            let (mut yes, known) = (Mask::of_flags(yes), Mask::of_flags(known));
            yes.and(&known);
            YesNoColumn { yes, known }
        }
        RawColumn::Absent => YesNoColumn { yes: Mask::new(rows, false), known: Mask::new(rows, false) },
        _ => yes_no_column(rows, |row| cells.yes_no(row)),
    };
    cells.require(&answers.known);
    answers
}

#[inline(always)]
fn yes_no_column(rows: usize, mut answer: impl FnMut(usize) -> Option<bool>) -> YesNoColumn {
    let mut answers = YesNoColumn { yes: Mask::new(rows, false), known: Mask::new(rows, false) };
    let (yes, known): (&mut [u64], &mut [u64]) = (answers.yes.words_mut(), answers.known.words_mut());
    for (place, (yes, known)) in yes.iter_mut().zip(known).enumerate() {
        let begin = place * 64;
        for row in begin..rows.min(begin + 64) {
            let answer = answer(row);
            *yes |= u64::from(answer == Some(true)) << (row - begin);
            *known |= u64::from(answer.is_some()) << (row - begin);
        }
    }
    answers
}
