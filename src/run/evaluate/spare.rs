//! Memory of columns that is used again from batch to batch.

use super::values::{Slot, Values};
use crate::run::batch::{Column, DateColumn, Mask, NumberColumn, TextColumn};
use crate::value::{Decimal, Moment};

/// Vectors that no batch holds now. Those that are taken have as many rows as asked for, all 0, no or missing.
#[derive(Debug, Default)]
pub(super) struct Spare {
    decimals: Pool<Decimal>,
    narrow: Pool<i64>,
    words: Pool<u64>,
    codes: Pool<u32>,
    dates: Pool<Option<Moment>>,
}

/// Vectors of one type. No more are kept than were taken: other ones come back too, from batch to batch.
#[derive(Debug, Default)]
struct Pool<T> {
    vectors: Vec<Vec<T>>,
    taken: usize,
}

impl Spare {
    pub fn decimals(&mut self, rows: usize) -> Vec<Decimal> {
        self.decimals.fresh(rows, Decimal::ZERO)
    }

    pub fn narrow(&mut self, rows: usize) -> Vec<i64> {
        self.narrow.fresh(rows, 0)
    }

    pub fn codes(&mut self, rows: usize) -> Vec<u32> {
        self.codes.fresh(rows, 0)
    }

    pub fn dates(&mut self, rows: usize) -> Vec<Option<Moment>> {
        self.dates.fresh(rows, None)
    }

    pub fn mask(&mut self, rows: usize, bit: bool) -> Mask {
        let words = self.words.fresh(rows.div_ceil(64), if bit { u64::MAX } else { 0 });
        Mask::from_words(words, rows)
    }

    pub fn mask_like(&mut self, mask: &Mask) -> Mask {
        Mask::from_words(self.words.copied(mask.words()), mask.rows())
    }

    /// Missing in every row.
    pub fn numbers(&mut self, rows: usize) -> NumberColumn {
        NumberColumn { values: self.decimals(rows), known: self.mask(rows, false) }
    }

    pub fn copy(&mut self, column: &Column) -> Column {
        match column {
            Column::Number(column) => Column::Number(self.copy_numbers(column)),
            Column::Text(column) => {
                Column::Text(TextColumn { codes: self.codes.copied(&column.codes), texts: column.texts.clone() })
            }
            Column::Date(column) => Column::Date(DateColumn { values: self.dates.copied(&column.values) }),
            other => other.clone(),
        }
    }

    pub fn copy_numbers(&mut self, column: &NumberColumn) -> NumberColumn {
        NumberColumn { values: self.decimals.copied(&column.values), known: self.mask_like(&column.known) }
    }

    pub fn keep_decimals(&mut self, decimals: Vec<Decimal>) {
        self.decimals.keep(decimals);
    }

    pub fn keep_narrow(&mut self, narrow: Vec<i64>) {
        self.narrow.keep(narrow);
    }

    pub fn keep_mask(&mut self, mask: Mask) {
        self.words.keep(mask.into_words());
    }

    pub fn keep_codes(&mut self, codes: Vec<u32>) {
        self.codes.keep(codes);
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
            Column::Date(column) => self.dates.keep(column.values),
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

impl<T: Copy> Pool<T> {
    fn keep(&mut self, vector: Vec<T>) {
        if self.taken > 0 {
            self.taken -= 1;
            self.vectors.push(vector);
        }
    }

    fn copied(&mut self, values: &[T]) -> Vec<T> {
        let mut vector = self.empty();
        vector.extend_from_slice(values);
        vector
    }

    fn fresh(&mut self, rows: usize, blank: T) -> Vec<T> {
        let mut vector = self.empty();
        vector.resize(rows, blank);
        vector
    }

    fn empty(&mut self) -> Vec<T> {
        self.taken += 1;
        let mut vector = self.vectors.pop().unwrap_or_default();
        vector.clear();
        vector
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_kept_than_was_taken() {
        let mut pool = Pool::default();
        (0..10).for_each(|_| pool.keep(vec![1]));
        assert!(pool.vectors.is_empty());
        let taken = [pool.fresh(3, 0), pool.copied(&[4, 5])];
        assert_eq!(taken, [vec![0; 3], vec![4, 5]]);
        taken.into_iter().chain([vec![6]]).for_each(|vector| pool.keep(vector));
        assert_eq!(pool.vectors.len(), 2);
        assert_eq!(pool.fresh(1, 9), [9]);
    }
}
