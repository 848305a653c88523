//! The plan: what `run` executes over batches of leads in columns.
//!
//! Made of the checked [`crate::model`] for one `as of`, read by [`crate::run`] and printed by `score plan`. Compared
//! with the model: names are gone (defines and lookups are inlined, equal expressions are one node), everything that
//! asks one subject is a [`Question`] of that subject, rules over one subject are folded into [`Lookup`]s, what is asked
//! of events is a list of [`State`]s, instants that depend on `as of` are constants, and what can never matter is left
//! out. It gives the same results as the [`mod@crate::reference`] evaluator, which knows nothing of it.
//!
//! | pass | does |
//! |---|---|
// The table of passes, one a file, stands here.

mod node;
mod question;
mod results;
mod state;

pub use node::*;
pub use question::*;
pub use results::*;
pub use state::*;

use crate::model::{AnyExpr, Condition, EventId, FieldId, Model, PropertyId};
use crate::value::Instant;
use std::collections::BTreeSet;

/// What a run asks besides the model's results.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--only`
    pub only: Option<Condition>,
    /// `--keep` of defines and lookups
    pub kept: Vec<AnyExpr>,
    /// Whether the points of single rules are needed: `--reasons`
    pub rules: bool,
}

/// Everything that evaluating leads takes.
#[derive(Debug)]
pub struct Plan<'model> {
    pub model: &'model Model,
    pub as_of: Instant,
    /// Lead fields that something live reads; the key is not among them unless a rule reads it.
    pub fields: BTreeSet<FieldId>,
    /// Event properties that something live reads.
    pub properties: BTreeSet<(EventId, PropertyId)>,
    /// Event types that some live state selects, or looks back to.
    pub events: BTreeSet<EventId>,
    /// Expressions over a lead, each after all it is made of, states too.
    pub lead: Nodes,
    /// Expressions over one event, for the filters and points of states.
    pub event: Nodes,
    /// What is asked of the events of a lead.
    pub states: Vec<State>,
    /// Over events: those that hold are ignored by all states but those that see ignored ones. Each a selection.
    pub ignores: Vec<Selection>,
    /// The order in which nodes of `lead`, states, scores, matrices and thresholds are settled.
    pub steps: Vec<Step>,
    pub excludes: Vec<MaskId>,
    pub scores: Vec<ScorePlan>,
    pub thresholds: Vec<ThresholdPlan>,
    /// What is asked of the results, once exclusion has been seen to: nodes of `after`, which reads the final results.
    pub after: Nodes,
    pub after_steps: Vec<Step>,
    pub only: Option<MaskId>,
    pub kept: Vec<ValueId>,
    /// As asked.
    pub rules: bool,
    /// What was done, for `score plan`, the census of the tests, and readers of goldens.
    pub notes: Notes,
}

/// One step of an evaluation, over a whole batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A node of the arena
    Value(ValueId),
    State(StateId),
    Score(crate::model::ScoreId),
    Matrix(crate::model::MatrixId),
    Threshold(crate::model::ThresholdId),
}

/// What the passes did and did not do.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    // Filled by the passes.
}

impl<'model> Plan<'model> {
    /// Plans a model.
    pub fn new(model: &'model Model, as_of: Instant, asked: &Asked) -> Plan<'model> {
        let _ = (model, as_of, asked);
        todo!()
    }
}
