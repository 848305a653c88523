//! The instants and numbers of event files that are written in the usual way, read without detours. Whatever is not is
//! left to the readers of `value`, which agree.

use crate::value::{Decimal, EpochUnit, Instant, Moment};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// `2026-05-01`, or `2026-05-01T10:20:30Z` and with a fraction; a blank may stand for the `T`, and `+02:00` for the `Z`;
/// neither where `utc` says that times without an offset are in UTC.
pub(super) fn date(text: &str, utc: bool) -> Option<Moment> {
    let text = text.as_bytes();
    let (day, rest) = text.split_at_checked(10)?;
    let year = number(&day[..4])?;
    let (month, of_month) = (number(&day[5..7])?, number(&day[8..10])?);
    if day[4] != b'-' || day[7] != b'-' {
        return None;
    }
    if rest.is_empty() {
        let (year, month, of_month) =
            (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(of_month).ok()?);
        return Some(Moment::Day(jiff::civil::Date::new(year, month, of_month).ok()?));
    }
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&of_month) {
        return None;
    }
    let instant = days(year, month, of_month) * DAY + time(rest, utc)?;
    // the first and last days there are belong to the careful reader
    (1..9_999).contains(&year).then_some(Moment::Instant(Instant(instant)))
}

/// `T10:20:30.123Z`, as microseconds since the day began in UTC.
fn time(text: &[u8], utc: bool) -> Option<i64> {
    let (clock, rest) = text.split_at_checked(9)?;
    let [b'T' | b't' | b' ', _, _, b':', _, _, b':', _, _] = clock else { return None };
    let (hour, minute, second) = (number(&clock[1..3])?, number(&clock[4..6])?, number(&clock[7..9])?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, offset) = match rest {
        [b'.', rest @ ..] => {
            let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (digits, offset) = rest.split_at(length);
            let digits = digits.get(..length.min(6)).filter(|digits| !digits.is_empty())?;
            let missing = 6 - digits.len() as u32;
            (number(digits)? * 10_i64.pow(missing), offset)
        }
        offset => (0, offset),
    };
    let offset = match offset {
        [b'Z' | b'z'] => 0,
        [] if utc => 0,
        [sign @ (b'+' | b'-'), hours @ .., b':', _, _] if hours.len() == 2 => {
            let (hours, minutes) = (number(hours)?, number(&offset[4..])?);
            let minutes = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    Some(((hour * 60 + minute - offset) * 60 + second) * SECOND + fraction)
}

/// Whole units since 1970.
pub(super) fn epoch(text: &str, unit: EpochUnit) -> Option<Moment> {
    let in_microseconds = match unit {
        EpochUnit::Seconds => SECOND,
        EpochUnit::Milliseconds => 1_000,
        EpochUnit::Microseconds => 1,
    };
    // up to the year 5138 in any unit
    let number = number(text.as_bytes()).filter(|_| text.len() <= 17)?.checked_mul(in_microseconds)?;
    (number < 100_000_000_000 * SECOND).then_some(Moment::Instant(Instant(number)))
}

/// `12`, `-3.5`
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    Decimal::parse(text).filter(|_| is_plain)
}

/// Digits alone, at most 17.
fn number(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || digits.len() > 17 {
        return None;
    }
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0')))
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01: years count from March, so that the leap day is the last.
fn days(year: i64, month: i64, of_month: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + of_month - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Zone, read_date};

    const TIMES: [&str; 14] = [
        "",
        "T00:00:00Z",
        " 23:59:59.9999999z",
        "t12:30:45.5Z",
        "T24:00:00Z",
        "T10:20:60Z",
        "T1:20:30Z",
        "T10:20:30.Z",
        "T10:20:30",
        "T10:20:30+01:00",
        "T10:20:30.25-11:30",
        "T10:20:30+24:00",
        "T10:20:30+1:000",
        "T10:20Z",
    ];

    #[test]
    fn what_is_read_agrees_with_the_careful_reader() {
        let madrid = Zone::named("Europe/Madrid").unwrap_or_default();
        let mut read = 0;
        for year in ["0000", "0001", "1600", "1900", "1969", "1970", "2000", "2024", "2026", "9998", "9999"] {
            for day in ["01-01", "02-28", "02-29", "03-01", "04-31", "12-31", "00-10", "13-01", "06-00", "1-011"] {
                for text in TIMES.map(|time| format!("{year}-{day}{time}")) {
                    for (utc, zone) in [(false, &madrid), (true, &Zone::utc())] {
                        if let Some(moment) = date(&text, utc) {
                            read += 1;
                            assert_eq!(Ok(moment), read_date(&text, None, None, zone), "{text}");
                        }
                    }
                }
            }
        }
        assert!(read > 400, "{read}");
    }

    #[test]
    fn units_since_1970_agree_with_the_careful_reader() {
        for unit in [EpochUnit::Seconds, EpochUnit::Milliseconds, EpochUnit::Microseconds] {
            for text in
                ["0", "1", "1793356800", "1793356800000", "1793356800000000", "99999999999999999", "-1", "1.5", ""]
            {
                if let Some(moment) = epoch(text, unit) {
                    assert_eq!(Ok(moment), read_date(text, None, Some(unit), &Zone::utc()), "{text}");
                }
            }
        }
        assert_eq!(epoch("86400", EpochUnit::Seconds), Some(Moment::Instant(Instant(DAY))));
    }

    #[test]
    fn odd_numbers_are_left_to_the_careful_reader() {
        for (text, number) in [("12", Some("12")), ("-3.5", Some("-3.5")), ("1e3", None), ("1,5", None), ("", None)] {
            assert_eq!(decimal(text).map(|number| number.to_string()).as_deref(), number);
        }
    }
}
