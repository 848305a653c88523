//! Pass `through-lookups`: what is asked of a lookup's result is asked of its key.
//!
//! `region is "europe"`, of a lookup by country, is whether the country stands in a row that gives Europe. So it shares
//! the country's other questions, and the lookup itself need not be worked out.

use super::ask::MOST_JOINED;
use super::builder::Builder;
use super::passes::Pass;
use super::tree::{Test, Tree, compares};
use super::*;
use std::collections::BTreeSet;

/// Lookups by lookups that are looked through.
const DEEPEST: usize = 16;

impl Builder<'_> {
    /// The question asked of the key, where the value is a lookup; `None` where no row's result passes.
    pub fn through_lookups(&mut self, mut value: ValueId, mut tree: Tree) -> Option<(ValueId, Tree)> {
        for _ in 0..DEEPEST {
            let Some(table) = self.table_of(value).filter(|_| self.has(Pass::ThroughLookups)) else { break };
            (value, tree) = self.through(&table, &tree)?;
            self.notes.count("question through a lookup");
        }
        Some((value, tree))
    }

    /// The lookup that a value is, if it has few rows.
    fn table_of(&mut self, value: ValueId) -> Option<LookupTable> {
        let nodes = &self.arena().nodes;
        let table = match value {
            ValueId::Number(id) => match nodes.numbers.get(id.index())? {
                NumberNode::Table(table) => nodes.tables.get(table.index()),
                _ => None,
            },
            ValueId::Text(id) => match nodes.texts.get(id.index())? {
                TextNode::Table(table) => nodes.tables.get(table.index()),
                _ => None,
            },
            _ => None,
        };
        table.filter(|table| table.rows.len() <= MOST_JOINED / 2).cloned()
    }

    fn through(&mut self, table: &LookupTable, tree: &Tree) -> Option<(ValueId, Tree)> {
        let arena = self.arena();
        let key = arena.nodes.subjects.get(table.subject.index())?.value;
        let asked = &arena.subjects.get(table.subject.index())?.trees;
        let rows: Vec<Tree> = table.rows.iter().filter_map(|row| asked.get(row.index())).cloned().collect();
        let passes: Vec<bool> = (0..=rows.len()).map(|row| self.result_passes(&table.results, row, tree)).collect();

        let (mut chosen, mut values) = (Vec::new(), BTreeSet::new());
        for (place, row) in rows.iter().enumerate().filter(|(place, _)| passes.get(*place) == Some(&true)) {
            match row {
                // rows of texts exclude each other
                Tree::Test(Test::Is(set)) => values.extend(self.sets.values(*set).iter().cloned()),
                Tree::Test(Test::Number(..)) => {
                    let before = place.checked_sub(1).and_then(|before| rows.get(before));
                    let edge = before.filter(|before| matches!(before, Tree::Test(_))).cloned();
                    chosen.push(Tree::all(std::iter::once(row.clone()).chain(edge.map(Tree::negate)).collect()));
                }
                other => chosen.push(other.clone()),
            }
        }
        if !values.is_empty() {
            chosen.push(Tree::Test(Test::Is(self.sets.of(values))));
        }
        if passes.last() == Some(&true) {
            chosen.push(Tree::any(rows).negate());
        }
        if chosen.is_empty() { None } else { Some((key, Tree::any(chosen))) }
    }

    /// Whether a question holds for the result of a row.
    fn result_passes(&self, results: &TableResults, row: usize, tree: &Tree) -> bool {
        match results {
            TableResults::Numbers(numbers) => {
                let number = numbers.get(row).copied().flatten();
                tree.holds(number.is_some(), &|test| match (test, number) {
                    (Test::Number(compare, edge), Some(number)) => compares(&number, *compare, edge),
                    _ => false,
                })
            }
            TableResults::Texts(texts) => {
                let text = texts.get(row).and_then(Option::as_ref);
                tree.holds(text.is_some(), &|test| text.is_some_and(|text| self.text_passes(text, test)))
            }
        }
    }
}
