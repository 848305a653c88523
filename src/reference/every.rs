//! `for every 30 days without …`: how many whole durations have passed.

use super::facts::Scope;
use crate::model::ForEvery;
use crate::value::{Duration, Instant};

impl<'a> Scope<'a> {
    /// The whole durations since the later of the latest such event, the date counted from, and the latest event of each
    /// `since last`; 0 where there is none of them, or it lies ahead.
    pub fn whole_durations(&self, rule: &ForEvery) -> u64 {
        let zone = &self.facts.model.zone;
        let latest = self.select(&rule.selector).last().map(|event| event.at);
        let counted_from = rule.counting_from.as_ref().and_then(|date| self.date(date)).map(|date| date.first(zone));
        let resets = rule.selector.since_last.iter().filter_map(|which| self.event_at(*self.which(which).last()?));
        let start = resets.map(|event| event.at).chain(latest).chain(counted_from).max();
        let start = match (start, rule.after) {
            (Some(start), Some(grace)) => start.plus(grace, zone),
            (start, _) => start,
        };
        start.map_or(0, |start| self.whole_durations_since(start, rule.every))
    }

    /// A calendar duration is stepped: the n-th falls n times D after the start.
    fn whole_durations_since(&self, start: Instant, every: Duration) -> u64 {
        let as_of = self.facts.as_of;
        if let Some(length) = every.exact() {
            let passed = as_of.0.saturating_sub(start.0).max(0);
            return passed.checked_div(length).unwrap_or(0) as u64;
        }
        let step = |count: i64| {
            let count = every.count.checked_mul(count)?;
            start.plus(Duration { count, unit: every.unit }, &self.facts.model.zone)
        };
        (1..).take_while(|count| step(*count).is_some_and(|instant| instant <= as_of)).count() as u64
    }
}
