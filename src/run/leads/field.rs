//! One column of a block, typed as its field is declared.

use super::date::plain_date;
use super::number::{plain_number, short_word};
use super::stand_in::{OTHER_DOMAIN, Part, SOME_TEXT, StandIn};
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

    /// As [`Cells::missing`]: no value, of whatever type.
    fn absent<T>(&mut self, row: usize) -> Option<T> {
        self.missing(row);
        None
    }

    fn yes_no(&mut self, row: usize) -> Option<bool> {
        match self.value(row) {
            Some(Value::YesNo(answer)) => Some(answer),
            _ => None,
        }
    }
}

fn numbers(column: &RawColumn, rows: usize, plain: bool, cells: &mut Cells<'_, '_>) -> NumberColumn {
    let FieldKind::Number { format, .. } = &cells.field.kind else { return NumberColumn::default() };
    // A declared format says how texts write a number; JSON has its own way.
    let formatted = format.is_some();
    let raw = cells.raw;
    match column {
        RawColumn::Pieces(pieces) if plain => number_column(rows, cells, |row| match pieces.get(row) {
            Some(piece) if is_number(piece.kind, formatted) => {
                let number = plain_number(raw.text.as_bytes(), piece.start as usize, piece.end());
                number.map_or(Quick::Unusual, |number| Quick::Is(Decimal::from_billionths(number.into())))
            }
            Some(Piece { kind: PieceKind::Missing, .. }) | None => Quick::Missing,
            Some(_) => Quick::Unusual,
        }),
        RawColumn::Whole { numbers, known } if plain => {
            number_column(rows, cells, |row| match (known.get(row), numbers.get(row)) {
                (Some(true), Some(number)) => Quick::Is(Decimal::whole(*number)),
                _ => Quick::Missing,
            })
        }
        RawColumn::Doubles { numbers, known } if plain => {
            number_column(rows, cells, |row| match (known.get(row), numbers.get(row)) {
                (Some(true), Some(number)) => exact_double(*number).map_or(Quick::Unusual, Quick::Is),
                _ => Quick::Missing,
            })
        }
        RawColumn::Absent => number_column(rows, cells, |_| Quick::Missing),
        _ => number_column(rows, cells, |_| Quick::Unusual),
    }
}

fn is_number(kind: PieceKind, formatted: bool) -> bool {
    kind == PieceKind::Number || (kind == PieceKind::Text && !formatted)
}

/// Numbers that `quick` reads; those beyond the declared range are unusual.
#[inline(always)]
fn number_column(rows: usize, cells: &mut Cells<'_, '_>, quick: impl Fn(usize) -> Quick<Decimal>) -> NumberColumn {
    let (from, to) = match &cells.field.kind {
        FieldKind::Number { from, to, .. } => (*from, *to),
        _ => (None, None),
    };
    let within = |number: Decimal| from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to);
    let mut numbers = NumberColumn { values: Vec::with_capacity(rows), known: Mask::new(rows, true) };
    for row in 0..rows {
        let number = match quick(row) {
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
    let millionths = (number * MILLION) as i64;
    let nearest = [millionths, millionths.saturating_add(1), millionths.saturating_sub(1)];
    let exact =
        |millionths: &i64| millionths.unsigned_abs() < 1_000_000_000_000_000 && *millionths as f64 / MILLION == number;
    let exact = nearest.into_iter().find(exact)?;
    Some(Decimal::from_billionths(i128::from(exact) * 1_000))
}

fn yes_nos(column: &RawColumn, rows: usize, cells: &mut Cells<'_, '_>) -> YesNoColumn {
    let plain = cells.reading.missing.is_empty();
    let raw = cells.raw;
    match column {
        RawColumn::Pieces(pieces) => {
            // The few short texts that mean yes or no, as met so far.
            let mut met: Vec<(u64, bool)> = Vec::new();
            yes_no_column(rows, |row| match pieces.get(row) {
                None | Some(Piece { kind: PieceKind::Missing, .. }) => cells.absent(row),
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
        RawColumn::YesNo { yes, known } if plain => yes_no_column(rows, |row| match known.get(row) {
            Some(true) => yes.get(row).copied(),
            _ => cells.absent(row),
        }),
        RawColumn::Absent => yes_no_column(rows, |row| cells.absent(row)),
        _ => yes_no_column(rows, |row| cells.yes_no(row)),
    }
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

fn dates(column: &RawColumn, rows: usize, plain: bool, cells: &mut Cells<'_, '_>) -> DateColumn {
    let declared = matches!(&cells.field.kind, FieldKind::Date { format, unit } if format.is_some() || unit.is_some());
    let raw = cells.raw;
    match column {
        RawColumn::Pieces(pieces) => date_column(rows, cells, |row| match pieces.get(row) {
            Some(Piece { kind: PieceKind::Missing, .. }) | None => Quick::Missing,
            Some(piece) if plain && !declared && piece.kind == PieceKind::Text => {
                plain_date(raw.bytes(*piece)).map_or(Quick::Unusual, Quick::Is)
            }
            Some(_) => Quick::Unusual,
        }),
        RawColumn::Dates(dates) => {
            date_column(rows, cells, |row| dates.get(row).copied().flatten().map_or(Quick::Missing, Quick::Is))
        }
        RawColumn::Absent => date_column(rows, cells, |_| Quick::Missing),
        _ => date_column(rows, cells, |_| Quick::Unusual),
    }
}

#[inline(always)]
fn date_column(rows: usize, cells: &mut Cells<'_, '_>, quick: impl Fn(usize) -> Quick<Moment>) -> DateColumn {
    let mut values = Vec::with_capacity(rows);
    for row in 0..rows {
        values.push(match quick(row) {
            Quick::Is(date) => Some(date),
            Quick::Unusual => match cells.value(row) {
                Some(Value::Date(date)) => Some(date),
                _ => None,
            },
            Quick::Missing => cells.absent(row),
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
    // Of this block.
    let (mut some_text, mut other_domain) = (None, None);
    let mut code = |text: &[u8], texts: &mut TextReader| match used.of(text, missing) {
        Part::Text(text) => texts.code(text, read),
        Part::Known => *some_text.get_or_insert_with(|| texts.code(SOME_TEXT.as_bytes(), read)),
        Part::OtherDomain => *other_domain.get_or_insert_with(|| texts.code(OTHER_DOMAIN.as_bytes(), read)),
    };
    match column {
        RawColumn::Pieces(pieces) => {
            for (row, piece) in pieces.iter().enumerate().take(rows) {
                codes.push(match piece.kind {
                    PieceKind::Text | PieceKind::Number => code(cells.raw.bytes(*piece), texts),
                    PieceKind::Missing => NO_TEXT,
                    PieceKind::Yes | PieceKind::No | PieceKind::Json => careful_code(row, texts, cells),
                });
            }
        }
        RawColumn::Coded { dictionary, codes: places } => {
            // Each text of the dictionary is looked up once.
            let mut known: Vec<Option<u32>> = vec![None; dictionary.len()];
            for place in places.iter().take(rows) {
                let code = match (*place, known.get_mut(*place as usize), dictionary.get(*place as usize)) {
                    (MISSING, ..) => NO_TEXT,
                    (_, Some(known), Some(text)) => *known.get_or_insert_with(|| code(text.as_bytes(), texts)),
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
        Ok(Some(Value::Text(text))) => texts.code(text.given.clone().as_bytes(), |_| Some(text)),
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
