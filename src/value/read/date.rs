//! Dates: RFC 3339 and its relatives, counts since 1970, and those in the data's own style.

use super::{DateFormat, ReadError, with_ascii_digits};
use crate::value::decimal::scan::scan;
use crate::value::{Instant, Moment, Zone};
use jiff::civil;

/// What a number counts since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EpochUnit {
    Seconds,
    Milliseconds,
    Microseconds,
}

/// RFC 3339, `YYYY-MM-DD`, `YYYY-MM-DD H:MM[:SS[.fff]]` with an optional ` UTC`, `Z`, `+02:00`, `+0000`; or the given
/// format; or a number of units since 1970. Without an offset in `zone`; fractions past microseconds are cut off.
///
/// A leap second (`23:59:60` in UTC) is read as the second before it; `24:00` is no time.
///
/// # Errors
/// [`ReadError::NotADate`].
pub fn read_date(
    text: &str,
    format: Option<&DateFormat>,
    unit: Option<EpochUnit>,
    zone: &Zone,
) -> Result<Moment, ReadError> {
    let text = with_ascii_digits(text);
    let moment = match (unit, format) {
        (Some(unit), _) => since_1970(&text, unit),
        (None, Some(format)) => format.read(&text).and_then(|(day, time)| match time {
            Some(time) => time.instant(day, None, zone).map(Moment::Instant),
            None => Some(Moment::Day(day)),
        }),
        (None, None) => standard(&text, zone),
    };
    moment.ok_or_else(|| ReadError::NotADate {
        format: format.filter(|_| unit.is_none()).map(|format| format.written().to_string()),
    })
}

fn since_1970(text: &str, unit: EpochUnit) -> Option<Moment> {
    let number = scan(&text.replace('٫', ".")).ok()?;
    // billionths of a unit in a microsecond
    let in_a_microsecond = match unit {
        EpochUnit::Seconds => 1_000,
        EpochUnit::Milliseconds => 1_000_000,
        EpochUnit::Microseconds => 1_000_000_000,
    };
    Instant::from_microseconds(number.billionths().div_euclid(in_a_microsecond)).map(Moment::Instant)
}

fn standard(text: &str, zone: &Zone) -> Option<Moment> {
    let mut cursor = Cursor::new(text);
    let year = cursor.number(4, 4)?;
    cursor.literal('-')?;
    let month = cursor.number(2, 2)?;
    cursor.literal('-')?;
    let day = civil_date(year, month, cursor.number(2, 2)?)?;
    if cursor.end().is_some() {
        return Some(Moment::Day(day));
    }
    if cursor.literal('T').or_else(|| cursor.literal('t')).is_none() {
        cursor.blank()?;
    }
    let time = Time::standard(&mut cursor)?;
    let offset = offset(&mut cursor)?;
    cursor.end()?;
    time.instant(day, offset, zone).map(Moment::Instant)
}

/// Seconds east of UTC: `Z`, ` UTC`, `+02:00`, `+0200`, `+02`; the inner `None` where there is no offset.
fn offset(cursor: &mut Cursor<'_>) -> Option<Option<i32>> {
    if cursor.end().is_some() {
        return Some(None);
    }
    while cursor.blank().is_some() {}
    for name in ["Z", "UTC"] {
        if cursor.word(name).is_some() {
            return Some(Some(0));
        }
    }
    let sign = if cursor.literal('-').is_some() { -1 } else { cursor.literal('+').map(|()| 1)? };
    let hours = cursor.number(2, 2)?;
    let has_colon = cursor.literal(':').is_some();
    let minutes = if has_colon || cursor.end().is_none() { cursor.number(2, 2)? } else { 0 };
    (hours < 24 && minutes < 60).then_some(Some(sign * (hours * 3_600 + minutes * 60)))
}

/// A time of day as its parts were written, not yet checked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    pub hour: i32,
    pub minute: i32,
    pub second: i32,
    microsecond: i32,
}

impl Time {
    /// `H:MM`, `HH:MM:SS`, `HH:MM:SS.fff`
    fn standard(cursor: &mut Cursor<'_>) -> Option<Time> {
        let mut time = Time { hour: cursor.number(1, 2)?, ..Time::default() };
        cursor.literal(':')?;
        time.minute = cursor.number(2, 2)?;
        if cursor.literal(':').is_some() {
            time.second = cursor.number(2, 2)?;
            if cursor.literal('.').is_some() {
                time.microsecond = cursor.fraction()?;
            }
        }
        Some(time)
    }

    /// The instant on a day, in `zone` where there is no offset.
    pub fn instant(self, day: civil::Date, offset: Option<i32>, zone: &Zone) -> Option<Instant> {
        let is_leap_second = self.second == 60;
        let second = if is_leap_second { 59 } else { self.second };
        let time = civil::Time::new(
            i8::try_from(self.hour).ok()?,
            i8::try_from(self.minute).ok()?,
            i8::try_from(second).ok()?,
            self.microsecond.checked_mul(1_000)?,
        );
        let local = day.to_datetime(time.ok()?);
        let instant = match offset {
            None => Instant::from_local(local, zone)?,
            Some(offset) => {
                let as_if_utc = Instant::from_local(local, &Zone::utc())?;
                Instant::from_microseconds(i128::from(as_if_utc.0) - i128::from(offset) * 1_000_000)?
            }
        };
        let is_last_of_day = instant.0.div_euclid(1_000_000).rem_euclid(86_400) == 86_399;
        (!is_leap_second || is_last_of_day).then_some(instant)
    }
}

pub(super) fn civil_date(year: i32, month: i32, day: i32) -> Option<civil::Date> {
    civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Takes a date apart from its start; each step is `None` and takes nothing where the text goes on otherwise.
pub(super) struct Cursor<'text> {
    rest: &'text str,
}

impl<'text> Cursor<'text> {
    pub fn new(text: &'text str) -> Cursor<'text> {
        Cursor { rest: text }
    }

    /// As many digits as there are, from `least` to `most`.
    pub fn number(&mut self, least: usize, most: usize) -> Option<i32> {
        let length = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if length < least { None } else { self.take(length)?.parse().ok() }
    }

    /// Digits after a point, as microseconds; further ones are cut off.
    fn fraction(&mut self) -> Option<i32> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = self.take(length).filter(|digits| !digits.is_empty())?;
        let leading = digits.get(..length.min(6))?;
        format!("{leading:0<6}").parse().ok()
    }

    pub fn literal(&mut self, letter: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(letter)?;
        Some(())
    }

    /// An ASCII word in any case.
    fn word(&mut self, word: &str) -> Option<()> {
        self.rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
        self.take(word.len()).map(|_| ())
    }

    /// One blank of any kind.
    pub fn blank(&mut self) -> Option<()> {
        self.rest = self.rest.strip_prefix(char::is_whitespace)?;
        Some(())
    }

    /// So many bytes.
    pub fn take(&mut self, length: usize) -> Option<&'text str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }
}

#[cfg(test)]
mod tests;
