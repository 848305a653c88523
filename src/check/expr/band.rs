//! `band of fit is A`

use super::Expressions;
use super::comparison::{asks_known, not_unless, operator_words};
use crate::check::bands::{band_named, edge};
use crate::check::constants::bare;
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{AnyExpr, BandEdge, BandId, Bands, ConditionKind, ScoreId, Symbol};
use crate::source::Span;
use crate::syntax::tree::{Comparison, ComparisonKind, Expr, ExprKind, Name};

impl Expressions<'_> {
    /// A score that has bands, and may be used here.
    fn banded(&mut self, name: &Name) -> Option<(ScoreId, &Bands)> {
        let id = self.score_named(name, "bands belong to scores")?;
        if !self.may_use(Symbol::Score(id), &name.text, name.span) {
            return None;
        }
        let model = self.model;
        let bands = model.scores.get(id.index()).and_then(|score| score.bands.as_ref());
        if bands.is_none() {
            self.findings.error(
                code::NO_BANDS,
                name.span,
                format!("the score `{}` has no bands", name.text),
                format!(
                    "declare them: `bands {} {{ hot from 50, cold otherwise }}`",
                    super::unknown::written(&name.text)
                ),
            );
        }
        Some((id, bands?))
    }

    pub(super) fn compare_band(&mut self, score: &Name, comparison: &Comparison) -> Option<ConditionKind> {
        let (id, bands) = self.banded(score)?;
        let bands = bands.clone();
        if let Some(known) = asks_known(&comparison.kind) {
            return Some(not_unless(known, ConditionKind::BandKnown(id), score.span));
        }
        let chosen = match &comparison.kind {
            ComparisonKind::Is(one) => [self.band(id, one)?].into(),
            ComparisonKind::OneOf(all) => {
                let all: Vec<Option<BandId>> = all.iter().map(|one| self.band(id, one)).collect();
                all.into_iter().collect::<Option<_>>()?
            }
            ComparisonKind::AtLeast(one) => {
                let least = self.band(id, one)?;
                at_least(&bands, least)
            }
            ComparisonKind::Order(_, one) => return self.ordered_band(score, one, comparison),
            _ => {
                self.findings.error(
                    code::WRONG_COMPARISON,
                    score.span,
                    format!("a band is compared with bands, which `{}` doesn't do", operator_words(comparison)),
                    format!("write `band of {} is {}`", score.text, first_name(&bands)),
                );
                return None;
            }
        };
        Some(ConditionKind::Band { score: id, bands: chosen })
    }

    fn ordered_band(&mut self, score: &Name, one: &Expr, comparison: &Comparison) -> Option<ConditionKind> {
        let text = self.findings.expr(one);
        let help = match bare(one).kind {
            ExprKind::Number { .. } => {
                format!("compare the score itself: `{} {} {text}`", score.text, operator_words(comparison))
            }
            _ => format!("write `band of {} is at least {text}`", score.text),
        };
        let message = format!("a band is a name, which `{}` doesn't compare", operator_words(comparison));
        self.findings.error(code::WRONG_COMPARISON, one.span, message, help);
        None
    }

    /// A name or text that must be a band of the score.
    fn band(&mut self, id: ScoreId, written: &Expr) -> Option<BandId> {
        let written = bare(written);
        let name = match &written.kind {
            ExprKind::Name(name) => name.text.clone(),
            ExprKind::Text(text) => text.clone(),
            _ => self.findings.expr(written),
        };
        let score = self.model.scores.get(id.index())?;
        let found = band_named(score, &name);
        if found.is_none() {
            let bands = score.bands.iter().flat_map(|bands| &bands.bands).map(|band| band.name.as_str());
            let help = match nearest(&name, bands.clone()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    let all: Vec<String> = bands.map(|band| format!("`{band}`")).collect();
                    format!("its bands are {}", all.join(", "))
                }
            };
            let message = format!("the score `{}` has no band `{name}`", score.name);
            self.findings.add(Diagnostic::error(code::UNKNOWN_BAND, written.span, message).help(help));
        }
        found
    }

    /// `band of fit` alone.
    pub(super) fn bare_band(&mut self, name: &Name, span: Span) -> Option<AnyExpr> {
        let (_, bands) = self.banded(name)?;
        let band = first_name(bands);
        self.findings.error(
            code::BAND_ALONE,
            span,
            "a band is no value of its own, it is only compared",
            format!("write `band of {} is {band}`", super::unknown::written(&name.text)),
        );
        None
    }
}

fn first_name(bands: &Bands) -> String {
    bands.bands.first().map_or_else(|| "A".to_owned(), |band| super::unknown::written(&band.name).replace('`', "\""))
}

/// A band and all that begin higher.
fn at_least(bands: &Bands, least: BandId) -> std::collections::BTreeSet<BandId> {
    let lowest = bands.bands.get(least.index()).map(|band| band.edge);
    let higher = |other: BandEdge| match (lowest, edge(other)) {
        (Some(BandEdge::Otherwise) | None, _) => true,
        (_, None) => false,
        (Some(from), Some(other)) => edge(from).is_none_or(|from| other >= from),
    };
    (0u32..).zip(&bands.bands).filter(|(_, band)| higher(band.edge)).map(|(id, _)| BandId(id)).collect()
}
