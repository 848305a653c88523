//! Row tables: each row is a question of the key.

use super::builder::Builder;
use super::passes::Pass;
use super::tree::{Test, Tree};
use super::*;
use crate::model::{self, Compare, Points, RowTest, Table, TableKey, TableRow};
use crate::value::{Decimal, MAX_POINTS, POINT_DECIMALS, Text};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::hash::Hash;

/// Rows of one table that are questions of one subject; further ones are a table of their own.
const MOST_ROWS: usize = 512;

/// The rows of a table in the order in which they are tried: the first whose tree holds is chosen.
struct Rows<'t, R> {
    value: ValueId,
    rows: Vec<(Tree, &'t R)>,
    missing: Option<&'t R>,
    otherwise: Option<&'t R>,
}

impl<'t, R> Rows<'t, R> {
    /// What a missing key gives.
    fn of_missing(&self) -> Option<&'t R> {
        self.missing.or(self.otherwise)
    }
}

impl Builder<'_> {
    fn rows<'t, R>(&mut self, table: &'t Table<R>) -> Rows<'t, R> {
        let value = match &table.key {
            TableKey::Number(key) => ValueId::Number(self.number(key)),
            TableKey::Text(key) => ValueId::Text(self.text(key)),
        };
        let mut rows: Vec<(Tree, &R)> =
            table.rows.iter().filter_map(|row| Some((self.row_tree(row)?, &row.result))).collect();
        // of edges the highest that the key passes is chosen
        if matches!(value, ValueId::Number(_)) {
            rows.reverse();
        }
        let result = |row: &'t Option<TableRow<R>>| row.as_ref().map(|row| &row.result);
        Rows { value, rows, missing: result(&table.missing), otherwise: result(&table.otherwise) }
    }

    fn row_tree<R>(&mut self, row: &TableRow<R>) -> Option<Tree> {
        let test = match &row.test {
            RowTest::Edge { at, included: true } => Test::Number(Compare::GreaterOrEqual, *at),
            RowTest::Edge { at, included: false } => Test::Number(Compare::Greater, *at),
            RowTest::Values(values) => Test::Is(self.sets.of(values.clone())),
            RowTest::Else => return None,
        };
        Some(Tree::Test(test))
    }

    /// The result of a table whose key is a constant; the outer `None` where it is none.
    fn chosen<'t, R>(&mut self, rows: &Rows<'t, R>) -> Option<Option<&'t R>> {
        if !self.has(Pass::Fold) {
            return None;
        }
        let known = self.answer_of_constant(rows.value, &Tree::Known)?;
        if !known {
            return Some(rows.of_missing());
        }
        let chosen = rows.rows.iter().find(|(tree, _)| self.answer_of_constant(rows.value, tree) == Some(true));
        self.notes.count("folded: table");
        Some(chosen.map(|(_, result)| *result).or(rows.otherwise))
    }

    /// The value of a lookup.
    pub fn looked_up(&mut self, lookup: &model::Lookup) -> ValueId {
        match &lookup.table {
            model::LookupTable::Number(table) => {
                let rows = self.rows(table);
                match self.chosen(&rows) {
                    Some(number) => ValueId::Number(self.literal(number.copied())),
                    None => ValueId::Number(self.number_table(rows, &lookup.name)),
                }
            }
            model::LookupTable::Text(table) => {
                let rows = self.rows(table);
                match self.chosen(&rows) {
                    Some(text) => ValueId::Text(self.arena().text(TextNode::Literal(text.cloned()))),
                    None => ValueId::Text(self.text_table(rows, &lookup.name)),
                }
            }
        }
    }

    fn number_table(&mut self, rows: Rows<'_, Decimal>, name: &str) -> NumberId {
        let parts: Vec<NumberId> = self
            .tables(rows, TableResults::Numbers, name)
            .into_iter()
            .map(|table| self.arena().number(NumberNode::Table(table)))
            .collect();
        match parts.as_slice() {
            [only] => *only,
            _ => self.arena().number(NumberNode::FirstKnown(parts)),
        }
    }

    fn text_table(&mut self, rows: Rows<'_, Text>, name: &str) -> TextId {
        let parts: Vec<TextId> = self
            .tables(rows, TableResults::Texts, name)
            .into_iter()
            .map(|table| self.arena().text(TextNode::Table(table)))
            .collect();
        match parts.as_slice() {
            [only] => *only,
            _ => self.arena().text(TextNode::FirstKnown(parts)),
        }
    }

    /// One table, or several of which the first that gives something counts.
    fn tables<R: Clone + Eq + Hash>(
        &mut self,
        rows: Rows<'_, R>,
        results: fn(Vec<Option<R>>) -> TableResults,
        name: &str,
    ) -> Vec<LookupTableId> {
        let Rows { value, missing, otherwise, rows: all } = rows;
        let mut all: Vec<(Tree, &R)> = if matches!(value, ValueId::Text(_)) { self.joined_rows(all) } else { all };
        if let Some(missing) = missing {
            all.insert(0, (Tree::Known.negate(), missing));
        }
        let mut chunks: Vec<&[(Tree, &R)]> = all.chunks(MOST_ROWS).collect();
        if chunks.is_empty() {
            chunks.push(&[]);
        }
        let last = chunks.len() - 1;
        let mut tables = Vec::new();
        for (number, chunk) in chunks.into_iter().enumerate() {
            let trees: Vec<Tree> = chunk.iter().map(|(tree, _)| tree.clone()).collect();
            let (subject, rows) = self.arena().ask_together(value, &trees);
            let mut given: Vec<Option<R>> = chunk.iter().map(|(_, result)| Some((*result).clone())).collect();
            given.push(otherwise.filter(|_| number == last).cloned());
            let table = LookupTable { subject, rows, results: results(given) };
            tables.push(self.arena().table(table, name));
        }
        tables
    }

    /// Rows with equal results as one row. Of texts at most one row holds, so their order does not matter.
    fn joined_rows<'t, R: Eq + Hash>(&mut self, rows: Vec<(Tree, &'t R)>) -> Vec<(Tree, &'t R)> {
        let mut by_result: IndexMap<&R, BTreeSet<String>> = IndexMap::new();
        for (tree, result) in rows {
            if let Tree::Test(Test::Is(set)) = tree {
                by_result.entry(result).or_default().extend(self.sets.values(set).iter().cloned());
            }
        }
        let row = |(result, values)| (Tree::Test(Test::Is(self.sets.of(values))), result);
        by_result.into_iter().map(row).collect()
    }

    /// Points as they are before limits.
    pub fn points(&mut self, points: &Points) -> PointsNode {
        match points {
            Points::Constant(points) => PointsNode::Constant(*points),
            Points::Computed(expr) => {
                let number = self.number(expr);
                match self.literal_number(number) {
                    Some(Some(number)) if self.has(Pass::Fold) => PointsNode::Constant(held(number)),
                    _ => PointsNode::Computed(number),
                }
            }
            Points::Series(series) => PointsNode::Series(series.iter().map(|points| self.points(points)).collect()),
            Points::Table(table) => {
                let rows = self.rows(table);
                match self.chosen(&rows) {
                    Some(Some(points)) => self.points(points),
                    Some(None) => PointsNode::Computed(self.literal(None)),
                    None => self.points_table(rows),
                }
            }
        }
    }

    /// A table with more rows than one subject takes goes on in its `otherwise`.
    fn points_table(&mut self, rows: Rows<'_, Points>) -> PointsNode {
        let Rows { value, rows, missing, otherwise } = rows;
        let missing = missing.map(|points| Box::new(self.points(points)));
        let mut otherwise = otherwise.map(|points| Box::new(self.points(points)));
        let of_missing = missing.clone().or(otherwise.clone());
        let count = rows.len().div_ceil(MOST_ROWS).max(1);
        for number in (0..count).rev() {
            let chunk = rows.get(number * MOST_ROWS..rows.len().min((number + 1) * MOST_ROWS)).unwrap_or_default();
            let trees: Vec<Tree> = chunk.iter().map(|(tree, _)| tree.clone()).collect();
            let (subject, questions) = self.arena().ask_together(value, &trees);
            let results: Vec<PointsNode> = chunk.iter().map(|(_, points)| self.points(points)).collect();
            let rows = questions.into_iter().zip(results).collect();
            let missing = if count > 1 { of_missing.clone() } else { missing.clone() };
            otherwise = Some(Box::new(PointsNode::Table { subject, rows, missing, otherwise }));
        }
        otherwise.map_or(PointsNode::Constant(Decimal::ZERO), |table| *table)
    }

    /// A table of constant points as questions that exclude each other, with the points of each: what holds for none
    /// of them gives nothing. `None` where points are computed, or the key is a constant.
    pub fn exclusive_rows(&mut self, table: &Table<Points>) -> Option<(ValueId, Vec<(Tree, Decimal)>)> {
        let rows = self.rows(table);
        if self.chosen(&rows).is_some() || rows.rows.len() > MOST_ROWS {
            return None;
        }
        let constant = |points: &Points| match points {
            Points::Constant(points) => Some(*points),
            _ => None,
        };
        let mut exclusive: Vec<(Tree, Decimal)> = Vec::new();
        let is_number = matches!(rows.value, ValueId::Number(_));
        for (place, (tree, points)) in rows.rows.iter().enumerate() {
            // edges come from the highest down, so what passes this and the one before was chosen there
            let before = place.checked_sub(1).and_then(|before| rows.rows.get(before)).filter(|_| is_number);
            let parts = std::iter::once(tree.clone()).chain(before.map(|(before, _)| before.clone().negate()));
            exclusive.push((Tree::all(parts.collect()), constant(points)?));
        }
        if let Some(points) = rows.otherwise {
            let none = rows.rows.iter().map(|(tree, _)| tree.clone()).collect::<Vec<_>>();
            let none = if none.is_empty() { Vec::new() } else { vec![Tree::any(none).negate()] };
            let known = rows.missing.map(|_| Tree::Known);
            let parts: Vec<Tree> = none.into_iter().chain(known).collect();
            if parts.is_empty() {
                return None;
            }
            exclusive.push((Tree::all(parts), constant(points)?));
        }
        if let Some(points) = rows.missing {
            exclusive.push((Tree::Known.negate(), constant(points)?));
        }
        Some((rows.value, exclusive))
    }
}

/// Points that are computed: held within ±1,000,000 and rounded to 4 decimals.
fn held(number: Decimal) -> Decimal {
    number.clamp(MAX_POINTS.negate(), MAX_POINTS).round(POINT_DECIMALS)
}
