//! Numbers: plain decimals, and those in the data's own style.

use super::{ReadError, with_ascii_digits};
use crate::value::Decimal;
use crate::value::decimal::scan::{Unreadable, scan};

/// How numbers are written: `number as "1.234,56"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFormat {
    pub thousands: Option<char>,
    pub decimal: Option<char>,
}

impl NumberFormat {
    /// From an example such as `"1.234,56"`, `"1 234,5"`, `"1,234.56"`; `None` where it is no such example.
    ///
    /// Of two marks the last, which stands once, begins the decimals. One mark alone groups thousands where it stands
    /// several times, is a blank or an apostrophe, or has three digits after it (`"1.234"`), but for `"0,125"`; else it
    /// begins the decimals (`"1234,5"`). Without a mark for decimals in the example, numbers have none.
    pub fn from_example(example: &str) -> Option<NumberFormat> {
        let example = with_ascii_digits(example);
        let marks: Vec<(usize, char)> = example.char_indices().filter(|(_, mark)| !mark.is_ascii_digit()).collect();
        if !marks.iter().all(|(_, mark)| is_separator(*mark)) {
            return None;
        }
        let (last_at, last) = *marks.last()?;
        let first = marks.first().map(|(_, mark)| *mark)?;
        let is_last_repeated = marks.iter().filter(|(_, mark)| same_mark(*mark, last)).count() > 1;
        let decimals = example.len() - last_at - last.len_utf8();
        let groups = is_last_repeated || is_group_only(last) || (decimals == 3 && !example.starts_with('0'));
        let format = match (same_mark(first, last), groups) {
            (true, true) => NumberFormat { thousands: Some(last), decimal: None },
            (true, false) => NumberFormat { thousands: None, decimal: Some(last) },
            (false, _) => NumberFormat { thousands: Some(first), decimal: Some(last) },
        };
        // the example must be a number in the style that it shows
        format.plain(&example).and_then(|plain| scan(&plain).ok()).map(|_| format)
    }

