//! Scores, groups, rules and thresholds as a plan has them.

use super::{DateId, LookupEntry, MaskId, NumberId, PointsNode, QuestionId, StateId, SubjectId};
use crate::model::{Choice, PointLimits, RuleId};
use crate::value::{Decimal, Duration};

#[derive(Debug, Clone)]
pub enum ScorePlan {
    Rules {
        start: Decimal,
        /// A score whose `when` does not hold is missing.
        when: Option<MaskId>,
        items: Vec<PlacedItem>,
    },
    Derived(NumberId),
}

/// An item with its place among its parent's items, which decides between equals.
#[derive(Debug, Clone)]
pub struct PlacedItem {
    pub place: u32,
    pub item: ItemPlan,
}

#[derive(Debug, Clone)]
pub enum ItemPlan {
    Group(GroupPlan),
    Rule(RulePlan),
    /// Rules of one parent over one subject; each has a place of its own.
    Lookup(Lookup),
}

#[derive(Debug, Clone)]
pub struct GroupPlan {
    pub when: Option<MaskId>,
    pub choice: Choice,
    /// The percentage
    pub weight: Option<Decimal>,
    pub limits: PointLimits,
    pub items: Vec<PlacedItem>,
}

#[derive(Debug, Clone)]
pub struct RulePlan {
    pub rule: RuleId,
    pub body: BodyPlan,
    pub limits: PointLimits,
}

#[derive(Debug, Clone)]
pub enum BodyPlan {
    /// `None` holds always.
    When {
        mask: Option<MaskId>,
        points: PointsNode,
    },
    ForEach(StateId),
    ForEvery {
        /// The latest selected event, and the latest of each `since last`
        latest: Vec<DateId>,
        counting_from: Option<DateId>,
        every: Duration,
        after: Option<Duration>,
        points: PointsNode,
    },
}

/// Rules that ask one subject and give constant points, as one table from class to points.
#[derive(Debug, Clone)]
pub struct Lookup {
    pub subject: SubjectId,
    /// In the order written.
    pub rules: Vec<LookupRule>,
    pub choice: Choice,
    /// Where the subject's classes are known beforehand: an entry for each.
    pub entries: Option<Vec<LookupEntry>>,
}

/// One rule of a lookup; its points are within its limits already.
///
/// A `points … by` table with constant points stands here once for each number of points that it can give, always with
/// the same rule and place: at most one of these holds, and the table gives nothing where none does.
#[derive(Debug, Clone)]
pub struct LookupRule {
    pub rule: RuleId,
    pub place: u32,
    pub question: QuestionId,
    pub points: Decimal,
}

#[derive(Debug, Clone)]
pub struct ThresholdPlan {
    pub when: MaskId,
    pub until: Option<MaskId>,
    pub stays: bool,
}
