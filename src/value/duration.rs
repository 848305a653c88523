//! Durations: exact up to weeks, calendar steps for months and years.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Calendar buckets of limits: `once per day`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarUnit {
    Hour,
    Day,
    Week,
    Month,
}

/// `30 days`: a whole positive number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    /// 1 to 1,000,000,000, checked by the checker; at most about 10,000 years.
    pub count: i64,
    pub unit: TimeUnit,
}

impl Duration {
    /// Its length in microseconds; `None` for months and years.
    pub fn exact(self) -> Option<i64> {
        let seconds = match self.unit {
            TimeUnit::Second => 1,
            TimeUnit::Minute => 60,
            TimeUnit::Hour => 3_600,
            TimeUnit::Day => 86_400,
            TimeUnit::Week => 7 * 86_400,
            TimeUnit::Month | TimeUnit::Year => return None,
        };
        self.count.checked_mul(seconds * 1_000_000)
    }

    /// Its length in months; `None` for exact units.
    pub fn months(self) -> Option<i64> {
        match self.unit {
            TimeUnit::Month => Some(self.count),
            TimeUnit::Year => self.count.checked_mul(12),
            _ => None,
        }
    }
}

/// `30 days`, `1 month`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            TimeUnit::Second => "second",
            TimeUnit::Minute => "minute",
            TimeUnit::Hour => "hour",
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}
