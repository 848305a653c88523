//! One column of a block, typed as its field is declared.
//!
//! | module | does |
//! |---|---|
//! | `numbers`, `dates`, `yes_nos`, `texts` | columns by type: cells as they usually are quickly, others one by one |

mod dates;
mod numbers;
mod texts;
mod yes_nos;

use crate::data::batch::{RawBatch, RawColumn};
use crate::data::fields::Reading;
use crate::model::{Field, FieldKind};
use crate::plan::TextUse;
use crate::run::batch::{Column, ListColumn, Mask};
use crate::run::texts::TextReader;
use crate::value::Value;
use std::sync::Arc;

/// Reads the cells of one field or property. What is unusual is left to [`Reading::value`], which decides what a cell is
/// and why it is wrong.
pub struct FieldReader<'model> {
    field: &'model Field,
    reading: Reading<'model>,
    /// Whether no placeholder looks like a number or a date.
    plain: bool,
    texts: TextReader<'model>,
}

/// Why cells could not be read, by row.
pub type Wrong<'a> = &'a mut dyn FnMut(usize, String);

impl<'model> FieldReader<'model> {
    pub fn new(field: &'model Field, reading: Reading<'model>, used: TextUse<'model>) -> FieldReader<'model> {
        let has_digits = |text: &String| text.chars().any(char::is_numeric);
        FieldReader {
            field,
            reading,
            plain: !reading.missing.iter().any(has_digits),
            texts: TextReader::new(used, reading.missing),
        }
    }

    /// The column of the block at `place`; rows told `wrong` are missing in it.
    pub fn read(&mut self, raw: &RawBatch, place: usize, wrong: Wrong<'_>) -> Column {
        let rows = raw.rows.len();
        let nothing = RawColumn::Absent;
        let column = raw.columns.get(place).unwrap_or(&nothing);
        let mut cells = Cells { field: self.field, reading: self.reading, raw, place, wrong };
        match &self.field.kind {
            FieldKind::Number { .. } => Column::Number(numbers::read(column, rows, self.plain, &mut cells)),
            FieldKind::YesNo { .. } => Column::YesNo(yes_nos::read(column, rows, &mut cells)),
            FieldKind::Date { .. } => Column::Date(dates::read(column, rows, self.plain, &mut cells)),
            FieldKind::ListOfText => Column::List(lists(rows, &mut cells)),
            FieldKind::Text | FieldKind::OneOf(_) => {
                self.texts.begin();
                let codes = texts::codes(column, rows, &mut self.texts, &mut cells);
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

/// A cell as the quick way has it.
enum Quick<T> {
    Is(T),
    Missing,
    /// The careful way decides.
    Unusual,
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

    fn yes_no(&mut self, row: usize) -> Option<bool> {
        match self.value(row) {
            Some(Value::YesNo(answer)) => Some(answer),
            _ => None,
        }
    }

    /// Tells rows without a value wrong, where one is required.
    fn require(&mut self, known: &Mask) {
        if self.field.required && !known.all() {
            let mut missing = known.clone();
            missing.not();
            missing.each(|row| drop(self.value(row)));
        }
    }
}

fn lists(rows: usize, cells: &mut Cells<'_, '_>) -> ListColumn {
    let list = |row| match cells.value(row) {
        Some(Value::List(texts)) => Some(Arc::new(texts)),
        _ => None,
    };
    ListColumn { values: (0..rows).map(list).collect() }
}
