//! Instants, and dates that are a whole day.

use super::{CalendarUnit, Duration, Zone};
use jiff::civil;

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
        todo!()
    }

    /// The instant itself, or the last microsecond of the day.
    pub fn last(self, zone: &Zone) -> Instant {
        todo!()
    }
}

impl Instant {
    /// `self + duration`: calendar steps on the local clock, clamped to the month's end, moved forward over a gap, the
    /// earlier of two; `None` past the years -9999 to 9999.
    pub fn plus(self, duration: Duration, zone: &Zone) -> Option<Instant> {
        todo!()
    }

    /// `self - duration`, likewise.
    pub fn minus(self, duration: Duration, zone: &Zone) -> Option<Instant> {
        todo!()
    }

    /// The number of the calendar hour, day, week (from Monday) or month it lies in, in the zone; equal exactly for
    /// instants of one bucket. A repeated hour is two hours.
    pub fn bucket(self, unit: CalendarUnit, zone: &Zone) -> i64 {
        todo!()
    }

    /// 0 to 23 in the zone.
    pub fn hour(self, zone: &Zone) -> i64 {
        todo!()
    }

    /// `"monday"`… in the zone.
    pub fn weekday(self, zone: &Zone) -> &'static str {
        todo!()
    }
}

/// UTC with `Z`, fractions only where there are any: `2026-05-01T09:30:00Z`.
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        todo!()
    }
}

/// `2026-05-01`, or as [`Instant`].
impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        todo!()
    }
}
