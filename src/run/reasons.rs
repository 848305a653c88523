//! The rules that weigh most in a lead's last score.

use crate::model::{AnyExpr, DefineId, Model, NumberExpr, ScoreBody, ScoreId};
use crate::reference::{Breakdown, Entry, EntryKind, Evaluation};
use crate::value::Decimal;
use std::collections::BTreeSet;

/// The labels with signed points of the `count` rules of the largest magnitude, ties in the order of writing:
/// `+20 Executive`. None for a missing score and for an excluded lead, whose score no rule made.
pub fn reasons(model: &Model, evaluation: &Evaluation<'_>, count: usize) -> Vec<String> {
    let results = &evaluation.results;
    let last = results.scores.len().checked_sub(1);
    let Some(last) = last.filter(|last| results.excluded.is_none() && results.scores[*last].is_some()) else {
        return Vec::new();
    };
    let mut rules: Vec<(Decimal, &str)> = parts(model, ScoreId(last as u32))
        .into_iter()
        .filter_map(|score| evaluation.breakdowns.get(score.index()))
        .flat_map(rules_of)
        .map(|entry| (entry.points, entry.label.as_str()))
        .collect();
    rules.sort_by_key(|(points, _)| std::cmp::Reverse(points.abs()));
    rules.into_iter().take(count).map(|(points, label)| format!("{} {label}", signed(points))).collect()
}

/// `+20`, `-5`, `0`
pub fn signed(points: Decimal) -> String {
    if points > Decimal::ZERO { format!("+{points}") } else { points.to_string() }
}

/// The rules of a breakdown that give points and that no choice dropped, at any depth.
fn rules_of(breakdown: &Breakdown) -> Vec<&Entry> {
    let mut kept = Vec::new();
    let mut dropped_from: Option<usize> = None;
    for entry in &breakdown.entries {
        if dropped_from.is_some_and(|depth| entry.depth > depth) {
            continue;
        }
        dropped_from = entry.dropped.then_some(entry.depth);
        let is_rule = matches!(entry.kind, EntryKind::Rule(_));
        if is_rule && !entry.dropped && entry.took_part && entry.points != Decimal::ZERO {
            kept.push(entry);
        }
    }
    kept
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
