//! Memory of columns that is used again from batch to batch.

use super::values::{Slot, Values};
use crate::run::batch::{Column, DateColumn, Mask, NumberColumn, TextColumn};
use crate::value::{Decimal, Moment};

/// Vectors that no batch holds now. Those that are taken have as many rows as asked for, all 0, no or missing.
#[derive(Debug, Default)]
pub(super) struct Spare {
    decimals: Vec<Vec<Decimal>>,
    narrow: Vec<Vec<i64>>,
    words: Vec<Vec<u64>>,
    codes: Vec<Vec<u32>>,
    dates: Vec<Vec<Option<Moment>>>,
}

impl Spare {
    pub fn decimals(&mut self, rows: usize) -> Vec<Decimal> {
        fresh(&mut self.decimals, rows, Decimal::ZERO)
    }

    pub fn narrow(&mut self, rows: usize) -> Vec<i64> {
        fresh(&mut self.narrow, rows, 0)
    }

    pub fn codes(&mut self, rows: usize) -> Vec<u32> {
        fresh(&mut self.codes, rows, 0)
    }

    pub fn dates(&mut self, rows: usize) -> Vec<Option<Moment>> {
        fresh(&mut self.dates, rows, None)
    }

    pub fn mask(&mut self, rows: usize, bit: bool) -> Mask {
        let words = fresh(&mut self.words, rows.div_ceil(64), if bit { u64::MAX } else { 0 });
        Mask::from_words(words, rows)
    }

    pub fn mask_like(&mut self, mask: &Mask) -> Mask {
        Mask::from_words(copied(&mut self.words, mask.words()), mask.rows())
    }

    /// Missing in every row.
    pub fn numbers(&mut self, rows: usize) -> NumberColumn {
        NumberColumn { values: self.decimals(rows), known: self.mask(rows, false) }
    }

    pub fn copy(&mut self, column: &Column) -> Column {
        match column {
            Column::Number(column) => Column::Number(self.copy_numbers(column)),
            Column::Text(column) => {
                Column::Text(TextColumn { codes: copied(&mut self.codes, &column.codes), texts: column.texts.clone() })
            }
            Column::Date(column) => Column::Date(DateColumn { values: copied(&mut self.dates, &column.values) }),
            other => other.clone(),
        }
    }

    pub fn copy_numbers(&mut self, column: &NumberColumn) -> NumberColumn {
        NumberColumn { values: copied(&mut self.decimals, &column.values), known: self.mask_like(&column.known) }
    }

    pub fn keep_decimals(&mut self, decimals: Vec<Decimal>) {
        keep(&mut self.decimals, decimals);
    }

    pub fn keep_narrow(&mut self, narrow: Vec<i64>) {
        keep(&mut self.narrow, narrow);
    }

    pub fn keep_mask(&mut self, mask: Mask) {
        keep(&mut self.words, mask.into_words());
    }

    pub fn keep_codes(&mut self, codes: Vec<u32>) {
        keep(&mut self.codes, codes);
    }

    pub fn keep_column(&mut self, column: Column) {
        match column {
            Column::Number(column) => {
                self.keep_decimals(column.values);
                self.keep_mask(column.known);
            }
            Column::Text(column) => self.keep_codes(column.codes),
            Column::YesNo(column) => {
                self.keep_mask(column.yes);
                self.keep_mask(column.known);
            }
            Column::Date(column) => keep(&mut self.dates, column.values),
            Column::List(_) => {}
        }
    }

    /// Takes back what the values of a finished batch hold.
    pub fn keep_values(&mut self, values: Values<'_>) {
        values.masks.into_iter().flatten().for_each(|mask| self.keep_mask(mask));
        self.keep_mask(values.too_large);
        values.classes.into_iter().flatten().for_each(|column| self.keep_codes(column.classes));
        for slots in [values.numbers, values.texts, values.dates, values.yes_nos, values.lists] {
            for slot in slots.into_iter().flatten() {
                if let Slot::Owned(column) = slot {
                    self.keep_column(column);
                }
            }
        }
    }
}

/// Vectors of one type that are kept at most.
const KEPT: usize = 256;

fn keep<T>(spare: &mut Vec<Vec<T>>, vector: Vec<T>) {
    if spare.len() < KEPT {
        spare.push(vector);
    }
}

fn copied<T: Copy>(spare: &mut Vec<Vec<T>>, values: &[T]) -> Vec<T> {
    let mut vector = spare.pop().unwrap_or_default();
    vector.clear();
    vector.extend_from_slice(values);
    vector
}

fn fresh<T: Copy>(spare: &mut Vec<Vec<T>>, rows: usize, blank: T) -> Vec<T> {
    let mut vector = spare.pop().unwrap_or_default();
    vector.clear();
    vector.resize(rows, blank);
    vector
}
