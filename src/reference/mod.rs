//! The reference evaluator: the contract of the language in code, one lead at a time, with the breakdown.
//!
//! Short, plain, obviously right; nothing is ever optimised here. `explain`, `test` and the REPL use it, and every other
//! evaluator is held against it.

mod breakdown;

pub use breakdown::{Breakdown, Entry, EntryKind};

use crate::model::{AnyExpr, Condition, Event, Lead, Model, Previous, Results};
use crate::value::{Instant, Value};

/// Everything about one lead: its results, where each point came from, and what else can be asked.
pub struct Evaluation<'run> {
    pub results: Results,
    /// One for each score.
    pub breakdowns: Vec<Breakdown>,
    model: &'run Model,
}

/// Called for every condition that is evaluated, each part of it too: the condition and whether it held. Coverage and
/// explanations listen here.
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
    todo!()
}

impl Evaluation<'_> {
    /// Whether a condition over results holds (`--only`, `expect`).
    pub fn holds(&self, condition: &Condition) -> bool {
        todo!()
    }

    /// The value of any expression over the lead and its results (`--keep` of a define or lookup).
    pub fn value(&self, expr: &AnyExpr) -> Option<Value> {
        todo!()
    }

    /// Why a condition holds or not: the smallest part of it that decides, with the values it met, as one line for
    /// people: "`employees >= 50`: `employees` is 12".
    pub fn why(&self, condition: &Condition) -> String {
        todo!()
    }
}
