//! The common ways of writing days and instants, read quickly.

use crate::value::{Instant, Moment};
use jiff::civil::Date;

const SECOND: i64 = 1_000_000;

/// `2026-05-01` as a day, `2026-05-01T10:20:30Z` (also with a blank for the `T`, and up to six digits of a second) as an
/// instant. `None` for anything else, which [`crate::value::read_date`] decides.
pub fn plain_date(text: &[u8]) -> Option<Moment> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = plain_day(day)?;
    match rest {
        [] => Some(Moment::Day(day)),
        [b'T' | b' ', time @ .., b'Z'] => {
            let (clock, fraction) = time.split_at_checked(8)?;
            let [h1, h2, b':', m1, m2, b':', s1, s2] = clock else { return None };
            let (hour, minute, second) = (two(*h1, *h2)?, two(*m1, *m2)?, two(*s1, *s2)?);
            if hour > 23 || minute > 59 || second > 59 {
                return None;
            }
            let seconds = days_since_1970(day) * 86_400 + hour * 3_600 + minute * 60 + second;
            Some(Moment::Instant(Instant(seconds * SECOND + micros(fraction)?)))
        }
        _ => None,
    }
}

fn plain_day(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
    Date::new(year as i16, two(*m1, *m2)? as i8, two(*d1, *d2)? as i8).ok()
}

fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
}

fn micros(fraction: &[u8]) -> Option<i64> {
    match fraction {
        [] => Some(0),
        [b'.', digits @ ..] if (1..=6).contains(&digits.len()) => {
            let digit = |micros: i64, byte: &u8| byte.is_ascii_digit().then(|| micros * 10 + i64::from(byte - b'0'));
            let read = digits.iter().try_fold(0, digit)?;
            Some((digits.len()..6).fold(read, |micros, _| micros * 10))
        }
        _ => None,
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::value::{Zone, read_date};
    use proptest::prelude::*;

    #[test]
    fn days_and_instants() {
        assert_eq!(plain_date(b"1970-01-01T00:00:01Z"), Some(Moment::Instant(Instant(1_000_000))));
        assert_eq!(plain_date(b"1969-12-31 23:59:59.5Z"), Some(Moment::Instant(Instant(-500_000))));
        assert_eq!(plain_date(b"2024-02-29"), Some(Moment::Day(Date::new(2024, 2, 29).unwrap())));
        for odd in ["", "2026-02-29", "2026-5-01", "2026-05-01T10:20Z", "2026-05-01T24:00:00Z", "2026-05-01T10:20:30"] {
            assert_eq!(plain_date(odd.as_bytes()), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_what_the_careful_way_reads(
            year in 0..10_000, month in 0..14, day in 0..33, hour in 0..25, second in 0..62, fraction in "(\\.[0-9]{1,7})?"
        ) {
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:07:{second:02}{fraction}Z");
            if let Some(moment) = plain_date(text.as_bytes()) {
                prop_assert_eq!(read_date(&text, None, None, &Zone::utc()).ok(), Some(moment));
            }
            if let Some(moment) = plain_date(&text.as_bytes()[..10]) {
                prop_assert_eq!(read_date(&text[..10], None, None, &Zone::utc()).ok(), Some(moment));
            }
        }
    }
}
