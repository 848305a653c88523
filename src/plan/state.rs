//! What is asked of a lead's events, and what must be kept of them to answer it.

use super::node::node_ids;
use super::{DateId, MaskId, NumberId, PropertyKey, QuestionId, SubjectId};
use crate::model::{Each, EventId, OccurrenceLimit};
use crate::value::{Decay, Decimal, Duration, Instant};
use std::collections::BTreeSet;

node_ids! {
    /// Into [`Plan::states`](super::Plan::states).
    StateId;
}

/// One question about a lead's events; equal ones are one state.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub asks: Asks,
    pub of: Selection,
    pub kind: StateKind,
    /// Why it is kept as it is, for people: "`since last` needs each event's place".
    pub why: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Asks {
    /// A number, 0 where there are none
    Count,
    CountOfDistinct(PropertyKey),
    Sum(PropertyKey),
    Average(PropertyKey),
    Highest(PropertyKey),
    Lowest(PropertyKey),
    /// The most recent event's property, of whatever type it is
    Latest(PropertyKey),
    First(PropertyKey),
    LatestAt,
    FirstAt,
    /// The points of a `for each` rule
    Points(Box<PointsOfEach>),
}

/// A `for each` rule: which of the selected events are occurrences, and what each gives.
#[derive(Debug, Clone, PartialEq)]
pub struct PointsOfEach {
    pub each: Each,
    /// In the order in which they are applied.
    pub limits: Vec<OccurrenceLimit>,
    pub decay: Option<Decay>,
    pub points: PointsNode,
}

/// Points before limits, in either scope.
#[derive(Debug, Clone, PartialEq)]
pub enum PointsNode {
    Constant(Decimal),
    /// Held within ±1,000,000 and rounded to 4 decimals
    Computed(NumberId),
    /// By occurrence, oldest first; the last one is for all further ones
    Series(Vec<PointsNode>),
    /// The first row whose question holds; no row gives nothing
    Table {
        subject: SubjectId,
        rows: Vec<(QuestionId, PointsNode)>,
        missing: Option<Box<PointsNode>>,
        otherwise: Option<Box<PointsNode>>,
    },
}

/// How much must be kept for a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateKind {
    /// Counts, sums, extremes, first and latest, decayed sums, the N latest
    Fixed,
    /// A small map: calendar and property limits, distinct counts
    PerBucket,
    /// The events themselves: their instants and needed properties
    List,
}

/// Which events count: of one of the types, not ignored, not after `as of`, past the filter, in every window.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    pub types: BTreeSet<EventId>,
    /// In the scope of an event
    pub filter: Option<MaskId>,
    /// The latest of `in last` and constant `since`s
    pub not_before: Option<Instant>,
    /// Constant `before`
    pub before: Option<Instant>,
    /// In the scope of the lead; a missing date keeps no event
    pub since: Option<DateId>,
    pub before_date: Option<DateId>,
    pub since_last: Vec<WhichPlan>,
    pub within_after: Option<(Duration, WhichPlan)>,
    /// Of an `ignore`: looks at ignored events too
    pub sees_ignored: bool,
}

/// Events that are looked back to.
#[derive(Debug, Clone, PartialEq)]
pub struct WhichPlan {
    pub types: BTreeSet<EventId>,
    pub filter: Option<MaskId>,
}

impl Selection {
    /// Whether an event can be judged as it is read, without its lead and its other events.
    pub fn is_local(&self) -> bool {
        self.since.is_none() && self.before_date.is_none() && self.since_last.is_empty() && self.within_after.is_none()
        // and its filter reads no value of the lead: see the pass that decides the kind
    }
}
