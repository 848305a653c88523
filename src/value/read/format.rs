//! Dates in the data's own style: `date as "DD/MM/YYYY HH:mm"`.

use super::date::{Cursor, Time};
use jiff::civil;

/// How dates are written: `date as "DD/MM/YYYY HH:mm"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    parts: Vec<DatePart>,
    written: String,
}

/// One piece of a date format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatePart {
    /// `YYYY`: four digits
    Year4,
    /// `YY`: two digits; 70 to 99 are of the years 1900, 00 to 69 of the years 2000
    Year2,
    /// `MM`: two digits
    Month2,
    /// `M`: one or two digits
    Month,
    /// `Mon`: the first three letters of the English name, in any case
    MonthName,
    /// `DD`: two digits
    Day2,
    /// `D`: one or two digits
    Day,
    /// `HH`: two digits, 00 to 23
    Hour2,
    /// `H`: one or two digits
    Hour,
    /// `mm`: two digits
    Minute,
    /// `ss`: two digits
    Second,
    /// Anything else, itself
    Literal(char),
}

/// Longer ones before those they begin with.
const LETTERS: [(&str, DatePart); 11] = [
    ("YYYY", DatePart::Year4),
    ("YY", DatePart::Year2),
    ("Mon", DatePart::MonthName),
    ("MM", DatePart::Month2),
    ("M", DatePart::Month),
    ("DD", DatePart::Day2),
    ("D", DatePart::Day),
    ("HH", DatePart::Hour2),
    ("H", DatePart::Hour),
    ("mm", DatePart::Minute),
    ("ss", DatePart::Second),
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl DateFormat {
    /// `None` where the letters do not make a date: no year, month or day, or one twice; minutes without hours, seconds
    /// without minutes.
    pub fn new(format: &str) -> Option<DateFormat> {
        let parts = parts_of(format.trim());
        let count = |wanted: fn(DatePart) -> bool| parts.iter().filter(|part| wanted(**part)).count();
        let years = count(|part| matches!(part, DatePart::Year4 | DatePart::Year2));
        let months = count(|part| matches!(part, DatePart::Month2 | DatePart::Month | DatePart::MonthName));
        let days = count(|part| matches!(part, DatePart::Day2 | DatePart::Day));
        let hours = count(|part| matches!(part, DatePart::Hour2 | DatePart::Hour));
        let minutes = count(|part| part == DatePart::Minute);
        let seconds = count(|part| part == DatePart::Second);
        let is_date = (years, months, days) == (1, 1, 1);
        let is_time = hours <= 1 && minutes <= hours && seconds <= minutes;
        (is_date && is_time).then(|| DateFormat { parts, written: format.to_string() })
    }

    pub fn written(&self) -> &str {
        &self.written
    }

    /// The day, and the time where the format has one; the text is trimmed, its digits are ASCII.
    pub(super) fn read(&self, text: &str) -> Option<(civil::Date, Option<Time>)> {
        let mut cursor = Cursor::new(text);
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut time = None;
        for part in &self.parts {
            match part {
                DatePart::Year4 => year = cursor.number(4, 4)?,
                DatePart::Year2 => year = century_of(cursor.number(2, 2)?),
                DatePart::Month2 => month = cursor.number(2, 2)?,
                DatePart::Month => month = cursor.number(1, 2)?,
                DatePart::MonthName => month = month_named(cursor.take(3)?)?,
                DatePart::Day2 => day = cursor.number(2, 2)?,
                DatePart::Day => day = cursor.number(1, 2)?,
                DatePart::Hour2 => time.get_or_insert_with(Time::default).hour = cursor.number(2, 2)?,
                DatePart::Hour => time.get_or_insert_with(Time::default).hour = cursor.number(1, 2)?,
                DatePart::Minute => time.get_or_insert_with(Time::default).minute = cursor.number(2, 2)?,
                DatePart::Second => time.get_or_insert_with(Time::default).second = cursor.number(2, 2)?,
                DatePart::Literal(blank) if blank.is_whitespace() => cursor.blank()?,
                DatePart::Literal(letter) => cursor.literal(*letter)?,
            }
        }
        cursor.end()?;
        Some((super::date::civil_date(year, month, day)?, time))
    }
}

fn parts_of(format: &str) -> Vec<DatePart> {
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some(letter) = rest.chars().next() {
        let known = LETTERS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (length, part) =
            known.map_or((letter.len_utf8(), DatePart::Literal(letter)), |(word, part)| (word.len(), *part));
        parts.push(part);
        rest = rest.get(length..).unwrap_or_default();
    }
    parts
}

fn century_of(year: i32) -> i32 {
    if year >= 70 { 1900 + year } else { 2000 + year }
}

fn month_named(name: &str) -> Option<i32> {
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
    i32::try_from(at + 1).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Option<String> {
        let (day, time) = DateFormat::new(format).unwrap().read(text)?;
        Some(time.map_or(day.to_string(), |time| format!("{day} {}:{}:{}", time.hour, time.minute, time.second)))
    }

    #[test]
    fn letters_read_their_digits() {
        for (format, text, date) in [
            ("MM/DD/YYYY", "05/30/2026", "2026-05-30"),
            ("D.M.YY", "1.5.26", "2026-05-01"),
            ("D.M.YY", "01.05.70", "1970-05-01"),
            ("DD-Mon-YYYY", "30-may-2026", "2026-05-30"),
            ("YYYYMMDD", "20260530", "2026-05-30"),
            ("DD/MM/YYYY HH:mm", "30/05/2026 09:30", "2026-05-30 9:30:0"),
            ("DD/MM/YYYY H:mm:ss", "30/05/2026\u{a0}9:30:05", "2026-05-30 9:30:5"),
            ("YYYY年M月D日", "2026年5月3日", "2026-05-03"),
            ("Mon D, YYYY", "May 3, 2026", "2026-05-03"),
            ("HH'h'mm DD.MM.YYYY", "09'h'30 01.05.2026", "2026-05-01 9:30:0"),
        ] {
            assert_eq!(read(format, text).as_deref(), Some(date), "{format} {text}");
        }
        for (format, text) in [
            ("MM/DD/YYYY", "30/05/2026"),
            ("MM/DD/YYYY", "5/30/2026"),
            ("MM/DD/YYYY", "05/30/2026 "),
            ("MM/DD/YYYY", "05/30/26"),
            ("MM/DD/YYYY", "2026-05-30"),
            ("DD/MM/YYYY", "31/02/2026"),
            ("DD-Mon-YYYY", "30-Mai-2026"),
            ("DD-Mon-YYYY", "30-é-2026"),
            ("YYYY-MM-DD", "20é6-05-30"),
        ] {
            assert_eq!(read(format, text), None, "{format} {text}");
        }
    }

    #[test]
    fn letters_that_make_no_date() {
        for format in
            ["", "DD/MM", "MM/MM/YYYY", "YYYY-MM", "DD/MM/YYYY mm", "DD/MM/YYYY HH:ss", "dd/mm/yyyy", "MMM D YYYY"]
        {
            assert_eq!(DateFormat::new(format), None, "{format}");
        }
        assert_eq!(DateFormat::new("DD/MM/YYYY").unwrap().written(), "DD/MM/YYYY");
    }
}
