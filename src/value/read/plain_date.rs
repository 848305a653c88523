//! The common ways of writing days and instants, read quickly.

use super::EpochUnit;
use crate::value::{Instant, Moment};
use jiff::civil::Date;

const SECOND: i64 = 1_000_000;

/// `2026-05-01` as a day, `2026-05-01T10:20:30Z` as an instant; with a fraction, with a blank for the `T`, with `+02:00`
/// for the `Z`, and without either where `utc` says that times without an offset are in UTC. `None` for anything else,
/// which [`super::read_date`] decides.
#[inline]
pub fn plain_date(text: &[u8], utc: bool) -> Option<Moment> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = plain_day(day)?;
    if rest.is_empty() {
        return Some(Moment::Day(day));
    }
    let seconds = days_since_1970(day) * 86_400;
    let instant = Instant(seconds * SECOND + time_of_day(rest, utc)?);
    // Offsets could lead out of the first and last years there are.
    (1..9_999).contains(&day.year()).then_some(Moment::Instant(instant))
}

fn plain_day(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
    Date::new(year as i16, two(*m1, *m2)? as i8, two(*d1, *d2)? as i8).ok()
}

/// `T10:20:30.123Z`, as microseconds since the day began in UTC.
fn time_of_day(text: &[u8], utc: bool) -> Option<i64> {
    let (clock, rest) = text.split_at_checked(9)?;
    let [b'T' | b't' | b' ', h1, h2, b':', m1, m2, b':', s1, s2] = clock else { return None };
    let (hour, minute, second) = (two(*h1, *h2)?, two(*m1, *m2)?, two(*s1, *s2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, zone) = match rest {
        [b'.', rest @ ..] => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (digits, zone) = rest.split_at(digits);
            (micros(digits)?, zone)
        }
        zone => (0, zone),
    };
    Some(((hour * 60 + minute - offset(zone, utc)?) * 60 + second) * SECOND + fraction)
}

/// Digits past the sixth are cut off.
fn micros(digits: &[u8]) -> Option<i64> {
    let mut places = digits.iter().map(|digit| i64::from(digit - b'0')).chain(std::iter::repeat(0));
    (!digits.is_empty()).then(|| places.by_ref().take(6).fold(0, |micros, digit| micros * 10 + digit))
}

/// `Z`, `+02:00`, in minutes.
fn offset(zone: &[u8], utc: bool) -> Option<i64> {
    match zone {
        [b'Z' | b'z'] => Some(0),
        [] => utc.then_some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(*h1, *h2)?, two(*m1, *m2)?);
            let minutes = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
            Some(if *sign == b'-' { -minutes } else { minutes })
        }
        _ => None,
    }
}

fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
}

/// By the civil calendar without a leap second, as in Howard Hinnant's `days_from_civil`.
fn days_since_1970(day: Date) -> i64 {
    let (month, of_month) = (i64::from(day.month()), i64::from(day.day()));
    let year = i64::from(day.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + of_month - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Whole units since 1970, at most 17 digits; up to the year 5138 in any unit.
pub fn plain_epoch(text: &[u8], unit: EpochUnit) -> Option<Moment> {
    let in_microseconds = match unit {
        EpochUnit::Seconds => SECOND,
        EpochUnit::Milliseconds => 1_000,
        EpochUnit::Microseconds => 1,
    };
    let digit = |number: i64, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'));
    let digits = (1..=17).contains(&text.len()).then_some(text)?;
    let number = digits.iter().try_fold(0, digit)?;
    let microseconds = number.checked_mul(in_microseconds)?;
    (microseconds < 100_000_000_000 * SECOND).then_some(Moment::Instant(Instant(microseconds)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::value::{Zone, read_date};
    use proptest::prelude::*;

    #[test]
    fn days_and_instants() {
        let read = |text: &str| plain_date(text.as_bytes(), false);
        assert_eq!(read("1970-01-01T00:00:01Z"), Some(Moment::Instant(Instant(1_000_000))));
        assert_eq!(read("1969-12-31 23:59:59.5Z"), Some(Moment::Instant(Instant(-500_000))));
        assert_eq!(read("1970-01-01T01:00:00.0000019+01:00"), Some(Moment::Instant(Instant(1))));
        assert_eq!(read("2024-02-29"), Some(Moment::Day(Date::new(2024, 2, 29).unwrap())));
        for odd in ["", "2026-02-29", "2026-5-01", "2026-05-01T10:20Z", "2026-05-01T24:00:00Z", "2026-05-01T10:20:30"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

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
                        if let Some(moment) = plain_date(text.as_bytes(), utc) {
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
                if let Some(moment) = plain_epoch(text.as_bytes(), unit) {
                    assert_eq!(Ok(moment), read_date(text, None, Some(unit), &Zone::utc()), "{text}");
                }
            }
        }
        assert_eq!(plain_epoch(b"86400", EpochUnit::Seconds), Some(Moment::Instant(Instant(86_400 * SECOND))));
    }

    proptest! {
        #[test]
        fn it_reads_what_the_careful_way_reads(
            year in 0..10_000, month in 0..14, day in 0..33, hour in 0..25, second in 0..62, fraction in "(\\.[0-9]{1,7})?"
        ) {
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:07:{second:02}{fraction}Z");
            for text in [&text[..], &text[..10]] {
                if let Some(moment) = plain_date(text.as_bytes(), false) {
                    prop_assert_eq!(read_date(text, None, None, &Zone::utc()).ok(), Some(moment));
                }
            }
        }
    }
}
