//! Where each point of a score came from.

use crate::model::RuleId;
use crate::source::Span;
use crate::value::Decimal;

/// Of one score: the points of the entries of depth 0 sum exactly to the score (of an excluded lead: to what the score
/// would have been; the commands show the exclusion as one more entry).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Breakdown {
    /// In the order of writing, a group after its items' entries' opening: see [`Entry::depth`].
    pub entries: Vec<Entry>,
    /// The sum of the depth-0 entries; `None` where the score is missing.
    pub total: Option<Decimal>,
}

/// One line of a breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub kind: EntryKind,
    pub label: String,
    /// 0 for items of the score. A group's own entry (points: what the group brings in all) is followed by the entries of
    /// its items, one deeper, and by those of its choice, weight and limits, which add up to the group's points.
    pub depth: usize,
    /// How many occurrences were kept, of a `for each` rule; how many whole durations, of `for every`.
    pub occurrences: Option<u64>,
    /// The sum of points before decay, of a rule with occurrences.
    pub before_decay: Option<Decimal>,
    /// After the rule's own points limits.
    pub points: Decimal,
    /// False where the entry gives nothing because its condition did not hold, no event was there or no row fitted.
    pub took_part: bool,
    /// Dropped by the choice of its group: its points are shown and taken away again by the choice's entry.
    pub dropped: bool,
    pub span: Option<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// `starting at 10`
    Start,
    Rule(RuleId),
    Group,
    /// What `highest only` and the like take away
    Choice,
    /// What `counts 30%` takes away
    Weight,
    /// What `no higher than`, `no lower than`, `from`, `to` change
    Limit,
    /// What rounding changes
    Rounding,
    /// A term of a derived score
    Term,
}
