//! From the text of a cell to a value of a declared type.

use super::{Decimal, Moment, Zone};

/// Why a cell could not be read; its `Display` completes "`12,5` …": "is not a number".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    NotANumber,
    NotAYesNo { words: Option<(String, String)> },
    NotADate { format: Option<String> },
    TooLarge,
}

/// How numbers are written: `number as "1.234,56"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFormat {
    pub thousands: Option<char>,
    pub decimal: Option<char>,
}

impl NumberFormat {
    /// From an example such as `"1.234,56"`, `"1 234,5"`, `"1,234.56"`; `None` where it is no such example.
    pub fn from_example(example: &str) -> Option<NumberFormat> {
        todo!()
    }
}

/// How dates are written: `date as "DD/MM/YYYY HH:mm"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    parts: Vec<DatePart>,
    written: String,
}

/// One piece of a date format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatePart {
    Year4,
    Year2,
    Month2,
    Month,
    MonthName,
    Day2,
    Day,
    Hour2,
    Hour,
    Minute,
    Second,
    Literal(char),
}

impl DateFormat {
    /// `None` where the letters do not make a date: no year, month or day, or one twice.
    pub fn new(format: &str) -> Option<DateFormat> {
        todo!()
    }

    pub fn written(&self) -> &str {
        &self.written
    }
}

/// What a number counts since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EpochUnit {
    Seconds,
    Milliseconds,
    Microseconds,
}

/// Plain decimals in ASCII, Arabic-Indic or Persian digits (also `٫` for the decimal point), or the given format.
/// `text` is trimmed first and not blank.
///
/// # Errors
/// [`ReadError::NotANumber`], [`ReadError::TooLarge`].
pub fn read_number(text: &str, format: Option<&NumberFormat>) -> Result<Decimal, ReadError> {
    todo!()
}

/// `true/false/yes/no/y/n/t/f/1/0` in any case, or the two given words alone, folded: yes first.
///
/// # Errors
/// [`ReadError::NotAYesNo`].
pub fn read_yes_no(text: &str, words: Option<&(String, String)>) -> Result<bool, ReadError> {
    todo!()
}

/// RFC 3339, `YYYY-MM-DD`, `YYYY-MM-DD H:MM[:SS[.fff]]` with an optional ` UTC`, `Z`, `+02:00`, `+0000`; or the given
/// format; or a number of units since 1970. Without an offset in `zone`; fractions past microseconds are cut off.
///
/// # Errors
/// [`ReadError::NotADate`].
pub fn read_date(
    text: &str,
    format: Option<&DateFormat>,
    unit: Option<EpochUnit>,
    zone: &Zone,
) -> Result<Moment, ReadError> {
    todo!()
}
