//! What one rule or table gives.

use super::breakdown::{Entry, EntryKind};
use super::facts::Scope;
use super::limits::within_limits;
use super::points::sum;
use crate::model::{Body, ForEach, ForEvery, Rule};
use crate::value::{Decimal, Factor};

/// What a rule earns before its points limits.
#[derive(Default)]
struct Earned {
    points: Decimal,
    took_part: bool,
    occurrences: Option<u64>,
    before_decay: Option<Decimal>,
}

impl<'a> Scope<'a> {
    /// The rule's entry, at depth 0.
    pub fn rule(&self, rule: &Rule) -> Entry {
        let earned = match &rule.body {
            Body::Always => self.once(rule),
            Body::When(condition) if self.holds(condition) => self.once(rule),
            Body::When(_) => Earned::default(),
            Body::ForEach(each) => self.for_each(rule, each),
            Body::ForEvery(every) => self.for_every(rule, every),
        };
        Entry {
            occurrences: earned.occurrences,
            before_decay: earned.before_decay,
            points: within_limits(earned.points, rule.limits),
            took_part: earned.took_part,
            ..Entry::new(EntryKind::Rule(rule.id), &rule.label, Some(rule.span))
        }
    }

    fn once(&self, rule: &Rule) -> Earned {
        match self.points(&rule.points, 0) {
            Some(points) => Earned { points, took_part: true, ..Earned::default() },
            None => Earned::default(),
        }
    }

    /// Each kept occurrence, oldest first: its points, times its decay, rounded. One without points still counts.
    fn for_each(&self, rule: &Rule, each: &ForEach) -> Earned {
        let (zone, as_of) = (&self.facts.model.zone, self.facts.as_of);
        let occurrences = self.occurrences(each);
        let (mut before_decay, mut decayed) = (Vec::new(), Vec::new());
        for (nth, event) in occurrences.iter().enumerate() {
            let points = self.at(event).points(&rule.points, nth).unwrap_or_default();
            let factor = each.decay.map_or(Factor::ONE, |decay| decay.factor(event.at, as_of, zone));
            before_decay.push(points);
            decayed.push(factor.of(points));
        }
        Earned {
            points: sum(decayed),
            took_part: !occurrences.is_empty(),
            occurrences: Some(occurrences.len() as u64),
            before_decay: Some(sum(before_decay)),
        }
    }

    fn for_every(&self, rule: &Rule, every: &ForEvery) -> Earned {
        let count = self.whole_durations(every);
        let points = self.points(&rule.points, 0).filter(|_| count > 0);
        Earned {
            points: points.map_or(Decimal::ZERO, |points| times(points, count)),
            took_part: points.is_some(),
            occurrences: Some(count),
            before_decay: None,
        }
    }
}

/// At most 1,000,000 points times the seconds of 20,000 years: far below the limit of the type.
fn times(points: Decimal, count: u64) -> Decimal {
    Decimal::from_billionths(points.billionths().saturating_mul(i128::from(count)))
}
