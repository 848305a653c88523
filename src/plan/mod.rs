//! The plan: what `run` executes over batches of leads in columns.
//!
//! Made of the checked [`crate::model`] for one `as of`, read by [`crate::run`] and printed by `score plan`. Compared
//! with the model: names are gone (defines and lookups are inlined, equal expressions are one node), everything that
//! asks one subject is a question of that subject (a [`QuestionId`]), rules over one subject are folded into [`Lookup`]s, what is asked
//! of events is a list of [`State`]s, instants that depend on `as of` are constants, and what can never matter is left
//! out. It gives the same results as the [`mod@crate::reference`] evaluator, which knows nothing of it.
//!
//! A plan is built in one walk over the model, in which most passes take part, and finished when all is known:
//!
//! | pass | file | does |
//! |---|---|---|
//! | `share` | [`arena`] | equal expressions become one node, equal questions one question |
//! | `questions` | [`ask`], [`cuts`] | a whole condition over one subject becomes one question; values are cut into classes |
//! | `through-lookups` | [`through`] | what is asked of a lookup's result is asked of its key |
//! | `fold` | [`ask`], [`number`], [`table`], [`selector`] | what constants decide is decided |
//! | `drop-dead` | [`rule`] | rules and groups that can never give anything are left out |
//! | `lookups` | [`lookups`] | rules over one subject under one parent become one table |
//! | `text-machines` | [`text_tests`] | one search for all parts and one set of regular expressions for each text |
//! | `join-questions` | [`join`] | questions of several subjects that must all be answered yes become one node |
//! | `state-kinds` | [`kinds`] | how much of a lead's events is kept |
//! | | [`live`], [`steps`], [`finish`] | what no result is made of is left out; the order of what is left |
//!
//! The walk itself: [`builder`], [`condition`], [`number`], [`text`], [`table`], [`selector`], [`rule`]; [`reads`] tells
//! what an event's filter need not work out again for each event. [`tree`] and [`sets`] are what questions are made of.
//! [`show`] tells people what came of it, in the words of [`words`] and [`naming`].

mod arena;
mod ask;
mod builder;
mod census;
mod condition;
mod cuts;
mod finish;
mod join;
mod kinds;
mod live;
mod lookups;
mod naming;
mod node;
mod notes;
mod number;
mod passes;
mod question;
mod reads;
mod results;
mod rule;
mod selector;
mod sets;
pub mod show;
mod state;
mod steps;
mod table;
mod text;
mod text_tests;
mod text_use;
mod through;
mod tree;
mod words;

pub use join::JOINED_TOGETHER;
pub(crate) use kinds::values_of_points;
pub(crate) use live::{Part, parts};
pub use node::*;
pub use notes::{Dropped, Notes};
pub use passes::{PASSES, Pass, Passes};
pub use question::*;
pub use results::*;
pub use state::*;
pub use text_tests::{PartSearch, TextTests};
pub use text_use::{TextAsks, TextUse};

use crate::model::{AnyExpr, Condition, EventId, FieldId, Model, PropertyId};
use crate::value::Instant;
use builder::{Builder, Planned, Scope};
use finish::Renumbered;
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
    /// What is asked of the events of a lead. All of them are settled by `steps`, those of `after` too.
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
    /// Whether points of single rules are needed: as asked, or for `points of` in `--only`. A rule that stands nowhere
    /// gives 0 wherever its score is known.
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

impl<'model> Plan<'model> {
    /// Plans a model.
    pub fn new(model: &'model Model, as_of: Instant, asked: &Asked) -> Plan<'model> {
        Plan::with(model, as_of, asked, Passes::ALL)
    }

    /// Plans a model with some of the optimisations.
    pub fn with(model: &'model Model, as_of: Instant, asked: &Asked, passes: Passes) -> Plan<'model> {
        let mut builder = Builder::new(model, as_of, passes);
        builder.names();
        builder.sees_ignored = true;
        let ignores: Vec<Selection> = model.ignores.iter().filter_map(|ignore| builder.selection(ignore)).collect();
        builder.sees_ignored = false;
        let excludes = model.excludes.iter().map(|exclude| builder.condition(&exclude.when)).collect::<Vec<_>>();
        let excludes: Vec<MaskId> = excludes.into_iter().map(|exclude| builder.mask(exclude)).collect();
        let mut scores: Vec<ScorePlan> = model.scores.iter().map(|score| builder.score(score)).collect();
        let thresholds: Vec<ThresholdPlan> =
            model.thresholds.iter().map(|threshold| builder.threshold(threshold)).collect();
        let (only, kept) = builder.after(asked);

        builder.join_questions();

        let after = kept.iter().copied().chain(only.map(ValueId::Mask)).collect();
        let ordered = builder.ordered(&steps::Results {
            ignores: &ignores,
            excludes: &excludes,
            scores: &scores,
            thresholds: &thresholds,
            after,
        });
        builder.kinds(&ignores);
        let (reached, numbers) = (&ordered.reached, Renumbered::new(&ordered.reached));
        builder.count_shared();
        let lead = builder.finished(Scope::Lead, &reached.lead, &numbers, None);
        let event = builder.finished(Scope::Event, &reached.event, &numbers, Some(&lead));
        let after = builder.finished(Scope::After, &reached.after, &numbers, None);
        numbers.scores(&mut scores, &lead);
        let asks_points = after.order.iter().any(|value| match value {
            ValueId::Number(id) => matches!(after.numbers.get(id.index()), Some(NumberNode::PointsOf(_))),
            _ => false,
        });
        let mut plan = Plan {
            model,
            as_of,
            fields: BTreeSet::new(),
            properties: BTreeSet::new(),
            events: BTreeSet::new(),
            after_steps: after.order.iter().copied().map(Step::Value).collect(),
            states: builder.finished_states(reached, &numbers),
            steps: builder.steps(&ordered, &numbers),
            lead,
            event,
            ignores,
            excludes,
            scores,
            thresholds,
            after,
            only,
            kept,
            rules: asked.rules || asks_points,
            notes: std::mem::take(&mut builder.notes),
        };
        plan.fill_reads();
        plan.take_census();
        plan
    }
}

impl Builder<'_> {
    /// What is asked of the results: over final scores, and of names that are planned anew.
    fn after(&mut self, asked: &Asked) -> (Option<MaskId>, Vec<ValueId>) {
        self.within(Scope::After, |builder| {
            if asked.only.is_none() && asked.kept.is_empty() {
                return (None, Vec::new());
            }
            builder.names();
            let only = asked.only.as_ref().map(|only| builder.condition(only));
            let only = only.map(|only| builder.mask(only));
            let mut kept = Vec::new();
            for expr in &asked.kept {
                kept.push(match builder.any(expr) {
                    Planned::Value(value) => value,
                    Planned::Condition(cond) => ValueId::Mask(builder.mask(cond)),
                });
            }
            (only, kept)
        })
    }
}

#[cfg(test)]
mod tests;
