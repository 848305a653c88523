//! Time passing with nothing else happening: when a condition begins or ends to hold.
//!
//! The condition is evaluated at a row of instants: each day, and each instant at which a duration of the model, counted
//! from something that happened, is over. Between the last instant where it holds as now and the first where it does not,
//! the passage is found by halving. Both sides of what is found have been evaluated.

use super::Wrong;
use super::subject::Subject;
use crate::data::interrupt;
use crate::model::walk::{Part, walk_condition, walk_model};
use crate::model::{
    Body, Condition, ConditionKind, DateTest, Event, Item, LimitScope, Model, Points, Previous, Rule, ScoreBody,
    Selector,
};
use crate::reference::{Evaluation, evaluate};
use crate::value::{Curve, Decay, Duration, Instant, TimeUnit, Value};
use std::collections::BTreeSet;

/// How far it is looked ahead, in days: three years.
pub const DAYS_AHEAD: i64 = 1_096;
const DAY: i64 = 86_400_000_000;
/// Instants that are evaluated before halving.
const MOST_INSTANTS: usize = 20_000;

/// A lead as of an instant, from which time goes on.
pub struct Passage<'a> {
    model: &'a Model,
    subject: &'a Subject,
    as_of: Instant,
    /// The events that exist: later ones never happen.
    events: Vec<Event>,
    /// What is met as of the instant.
    met: Previous,
}

/// The first instant at which a condition no longer holds as it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub at: Instant,
    /// Whether it holds from then on.
    pub holds: bool,
}

impl<'a> Passage<'a> {
    pub fn new(model: &'a Model, subject: &'a Subject, as_of: Instant) -> Passage<'a> {
        let met = Previous { met: subject.evaluate(model, as_of).results.thresholds };
        let events = subject.events.iter().filter(|event| event.at <= as_of).cloned().collect();
        Passage { model, subject, as_of, events, met }
    }

    /// Looks at the lead as of a later instant.
    pub fn look<T>(&self, at: Instant, look: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        let previous = if at == self.as_of { &self.subject.previous } else { &self.met };
        look(&evaluate(self.model, &self.subject.lead, &self.events, previous, at, None))
    }

    pub fn holds(&self, condition: &Condition, at: Instant) -> bool {
        self.look(at, |evaluation| evaluation.holds(condition))
    }

    /// When a condition turns; `None` where it does not within [`DAYS_AHEAD`].
    ///
    /// # Errors
    /// [`Wrong::Interrupted`].
    pub fn turn(&self, condition: &Condition) -> Result<Option<Turn>, Wrong> {
        let now = self.holds(condition, self.as_of);
        let mut before = self.as_of;
        for at in self.instants(condition) {
            if interrupt::is_requested() {
                return Err(Wrong::Interrupted);
            }
            if self.holds(condition, at) != now {
                return Ok(Some(Turn { at: self.halved(condition, now, before, at), holds: !now }));
            }
            before = at;
        }
        Ok(None)
    }

    /// The instant between the two at which it turns: it holds as `now` a microsecond before.
    fn halved(&self, condition: &Condition, now: bool, mut before: Instant, mut after: Instant) -> Instant {
        while after.0.saturating_sub(before.0) > 1 {
            let middle = Instant(before.0 + (after.0 - before.0) / 2);
            if self.holds(condition, middle) == now {
                before = middle;
            } else {
                after = middle;
            }
        }
        after
    }

    /// Later instants in order.
    fn instants(&self, condition: &Condition) -> Vec<Instant> {
        let zone = &self.model.zone;
        let end = Instant(self.as_of.0.saturating_add(DAYS_AHEAD * DAY));
        let dates = self.subject.lead.values.iter().filter_map(|value| match value {
            Some(Value::Date(date)) => Some([date.first(zone), date.last(zone)]),
            _ => None,
        });
        let mut bases: BTreeSet<Instant> = self.events.iter().map(|event| event.at).collect();
        bases.extend(dates.flatten());
        let mut instants: BTreeSet<Instant> =
            (1..=DAYS_AHEAD).map(|day| Instant(self.as_of.0.saturating_add(day * DAY))).collect();
        let mut note = |at: Option<Instant>| {
            // On both sides: some windows include their end.
            let around = at.into_iter().flat_map(|at| [at, Instant(at.0.saturating_add(1))]);
            instants.extend(around.filter(|at| *at > self.as_of && *at <= end));
        };
        let durations = durations(self.model, condition);
        for base in bases {
            note(Some(base));
            for duration in &durations {
                note(base.plus(*duration, zone));
                note(base.minus(*duration, zone));
            }
        }
        instants.into_iter().take(MOST_INSTANTS).collect()
    }
}

/// Every duration that the model and a condition name.
fn durations(model: &Model, asked: &Condition) -> Vec<Duration> {
    let mut found = Vec::new();
    let mut visit = |part: Part<'_>| match part {
        Part::Condition(condition) => found.extend(of_condition(condition)),
        Part::Selector(selector) => found.extend(of_selector(selector)),
        _ => {}
    };
    walk_condition(asked, &mut visit);
    walk_model(model, &mut visit);
    for score in &model.scores {
        if let ScoreBody::Rules { items, .. } = &score.body {
            found.extend(rules(items).into_iter().flat_map(of_rule));
        }
    }
    found.sort_by_key(|duration| (duration.unit, duration.count));
    found.dedup();
    found
}

fn of_condition(condition: &Condition) -> Option<Duration> {
    match &condition.kind {
        ConditionKind::Date { test: DateTest::InLast(duration) | DateTest::InNext(duration), .. } => Some(*duration),
        _ => None,
    }
}

fn of_selector(selector: &Selector) -> Vec<Duration> {
    selector.in_last.into_iter().chain(selector.within_after.as_ref().map(|(length, _)| *length)).collect()
}

fn rules(items: &[Item]) -> Vec<&Rule> {
    let mut found = Vec::new();
    let mut open: Vec<&Item> = items.iter().collect();
    while let Some(item) = open.pop() {
        match item {
            Item::Rule(rule) => found.push(rule),
            Item::Group(group) => open.extend(&group.items),
        }
    }
    found
}

fn of_rule(rule: &Rule) -> Vec<Duration> {
    match &rule.body {
        Body::ForEvery(every) => {
            let times =
                |count: i64| Duration { count: every.every.count.saturating_mul(count), unit: every.every.unit };
            (1..=12).map(times).chain(every.after).collect()
        }
        Body::ForEach(each) => {
            let limits = each.limits.iter().filter_map(|limit| match limit.scope {
                LimitScope::InAny(duration) => Some(duration),
                _ => None,
            });
            limits.chain(each.decay.iter().flat_map(of_decay)).collect()
        }
        Body::Always | Body::When(_) => match &rule.points {
            Points::Constant(_) => Vec::new(),
            // `days since` in points: whole days from its date are among the instants of days
            _ => vec![Duration { count: 1, unit: TimeUnit::Day }],
        },
    }
}

fn of_decay(decay: &Decay) -> Vec<Duration> {
    let steps = |every: Duration| {
        (1..=12).map(move |count| Duration { count: every.count.saturating_mul(count), unit: every.unit })
    };
    let curve: Vec<Duration> = match &decay.curve {
        Curve::HalfLife(duration) | Curve::Linear(duration) => vec![*duration],
        Curve::OfOriginal { every, .. } | Curve::OfWhatIsLeft { every, .. } => steps(*every).collect(),
    };
    curve.into_iter().chain(decay.after).collect()
}
