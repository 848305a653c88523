//! One column of a block, typed as its field is declared.

use super::date::plain_date;
use super::number::plain_number;
use super::stand_in::StandIn;
use super::text::TextReader;
use crate::data::batch::{MISSING, Piece, PieceKind, RawBatch, RawColumn};
use crate::data::fields::Reading;
use crate::model::{Field, FieldKind};
use crate::plan::TextUse;
use crate::run::batch::{Column, DateColumn, ListColumn, Mask, NO_TEXT, NumberColumn, YesNoColumn};
use crate::value::{Decimal, Moment, Text, Value};
use std::sync::Arc;

/// Reads the cells of one field or property. What is unusual is left to [`Reading::value`], which decides what a cell is
/// and why it is wrong.
pub struct FieldReader<'model> {
    field: &'model Field,
    reading: Reading<'model>,
    /// Whether no placeholder looks like a number or a date.
    plain: bool,
    texts: TextReader,
    /// How much of its texts matters.
    used: StandIn,
}

/// Why cells could not be read, by row.
pub type Wrong<'a> = &'a mut dyn FnMut(usize, String);

impl<'model> FieldReader<'model> {
    pub fn new(field: &'model Field, reading: Reading<'model>, used: TextUse) -> FieldReader<'model> {
        let has_digits = |text: &String| text.chars().any(char::is_numeric);
        FieldReader {
            field,
            reading,
            plain: !reading.missing.iter().any(has_digits),
            texts: TextReader::default(),
            used: StandIn::new(used),
        }
    }

    /// The column of the block at `place`; rows told `wrong` are missing in it.
    pub fn read(&mut self, raw: &RawBatch, place: usize, wrong: Wrong<'_>) -> Column {
        let rows = raw.rows.len();
        let nothing = RawColumn::Absent;
        let column = raw.columns.get(place).unwrap_or(&nothing);
        let mut cells = Cells { field: self.field, reading: self.reading, raw, place, wrong };
        match &self.field.kind {
            FieldKind::Number { .. } => Column::Number(numbers(column, rows, self.plain, &mut cells)),
            FieldKind::YesNo { .. } => Column::YesNo(yes_nos(column, rows, &mut cells)),
            FieldKind::Date { .. } => Column::Date(dates(column, rows, self.plain, &mut cells)),
            FieldKind::ListOfText => Column::List(lists(rows, &mut cells)),
            FieldKind::Text | FieldKind::OneOf(_) => {
                self.texts.begin();
                let codes = text_codes(column, rows, &self.used, &mut self.texts, &mut cells);
                Column::Text(self.texts.column(codes))
            }
        }
    }

    pub fn field(&self) -> &'model Field {
        self.field
    }
}

/// The cells of a column, one by one: the careful way.
struct Cells<'a, 'model> {
    field: &'model Field,
    reading: Reading<'model>,
    raw: &'a RawBatch,
    place: usize,
    wrong: Wrong<'a>,
}

impl Cells<'_, '_> {
    fn value(&mut self, row: usize) -> Option<Value> {
        match self.reading.value(&self.raw.cell(self.place, row), self.field) {
            Ok(value) => value,
            Err(reason) => {
                (self.wrong)(row, reason);
                None
            }
        }
    }

    fn missing(&mut self, row: usize) {
        if self.field.required {
            self.value(row);
        }
    }
}

