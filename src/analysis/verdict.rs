//! What the analysis answers: verdicts and bounds, each with an example where there is one.

use super::Witness;
use crate::model::Condition;
use crate::value::Decimal;

/// Whether something can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It can: here is an example, which the reference evaluator has confirmed.
    Yes(Witness),
    /// It cannot, for any lead and any events: a proof.
    No,
    /// Neither was found. Say nothing.
    Unknown,
}

impl Verdict {
    /// Proved possible.
    pub fn is_yes(&self) -> bool {
        matches!(self, Verdict::Yes(_))
    }

    /// Proved impossible.
    pub fn is_no(&self) -> bool {
        matches!(self, Verdict::No)
    }

    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Verdict::Yes(witness) => Some(witness),
            Verdict::No | Verdict::Unknown => None,
        }
    }
}

/// A condition that is asked to hold, or not to.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub condition: &'a Condition,
    pub holds: bool,
}

impl<'a> Given<'a> {
    pub fn holds(condition: &'a Condition) -> Given<'a> {
        Given { condition, holds: true }
    }

    pub fn fails(condition: &'a Condition) -> Given<'a> {
        Given { condition, holds: false }
    }
}

/// One end of a range. Nothing ever lies past it.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// Attained by the example: the reference evaluator has confirmed it.
    Exact(Decimal, Witness),
    /// A safe bound, perhaps not attained: "at most" as the highest of a range, "at least" as the lowest.
    Within(Decimal),
    /// No bound was found, and perhaps there is none: points for each event without a limit.
    Unbounded,
}

impl Bound {
    /// The bound, exact or safe.
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Bound::Exact(value, _) | Bound::Within(value) => Some(*value),
            Bound::Unbounded => None,
        }
    }

    pub fn is_exact(&self) -> bool {
        matches!(self, Bound::Exact(..))
    }

    /// The attained value with its example.
    pub fn exact(&self) -> Option<(Decimal, &Witness)> {
        match self {
            Bound::Exact(value, witness) => Some((*value, witness)),
            Bound::Within(_) | Bound::Unbounded => None,
        }
    }
}
