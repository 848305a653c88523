//! Whether the cells of a column are dates, and how they are written.

use crate::value::{DateFormat, Zone, read_date};
use std::sync::LazyLock;

/// The day's part of a format, in the order of preference.
const DAYS: [&str; 33] = [
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "YYYY/MM/DD",
    "D/M/YYYY",
    "M/D/YYYY",
    "YYYY/M/D",
    "DD.MM.YYYY",
    "MM.DD.YYYY",
    "YYYY.MM.DD",
    "D.M.YYYY",
    "M.D.YYYY",
    "DD-MM-YYYY",
    "MM-DD-YYYY",
    "D-M-YYYY",
    "M-D-YYYY",
    "YYYY-M-D",
    "D Mon YYYY",
    "D-Mon-YYYY",
    "D. Mon YYYY",
    "D/Mon/YYYY",
    "Mon D, YYYY",
    "Mon D YYYY",
    "YYYY-Mon-D",
    "DD/MM/YY",
    "MM/DD/YY",
    "D/M/YY",
    "M/D/YY",
    "DD.MM.YY",
    "D.M.YY",
    "DD-MM-YY",
    "MM-DD-YY",
    "D Mon YY",
    "D-Mon-YY",
];

/// The time's part of a format.
const TIMES: [&str; 8] = ["", " HH:mm:ss", " HH:mm", " H:mm:ss", " H:mm", ", HH:mm:ss", ", HH:mm", "THH:mm:ss"];

static FORMATS: LazyLock<Vec<DateFormat>> = LazyLock::new(|| {
    DAYS.iter().flat_map(|day| TIMES.iter().filter_map(move |time| DateFormat::new(&format!("{day}{time}")))).collect()
});

static COMPACT: LazyLock<Option<DateFormat>> = LazyLock::new(|| DateFormat::new(COMPACT_WRITTEN));
/// Eight digits: a date only where the column's name says so too.
pub const COMPACT_WRITTEN: &str = "YYYYMMDD";

/// No format is longer, in bytes.
const LONGEST: usize = 40;

/// What the cells of a column say about being dates.
#[derive(Debug)]
pub struct Dates {
    /// All are dates without `as`.
    plain: bool,
    compact: bool,
    /// The formats, by index, that fit all; `None` before the first cell.
    formats: Option<Vec<usize>>,
    /// All end in AM or PM.
    halves: bool,
    known: u64,
    /// Which numbers stand first and second, a bit each.
    first: u64,
    second: u64,
}

impl Default for Dates {
    fn default() -> Dates {
        Dates { plain: true, compact: true, formats: None, halves: true, known: 0, first: 0, second: 0 }
    }
}

/// Whether a day's number stands before the month's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// How a column's dates are declared.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// The format for `as`.
    pub format: &'static str,
    /// Days and months could be read the other way round as well.
    pub ambiguous: bool,
}

impl Dates {
    pub fn add(&mut self, cell: &str) {
        self.known += 1;
        self.halves &= ends_in_half(cell);
        let utc = Zone::utc();
        if self.plain {
            self.plain = read_date(cell, None, None, &utc).is_ok();
        }
        if self.compact {
            self.compact = cell.len() == COMPACT_WRITTEN.len()
                && (cell.starts_with("19") || cell.starts_with("20"))
                && COMPACT.as_ref().is_some_and(|format| read_date(cell, Some(format), None, &utc).is_ok());
        }
        if self.formats.as_ref().is_some_and(Vec::is_empty) {
            return;
        }
        if cell.len() > LONGEST || !cell.chars().any(|char| char.is_numeric()) {
            self.formats = Some(Vec::new());
            return;
        }
        let fits =
            |index: &usize| FORMATS.get(*index).is_some_and(|format| read_date(cell, Some(format), None, &utc).is_ok());
        match &mut self.formats {
            Some(formats) => formats.retain(fits),
            None => self.formats = Some((0..FORMATS.len()).filter(fits).collect()),
        }
        self.add_order(cell);
    }

