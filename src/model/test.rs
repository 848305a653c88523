//! `test` blocks, checked: values are typed, expectations are conditions.

use super::{BandId, Condition, EventId, FieldId, MatrixId, PropertyId, ScoreId, ThresholdId};
use crate::source::Span;
use crate::value::{Decimal, Instant, Value};

#[derive(Debug, Clone)]
pub struct Test {
    pub name: String,
    /// 2026-01-01 (its last microsecond in the model's zone) when left out.
    pub as_of: Instant,
    pub lead: Vec<(FieldId, Option<Value>)>,
    /// In the order written, which is their order at one instant.
    pub events: Vec<TestEvent>,
    /// Thresholds that were met, or were not, before.
    pub before: Vec<(ThresholdId, bool)>,
    pub expectations: Vec<Condition>,
    pub cases: Option<Cases>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct TestEvent {
    pub kind: EventId,
    pub at: Instant,
    pub properties: Vec<(PropertyId, Option<Value>)>,
    pub span: Span,
}

/// The test once a row: its inputs laid over the lead, its expectations instead of, and after, the test's own.
#[derive(Debug, Clone)]
pub struct Cases {
    pub rows: Vec<Case>,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub inputs: Vec<(FieldId, Option<Value>)>,
    pub expected: Vec<(Expected, Span)>,
    pub span: Span,
}

/// What a cell of an expectation's column says.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// `None` is `missing`
    Score(ScoreId, Option<Decimal>),
    /// A band's name under a score's column
    Band(ScoreId, BandId),
    Matrix(MatrixId, Option<String>),
    Threshold(ThresholdId, bool),
}