    /// The number in plain writing; `None` where its marks stand where this style has none.
    fn plain(&self, number: &str) -> Option<String> {
        let (sign, unsigned) = match number.chars().next() {
            Some(sign @ ('-' | '+')) => number.split_at(sign.len_utf8()),
            _ => ("", number),
        };
        let is_decimal = |mark: char| mark == '٫' || self.decimal.is_some_and(|decimal| same_mark(mark, decimal));
        let is_thousands = |mark: char| mark == '٬' || self.thousands.is_some_and(|group| same_mark(mark, group));
        let (whole, fraction) = match unsigned.split_once(is_decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        let groups: Vec<&str> = whole.split(is_thousands).collect();
        let is_grouped = match groups.split_first() {
            Some((first, [between @ .., last])) => {
                // Indian numbers have groups of two before the last one
                (1..=3).contains(&first.len())
                    && between.iter().all(|group| matches!(group.len(), 2 | 3))
                    && last.bytes().take_while(u8::is_ascii_digit).count() == 3
            }
            _ => true,
        };
        let is_plain = |part: &str| part.chars().all(|letter| letter.is_ascii_digit() || "eE+-".contains(letter));
        if !is_grouped || !groups.iter().all(|group| is_plain(group)) || !fraction.is_none_or(is_plain) {
            return None;
        }
        let fraction = fraction.map(|digits| format!(".{digits}")).unwrap_or_default();
        Some(format!("{sign}{}{fraction}", groups.concat()))
    }
}

/// What may stand between the digits of an example.
fn is_separator(mark: char) -> bool {
    matches!(mark, '.' | ',' | '\'' | '’' | '_' | '٫' | '٬') || mark.is_whitespace()
}

/// What never begins decimals.
fn is_group_only(mark: char) -> bool {
    matches!(mark, '\'' | '’' | '_' | '٬') || mark.is_whitespace()
}

/// All blanks are one mark (data has plain, no-break and narrow ones), and both apostrophes.
fn same_mark(one: char, two: char) -> bool {
    let is_apostrophe = |mark: char| matches!(mark, '\'' | '’');
    one == two || (one.is_whitespace() && two.is_whitespace()) || (is_apostrophe(one) && is_apostrophe(two))
}

/// Plain decimals in ASCII, Arabic-Indic or Persian digits (also `٫` for the decimal point), or the given format.
/// `text` is trimmed first and not blank.
///
/// # Errors
/// [`ReadError::NotANumber`], [`ReadError::TooLarge`].
pub fn read_number(text: &str, format: Option<&NumberFormat>) -> Result<Decimal, ReadError> {
    let trimmed = text.trim();
    let plain = match format {
        None if trimmed.is_ascii() => return scan(trimmed).map_err(ReadError::from),
        None => with_ascii_digits(trimmed).replace('٫', "."),
        Some(format) => format.plain(&with_ascii_digits(trimmed)).ok_or(ReadError::NotANumber)?,
    };
    scan(&plain).map_err(ReadError::from)
}

impl From<Unreadable> for ReadError {
    fn from(why: Unreadable) -> ReadError {
        match why {
            Unreadable::Malformed => ReadError::NotANumber,
            Unreadable::TooLarge => ReadError::TooLarge,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str, example: Option<&str>) -> Result<String, ReadError> {
        let format = example.map(|example| NumberFormat::from_example(example).unwrap());
        read_number(text, format.as_ref()).map(|number| number.to_string())
    }

    #[test]
    fn plain_decimals_in_three_kinds_of_digits() {
        for (text, number) in
            [("1234.5", "1234.5"), (" -3 ", "-3"), ("1e3", "1000"), ("١٢٫٥", "12.5"), ("۱۲۳۴", "1234"), ("-٣", "-3")]
        {
            assert_eq!(read(text, None), Ok(number.to_string()), "{text}");
        }
        for text in ["12,5", "NaN", "inf", "1 000", "1_000", "$5", "30%", "0x1F", "1٬000", "½"] {
            assert_eq!(read(text, None), Err(ReadError::NotANumber), "{text}");
        }
        assert_eq!(read("1e400", None), Err(ReadError::TooLarge));
        assert_eq!(read("9".repeat(60).as_str(), None), Err(ReadError::TooLarge));
    }

    #[test]
    fn declared_styles() {
        for (text, example, number) in [
            ("1.234,56", "1.234,56", "1234.56"),
            ("-1.234.567", "1.234,56", "-1234567"),
            ("1234,5", "1.234,56", "1234.5"),
            ("12", "1.234,56", "12"),
            ("1\u{202f}234,5", "1 234,56", "1234.5"),
            ("1’234.5", "1'234.56", "1234.5"),
            ("12,34,567.8", "1,234.56", "1234567.8"),
            ("۱٬۲۳۴٫۵", "1,234.56", "1234.5"),
            ("12,5", "1234,56", "12.5"),
            ("1,5e3", "1.234,56", "1500"),
            ("1.234", "1.234", "1234"),
        ] {
            assert_eq!(read(text, Some(example)), Ok(number.to_string()), "{text} as {example}");
        }
        for (text, example) in [
            ("12.50", "1.234,56"),
            ("1.2345", "1.234,56"),
            ("1,234.56", "1.234,56"),
            ("1234.5", "1.234"),
            (".123", "1.234,56"),
            ("1..234", "1.234,56"),
            ("1,2,3", "1.234,56"),
            ("", "1.234,56"),
            ("1.234", "1234,56"),
        ] {
            assert_eq!(read(text, Some(example)), Err(ReadError::NotANumber), "{text} as {example}");
        }
    }

    #[test]
    fn what_an_example_shows() {
        let marks =
            |example: &str| NumberFormat::from_example(example).map(|format| (format.thousands, format.decimal));
        assert_eq!(marks("1.234,56"), Some((Some('.'), Some(','))));
        assert_eq!(marks("1,234,567"), Some((Some(','), None)));
        assert_eq!(marks("1 234"), Some((Some(' '), None)));
        assert_eq!(marks("0,125"), Some((None, Some(','))));
        for example in ["", "1234", "abc", "1.234,56,7", "1,2.3,4", "12.34,5", "$1.5", ",", "1.234.56"] {
            assert_eq!(marks(example), None, "{example}");
        }
    }
}
