//! What was answered before: the same question is looked into once.

use super::graph::NodeId;
use super::optimum::{Optimum, Term};
use super::query::Choices;
use super::quick::QuickMap;
use super::ranges::Ranged;
use super::search::{Goal, Outcome};
use super::single_event::EventSketch;
use super::{Bound, Verdict, Witness};
use crate::model::{EventId, Results};
use std::cell::RefCell;
use std::hash::Hash;
use std::rc::Rc;

/// Answers by what was asked.
pub(super) type Known<Asked, Answer> = RefCell<QuickMap<Asked, Answer>>;

/// A number, whether it goes up, and what must be met.
type Furthest = (NodeId, bool, Vec<Goal>);
type FurthestSum = (Vec<Term>, bool, Vec<Goal>);
/// Whether it goes up, and what is given.
type End = (Ranged, bool, Vec<Goal>);

/// What was asked before. Goals are kept in order.
#[derive(Default)]
pub(super) struct Answers {
    /// Of goals over one part, an example that was confirmed, and its classes
    pub parts: Known<Vec<Goal>, Outcome<(Choices, Witness)>>,
    /// Of all goals
    pub verdicts: Known<Vec<Goal>, Verdict>,
    /// Proved: no lead meets the goals
    pub impossible: Known<Vec<Goal>, bool>,
    /// Classes that meet goals
    pub meeting: Known<Vec<Goal>, Option<Choices>>,
    pub optima: Known<Furthest, Option<Optimum>>,
    /// Examples of what brings a score furthest
    pub furthest: Known<Furthest, Rc<Vec<Witness>>>,
    /// Of examples, as they are shown; none for one that is excluded
    pub results: Known<String, Option<Rc<Results>>>,
    /// Of parts of sums that are searched together
    pub sums: Known<FurthestSum, Option<Optimum>>,
    /// Of a type, events that meet goals
    pub events: Known<(EventId, Vec<Goal>), Outcome<EventSketch>>,
    /// Ends of ranges, with examples
    pub bounds: Known<End, Bound>,
}

/// What was answered before, or the answer from now on.
pub(super) fn once<Asked: Hash + Eq, Answer: Clone>(
    known: &Known<Asked, Answer>,
    asked: Asked,
    answer: impl FnOnce(&Asked) -> Answer,
) -> Answer {
    if let Some(known) = known.borrow().get(&asked) {
        return known.clone();
    }
    let answer = answer(&asked);
    known.borrow_mut().insert(asked, answer.clone());
    answer
}
