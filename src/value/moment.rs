//! Instants, and dates that are a whole day.

use super::{CalendarUnit, Duration, Zone};
use jiff::civil::{self, DateTime, Weekday};
use jiff::tz::AmbiguousOffset;
use jiff::{Span, Timestamp};

/// Microseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// A date as written: a whole day, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// `2026-05-01`: the whole day, in the model's time zone.
    Day(civil::Date),
    /// `2026-05-01T09:30:00Z`
    Instant(Instant),
}

impl Moment {
    /// The instant itself, or the first of the day.
    pub fn first(self, zone: &Zone) -> Instant {
        match self {
            Moment::Instant(instant) => instant,
            Moment::Day(day) => first_of_day(day, zone),
        }
    }

    /// The instant itself, or the last microsecond of the day: before the first one where a zone left out the whole day
    /// (Samoa, 2011-12-30).
    pub fn last(self, zone: &Zone) -> Instant {
        match self {
            Moment::Instant(instant) => instant,
            Moment::Day(day) => match day.tomorrow() {
                Ok(next) => Instant(first_of_day(next, zone).0.saturating_sub(1)).max(Instant::floor(Timestamp::MIN)),
                Err(_) => Instant::floor(Timestamp::MAX),
            },
        }
    }
}

impl Instant {
    /// `self + duration`: calendar steps on the local clock, clamped to the month's end, moved forward over a gap, the
    /// earlier of two; `None` past the years -9999 to 9999.
    pub fn plus(self, duration: Duration, zone: &Zone) -> Option<Instant> {
        match duration.months() {
            Some(months) => self.plus_months(months, zone),
            None => self.plus_microseconds(duration.exact()?),
        }
    }

    /// `self - duration`, likewise.
    pub fn minus(self, duration: Duration, zone: &Zone) -> Option<Instant> {
        match duration.months() {
            Some(months) => self.plus_months(months.checked_neg()?, zone),
            None => self.plus_microseconds(duration.exact()?.checked_neg()?),
        }
    }

    /// The number of the calendar hour, day, week (from Monday) or month it lies in, in the zone; equal exactly for
    /// instants of one bucket. A repeated hour is two hours. Hours are numbered so that they differ, not one by one.
    pub fn bucket(self, unit: CalendarUnit, zone: &Zone) -> i64 {
        const DAY: i64 = 86_400;
        // more than the seconds of any offset from UTC, on both sides
        const OFFSETS: i64 = 1 << 18;
        let offset = i64::from(zone.time_zone().to_offset(self.timestamp()).seconds());
        let local_seconds = self.timestamp().as_microsecond().div_euclid(1_000_000) + offset;
        let day = local_seconds.div_euclid(DAY);
        match unit {
            // one hour of the clock at two offsets from UTC is two hours
            CalendarUnit::Hour => local_seconds.div_euclid(3_600) * OFFSETS + offset,
            CalendarUnit::Day => day,
            // 1970-01-01 was a Thursday
            CalendarUnit::Week => (day + 3).div_euclid(7),
            CalendarUnit::Month => month_number(self.local(zone)),
        }
    }

    /// 0 to 23 in the zone.
    pub fn hour(self, zone: &Zone) -> i64 {
        i64::from(self.local(zone).hour())
    }

    /// `"monday"`… in the zone.
    pub fn weekday(self, zone: &Zone) -> &'static str {
        match self.local(zone).weekday() {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        }
    }

    /// What the clock shows in the zone.
    pub(super) fn local(self, zone: &Zone) -> DateTime {
        zone.time_zone().to_datetime(self.timestamp())
    }

    /// The instant at which the clock shows this in the zone: after a gap by its length, the earlier of two. `None` past
    /// the years -9999 to 9999.
    pub(super) fn from_local(local: DateTime, zone: &Zone) -> Option<Instant> {
        zone.time_zone().to_ambiguous_timestamp(local).compatible().ok().map(Instant::floor)
    }

    /// From a number since 1970; `None` past the years -9999 to 9999.
    pub(super) fn from_microseconds(microseconds: i128) -> Option<Instant> {
        Timestamp::from_microsecond(i64::try_from(microseconds).ok()?).ok().map(Instant::floor)
    }

    fn floor(timestamp: Timestamp) -> Instant {
        // within i64, as a timestamp's range is
        Instant(timestamp.as_nanosecond().div_euclid(1_000) as i64)
    }

    /// Held within the years -9999 to 9999.
    fn timestamp(self) -> Timestamp {
        let nearest = if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Timestamp::from_microsecond(self.0).unwrap_or(nearest)
    }

    fn plus_microseconds(self, microseconds: i64) -> Option<Instant> {
        Instant::from_microseconds(i128::from(self.0) + i128::from(microseconds))
    }

    fn plus_months(self, months: i64, zone: &Zone) -> Option<Instant> {
        let step = Span::new().try_months(months).ok()?;
        Instant::from_local(self.local(zone).checked_add(step).ok()?, zone)
    }
}

/// The months between the year 0 and this one.
pub(super) fn month_number(local: DateTime) -> i64 {
    i64::from(local.year()) * 12 + i64::from(local.month()) - 1
}

/// Where the clock jumps over midnight, the day's first instant is the jump.
fn first_of_day(day: civil::Date, zone: &Zone) -> Instant {
    let midnight = day.at(0, 0, 0, 0);
    let nearest = if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let ambiguous = zone.time_zone().to_ambiguous_timestamp(midnight);
    let jumps = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
    let Ok(after) = ambiguous.compatible() else { return Instant::floor(nearest) };
    let instant = Instant::floor(after);
    if !jumps {
        return instant;
    }
    let jump = zone.time_zone().preceding(Instant(instant.0.saturating_add(1)).timestamp()).next();
    jump.map_or(instant, |jump| Instant::floor(jump.timestamp()))
}

/// UTC with `Z`, fractions only where there are any: `2026-05-01T09:30:00Z`.
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.timestamp().to_string())
    }
}

/// `2026-05-01`, or as [`Instant`].
impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Moment::Day(day) => f.pad(&day.to_string()),
            Moment::Instant(instant) => instant.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests;
