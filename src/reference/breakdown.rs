//! Where each point of a score came from.

use crate::model::RuleId;
use crate::source::Span;
use crate::value::Decimal;

/// Of one score: the points of the entries of depth 0 sum exactly to the score (of an excluded lead: to what the score
/// would have been; the commands show the exclusion as one more entry).
///
/// The entries of depth 0 stand in this order: the start; each item as written; the score's limit; its rounding. Of a
/// derived score: each added or subtracted term as written; the limit; the rounding. A start, choice, weight, limit or
/// rounding that changes nothing has no entry; every rule and group has one, whether it gave points or not.
///
/// A group's own entry holds what the group brings in all. It is followed by the entries of its items and by those of
/// its choice, weight and limits, all one deeper; those exactly one deeper sum to the group's points.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Breakdown {
    pub entries: Vec<Entry>,
    /// The sum of the depth-0 entries; `None` where the score is missing: then the entries of rules have not taken part,
    /// and those of a derived score's terms show what was known.
    pub total: Option<Decimal>,
}

/// One line of a breakdown. All points are rounded to 4 decimals.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub kind: EntryKind,
    /// The label of a rule or group; of another entry the words that make it: `starting at 10`, `highest only`,
    /// `counts 30%`, `no higher than 35 points`, `to 100`, `rounded to whole`. A term that is a score has that score's
    /// label, another one its text.
    pub label: String,
    /// 0 for items of the score, one more inside each group.
    pub depth: usize,
    /// How many occurrences were kept, of a `for each` rule; how many whole durations, of `for every`. `None` where the
    /// rule was not looked at.
    pub occurrences: Option<u64>,
    /// The sum of points before decay, of a `for each` rule.
    pub before_decay: Option<Decimal>,
    /// What it brings: a rule after decay and its own points limits, another entry what it adds or takes away.
    pub points: Decimal,
    /// Whether a choice could choose it. False where the entry gives nothing because its condition, or that of a group
    /// around it, did not hold, no event was there, no row fitted or its computed points are missing; of a term, because
    /// it is missing.
    pub took_part: bool,
    /// Dropped by the choice of its group, or inside a group that was: its points are shown, and taken away again by the
    /// entry of the choice.
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

impl Breakdown {
    /// The entry of a rule.
    pub fn rule(&self, rule: RuleId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.kind == EntryKind::Rule(rule))
    }
}

impl Entry {
    /// An entry that has given nothing yet.
    pub(super) fn new(kind: EntryKind, label: &str, span: Option<Span>) -> Entry {
        Entry {
            kind,
            label: label.to_owned(),
            depth: 0,
            occurrences: None,
            before_decay: None,
            points: Decimal::ZERO,
            took_part: false,
            dropped: false,
            span,
        }
    }

    /// What a step changed; none where it changed nothing.
    pub(super) fn change(
        kind: EntryKind,
        label: impl FnOnce() -> String,
        before: Decimal,
        after: Decimal,
    ) -> Option<Entry> {
        let points = after.subtract(before).filter(|points| *points != Decimal::ZERO)?;
        Some(Entry { points, took_part: true, ..Entry::new(kind, &label(), None) })
    }

    pub(super) fn deeper(self) -> Entry {
        Entry { depth: self.depth + 1, ..self }
    }
}
