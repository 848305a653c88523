//! Columns of dates.

use super::{Cells, Quick};
use crate::data::batch::{Piece, PieceKind, RawColumn};
use crate::model::FieldKind;
use crate::run::batch::{DateColumn, Mask};
use crate::value::{Moment, Value, Zone, plain_date};

/// `plain`: whether no placeholder looks like a date.
pub(super) fn read(column: &RawColumn, rows: usize, plain: bool, cells: &mut Cells<'_, '_>) -> DateColumn {
    let declared = matches!(&cells.field.kind, FieldKind::Date { format, unit } if format.is_some() || unit.is_some());
    let raw = cells.raw;
    let utc = *cells.reading.zone == Zone::utc();
    let mut unusual = Vec::new();
    let mut values: Vec<Option<Moment>> = match column {
        RawColumn::Pieces(pieces) => filled(rows, &mut unusual, |row| match pieces.get(row) {
            Some(Piece { kind: PieceKind::Missing, .. }) | None => Quick::Missing,
            Some(piece) if plain && !declared && piece.kind == PieceKind::Text => {
                plain_date(raw.bytes(*piece), utc).map_or(Quick::Unusual, Quick::Is)
            }
            Some(_) => Quick::Unusual,
        }),
        RawColumn::Dates(dates) => dates.clone(),
        RawColumn::Absent => vec![None; rows],
        _ => filled(rows, &mut unusual, |_| Quick::Unusual),
    };
    for row in unusual {
        if let (Some(Value::Date(date)), Some(place)) = (cells.value(row), values.get_mut(row)) {
            *place = Some(date);
        }
    }
    if cells.field.required {
        cells.require(&Mask::of(values.iter().map(Option::is_some)));
    }
    DateColumn { values }
}

/// Dates that `quick` reads; the rows of others are added to `unusual`.
#[inline(always)]
fn filled(rows: usize, unusual: &mut Vec<usize>, quick: impl Fn(usize) -> Quick<Moment>) -> Vec<Option<Moment>> {
    let date = |row| match quick(row) {
        Quick::Is(date) => Some(date),
        Quick::Missing => None,
        Quick::Unusual => {
            unusual.push(row);
            None
        }
    };
    (0..rows).map(date).collect()
}
