//! `for every 30 days without …`: how many whole durations have passed.

use super::days::Days;
use super::values::Values;
use crate::plan::DateId;
use crate::value::{Duration, Instant};

/// What is counted from, and how.
pub(super) struct Every<'p> {
    pub latest: &'p [DateId],
    pub counting_from: Option<DateId>,
    pub every: Duration,
    pub after: Option<Duration>,
}

impl Every<'_> {
    /// The whole durations since the latest of the dates, and the grace after it; 0 where there is none of them.
    pub fn passed(&self, values: &Values<'_>, row: usize, days: &mut Days, as_of: Instant) -> u64 {
        let dates = self.latest.iter().chain(&self.counting_from);
        let known = dates.filter_map(|date| values.date(*date)?.values.get(row).copied().flatten());
        let start = known.map(|date| days.first(date)).max();
        let start = match (start, self.after) {
            (Some(start), Some(grace)) => start.plus(grace, &days.zone),
            (start, _) => start,
        };
        start.map_or(0, |start| self.passed_since(start, days, as_of))
    }

    /// A calendar duration is stepped: the n-th falls n times D after the start. Steps only ever go forward, so the last
    /// one that has passed is found by doubling and halving.
    fn passed_since(&self, start: Instant, days: &Days, as_of: Instant) -> u64 {
        if let Some(length) = self.every.exact() {
            let passed = as_of.0.saturating_sub(start.0).max(0);
            return passed.checked_div(length).unwrap_or(0) as u64;
        }
        let has_passed = |count: i64| {
            let step = self.every.count.checked_mul(count).map(|count| Duration { count, unit: self.every.unit });
            step.and_then(|step| start.plus(step, &days.zone)).is_some_and(|instant| instant <= as_of)
        };
        let mut beyond = 1_i64;
        while has_passed(beyond) {
            beyond = beyond.saturating_mul(2);
        }
        // passed, or 0; and not passed
        let (mut passed, mut ahead) = (beyond / 2, beyond);
        while passed + 1 < ahead {
            let middle = passed + (ahead - passed) / 2;
            if has_passed(middle) { passed = middle } else { ahead = middle }
        }
        passed as u64
    }
}
