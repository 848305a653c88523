//! From questions to classes: numbers and dates are cut at all constants they are compared with, and each class answers
//! every question.

use super::sets::Sets;
use super::text_tests::{TextTests, write};
use super::tree::{Test, Tree, compares};
use super::{Answers, Cut, ValueId};
use crate::model::Compare;
use crate::value::Decimal;
use regex::Regex;
use std::collections::HashMap;

/// What cutting needs to know beside the questions.
pub(super) struct Cutting<'b> {
    pub sets: &'b Sets,
    pub regexes: &'b HashMap<String, Regex>,
    /// Whether parts and regular expressions of a text are joined
    pub together: bool,
}

impl Cutting<'_> {
    /// The classes of a value; of a mask, which is no subject, those of nothing.
    pub fn cut(&self, value: ValueId, trees: &[Tree]) -> Cut {
        let tests = || TextTests::new(trees, self.sets, self.regexes, self.together);
        let missing = || answers(trees, false, &|_| false);
        match value {
            ValueId::Number(of) => {
                let (edges, classes) = between_edges(trees, number_edge);
                Cut::Numbers { of, edges, classes }
            }
            ValueId::Date(of) => {
                let (edges, classes) = between_edges(trees, date_edge);
                Cut::Dates { of, edges, classes }
            }
            ValueId::YesNo(of) => Cut::YesNo {
                of,
                classes: [
                    missing(),
                    answers(trees, true, &|test| *test == Test::YesNo(false)),
                    answers(trees, true, &|test| *test == Test::YesNo(true)),
                ],
            },
            ValueId::Text(of) => Cut::Texts { of, missing: missing(), tests: tests() },
            ValueId::List(of) => Cut::Lists { of, missing: missing(), tests: tests() },
            ValueId::Mask(_) => Cut::Lists { of: super::ListId(0), missing: Vec::new(), tests: TextTests::default() },
        }
    }
}

/// The one answer that a question has for every class of its subject; `None` where they differ, and for texts and
/// lists.
pub(super) fn only_answer(value: ValueId, tree: &Tree) -> Option<bool> {
    let classes = match value {
        ValueId::Number(_) => between_edges(std::slice::from_ref(tree), number_edge).1,
        ValueId::Date(_) => between_edges(std::slice::from_ref(tree), date_edge).1,
        ValueId::YesNo(_) => {
            let of = |known, yes| tree.holds(known, &|test| *test == Test::YesNo(yes));
            let first = of(false, false);
            return (of(true, false) == first && of(true, true) == first).then_some(first);
        }
        ValueId::Text(_) | ValueId::List(_) | ValueId::Mask(_) => return None,
    };
    let first = classes.first()?;
    classes.iter().all(|class| class == first).then(|| first.first() == Some(&1))
}

fn answers(trees: &[Tree], known: bool, passes: &dyn Fn(&Test) -> bool) -> Answers {
    let mut answers = vec![0; trees.len().div_ceil(64)];
    for (place, tree) in trees.iter().enumerate() {
        write(&mut answers, place, tree.holds(known, passes));
    }
    answers
}

fn number_edge(test: &Test) -> Option<(Compare, Decimal)> {
    if let Test::Number(compare, edge) = test { Some((*compare, *edge)) } else { None }
}

fn date_edge(test: &Test) -> Option<(Compare, i64)> {
    if let Test::Date(compare, edge) = test { Some((*compare, *edge)) } else { None }
}

/// Ascending edges and the answers of each class. Position `2 i` lies below edge `i` and above the one before,
/// `2 i + 1` on it; its class is one more, as class 0 is missing.
fn between_edges<E: Ord + Copy>(trees: &[Tree], edge: fn(&Test) -> Option<(Compare, E)>) -> (Vec<E>, Vec<Answers>) {
    let edges_of = |tree: &Tree| {
        let mut tests = Vec::new();
        tree.tests(&mut tests);
        let mut edges: Vec<E> = tests.into_iter().filter_map(edge).map(|(_, edge)| edge).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    };
    let mut edges: Vec<E> = trees.iter().flat_map(edges_of).collect();
    edges.sort_unstable();
    edges.dedup();
    let position = |edge: &E| edges.binary_search(edge).map_or(0, |place| 2 * place + 1);
    let mut classes = vec![vec![0; trees.len().div_ceil(64)]; 2 * edges.len() + 2];
    for (place, tree) in trees.iter().enumerate() {
        let holds_at = |at: usize| {
            tree.holds(true, &|test| edge(test).is_some_and(|(compare, edge)| compares(&at, compare, &position(&edge))))
        };
        if let Some(missing) = classes.first_mut() {
            write(missing, place, tree.holds(false, &|_| false));
        }
        // between two of its own edges the answer is one
        let own: Vec<usize> = edges_of(tree).iter().map(position).collect();
        let mut starts = vec![0];
        starts.extend(own.iter().flat_map(|at| [*at, at + 1]));
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(2 * edges.len() + 1);
            if holds_at(*start) {
                let range = classes.get_mut(start + 1..end + 1).unwrap_or_default();
                range.iter_mut().for_each(|class| write(class, place, true));
            }
        }
    }
    (edges, classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(compare: Compare, edge: i64) -> Tree {
        Tree::Test(Test::Number(compare, Decimal::whole(edge)))
    }

    #[test]
    fn every_class_answers_every_question() {
        let trees = [
            number(Compare::GreaterOrEqual, 50),
            Tree::all(vec![number(Compare::Greater, 10), number(Compare::Less, 50)]),
            number(Compare::Equal, 10).negate(),
        ];
        let (edges, classes) = between_edges(&trees, number_edge);
        assert_eq!(edges, [Decimal::whole(10), Decimal::whole(50)]);
        // missing, below 10, 10, between, 50, above 50; bits: the first question is 1, the second 2, the third 4
        assert_eq!(classes, [[0b100], [0b100], [0b000], [0b110], [0b101], [0b101]]);
    }

    #[test]
    fn what_holds_for_none_or_all_is_known() {
        let of = ValueId::Number(crate::plan::NumberId(0));
        let never = Tree::all(vec![number(Compare::Greater, 5), number(Compare::Less, 3)]);
        assert_eq!(only_answer(of, &never), Some(false));
        assert_eq!(only_answer(of, &never.clone().negate()), Some(true));
        assert_eq!(only_answer(of, &number(Compare::Less, 3)), None);
        // a missing value is not known, so this is no constant
        assert_eq!(
            only_answer(of, &Tree::any(vec![number(Compare::Less, 3), number(Compare::GreaterOrEqual, 3)])),
            None
        );
    }
}
