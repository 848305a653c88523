//! How far a condition is from holding: 0 where it holds, else more the further.

use crate::model::{
    AnyExpr, BandId, Condition, ConditionKind, MatrixId, Model, NumberExpr, NumberTest, ScoreId, TextExpr, TextOperand,
    TextTest, ThresholdId,
};
use crate::reference::Evaluation;
use crate::value::Value;
use std::collections::BTreeSet;

/// Of one comparison that does not hold, beside what its numbers lack.
const FAILS: f64 = 0.25;
/// How many names it looks through.
const DEEPEST: usize = 16;

/// The distance of a condition; names of conditions and thresholds are looked through, and so is what stands in the way of a
/// score.
pub fn distance(model: &Model, evaluation: &Evaluation<'_>, condition: &Condition) -> f64 {
    if evaluation.holds(condition) {
        return 0.0;
    }
    let excluded = if evaluation.results.excluded.is_some() { 1.0 } else { 0.0 };
    excluded + Distance { model, evaluation }.of(condition, true, 0)
}

struct Distance<'a, 'run> {
    model: &'a Model,
    evaluation: &'a Evaluation<'run>,
}

impl Distance<'_, '_> {
    /// The distance from holding, or from not holding.
    fn of(&self, condition: &Condition, wanted: bool, depth: usize) -> f64 {
        if self.evaluation.holds(condition) == wanted {
            return 0.0;
        }
        match &condition.kind {
            ConditionKind::All(parts) if wanted => parts.iter().map(|part| self.of(part, true, depth)).sum(),
            ConditionKind::Any(parts) if !wanted => parts.iter().map(|part| self.of(part, false, depth)).sum(),
            ConditionKind::All(parts) | ConditionKind::Any(parts) => {
                parts.iter().map(|part| self.of(part, wanted, depth)).fold(f64::MAX, f64::min)
            }
            ConditionKind::Not(part) => self.of(part, !wanted, depth),
            ConditionKind::Number { value, test: NumberTest::Compare(_, right) } => self.number(value, right),
            ConditionKind::Events { number, selector, .. } => {
                self.number(&NumberExpr::CountOf(selector.clone()), number)
            }
            ConditionKind::Band { score, bands } if wanted => self.band(*score, bands),
            ConditionKind::Text { value: TextExpr::Matrix(matrix), test: TextTest::Is(operands) } if wanted => {
                self.matrix(*matrix, operands)
            }
            ConditionKind::Define(define) if depth < DEEPEST => {
                match self.model.defines.get(define.index()).map(|define| &define.value) {
                    Some(AnyExpr::Condition(inner)) => self.of(inner, wanted, depth + 1),
                    _ => 1.0,
                }
            }
            ConditionKind::Threshold(threshold) if depth < DEEPEST => self.threshold(*threshold, wanted, depth),
            _ => 1.0,
        }
    }

    fn threshold(&self, id: ThresholdId, wanted: bool, depth: usize) -> f64 {
        let Some(threshold) = self.model.thresholds.get(id.index()) else { return 1.0 };
        let is_missing =
            |score: &&ScoreId| self.evaluation.results.scores.get(score.index()).copied().flatten().is_none();
        let missing = threshold.reads.iter().filter(is_missing).count() as f64;
        let until = threshold.until.as_ref().map_or(0.0, |until| self.of(until, !wanted, depth + 1));
        missing + until + self.of(&threshold.when, wanted, depth + 1)
    }

    /// What a number lacks, as a part of what is asked for.
    fn number(&self, left: &NumberExpr, right: &NumberExpr) -> f64 {
        let of = |expr: &NumberExpr| match self.evaluation.value(&AnyExpr::Number(expr.clone())) {
            Some(Value::Number(number)) => Some(number.to_f64()),
            _ => None,
        };
        let (Some(left), Some(right)) = (of(left), of(right)) else { return 1.0 };
        FAILS + ((left - right).abs() / (1.0 + right.abs())).min(4.0)
    }

    /// What the score lacks to the nearest edge of the bands.
    fn band(&self, id: ScoreId, wanted: &BTreeSet<BandId>) -> f64 {
        let score = self.model.scores.get(id.index());
        let value = self.evaluation.results.scores.get(id.index()).copied().flatten();
        let (Some(bands), Some(value)) = (score.and_then(|score| score.bands.as_ref()), value) else { return 1.0 };
        let edges = wanted.iter().filter_map(|band| match bands.bands.get(band.index())?.edge {
            crate::model::BandEdge::From(edge) | crate::model::BandEdge::Above(edge) => Some(edge.to_f64()),
            crate::model::BandEdge::Otherwise => None,
        });
        let lacks = |edge: f64| FAILS + ((edge - value.to_f64()).abs() / (1.0 + edge.abs())).min(4.0);
        edges.map(lacks).fold(4.0, f64::min)
    }

    /// Of the nearest cell that would do, what both of its scores lack.
    fn matrix(&self, id: MatrixId, operands: &[TextOperand]) -> f64 {
        let Some(matrix) = self.model.matrices.get(id.index()) else { return 1.0 };
        let is_wanted = |cell: &str| {
            let folded = crate::value::fold(cell);
            operands.iter().any(|operand| matches!(operand, TextOperand::Literal(text) if text.folded == folded))
        };
        let of = |score: ScoreId, band: BandId| {
            let is_there = self.evaluation.results.bands.get(score.index()).copied().flatten() == Some(band);
            if is_there { 0.0 } else { self.band(score, &BTreeSet::from([band])) }
        };
        let rows = matrix.cells.iter().zip((0..).map(BandId));
        let cells = rows.flat_map(|(cells, row)| cells.iter().zip((0..).map(BandId)).map(move |cell| (row, cell)));
        let wanted = cells.filter(|(_, (cell, _))| is_wanted(cell));
        let distances = wanted.map(|(row, (_, column))| of(matrix.rows, row) + of(matrix.columns, column));
        distances.fold(8.0, f64::min)
    }
}