fn numbers(column: &RawColumn, rows: usize, plain: bool, cells: &mut Cells<'_, '_>) -> NumberColumn {
    let FieldKind::Number { from, to, format } = &cells.field.kind else { return NumberColumn::default() };
    let (from, to) = (*from, *to);
    let within = |number: Decimal| from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to);
    // A declared format says how texts write a number; JSON has its own way.
    let formatted = format.is_some();
    if let RawColumn::Pieces(pieces) = column
        && plain
        && !formatted
    {
        return plain_numbers(pieces, &within, cells);
    }
    let mut numbers = NumberColumn { values: Vec::with_capacity(rows), known: Mask::new(rows, true) };
    for row in 0..rows {
        let quick = match column {
            RawColumn::Pieces(pieces) => match pieces.get(row) {
                Some(Piece { kind: PieceKind::Missing, .. }) | None => Quick::Missing,
                Some(piece) if plain && (piece.kind == PieceKind::Number || !formatted) => {
                    match plain_number(cells.raw.piece(*piece).as_bytes()) {
                        Some(number) if matches!(piece.kind, PieceKind::Text | PieceKind::Number) => {
                            Quick::Is(Decimal::from_billionths(number.into()))
                        }
                        _ => Quick::Unusual,
                    }
                }
                Some(_) => Quick::Unusual,
            },
            RawColumn::Whole { numbers, known } if plain => match (known.get(row), numbers.get(row)) {
                (Some(true), Some(number)) => Quick::Is(Decimal::whole(*number)),
                _ => Quick::Missing,
            },
            RawColumn::Doubles { numbers, known } if plain => match (known.get(row), numbers.get(row)) {
                (Some(true), Some(number)) => exact_double(*number).map_or(Quick::Unusual, Quick::Is),
                _ => Quick::Missing,
            },
            RawColumn::Absent => Quick::Missing,
            _ => Quick::Unusual,
        };
        let number = match quick {
            Quick::Is(number) if within(number) => Some(number),
            Quick::Is(_) | Quick::Unusual => match cells.value(row) {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            },
            Quick::Missing => {
                cells.missing(row);
                None
            }
        };
        if number.is_none() {
            numbers.known.set(row, false);
        }
        numbers.values.push(number.unwrap_or_default());
    }
    numbers
}

/// Numbers of a text format, where nothing is declared about how they are written.
fn plain_numbers(pieces: &[Piece], within: &dyn Fn(Decimal) -> bool, cells: &mut Cells<'_, '_>) -> NumberColumn {
    let mut numbers = NumberColumn { values: Vec::with_capacity(pieces.len()), known: Mask::new(pieces.len(), true) };
    for (row, piece) in pieces.iter().enumerate() {
        let quick = match piece.kind {
            PieceKind::Text | PieceKind::Number => plain_number(cells.raw.piece(*piece).as_bytes()),
            _ => None,
        };
        let quick = quick.map(|number| Decimal::from_billionths(number.into())).filter(|number| within(*number));
        let number = match quick {
            Some(number) => Some(number),
            None if piece.kind == PieceKind::Missing => {
                cells.missing(row);
                None
            }
            None => match cells.value(row) {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            },
        };
        if number.is_none() {
            numbers.known.set(row, false);
        }
        numbers.values.push(number.unwrap_or_default());
    }
    numbers
}

/// A cell as the quick way has it.
enum Quick<T> {
    Is(T),
    Missing,
    /// The careful way decides.
    Unusual,
}

/// A double that is a decimal of at most 15 digits, 6 of them behind the point. Such a one is the shortest that reads
/// back as the double, so it is also what the careful way reads.
fn exact_double(number: f64) -> Option<Decimal> {
    const MILLION: f64 = 1e6;
    let millionths = (number * MILLION).round();
    let exact = millionths.abs() < 1e15 && millionths / MILLION == number;
    exact.then(|| Decimal::from_billionths(i128::from(millionths as i64) * 1_000))
}

fn yes_nos(column: &RawColumn, rows: usize, cells: &mut Cells<'_, '_>) -> YesNoColumn {
    let plain = cells.reading.missing.is_empty();
    let mut answers = YesNoColumn { yes: Mask::new(rows, false), known: Mask::new(rows, false) };
    // The few texts that mean yes or no, as met last.
    let mut met: Vec<(&str, bool)> = Vec::new();
    for row in 0..rows {
        let piece = match column {
            RawColumn::Pieces(pieces) => pieces.get(row).copied(),
            _ => None,
        };
        let text = piece.filter(|piece| piece.kind == PieceKind::Text).map(|piece| cells.raw.piece(piece));
        let known = text.and_then(|text| met.iter().find(|(known, _)| *known == text));
        let answer = match (piece.map(|piece| piece.kind), column) {
            (Some(PieceKind::Missing), _) | (_, RawColumn::Absent) => {
                cells.missing(row);
                None
            }
            (Some(PieceKind::Yes), _) if plain => Some(true),
            (Some(PieceKind::No), _) if plain => Some(false),
            (_, RawColumn::YesNo { yes, known }) if plain && known.get(row) == Some(&true) => yes.get(row).copied(),
            _ => match (known, text) {
                (Some((_, answer)), _) => Some(*answer),
                (None, text) => match (cells.value(row), text) {
                    (Some(Value::YesNo(answer)), Some(text)) if met.len() < 8 => {
                        met.push((text, answer));
                        Some(answer)
                    }
                    (Some(Value::YesNo(answer)), _) => Some(answer),
                    _ => None,
                },
            },
        };
        answers.known.set(row, answer.is_some());
        answers.yes.set(row, answer == Some(true));
    }
    answers
}

