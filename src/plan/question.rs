//! Questions of one subject: every value falls into a class, and a class answers them all.
//!
//! A subject is a field, a property or any other node. A question is a whole condition that reads that one subject and
//! constants: `title mentions "vp" and not title mentions "assistant"`. Numbers and dates are cut at all constants they
//! are compared with; texts and lists are told apart by which of the tests hold.

use super::node::node_ids;
use super::{DateId, ListId, NumberId, TextId, ValueId, YesNoId};
use crate::value::{Decimal, Text};

node_ids! {
    /// Into [`Nodes::subjects`](super::Nodes::subjects).
    SubjectId;
    /// Into [`Subject::questions`].
    QuestionId;
    /// Into [`Nodes::tables`](super::Nodes::tables).
    LookupTableId;
}

/// The answers of a class: a bit a question, 64 a word.
pub type Answers = Vec<u64>;

/// What is asked, and how its values are cut into classes.
#[derive(Debug, Clone)]
pub struct Subject {
    pub value: ValueId,
    /// For people: as the rules say it. Questions are numbered as they stand here.
    pub questions: Vec<String>,
    pub cut: Cut,
}

impl Subject {
    /// Of which nothing is asked so far.
    pub(super) fn uncut(value: ValueId) -> Subject {
        let cut = Cut::YesNo { of: YesNoId(0), classes: Default::default() };
        Subject { value, questions: Vec::new(), cut }
    }
}

/// How values fall into classes.
#[derive(Debug, Clone)]
pub enum Cut {
    /// Ascending edges `e0 < e1 < …`. Class 0 is missing, class `1 + 2 i` lies below `e i` (and above the one before),
    /// class `2 + 2 i` is `e i` itself, the last class lies above all.
    Numbers {
        of: NumberId,
        edges: Vec<Decimal>,
        classes: Vec<Answers>,
    },
    /// Likewise, by the first instant of a date, in microseconds.
    Dates {
        of: DateId,
        edges: Vec<i64>,
        classes: Vec<Answers>,
    },
    /// Missing, no, yes
    YesNo {
        of: YesNoId,
        classes: [Answers; 3],
    },
    /// Classes are found as values are met: equal answers are one class.
    Texts {
        of: TextId,
        missing: Answers,
        tests: super::TextTests,
    },
    Lists {
        of: ListId,
        missing: Answers,
        tests: super::TextTests,
    },
}

/// A `lookup`, or the rows of a `points … by` table: the key's class chooses a row.
#[derive(Debug, Clone)]
pub struct LookupTable {
    /// Row `i` is chosen where question `rows[i]` of the subject holds, the first that does; else `otherwise`, which
    /// a missing key takes too, unless there is a row for it.
    pub subject: SubjectId,
    pub rows: Vec<QuestionId>,
    pub results: TableResults,
}

/// The result of each row, then of `otherwise`; `None` where there is none.
#[derive(Debug, Clone)]
pub enum TableResults {
    Numbers(Vec<Option<Decimal>>),
    Texts(Vec<Option<Text>>),
}

impl LookupTable {
    /// The place in the results of the row that answers choose: the first whose question holds, else `otherwise`.
    pub fn row(&self, answers: &[u64]) -> usize {
        self.rows.iter().position(|question| question.holds(answers)).unwrap_or(self.rows.len())
    }
}

impl QuestionId {
    /// Its bit in the answers of a class.
    pub fn holds(self, answers: &[u64]) -> bool {
        answers.get(self.index() / 64).is_some_and(|word| word >> (self.index() % 64) & 1 == 1)
    }
}

/// What a lookup gives for one class: what its rules give together, or the one that its parent's choice would take of
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LookupEntry {
    pub points: Decimal,
    /// The place of the chosen rule, the first one's for a sum; `None` where none takes part.
    pub place: Option<u32>,
}
