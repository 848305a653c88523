//! Which rows are written, and in which order: `--sort`, `--top`.

use crate::data::DataError;
use crate::data::table::{Lines, OutCell, TableWriter};
use std::cmp::Ordering;
use std::sync::Arc;

/// By which column rows are sorted. Missing cells come last either way, equal ones in the order of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortBy {
    pub column: usize,
    pub descending: bool,
}

/// Rows on their way into a table; it holds no more of them than sorting needs.
pub struct Select {
    sort: Option<SortBy>,
    top: Option<usize>,
    held: Vec<Vec<OutCell<'static>>>,
    writer: TableWriter,
    written: u64,
}

impl Select {
    pub fn new(writer: TableWriter, sort: Option<SortBy>, top: Option<usize>) -> Select {
        Select { sort, top, held: Vec::new(), writer, written: 0 }
    }

    /// What writes rows as text on any thread, where all rows are written in the order of the input.
    pub fn lines(&self) -> Option<Arc<dyn Lines>> {
        if self.sort.is_none() && self.top.is_none() { self.writer.lines() } else { None }
    }

    /// Takes the next rows, which [`Select::lines`] made.
    ///
    /// # Errors
    /// As [`TableWriter::write_lines`].
    pub fn write_lines(&mut self, lines: &[u8], rows: u64) -> Result<(), DataError> {
        self.written += rows;
        self.writer.write_lines(lines)
    }

    /// Takes the next row in the order of the input.
    ///
    /// # Errors
    /// As [`TableWriter::row`].
    pub fn row(&mut self, row: Vec<OutCell<'static>>) -> Result<(), DataError> {
        let Some(sort) = self.sort else {
            return if self.top.is_some_and(|top| self.written >= top as u64) { Ok(()) } else { self.write(&row) };
        };
        self.held.push(row);
        if let Some(top) = self.top
            && self.held.len() >= top.saturating_mul(2).max(1024)
        {
            arrange(&mut self.held, sort, Some(top));
        }
        Ok(())
    }

    /// Writes what was held; the number of rows written in all.
    ///
    /// # Errors
    /// As [`TableWriter::finish`].
    pub fn finish(mut self) -> Result<u64, DataError> {
        if let Some(sort) = self.sort {
            let mut held = std::mem::take(&mut self.held);
            arrange(&mut held, sort, self.top);
            held.iter().try_for_each(|row| self.write(row))?;
        }
        self.writer.finish()?;
        Ok(self.written)
    }

    fn write(&mut self, row: &[OutCell<'_>]) -> Result<(), DataError> {
        self.written += 1;
        self.writer.row(row)
    }
}

/// Sorts (stably) and cuts.
fn arrange(rows: &mut Vec<Vec<OutCell<'static>>>, sort: SortBy, top: Option<usize>) {
    rows.sort_by(|one, two| match (one.get(sort.column), two.get(sort.column)) {
        (Some(one), Some(two)) => compare(one, two, sort.descending),
        _ => Ordering::Equal,
    });
    rows.truncate(top.unwrap_or(usize::MAX));
}

fn compare(one: &OutCell<'_>, two: &OutCell<'_>, descending: bool) -> Ordering {
    match (rank(one), rank(two)) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(two)) if descending => two.cmp(&one),
        (Some(one), Some(two)) => one.cmp(&two),
    }
}

/// A known cell as something that has an order: numbers before texts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    YesNo(bool),
    Number(crate::value::Decimal),
    Instant(crate::value::Instant),
    Text(String),
}

fn rank(cell: &OutCell<'_>) -> Option<Rank> {
    match cell {
        OutCell::Missing => None,
        OutCell::Text(text) => Some(Rank::Text(text.clone().into_owned())),
        OutCell::Number(number) => Some(Rank::Number(*number)),
        OutCell::YesNo(yes) => Some(Rank::YesNo(*yes)),
        OutCell::Instant(instant) => Some(Rank::Instant(*instant)),
        OutCell::AsRead(cell) => {
            let text = cell.text().filter(|text| !text.trim().is_empty())?;
            Some(crate::value::Decimal::parse(text.trim()).map_or(Rank::Text(text), Rank::Number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Decimal;

    fn rows(numbers: &[Option<i64>]) -> Vec<Vec<OutCell<'static>>> {
        let cell = |number: Option<i64>| number.map_or(OutCell::Missing, |n| OutCell::Number(Decimal::whole(n)));
        numbers.iter().zip(0..).map(|(number, at)| vec![cell(*number), OutCell::Number(Decimal::whole(at))]).collect()
    }

    fn order(mut rows: Vec<Vec<OutCell<'static>>>, descending: bool, top: Option<usize>) -> Vec<i64> {
        arrange(&mut rows, SortBy { column: 0, descending }, top);
        rows.iter().filter_map(|row| if let OutCell::Number(at) = row[1] { at.to_i64() } else { None }).collect()
    }

    #[test]
    fn missing_is_last_and_ties_keep_their_order() {
        let input = [Some(5), None, Some(9), Some(5)];
        assert_eq!(order(rows(&input), false, None), [0, 3, 2, 1]);
        assert_eq!(order(rows(&input), true, None), [2, 0, 3, 1]);
        assert_eq!(order(rows(&input), true, Some(2)), [2, 0]);
    }
}
