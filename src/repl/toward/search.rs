//! Tries single changes, then more at a time.

use super::candidates::candidates;
use super::change::{Change, changed};
use super::distance::distance;
use super::example;
use crate::data::interrupt;
use crate::model::{Condition, Model};
use crate::repl::Wrong;
use crate::repl::population::Population;
use crate::repl::standing::Standing;
use crate::repl::subject::Subject;
use crate::value::Instant;

/// The most changes of one suggestion that the search tries.
const MOST_CHANGES: usize = 5;
/// Suggestions that are looked for.
const ENOUGH: usize = 5;
/// How many of the nearest are gone on with.
const BEAM: usize = 24;
/// How often the lead is evaluated for one question.
pub const EVALUATIONS: usize = 9_000;

/// Changes after which the condition holds, and without any one of which it does not.
#[derive(Debug, Clone)]
pub struct Suggestion {
    pub changes: Vec<Change>,
    pub standing: Standing,
}

#[derive(Debug, Clone)]
pub enum Found {
    /// It holds as it is.
    Holds,
    /// The fewest changes first.
    Suggestions(Vec<Suggestion>),
    /// A proof that no lead can meet it.
    Impossible,
    /// Nothing was found, and perhaps there is something.
    Nothing,
}

/// What is tried, and how often it may still be.
pub(super) struct Trials<'a> {
    pub model: &'a Model,
    pub subject: &'a Subject,
    pub as_of: Instant,
    pub condition: &'a Condition,
    left: usize,
}

/// A set of changes that does not do yet.
struct Near {
    distance: f64,
    /// Places in the candidates, ascending.
    places: Vec<usize>,
}

impl Trials<'_> {
    /// How far the lead with these changes is from meeting the condition; `None` when enough was tried.
    pub fn distance(&mut self, changes: &[Change]) -> Option<f64> {
        self.left = self.left.checked_sub(1)?;
        let subject = changed(self.model, self.subject, changes);
        Some(distance(self.model, &subject.evaluate(self.model, self.as_of), self.condition))
    }

    /// Whether the lead with these changes meets the condition, however much was tried.
    pub fn holds(&self, changes: &[Change]) -> bool {
        let subject = changed(self.model, self.subject, changes);
        subject.evaluate(self.model, self.as_of).holds(self.condition)
    }

    fn suggestion(&self, changes: Vec<Change>) -> Suggestion {
        let subject = changed(self.model, self.subject, &changes);
        let standing = Standing::of(self.model, &subject.evaluate(self.model, self.as_of).results);
        Suggestion { changes, standing }
    }

    /// Leaves out what is not needed; `None` where it does not hold after all.
    pub fn made_small(&self, mut changes: Vec<Change>) -> Option<Vec<Change>> {
        if !self.holds(&changes) {
            return None;
        }
        let mut place = 0;
        while place < changes.len() {
            let mut fewer = changes.clone();
            fewer.remove(place);
            if self.holds(&fewer) {
                changes = fewer;
                // What was needed before may not be now.
                place = 0;
            } else {
                place += 1;
            }
        }
        Some(changes)
    }
}

/// The smallest changes after which a condition holds for a lead. The leads of a file lend their values; the lead is
/// evaluated about so often.
///
/// # Errors
/// [`Wrong::Interrupted`].
pub fn toward(
    model: &Model,
    subject: &Subject,
    as_of: Instant,
    condition: &Condition,
    leads: Option<&Population>,
    evaluations: usize,
) -> Result<Found, Wrong> {
    let mut trials = Trials { model, subject, as_of, condition, left: evaluations };
    if trials.holds(&[]) {
        return Ok(Found::Holds);
    }
    let all = candidates(model, condition, subject, as_of, leads);
    let mut found = by_search(&mut trials, &all, evaluations)?;
    if found.is_empty() {
        match example::of(&trials) {
            example::Example::Impossible => return Ok(Found::Impossible),
            example::Example::None => return Ok(Found::Nothing),
            example::Example::Changes(changes) => found.push(changes),
        }
    }
    let suggestions = found.into_iter().map(|changes| trials.suggestion(changes)).collect();
    Ok(Found::Suggestions(suggestions))
}

fn by_search(trials: &mut Trials<'_>, all: &[Change], evaluations: usize) -> Result<Vec<Vec<Change>>, Wrong> {
    let mut found: Vec<Vec<Change>> = Vec::new();
    let mut frontier = vec![Near { distance: f64::MAX, places: Vec::new() }];
    for size in 1..=MOST_CHANGES {
        let mut next: Vec<Near> = Vec::new();
        for near in &frontier {
            if interrupt::is_requested() {
                return Err(Wrong::Interrupted);
            }
            // Each set once: changes are added in order, but for an event that happens again.
            let from = if size <= 2 { near.places.last().copied().unwrap_or(0) } else { 0 };
            for place in from..all.len() {
                let Some(places) = with(near, place, all, size <= 2) else { continue };
                let changes: Vec<Change> = places.iter().filter_map(|place| all.get(*place).cloned()).collect();
                let Some(distance) = trials.distance(&changes) else { return Ok(found) };
                if distance > 0.0 {
                    next.push(Near { distance, places });
                } else if let Some(small) = trials.made_small(changes)
                    && !found.contains(&small)
                    && !found.iter().any(|other| likely_the_same(other, &small))
                {
                    found.push(small);
                }
                if found.len() >= ENOUGH {
                    return Ok(found);
                }
            }
        }
        if !found.is_empty() && size > 1 {
            break;
        }
        next.sort_by(|one, other| one.distance.total_cmp(&other.distance).then_with(|| one.places.cmp(&other.places)));
        next.dedup_by(|one, other| one.places == other.places);
        // All pairs are tried where there are few; of more, the nearest are gone on with.
        let keep = if size == 1 && next.len() * next.len() / 2 < evaluations / 2 { next.len() } else { BEAM };
        next.truncate(keep);
        frontier = next;
    }
    Ok(found)
}

/// A set with one change more; `None` where both cannot be, or the set came up before.
fn with(near: &Near, place: usize, all: &[Change], in_order: bool) -> Option<Vec<usize>> {
    let change = all.get(place)?;
    let excluded = near.places.iter().filter_map(|other| all.get(*other)).any(|other| change.excludes(other));
    let is_late = !in_order || near.places.last().is_none_or(|last| *last <= place);
    if excluded || !is_late {
        return None;
    }
    let mut places = near.places.clone();
    places.push(place);
    places.sort_unstable();
    Some(places)
}

/// The same fields and event types: another value is no other suggestion. Of each, the first is shown.
fn likely_the_same(one: &[Change], other: &[Change]) -> bool {
    let kinds = |changes: &[Change]| {
        let mut kinds: Vec<(bool, u32)> = changes
            .iter()
            .map(|change| match change {
                Change::Field(field, _) => (false, field.0),
                Change::Event(event) => (true, event.kind.0),
            })
            .collect();
        kinds.sort_unstable();
        kinds
    };
    kinds(one) == kinds(other)
}
