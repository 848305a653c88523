//! The reference evaluator: the contract of the language in code, one lead at a time, with the breakdown.
//!
//! Short, plain, obviously right; nothing is ever optimised here, but that each name of the model is settled once per
//! lead. `explain`, `test` and the REPL use it, and every other evaluator is held against it.
//!
//! | file | says |
//! |---|---|
//! | `facts` | what is known about the lead: its values, its events, the names settled so far |
//! | `ignored`, `order`, `exclusion` | the steps of an evaluation |
//! | `condition`, `number`, `text`, `date`, `expression` | the value of an expression |
//! | `selector`, `aggregate`, `key` | which events count, and what they come to |
//! | `occurrences`, `limits`, `every`, `points`, `rule`, `group`, `score`, `threshold` | from events to points to results |
//! | `breakdown` | where each point came from |
//! | `why`, `why_rule`, `describe` | the same in words |

mod aggregate;
mod breakdown;
mod condition;
mod date;
mod describe;
mod every;
mod exclusion;
mod expression;
mod facts;
mod group;
mod ignored;
mod key;
mod limits;
mod number;
mod occurrences;
mod order;
mod points;
mod rule;
mod score;
mod selector;
mod text;
mod threshold;
mod why;
mod why_rule;

#[cfg(test)]
pub(crate) mod tests;

pub use breakdown::{Breakdown, Entry, EntryKind};
pub use describe::show;
pub use why_rule::{RuleWhy, SelectorCounts};

use crate::model::{AnyExpr, Condition, Event, Lead, Model, Previous, Results, Selector};
use crate::value::{Instant, Value};
use facts::{Facts, Watch};

/// Everything about one lead: its results, where each point came from, and what else can be asked.
pub struct Evaluation<'run> {
    pub results: Results,
    /// One for each score.
    pub breakdowns: Vec<Breakdown>,
    /// As the results are.
    facts: Facts<'run>,
    /// As they would have been, for a lead that is excluded.
    unexcluded: Option<Facts<'run>>,
}

/// Called for every condition that is evaluated, each part of it too: the condition and whether it held. All parts of
/// `and` and `or` are evaluated, also those after one that decides; filters once for each event of their types; what a
/// group or score whose `when` does not hold contains, not at all. Coverage and explanations listen here.
pub type Listener<'run> = &'run dyn Fn(&Condition, bool);

/// Evaluates one lead as of an instant. `events` stand in their one order; those after `as_of` do not exist.
pub fn evaluate<'run>(
    model: &'run Model,
    lead: &'run Lead,
    events: &'run [Event],
    previous: &'run Previous,
    as_of: Instant,
    listener: Option<Listener<'run>>,
) -> Evaluation<'run> {
    let watch = Watch::new(listener);
    let existing = events.iter().filter(|event| event.at <= as_of).collect();
    let mut facts = Facts::new(model, lead, existing, as_of);
    facts.without_ignored(&watch);
    let breakdowns = order::settle_all(&mut facts, previous, &watch);
    debug_assert!(breakdowns.iter().all(balances), "a breakdown does not sum to its score");

    let excluded = facts.scope(&watch).exclusion();
    let (facts, unexcluded) = match excluded {
        None => (facts, None),
        Some(reason) => (facts.excluded_by(reason), Some(facts)),
    };
    Evaluation { results: results(&facts, watch.overflows.get()), breakdowns, facts, unexcluded }
}

impl Evaluation<'_> {
    /// Whether a condition over results holds (`--only`, `expect`).
    pub fn holds(&self, condition: &Condition) -> bool {
        self.facts.scope(&Watch::new(None)).holds(condition)
    }

    /// The value of any expression over the lead and its results (`--keep` of a define or lookup).
    pub fn value(&self, expr: &AnyExpr) -> Option<Value> {
        self.facts.scope(&Watch::new(None)).value(expr)
    }

    /// How many events a selector keeps.
    pub fn count(&self, selector: &Selector) -> usize {
        self.facts.scope(&Watch::new(None)).select(selector).len()
    }

    /// Whether some event passes a filter.
    pub fn has_event(&self, filter: &Condition) -> bool {
        let watch = Watch::new(None);
        let scope = self.facts.scope(&watch);
        self.facts.events.iter().any(|event| scope.at(event).holds(filter))
    }
}

fn results(facts: &Facts<'_>, overflows: u64) -> Results {
    Results {
        excluded: facts.excluded,
        scores: facts.scores.clone(),
        bands: facts.bands.clone(),
        matrices: facts.matrices.clone(),
        thresholds: facts.thresholds.clone(),
        overflows,
    }
}

/// Whether the entries of depth 0 sum to the score, and each group's to the group.
fn balances(breakdown: &Breakdown) -> bool {
    let sum_at = |entries: &[Entry], depth: usize| {
        let inside = entries.iter().take_while(|entry| entry.depth >= depth);
        points::sum(inside.filter(|entry| entry.depth == depth).map(|entry| entry.points))
    };
    let mut groups = breakdown.entries.iter().enumerate().filter(|(_, entry)| entry.kind == EntryKind::Group);
    let groups_balance = |(place, group): (usize, &Entry)| {
        let inside = breakdown.entries.get(place + 1..).unwrap_or_default();
        sum_at(inside, group.depth + 1) == group.points
    };
    breakdown.total.is_none_or(|total| sum_at(&breakdown.entries, 0) == total) && groups.all(groups_balance)
}
