//! The nodes of the graph: every condition, number and rule of a model over the variables that it reads.

use crate::analysis::interval::Interval;
use crate::model::{Choice, Compare, EventId, FieldId, PropertyId, ThresholdId};
use crate::value::Decimal;

/// A place in [`super::Graph::nodes`]; a node's parts stand before it.
pub(in crate::analysis) type NodeId = usize;

/// What can differ from lead to lead, and from event to event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::analysis) enum Variable {
    Field(FieldId),
    /// Whether a threshold was met before
    Before(ThresholdId),
    /// How many events a selector keeps: into [`super::Graph::selectors`]
    Count(usize),
    /// What events come to: into [`super::Graph::aggregates`]
    Aggregate(usize),
    /// How many whole durations a `for every` rule counts: into [`super::Graph::silences`]
    Silence(usize),
    /// Of the one event that a filter looks at
    Property(EventId, PropertyId),
    /// The instant of that event
    At(EventId),
}

/// What is asked of one variable alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::analysis) enum Aspect {
    /// The number itself, known or not
    Value,
    /// A condition over it: into [`super::Graph::questions`]
    Question(usize),
    /// A number made of it: into [`super::Graph::measures`]
    Measure(usize),
}

/// How many of a rule's events it keeps as occurrences, and whether their points fade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::analysis) struct Kept {
    /// `for each day with at least 7`: that many make one
    pub group: Option<u64>,
    /// `at most 3 times`
    pub most: Option<u64>,
    /// `once per day`, `in any 30 days`
    pub has_other_limits: bool,
    pub fades: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::analysis) enum Node {
    Leaf(Variable, Aspect),

    // Conditions
    Constant(bool),
    /// What the analysis does not follow
    Open,
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    Not(NodeId),
    Known(NodeId),
    Compare(NodeId, Compare, NodeId),

    // Numbers
    Number(Decimal),
    Missing,
    /// Any number between these, or missing
    Somewhere(Interval),
    Negate(NodeId),
    Add(NodeId, NodeId),
    Subtract(NodeId, NodeId),
    Multiply(NodeId, NodeId),
    Divide(NodeId, NodeId),
    Percent(Decimal, NodeId),
    /// How many of these conditions hold
    Tally(Vec<NodeId>),
    FirstKnown(Vec<NodeId>),
    Highest(Vec<NodeId>),
    Lowest(Vec<NodeId>),
    /// The number beside the first condition that holds
    Choose {
        rows: Vec<(NodeId, NodeId)>,
        otherwise: Option<NodeId>,
    },
    Clamp {
        lowest: Option<Decimal>,
        highest: Option<Decimal>,
        of: NodeId,
    },
    Round(u32, NodeId),
    /// Missing where the condition does not hold
    Guarded(NodeId, NodeId),

    // Points: 0 where they do not take part
    /// A number once, where it is known
    Once(NodeId),
    /// Nothing where the condition does not hold
    Within(NodeId, NodeId),
    /// The points of kept occurrences
    Occurrences {
        count: NodeId,
        kept: Kept,
        points: Vec<NodeId>,
    },
    /// The number times how many whole durations
    Times {
        count: NodeId,
        points: NodeId,
    },
    Sum(Vec<NodeId>),
    Chosen(Choice, Vec<NodeId>),
    /// A share of points, rounded as points are
    Weighted(Decimal, NodeId),
    /// Points as a number that is always known
    Total(NodeId),
}

impl Node {
    /// Shows the nodes that it is made of.
    pub fn each_part(&self, see: &mut dyn FnMut(NodeId)) {
        match self {
            Node::Leaf(..) | Node::Constant(_) | Node::Open | Node::Number(_) | Node::Missing | Node::Somewhere(_) => {}
            Node::All(parts)
            | Node::Any(parts)
            | Node::Tally(parts)
            | Node::FirstKnown(parts)
            | Node::Highest(parts)
            | Node::Lowest(parts)
            | Node::Sum(parts)
            | Node::Chosen(_, parts) => parts.iter().for_each(|part| see(*part)),
            Node::Not(part)
            | Node::Known(part)
            | Node::Negate(part)
            | Node::Percent(_, part)
            | Node::Clamp { of: part, .. }
            | Node::Round(_, part)
            | Node::Once(part)
            | Node::Total(part)
            | Node::Weighted(_, part) => see(*part),
            Node::Compare(one, _, two)
            | Node::Add(one, two)
            | Node::Subtract(one, two)
            | Node::Multiply(one, two)
            | Node::Divide(one, two)
            | Node::Guarded(one, two)
            | Node::Within(one, two)
            | Node::Times { count: one, points: two } => [*one, *two].into_iter().for_each(see),
            Node::Choose { rows, otherwise } => {
                rows.iter().flat_map(|(condition, value)| [*condition, *value]).chain(*otherwise).for_each(see);
            }
            Node::Occurrences { count, points, .. } => {
                std::iter::once(*count).chain(points.iter().copied()).for_each(see);
            }
        }
    }

    /// The condition under which it is known at all, where it is guarded by one.
    pub fn guard(&self) -> Option<NodeId> {
        match self {
            Node::Guarded(when, _) => Some(*when),
            _ => None,
        }
    }
}
