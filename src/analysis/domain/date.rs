//! Classes of dates: the instants they are compared with, and what lies between; and in these, where it is asked for,
//! the hours of the day and the days of the week.

use super::{Classes, Making, Sample};
use crate::analysis::estimate::Estimate;
use crate::analysis::graph::{Aspect, Variable};
use crate::analysis::interval::Interval;
use crate::model::NumberExpr;
use crate::value::{Decimal, Instant, Moment, Value};
use std::collections::BTreeSet;

const DAY: i64 = 86_400_000_000;
/// The years -9999 to 9999, a day inside, in microseconds.
const EARLIEST: i64 = -377_700_000_000_000_000;
const LATEST: i64 = 253_400_000_000_000_000;

impl Making<'_, '_> {
    pub(super) fn dates(&self, may_be_missing: bool) -> Classes {
        let missing = may_be_missing.then(|| (Sample::Missing, self.missing()));
        let latest = match self.variable {
            Variable::At(_) => self.graph.as_of.0,
            _ => LATEST,
        };
        let mut known: Classes = Vec::new();
        // The latest first: events of an example are as fresh as they can be.
        for (from, to) in self.spans(latest).into_iter().rev() {
            match self.asks_for_the_clock() {
                true => known.extend(self.by_the_clock(from, to)),
                false => known.push(self.class(self.sample(from, to), from, to)),
            }
        }
        missing.into_iter().chain(known).collect()
    }

    fn class(&self, sample: Moment, from: i64, to: i64) -> (Sample, Vec<Estimate>) {
        let value = Value::Date(sample);
        let mut estimates = self.estimates(&value);
        for (estimate, aspect) in estimates.iter_mut().zip(&self.asked.aspects) {
            if let Aspect::Measure(place) = aspect
                && matches!(self.variable, Variable::Field(_))
            {
                *estimate = self.measured_between(*place, from, to);
            }
        }
        (Sample::Value(value), estimates)
    }

    /// `days since` and `days until` rise or fall steadily: what they are between two instants lies between what they
    /// are at these.
    fn measured_between(&self, place: usize, from: i64, to: i64) -> Estimate {
        let at = |instant: i64| self.measured(place, &Value::Date(Moment::Instant(Instant(instant))));
        match self.graph.measures.get(place).map(|measure| &**measure) {
            Some(NumberExpr::DaysSince(_) | NumberExpr::DaysUntil(_)) => at(from).hull(at(to)),
            Some(NumberExpr::HourOf(_)) if from == to => at(from),
            Some(NumberExpr::HourOf(_)) => Estimate::known(Interval::between(Decimal::ZERO, Decimal::whole(23))),
            _ => Estimate::ANY,
        }
    }

    /// Each instant that matters, and what lies between two of them, in order.
    fn spans(&self, latest: i64) -> Vec<(i64, i64)> {
        let mut cuts: BTreeSet<i64> = self.hints().instants.iter().map(|instant| instant.0).collect();
        for (aspect, days) in &self.asked.cuts {
            if let Aspect::Measure(place) = aspect {
                cuts.extend(self.instants_at(*place, *days));
            }
        }
        cuts.insert(self.graph.as_of.0);
        let mut spans = Vec::new();
        let mut from = EARLIEST;
        for cut in cuts.into_iter().filter(|cut| *cut > EARLIEST && *cut <= latest) {
            if from < cut {
                spans.push((from, cut - 1));
            }
            spans.push((cut, cut));
            from = cut + 1;
        }
        if from <= latest {
            spans.push((from, latest));
        }
        spans
    }