    fn add_order(&mut self, cell: &str) {
        let mut numbers = cell.split(|char: char| !char.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
        let bit = |number: Option<u32>| number.filter(|number| *number < 64).map_or(0, |number| 1_u64 << number);
        self.first |= bit(numbers.next());
        self.second |= bit(numbers.next());
    }

    /// All are dates that need no `as`.
    pub fn plain(&self) -> bool {
        self.known > 0 && self.plain
    }

    /// All are eight digits that make a date.
    pub fn compact(&self) -> bool {
        self.known > 0 && self.compact
    }

    /// All are times of half a day, which no format reads.
    pub fn with_halves(&self) -> bool {
        self.known > 0 && self.halves
    }

    fn fitting(&self) -> impl Iterator<Item = &'static DateFormat> + '_ {
        self.formats.iter().flatten().filter_map(|index| FORMATS.get(*index))
    }

    /// The order of day and month, where the cells leave no doubt.
    pub fn order(&self) -> Option<Order> {
        let mut orders = self.fitting().filter_map(|format| order_of(format.written()));
        let first = orders.next()?;
        orders.all(|order| order == first).then_some(first)
    }

    /// How the dates are written; `None` when they are none. In doubt, `others` tells what other columns of the file
    /// have, and else the number that varies more is the day.
    pub fn written(&self, others: Option<Order>) -> Option<Written> {
        let first = self.fitting().next()?;
        if self.order().is_some() || order_of(first.written()).is_none() {
            return Some(Written { format: first.written(), ambiguous: false });
        }
        let varied = match self.first.count_ones().cmp(&self.second.count_ones()) {
            std::cmp::Ordering::Less => Order::MonthFirst,
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => Order::DayFirst,
        };
        let wanted = others.unwrap_or(varied);
        let chosen = self.fitting().find(|format| order_of(format.written()) == Some(wanted)).unwrap_or(first);
        Some(Written { format: chosen.written(), ambiguous: true })
    }
}

fn order_of(format: &str) -> Option<Order> {
    if format.contains("Mon") {
        None
    } else if format.starts_with('D') {
        Some(Order::DayFirst)
    } else if format.starts_with('M') {
        Some(Order::MonthFirst)
    } else {
        None
    }
}

fn ends_in_half(cell: &str) -> bool {
    let ending: String = cell.chars().rev().take(2).collect::<String>().to_ascii_lowercase();
    (ending == "ma" || ending == "mp") && cell.starts_with(|char: char| char.is_ascii_digit())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Dates, Order, Written};

    fn dates(cells: &[&str]) -> Dates {
        let mut dates = Dates::default();
        cells.iter().for_each(|cell| dates.add(cell));
        dates
    }

    fn sure(format: &'static str) -> Option<Written> {
        Some(Written { format, ambiguous: false })
    }

    #[test]
    fn the_forms_of_the_language_need_no_format() {
        assert!(dates(&["2026-05-01", "2026-05-01 3:15:52", "2026-05-01T09:30:00Z"]).plain());
        assert!(dates(&["2023-11-11 08:18:15.837000 UTC"]).plain());
        assert!(!dates(&["2026-05-01", "soon"]).plain());
    }

    #[test]
    fn a_day_above_twelve_tells_the_order() {
        assert_eq!(dates(&["03/04/2026", "25/12/2026"]).written(None), sure("DD/MM/YYYY"));
        assert_eq!(dates(&["03/04/2026", "12/25/2026"]).written(None), sure("MM/DD/YYYY"));
        assert_eq!(dates(&["1.2.2026 9:05", "13.2.2026 10:00"]).written(None), sure("D.M.YYYY H:mm"));
    }

    #[test]
    fn months_by_name_leave_no_doubt() {
        assert_eq!(dates(&["3 May 2026", "12 Jun 2026"]).written(None), sure("D Mon YYYY"));
    }

    #[test]
    fn in_doubt_other_columns_and_then_the_number_that_varies_more_tell() {
        let cells = dates(&["03/04/2026", "03/05/2026", "03/06/2026"]);
        let written = |format| Some(Written { format, ambiguous: true });
        assert_eq!(cells.written(None), written("MM/DD/YYYY"));
        assert_eq!(cells.written(Some(Order::DayFirst)), written("DD/MM/YYYY"));
    }

    #[test]
    fn what_no_format_fits_is_no_date() {
        assert_eq!(dates(&["32/01/2026"]).written(None), None);
        assert_eq!(dates(&["03/04/2026", "3 May 2026"]).written(None), None);
        assert!(dates(&["3/4/2026 9:30 AM"]).with_halves());
    }
}
