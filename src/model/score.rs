//! Scores, bands, matrices, thresholds, exclusions.

use super::{Condition, Item, NumberExpr, ScoreId};
use crate::source::Span;
use crate::value::Decimal;

/// `score fit "Fit" from 0 to 60 { … }`
#[derive(Debug, Clone)]
pub struct Score {
    pub name: String,
    pub label: String,
    pub body: ScoreBody,
    pub lowest: Option<Decimal>,
    pub highest: Option<Decimal>,
    /// Decimals it is rounded to, 0 to 4.
    pub decimals: u32,
    /// Whether `rounded to` was written.
    pub rounded: bool,
    pub bands: Option<Bands>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum ScoreBody {
    /// `{ … }`
    Rules { start: Option<Decimal>, when: Option<Condition>, items: Vec<Item> },
    /// `= EXPRESSION`
    Derived(NumberExpr),
}

/// `bands fit { A from 40, B from 20, C from 0 }`, in the order written
#[derive(Debug, Clone)]
pub struct Bands {
    pub bands: Vec<Band>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Band {
    pub name: String,
    pub label: Option<String>,
    pub edge: BandEdge,
    pub action: Option<String>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandEdge {
    From(Decimal),
    Above(Decimal),
    Otherwise,
}

/// `matrix priority by fit, engagement { … }`
#[derive(Debug, Clone)]
pub struct Matrix {
    pub name: String,
    pub label: String,
    pub rows: ScoreId,
    pub columns: ScoreId,
    /// `cells[row band][column band]`, in the order in which the scores' bands are declared.
    pub cells: Vec<Vec<String>>,
    pub span: Span,
}

/// `threshold mql when … until … do "notify sales"`
#[derive(Debug, Clone)]
pub struct Threshold {
    pub name: String,
    pub label: String,
    pub when: Condition,
    pub stays: bool,
    pub until: Option<Condition>,
    pub action: Option<String>,
    /// Every score that its conditions read, also through a define, band or matrix: where one of them is missing, the
    /// threshold is not met.
    pub reads: Vec<ScoreId>,
    pub span: Span,
}

/// `exclude "Competitor" when …`
#[derive(Debug, Clone)]
pub struct Exclude {
    /// As written, else the condition's text.
    pub reason: String,
    pub when: Condition,
    pub span: Span,
}