    /// The instants around which `days since` or `days until` is this many days: days have 9 decimals, instants are
    /// finer, so some instants beside it are the same number of days.
    fn instants_at(&self, place: usize, days: Decimal) -> Vec<i64> {
        let rising = match self.graph.measures.get(place).map(|measure| &**measure) {
            Some(NumberExpr::DaysSince(_)) => false,
            Some(NumberExpr::DaysUntil(_)) => true,
            _ => return Vec::new(),
        };
        let microseconds = days.multiply(Decimal::whole(DAY)).map(|length| length.billionths() / 1_000_000_000);
        let Some(length) = microseconds.and_then(|length| i64::try_from(length).ok()) else { return Vec::new() };
        let center = match rising {
            true => self.graph.as_of.0.checked_add(length),
            false => self.graph.as_of.0.checked_sub(length),
        };
        let Some(center) = center.filter(|center| *center > EARLIEST && *center < LATEST) else { return Vec::new() };
        let is_same = |instant: i64| {
            let estimate = self.measured(place, &Value::Date(Moment::Instant(Instant(instant))));
            estimate.interval.single() == Some(days)
        };
        // Half a billionth of a day is 43.2 microseconds.
        let around: Vec<i64> = (center - 45..=center + 45).filter(|instant| is_same(*instant)).collect();
        let beside = around.first().map(|first| first - 1).into_iter().chain(around.last().map(|last| last + 1));
        let ends = around.first().copied().into_iter().chain(around.last().copied());
        ends.chain(beside).chain([center]).collect()
    }

    fn asks_for_the_clock(&self) -> bool {
        let hours = self.asked.aspects.iter().any(|aspect| match aspect {
            Aspect::Measure(place) => {
                matches!(self.graph.measures.get(*place).map(|measure| &**measure), Some(NumberExpr::HourOf(_)))
            }
            _ => false,
        });
        hours || self.hints().asks_for_the_clock
    }

    /// One class for each set of answers within a span: two weeks show every hour of every day of the week.
    fn by_the_clock(&self, from: i64, to: i64) -> Classes {
        const QUARTER: i64 = DAY / 96;
        let last = to.min(from.saturating_add(15 * DAY));
        let first = if from == EARLIEST { (to - 15 * DAY).max(from) } else { from };
        let last = if from == EARLIEST { to } else { last };
        let mut classes: Classes = Vec::new();
        let steps = (0..).map(|step| first.saturating_add(step * QUARTER)).take_while(|instant| *instant < last);
        for instant in steps.chain([last]) {
            let (sample, mut estimates) = self.class(Moment::Instant(Instant(instant)), instant, instant);
            for (estimate, aspect) in estimates.iter_mut().zip(&self.asked.aspects) {
                if let Aspect::Measure(place) = aspect
                    && !matches!(self.graph.measures.get(*place).map(|measure| &**measure), Some(NumberExpr::HourOf(_)))
                {
                    *estimate = self.measured_between(*place, from, to);
                }
            }
            let class = (sample, estimates);
            if !classes.iter().any(|(_, known)| *known == class.1) {
                classes.push(class);
            }
        }
        classes
    }

    /// A date of a span: a whole day where its first instant lies in it.
    fn sample(&self, from: i64, to: i64) -> Moment {
        let instant = match (from, to) {
            (EARLIEST, to) => (to - 30 * DAY).max(from),
            (from, LATEST) => from.saturating_add(30 * DAY).min(to),
            (from, to) if matches!(self.variable, Variable::At(_)) => {
                let age = self.graph.as_of.0 - to;
                // A whole number of days ago, where the span holds one.
                let days = age.div_euclid(DAY) + i64::from(age % DAY != 0);
                let whole = self.graph.as_of.0.saturating_sub(days.saturating_mul(DAY));
                if whole >= from { whole } else { to }
            }
            (from, to) => from + (to - from) / 2,
        };
        let day = self.day_of(instant);
        match day.filter(|_| !matches!(self.variable, Variable::At(_))) {
            Some(day) if (from..=to).contains(&Moment::Day(day).first(self.graph.probe.zone()).0) => Moment::Day(day),
            _ => Moment::Instant(Instant(instant)),
        }
    }

    fn day_of(&self, instant: i64) -> Option<jiff::civil::Date> {
        let timestamp = jiff::Timestamp::from_microsecond(instant).ok()?;
        Some(self.graph.probe.zone().time_zone().to_datetime(timestamp).date())
    }
}
