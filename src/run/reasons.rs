//! The rules that weigh most in a lead's last score.

use super::evaluate::BatchResults;
use crate::model::{AnyExpr, DefineId, Item, Model, NumberExpr, RuleId, ScoreBody, ScoreId};
use crate::value::Decimal;
use std::collections::BTreeSet;

/// The rules that the last score is made of.
#[derive(Debug)]
pub struct Reasons<'model> {
    last: Option<ScoreId>,
    /// In the order of scores and of writing.
    rules: Vec<(RuleId, &'model str)>,
    count: usize,
}

impl<'model> Reasons<'model> {
    /// `count` reasons a lead.
    pub fn new(model: &'model Model, count: usize) -> Reasons<'model> {
        let last = model.scores.len().checked_sub(1).map(|last| ScoreId(last as u32));
        let scores = last.map(|last| parts(model, last)).unwrap_or_default();
        Reasons { last, rules: scores.into_iter().flat_map(|score| rules_of(model, score)).collect(), count }
    }

    /// The labels with signed points of the rules of the largest magnitude, ties in the order of writing: `+20
    /// Executive`. None for a missing score and for an excluded lead, whose score no rule made.
    pub fn of(&self, results: &BatchResults, row: usize) -> Vec<String> {
        let excluded = results.excluded.get(row).copied().flatten().is_some();
        let score = self.last.and_then(|last| results.scores.get(last.index()));
        if excluded || self.count == 0 || !score.is_some_and(|score| score.known.get(row)) {
            return Vec::new();
        }
        let mut rules: Vec<(Decimal, &str)> = self
            .rules
            .iter()
            .filter_map(|(rule, label)| {
                let column = results.rules.get(rule.index()).filter(|column| column.took_part.get(row))?;
                Some((*column.points.values.get(row)?, *label))
            })
            .filter(|(points, _)| *points != Decimal::ZERO)
            .collect();
        rules.sort_by_key(|(points, _)| std::cmp::Reverse(points.abs()));
        rules.into_iter().take(self.count).map(|(points, label)| format!("{} {label}", signed(points))).collect()
    }
}

/// `+20`, `-5`, `0`
pub fn signed(points: Decimal) -> String {
    if points > Decimal::ZERO { format!("+{points}") } else { points.to_string() }
}

/// The rules of a score, in the order written.
fn rules_of(model: &Model, score: ScoreId) -> Vec<(RuleId, &str)> {
    let Some(ScoreBody::Rules { items, .. }) = model.scores.get(score.index()).map(|score| &score.body) else {
        return Vec::new();
    };
    let mut rules = Vec::new();
    let mut open: Vec<&Item> = items.iter().rev().collect();
    while let Some(item) = open.pop() {
        match item {
            Item::Rule(rule) => rules.push((rule.id, rule.label.as_str())),
            Item::Group(group) => open.extend(group.items.iter().rev()),
        }
    }
    rules
}

/// The scores with rules that a score is made of, in the order of declaration: itself, or those it adds up.
fn parts(model: &Model, score: ScoreId) -> BTreeSet<ScoreId> {
    let mut parts = BTreeSet::new();
    let mut seen = BTreeSet::from([score]);
    let mut open = vec![score];
    while let Some(next) = open.pop() {
        match model.scores.get(next.index()).map(|score| &score.body) {
            Some(ScoreBody::Derived(expr)) => {
                open.extend(scores_in(model, expr).into_iter().filter(|s| seen.insert(*s)))
            }
            Some(ScoreBody::Rules { .. }) => {
                parts.insert(next);
            }
            None => {}
        }
    }
    parts
}

/// The scores that an expression reads, through defines too.
pub(super) fn scores_in(model: &Model, expr: &NumberExpr) -> BTreeSet<ScoreId> {
    let mut scores = BTreeSet::new();
    let mut defines: BTreeSet<DefineId> = BTreeSet::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match expr {
            NumberExpr::Score(score) => {
                scores.insert(*score);
            }
            NumberExpr::Define(define) if defines.insert(*define) => {
                if let Some(AnyExpr::Number(inner)) = model.defines.get(define.index()).map(|define| &define.value) {
                    open.push(inner);
                }
            }
            NumberExpr::Negate(of) | NumberExpr::PercentOf(_, of) => open.push(of),
            NumberExpr::Add(left, right)
            | NumberExpr::Subtract(left, right)
            | NumberExpr::Multiply(left, right)
            | NumberExpr::Divide(left, right) => open.extend([&**left, &**right]),
            NumberExpr::FirstKnown(all) | NumberExpr::Highest(all) | NumberExpr::Lowest(all) => open.extend(all),
            _ => {}
        }
    }
    scores
}
