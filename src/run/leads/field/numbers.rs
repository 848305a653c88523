//! Columns of numbers.

use super::{Cells, Quick};
use crate::data::batch::{Piece, PieceKind, RawColumn};
use crate::model::FieldKind;
use crate::run::batch::{Mask, NumberColumn};
use crate::value::{Decimal, Value, plain_number};

/// `plain`: whether no placeholder looks like a number.
pub(super) fn read(column: &RawColumn, rows: usize, plain: bool, cells: &mut Cells<'_, '_>) -> NumberColumn {
    let FieldKind::Number { format, .. } = &cells.field.kind else { return NumberColumn::default() };
    // A declared format says how texts write a number; JSON has its own way.
    let formatted = format.is_some();
    let text = cells.raw.text.as_bytes();
    match column {
        RawColumn::Pieces(pieces) if plain => numbers(rows, cells, |row| match pieces.get(row) {
            Some(piece) if is_number(piece.kind, formatted) => {
                let number = plain_number(text, piece.start as usize, piece.end());
                number.map_or(Quick::Unusual, |number| Quick::Is(Decimal::from_billionths(number.into())))
            }
            Some(Piece { kind: PieceKind::Missing, .. }) | None => Quick::Missing,
            Some(_) => Quick::Unusual,
        }),
        RawColumn::Whole { numbers: whole, known } if plain => {
            numbers(rows, cells, |row| match (known.get(row), whole.get(row)) {
                (Some(true), Some(number)) => Quick::Is(Decimal::whole(*number)),
                _ => Quick::Missing,
            })
        }
        RawColumn::Doubles { numbers: doubles, known } if plain => {
            numbers(rows, cells, |row| match (known.get(row), doubles.get(row)) {
                (Some(true), Some(number)) => exact_double(*number).map_or(Quick::Unusual, Quick::Is),
                _ => Quick::Missing,
            })
        }
        RawColumn::Absent => numbers(rows, cells, |_| Quick::Missing),
        _ => numbers(rows, cells, |_| Quick::Unusual),
    }
}

fn is_number(kind: PieceKind, formatted: bool) -> bool {
    kind == PieceKind::Number || (kind == PieceKind::Text && !formatted)
}

/// Numbers that `quick` reads, then those that it does not, and those beyond the declared range, one by one.
#[inline(always)]
fn numbers(rows: usize, cells: &mut Cells<'_, '_>, quick: impl Fn(usize) -> Quick<Decimal>) -> NumberColumn {
    let mut column = NumberColumn { values: Vec::with_capacity(rows), known: Mask::new(rows, false) };
    let mut unusual = Vec::new();
    for (place, known) in column.known.words_mut().iter_mut().enumerate() {
        let begin = place * 64;
        column.values.extend((begin..rows.min(begin + 64)).map(|row| match quick(row) {
            Quick::Is(number) => {
                *known |= 1 << (row - begin);
                number
            }
            Quick::Missing => Decimal::ZERO,
            Quick::Unusual => {
                unusual.push(row);
                Decimal::ZERO
            }
        }));
    }
    beyond(&column, cells, &mut unusual);
    for row in unusual {
        let number = match cells.value(row) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        column.known.set(row, number.is_some());
        if let Some(place) = column.values.get_mut(row) {
            *place = number.unwrap_or_default();
        }
    }
    cells.require(&column.known);
    column
}

/// Adds the rows whose number lies beyond the declared range.
fn beyond(column: &NumberColumn, cells: &Cells<'_, '_>, unusual: &mut Vec<usize>) {
    let FieldKind::Number { from, to, .. } = &cells.field.kind else { return };
    if from.is_none() && to.is_none() {
        return;
    }
    column.known.each(|row| {
        let number = column.values.get(row);
        let within =
            number.is_none_or(|number| from.is_none_or(|from| from <= *number) && to.is_none_or(|to| *number <= to));
        if !within {
            unusual.push(row);
        }
    });
}

/// A double that is whole, or a decimal of at most 15 digits, 6 of them behind the point. Such a one is the shortest that reads
/// back as the double, so it is also what the careful way reads.
fn exact_double(number: f64) -> Option<Decimal> {
    const MILLION: f64 = 1e6;
    /// Up to here doubles hold every whole number, so its digits are the shortest that read back as it.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    if number.abs() < WHOLE && number as i64 as f64 == number {
        return Some(Decimal::whole(number as i64));
    }
    let millionths = (number * MILLION) as i64;
    let nearest = [millionths, millionths.saturating_add(1), millionths.saturating_sub(1)];
    let exact =
        |millionths: &i64| millionths.unsigned_abs() < 1_000_000_000_000_000 && *millionths as f64 / MILLION == number;
    let exact = nearest.into_iter().find(exact)?;
    Some(Decimal::from_billionths(i128::from(exact) * 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_double_is_its_shortest_decimal(millionths in -1_000_000_000_000_000_i64..1_000_000_000_000_000, any in any::<f64>()) {
            for number in [millionths as f64 / 1e6, millionths as f64 / 1e3, any] {
                if let Some(quick) = exact_double(number) {
                    prop_assert_eq!(Some(quick), Decimal::parse(&number.to_string()));
                }
            }
        }
    }
}
