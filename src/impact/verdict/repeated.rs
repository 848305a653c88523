//! Events that a rule counts: once and more often, near together and far apart.

use super::Told;
use super::examined::Examiner;
use super::selectors::selected;
use crate::impact::outline::RulePart;
use crate::impact::sample::Sample;
use crate::model::{Body, Each, LimitScope, Points, Rule};
use crate::value::{Decimal, Instant, Text, Value, fold_name};
use std::collections::BTreeSet;

pub(super) const HOUR: i64 = 3_600_000_000;
/// Microseconds from one of several events to the next.
const APART: [i64; 5] = [0, HOUR, 24 * HOUR, 7 * 24 * HOUR, 31 * 24 * HOUR];

impl<'model> Examiner<'_, 'model> {
    /// An event that the rule counts, as often as its limits allow and once more, near together and far apart.
    pub fn repeated(&mut self, before: &RulePart<'model>, after: &RulePart<'model>) -> Option<Box<Told>> {
        let (mut times, mut at_least) = (BTreeSet::from([1, 2, 3]), BTreeSet::from([1]));
        for rule in [before.rule, after.rule] {
            if let Points::Series(series) = &rule.points {
                times.insert(series.len() as u64 + 1);
            }
            let Body::ForEach(each) = &rule.body else { continue };
            times.extend(each.limits.iter().flat_map(|limit| [limit.times, limit.times.saturating_add(1)]));
            at_least.extend(few_of(&each.each).into_iter().flat_map(|few| [few, few.saturating_sub(1).max(1)]));
            times.extend(enough(rule));
        }
        for (analysis, rule) in [(self.new, after.rule), (self.old, before.rule)] {
            let Body::ForEach(each) = &rule.body else { continue };
            let context = analysis.context_of_rule(rule.id);
            let Some(mut first) = selected(analysis, &each.selector, &context) else { continue };
            told_apart(rule, &mut first);
            let apart: Vec<i64> = APART.into_iter().chain(self.parting_ages()).collect();
            for sample in spread_out(&first, &times, &at_least, &apart) {
                if let Some(told) = self.telling.tell_either(&sample) {
                    return Some(Box::new(self.telling.shrunk(told)));
                }
            }
        }
        None
    }
}

/// Gives events the properties that the limits of a rule go by, so that others can be told from them.
pub(super) fn told_apart(rule: &Rule, sample: &mut Sample) {
    let Body::ForEach(each) = &rule.body else { return };
    let of_limits = each.limits.iter().filter_map(|limit| match &limit.scope {
        LimitScope::PerProperty(property) => Some(property),
        _ => None,
    });
    let own = match &each.each {
        Each::Property { property, .. } => Some(property),
        _ => None,
    };
    for property in of_limits.chain(own) {
        for event in &mut sample.events {
            let value = || Text::new("x").map(Value::Text);
            let is_known = event.properties.contains_key(&fold_name(&property.name));
            event.properties.extend(value().filter(|_| !is_known).map(|value| (fold_name(&property.name), value)));
        }
    }
}

/// `for each day with at least 7`: the 7.
pub(super) fn few_of(each: &Each) -> Option<u64> {
    match each {
        Each::Event => None,
        Each::Calendar { at_least, .. } | Each::Property { at_least, .. } | Each::At { at_least } => Some(*at_least),
    }
}

/// As many as bring a rule to its points limits, and one more.
fn enough(rule: &Rule) -> impl Iterator<Item = u64> {
    let last = match &rule.points {
        Points::Series(series) => series.last(),
        points => Some(points),
    };
    let each = match last {
        Some(Points::Constant(points)) => points.billionths(),
        _ => 0,
    };
    let limits = [rule.limits.highest, rule.limits.lowest].into_iter().flatten();
    let times = limits.filter_map(move |limit| u64::try_from(limit.billionths().checked_div(each)?).ok());
    times.flat_map(|times| [times, times.saturating_add(1), times.saturating_add(2)])
}

/// The events of an example `times` times over, each `at_least` times at once; with one text in all, and with others.
fn spread_out<'a>(
    first: &'a Sample,
    times: &'a BTreeSet<u64>,
    at_least: &'a BTreeSet<u64>,
    apart: &'a [i64],
) -> impl Iterator<Item = Sample> + 'a {
    const MOST: u64 = 200;
    apart.iter().flat_map(move |apart| {
        let pairs = times.iter().flat_map(move |count| at_least.iter().map(move |few| (*count, *few)));
        let pairs = pairs.filter(|(count, few)| count.saturating_mul(*few) <= MOST);
        pairs.flat_map(move |(count, few)| {
            [false, true].map(|others| Several { count, few, apart: *apart, others }.of(first))
        })
    })
}

/// How often, and how far apart.
pub(super) struct Several {
    pub count: u64,
    /// At each time so many
    pub few: u64,
    /// Microseconds from one time to the next
    pub apart: i64,
    /// Whether each time has other properties
    pub others: bool,
}

impl Several {
    /// The events of an example that often.
    pub fn of(&self, first: &Sample) -> Sample {
        let mut sample = Sample { events: Vec::new(), ..first.clone() };
        for number in 0..self.count as i64 {
            for event in first.events.iter().flat_map(|event| std::iter::repeat_n(event, self.few as usize)) {
                let mut event = event.clone();
                event.at = Instant(event.at.0.saturating_sub(self.apart.saturating_mul(number)));
                for value in event.properties.values_mut().filter(|_| self.others && number > 0) {
                    *value = other(value, number);
                }
                sample.events.push(event);
            }
        }
        sample.sort();
        sample
    }
}

/// Another value of the type.
fn other(value: &Value, number: i64) -> Value {
    let other = match value {
        Value::Text(text) => Text::new(&format!("{} {number}", text.given)).map(Value::Text),
        Value::Number(own) => own.add(Decimal::whole(number)).map(Value::Number),
        _ => None,
    };
    other.unwrap_or_else(|| value.clone())
}
