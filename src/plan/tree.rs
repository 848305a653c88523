//! What a question asks: tests of one subject, joined. Lives while a plan is built; classes are made of it.

use super::sets::SetId;
use crate::model::{Compare, TextRelation};
use crate::value::Decimal;

/// A condition over one subject and constants. On a missing value no test holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tree {
    /// `is known`
    Known,
    Test(Test),
    Not(Box<Tree>),
    /// In order, no two equal; none of them an `All`
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

/// One comparison with a constant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Test {
    Number(Compare, Decimal),
    /// With the first instant of the date, in microseconds
    Date(Compare, i64),
    YesNo(bool),
    /// The text, or an element of the list, is one of these
    Is(SetId),
    /// `contains any of …`
    Part(TextRelation, SetId),
    /// Folded
    Glob(String),
    Regex(String),
    LooksRandom,
}

impl Tree {
    /// Each part holds.
    pub fn all(parts: Vec<Tree>) -> Tree {
        let flat = parts.into_iter().flat_map(|part| match part {
            Tree::All(inner) => inner,
            part => vec![part],
        });
        joined(flat.collect(), Tree::All)
    }

    /// Some part holds.
    pub fn any(parts: Vec<Tree>) -> Tree {
        let flat = parts.into_iter().flat_map(|part| match part {
            Tree::Any(inner) => inner,
            part => vec![part],
        });
        joined(flat.collect(), Tree::Any)
    }

    pub fn negate(self) -> Tree {
        match self {
            Tree::Not(inner) => *inner,
            other => Tree::Not(Box::new(other)),
        }
    }

    /// Whether it holds for a value that passes these tests. Depth is bounded by that of the conditions it is made of.
    pub fn holds(&self, known: bool, passes: &dyn Fn(&Test) -> bool) -> bool {
        match self {
            Tree::Known => known,
            Tree::Test(test) => known && passes(test),
            Tree::Not(inner) => !inner.holds(known, passes),
            Tree::All(parts) => parts.iter().all(|part| part.holds(known, passes)),
            Tree::Any(parts) => parts.iter().any(|part| part.holds(known, passes)),
        }
    }

    /// Of how many parts it is made, itself too.
    pub fn size(&self) -> usize {
        match self {
            Tree::Known | Tree::Test(_) => 1,
            Tree::Not(inner) => 1 + inner.size(),
            Tree::All(parts) | Tree::Any(parts) => 1 + parts.iter().map(Tree::size).sum::<usize>(),
        }
    }

    /// All tests in it.
    pub fn tests<'t>(&'t self, found: &mut Vec<&'t Test>) {
        match self {
            Tree::Known => {}
            Tree::Test(test) => found.push(test),
            Tree::Not(inner) => inner.tests(found),
            Tree::All(parts) | Tree::Any(parts) => parts.iter().for_each(|part| part.tests(found)),
        }
    }
}

fn joined(mut parts: Vec<Tree>, join: fn(Vec<Tree>) -> Tree) -> Tree {
    parts.sort();
    parts.dedup();
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// Whether `left` compares so with `right`.
pub(super) fn compares<T: Ord>(left: &T, compare: Compare, right: &T) -> bool {
    match compare {
        Compare::Equal => left == right,
        Compare::Less => left < right,
        Compare::LessOrEqual => left <= right,
        Compare::Greater => left > right,
        Compare::GreaterOrEqual => left >= right,
    }
}

/// `a < b` as `b > a`.
pub(super) fn turned(compare: Compare) -> Compare {
    match compare {
        Compare::Equal => Compare::Equal,
        Compare::Less => Compare::Greater,
        Compare::LessOrEqual => Compare::GreaterOrEqual,
        Compare::Greater => Compare::Less,
        Compare::GreaterOrEqual => Compare::LessOrEqual,
    }
}
