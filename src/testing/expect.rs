//! Whether what a test expects is so; and if not, what was so instead.

use super::report::{Failure, ScoreBreakdown};
use crate::model::walk::{Part, walk_any, walk_condition, walk_number};
use crate::model::{
    BandId, Condition, ConditionKind, DefineId, Expected, MatrixId, Model, NumberExpr, RuleId, ScoreBody, ScoreId,
    TextExpr, ThresholdId,
};
use crate::reference::{EntryKind, Evaluation};
use crate::source::Span;
use crate::value::{Decimal, fold};

/// The expectations over one evaluation.
pub(super) struct Expectations<'a> {
    pub model: &'a Model,
    pub evaluation: &'a Evaluation<'a>,
}

/// What an expectation is about.
#[derive(Default)]
struct Found {
    scores: Vec<ScoreId>,
    /// Each once, so that looking through them ends.
    defines: Vec<DefineId>,
}

impl Expectations<'_> {
    /// `expect total is 81`: `None` where it holds.
    pub fn condition(&self, condition: &Condition) -> Option<Failure> {
        if self.evaluation.holds(condition) {
            return None;
        }
        let text = self.model.sources.text(condition.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let why = self.evaluation.why(condition);
        let actual = why.strip_prefix(&format!("`{text}`: ")).map(str::to_owned).unwrap_or(why);
        Some(self.failure(condition.span, format!("`{text}`"), actual, self.scores_of(condition)))
    }

    /// A cell of `cases`.
    pub fn cell(&self, expected: &Expected, span: Span) -> Option<Failure> {
        let results = &self.evaluation.results;
        match expected {
            Expected::Score(id, value) => {
                let actual = results.scores.get(id.index()).copied().flatten();
                let is = |value: Option<Decimal>| format!("`{}` is {}", self.score_name(*id), number(value));
                (actual != *value).then(|| self.failure(span, is(*value), is(actual), vec![*id]))
            }
            Expected::Band(id, band) => {
                let actual = results.bands.get(id.index()).copied().flatten();
                let is = |band| format!("`band of {}` is {}", self.score_name(*id), self.band_name(*id, band));
                (actual != Some(*band)).then(|| self.failure(span, is(Some(*band)), is(actual), vec![*id]))
            }
            Expected::Matrix(id, cell) => self.matrix(*id, cell.as_deref(), span),
            Expected::Threshold(id, met) => self.threshold(*id, *met, span),
        }
    }

    fn matrix(&self, id: MatrixId, expected: Option<&str>, span: Span) -> Option<Failure> {
        let matrix = self.model.matrices.get(id.index())?;
        let actual = self.evaluation.results.cell(self.model, id);
        let is = |cell: Option<&str>| match cell {
            Some(cell) => format!("`{}` is \"{cell}\"", matrix.name),
            None => format!("`{}` is missing", matrix.name),
        };
        let differs = actual.map(fold) != expected.map(fold);
        differs.then(|| self.failure(span, is(expected), is(actual), vec![matrix.rows, matrix.columns]))
    }

    fn threshold(&self, id: ThresholdId, expected: bool, span: Span) -> Option<Failure> {
        let threshold = self.model.thresholds.get(id.index())?;
        let met = self.evaluation.results.thresholds.get(id.index()).copied().unwrap_or(false);
        let expected_text = format!("`{}` is {}", threshold.name, if expected { "met" } else { "not met" });
        let why = || self.evaluation.why(&Condition { kind: ConditionKind::Threshold(id), span });
        (met != expected).then(|| self.failure(span, expected_text, why(), threshold.reads.clone()))
    }

    fn failure(&self, span: Span, expected: String, actual: String, scores: Vec<ScoreId>) -> Failure {
        let exclude = self.evaluation.results.excluded.and_then(|id| self.model.excludes.get(id.index()));
        let actual = match exclude.filter(|_| !actual.contains("excluded")) {
            Some(exclude) => format!("{actual}; the lead is excluded: {}", exclude.reason),
            None => actual,
        };
        Failure { row: None, span, expected, actual, breakdowns: self.breakdowns(scores) }
    }

    /// Of each score once; a derived score is followed by the scores it reads.
    fn breakdowns(&self, scores: Vec<ScoreId>) -> Vec<ScoreBreakdown> {
        let mut concerned: Vec<ScoreId> = Vec::new();
        for id in scores {
            let parts = match self.model.scores.get(id.index()).map(|score| &score.body) {
                Some(ScoreBody::Derived(expr)) => scores_in_number(expr),
                _ => Vec::new(),
            };
            for id in std::iter::once(id).chain(parts) {
                if !concerned.contains(&id) {
                    concerned.push(id);
                }
            }
        }
        concerned.into_iter().filter_map(|id| self.breakdown(id)).collect()
    }

    fn breakdown(&self, id: ScoreId) -> Option<ScoreBreakdown> {
        let label = self.model.scores.get(id.index())?.label.clone();
        let breakdown = self.evaluation.breakdowns.get(id.index())?.clone();
        Some(ScoreBreakdown { score: id, label, breakdown })
    }

    /// The scores that a condition is about, in the order of mention; then those of the defines it names.
    fn scores_of(&self, condition: &Condition) -> Vec<ScoreId> {
        let mut found = Found::default();
        walk_condition(condition, &mut |part| self.note(part, &mut found));
        let mut next = 0;
        while let Some(define) = found.defines.get(next) {
            if let Some(define) = self.model.defines.get(define.index()) {
                walk_any(&define.value, &mut |part| self.note(part, &mut found));
            }
            next += 1;
        }
        found.scores
    }

    fn note(&self, part: Part<'_>, found: &mut Found) {
        match part {
            Part::Number(number) => found.scores.extend(self.score_of_number(number)),
            Part::Text(TextExpr::Matrix(matrix)) => {
                let matrix = self.model.matrices.get(matrix.index());
                found.scores.extend(matrix.into_iter().flat_map(|matrix| [matrix.rows, matrix.columns]));
            }
            Part::Text(_) | Part::Date(_) | Part::YesNo(_) | Part::List(_) | Part::Selector(_) => {}
            Part::Define(define) if found.defines.contains(&define) => {}
            Part::Define(define) => found.defines.push(define),
            Part::Condition(condition) => match &condition.kind {
                ConditionKind::Band { score, .. } | ConditionKind::BandKnown(score) => found.scores.push(*score),
                ConditionKind::Threshold(threshold) => {
                    let threshold = self.model.thresholds.get(threshold.index());
                    found.scores.extend(threshold.into_iter().flat_map(|threshold| &threshold.reads));
                }
                _ => {}
            },
        }
    }

    fn score_of_number(&self, number: &NumberExpr) -> Option<ScoreId> {
        match number {
            NumberExpr::Score(score) => Some(*score),
            NumberExpr::PointsOf(rule) => self.score_of_rule(*rule),
            _ => None,
        }
    }

    fn score_of_rule(&self, rule: RuleId) -> Option<ScoreId> {
        let is_of =
            |entries: &[crate::reference::Entry]| entries.iter().any(|entry| entry.kind == EntryKind::Rule(rule));
        let place = self.evaluation.breakdowns.iter().position(|breakdown| is_of(&breakdown.entries))?;
        Some(ScoreId(place as u32))
    }

    fn score_name(&self, id: ScoreId) -> &str {
        self.model.scores.get(id.index()).map(|score| score.name.as_str()).unwrap_or_default()
    }

    fn band_name(&self, id: ScoreId, band: Option<BandId>) -> &str {
        let bands = self.model.scores.get(id.index()).and_then(|score| score.bands.as_ref());
        let band = bands.zip(band).and_then(|(bands, band)| bands.bands.get(band.index()));
        match band {
            Some(band) => &band.name,
            None if self.evaluation.results.excluded.is_some() => "excluded",
            None => "missing",
        }
    }
}

fn scores_in_number(expr: &NumberExpr) -> Vec<ScoreId> {
    let mut scores = Vec::new();
    walk_number(expr, &mut |part| {
        if let Part::Number(NumberExpr::Score(score)) = part {
            scores.push(*score);
        }
    });
    scores
}

fn number(value: Option<Decimal>) -> String {
    value.map_or("missing".to_owned(), |value| value.to_string())
}
