//! One lead and its events as evaluators take them, and the results that they give.

use super::{BandId, EventId, ExcludeId, MatrixId, Model};
use crate::value::{Decimal, Instant, Value};

/// A lead: a value for each field of [`super::LeadSchema::fields`], missing where it was not needed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lead {
    /// The key as given, trimmed.
    pub key: String,
    pub values: Vec<Option<Value>>,
}

/// An event of the lead. A lead's events stand in their one order: instant, file as given, row.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub kind: EventId,
    pub at: Instant,
    /// A value for each of [`super::EventType::properties`], missing where it was not needed.
    pub values: Vec<Option<Value>>,
}

/// What a lead's results were before: of an earlier run or a test's `before`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Previous {
    /// For each threshold whether it was met; empty where the lead was not there.
    pub met: Vec<bool>,
}

/// The results of one lead, indexed by the ids of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    pub excluded: Option<ExcludeId>,
    pub scores: Vec<Option<Decimal>>,
    /// `None` for a score without bands, a missing score, and an excluded lead (which shows `excluded`).
    pub bands: Vec<Option<BandId>>,
    /// The cell as (row band, column band); `None` where a score has no band, and for an excluded lead.
    pub matrices: Vec<Option<(BandId, BandId)>>,
    pub thresholds: Vec<bool>,
    /// Numbers that were too large on the way, and so missing.
    pub overflows: u64,
}

impl Results {
    /// The text of a matrix' cell; `excluded` for an excluded lead.
    pub fn cell<'model>(&self, model: &'model Model, matrix: MatrixId) -> Option<&'model str> {
        let place = self.matrices.get(matrix.index()).copied().flatten();
        model.cell(matrix, place, self.excluded.is_some())
    }
}

impl Model {
    /// The text of a matrix' cell, by row and column band; `excluded` for an excluded lead.
    pub fn cell(&self, matrix: MatrixId, place: Option<(BandId, BandId)>, excluded: bool) -> Option<&str> {
        if excluded {
            return Some("excluded");
        }
        let (row, column) = place?;
        Some(&self.matrices.get(matrix.index())?.cells.get(row.index())?.get(column.index())?[..])
    }
}