fn dates(column: &RawColumn, rows: usize, plain: bool, cells: &mut Cells<'_, '_>) -> DateColumn {
    let declared = matches!(&cells.field.kind, FieldKind::Date { format, unit } if format.is_some() || unit.is_some());
    let mut values = Vec::with_capacity(rows);
    for row in 0..rows {
        let quick: Quick<Moment> = match column {
            RawColumn::Pieces(pieces) => match pieces.get(row) {
                Some(Piece { kind: PieceKind::Missing, .. }) | None => Quick::Missing,
                Some(piece) if plain && !declared && piece.kind == PieceKind::Text => {
                    plain_date(cells.raw.piece(*piece).as_bytes()).map_or(Quick::Unusual, Quick::Is)
                }
                Some(_) => Quick::Unusual,
            },
            RawColumn::Dates(dates) => dates.get(row).copied().flatten().map_or(Quick::Missing, Quick::Is),
            RawColumn::Absent => Quick::Missing,
            _ => Quick::Unusual,
        };
        values.push(match quick {
            Quick::Is(date) => Some(date),
            Quick::Unusual => match cells.value(row) {
                Some(Value::Date(date)) => Some(date),
                _ => None,
            },
            Quick::Missing => {
                cells.missing(row);
                None
            }
        });
    }
    DateColumn { values }
}

fn lists(rows: usize, cells: &mut Cells<'_, '_>) -> ListColumn {
    let list = |row| match cells.value(row) {
        Some(Value::List(texts)) => Some(Arc::new(texts)),
        _ => None,
    };
    ListColumn { values: (0..rows).map(list).collect() }
}

fn text_codes(
    column: &RawColumn,
    rows: usize,
    used: &StandIn,
    texts: &mut TextReader,
    cells: &mut Cells<'_, '_>,
) -> Vec<u32> {
    let mut codes = Vec::with_capacity(rows);
    let missing = cells.reading.missing;
    let read = |text: &str| Text::new(text).filter(|text| !missing.contains(&text.folded));
    let part = |text| used.of(text, missing);
    match column {
        RawColumn::Pieces(pieces) => {
            for (row, piece) in pieces.iter().enumerate().take(rows) {
                let code = match piece.kind {
                    PieceKind::Missing => NO_TEXT,
                    PieceKind::Text | PieceKind::Number => texts.code(part(cells.raw.piece(*piece)), read),
                    PieceKind::Yes | PieceKind::No | PieceKind::Json => careful_code(row, texts, cells),
                };
                codes.push(code);
            }
        }
        RawColumn::Coded { dictionary, codes: places } => {
            // Of this block: each text of the dictionary is looked up once.
            let mut known: Vec<Option<u32>> = vec![None; dictionary.len()];
            for place in places.iter().take(rows) {
                let code = match (*place, known.get_mut(*place as usize), dictionary.get(*place as usize)) {
                    (MISSING, ..) => NO_TEXT,
                    (_, Some(known), Some(text)) => *known.get_or_insert_with(|| texts.code(part(text), read)),
                    _ => NO_TEXT,
                };
                codes.push(code);
            }
        }
        RawColumn::Absent => codes.resize(rows, NO_TEXT),
        _ => codes.extend((0..rows).map(|row| careful_code(row, texts, cells))),
    }
    if cells.field.required {
        let absent = codes.iter().enumerate().filter(|(_, code)| **code == NO_TEXT).map(|(row, _)| row);
        absent.for_each(|row| cells.missing(row));
    }
    codes
}

/// A number, a truth or nested JSON in a text field.
fn careful_code(row: usize, texts: &mut TextReader, cells: &mut Cells<'_, '_>) -> u32 {
    // A missing value of a required field is told once, by the caller.
    let field = Field { required: false, ..cells.field.clone() };
    match cells.reading.value(&cells.raw.cell(cells.place, row), &field) {
        Ok(Some(Value::Text(text))) => texts.code(&text.given.clone(), |_| Some(text)),
        Ok(_) => NO_TEXT,
        Err(reason) => {
            (cells.wrong)(row, reason);
            NO_TEXT
        }
    }
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
