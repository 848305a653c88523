//! Headers of scores, as far as they are plain numbers: start, limits, rounding.

use super::Build;
use super::clauses::{Clauses, Holder, gather};
use super::findings::Findings;
use crate::diagnostics::code::check as code;
use crate::model::{Score, ScoreBody};
use crate::syntax::tree::{self, Expr};
use crate::value::{Decimal, POINT_DECIMALS};

impl Build<'_> {
    /// Puts every score into the model, its body still empty.
    pub(super) fn score_headers(&mut self) {
        let scores: Vec<_> = self.declared.scores.iter().map(|score| (score.tree, score.span)).collect();
        for (score, span) in scores {
            let holder = match score.body {
                tree::ScoreBody::Rules(_) => Holder::Score,
                tree::ScoreBody::Derived(_) => Holder::Derived,
            };
            let clauses = gather(&mut self.findings, &score.clauses, holder);
            let decimals = clauses.rounded_to.and_then(|decimals| self.decimals(decimals)).unwrap_or(POINT_DECIMALS);
            let lowest = self.score_limit(clauses.from, "`from`", decimals);
            let highest = self.score_limit(clauses.to, "`to`", decimals);
            if let (Some(from), Some(to)) = (clauses.from, clauses.to) {
                self.findings.range(lowest, highest, from.span.to(to.span));
            }
            let start = clauses.starting_at.and_then(|start| self.findings.points_number(start, "`starting at`"));
            self.model.scores.push(Score {
                name: score.name.text.clone(),
                label: score.label.as_ref().map_or(&score.name.text, |label| &label.node).clone(),
                body: ScoreBody::Rules { start, when: None, items: Vec::new() },
                lowest,
                highest,
                decimals,
                rounded: clauses.rounded_to.is_some(),
                bands: None,
                span,
            });
            self.score_clauses.push(clauses);
        }
    }

    fn decimals(&mut self, written: &Expr) -> Option<u32> {
        let most = i64::from(POINT_DECIMALS);
        let decimals = self.findings.whole_number(written, 0, most, "the number of decimals")?;
        u32::try_from(decimals).ok()
    }

    /// A limit of a score: a multiple of its rounding step.
    fn score_limit(&mut self, limit: Option<&Expr>, what: &str, decimals: u32) -> Option<Decimal> {
        let limit = limit?;
        let number = self.findings.plain_number(limit, what)?;
        if number.round(decimals) == number {
            return Some(number);
        }
        let (step, help) = if decimals == 0 {
            ("rounded to whole".to_owned(), format!("write a whole number, such as `{}`", number.round(0)))
        } else {
            (
                format!("held with {decimals} decimals"),
                format!("write it with at most {decimals} decimals: `{}`", number.round(decimals)),
            )
        };
        self.findings.error(code::LIMIT_STEP, limit.span, format!("{what} is {number}, but the score is {step}"), help);
        None
    }
}

impl Findings {
    /// A plain number of points: at most 4 decimals and 1,000,000.
    pub(super) fn points_number(&mut self, written: &Expr, what: &str) -> Option<Decimal> {
        let number = self.plain_number(written, what)?;
        self.points_in_range(number, written.span).then_some(number)
    }

    pub(super) fn points_in_range(&mut self, number: Decimal, span: crate::source::Span) -> bool {
        let (message, help) = if number.abs() > crate::value::MAX_POINTS {
            (format!("{number} points are too many"), "write at most 1000000 points".to_owned())
        } else if number.round(POINT_DECIMALS) != number {
            let rounded = number.round(POINT_DECIMALS);
            (format!("{number} has more than 4 decimals"), format!("points have at most 4 decimals: `{rounded}`"))
        } else {
            return true;
        };
        self.error(code::POINTS_OUT_OF_RANGE, span, message, help);
        false
    }
}

/// The clauses of each score, kept from one pass to the next.
pub(super) type ScoreClauses<'a> = Vec<Clauses<'a>>;
