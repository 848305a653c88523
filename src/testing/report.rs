//! What the tests of a model came to; independent of how it is shown.

use super::coverage::Coverage;
use crate::model::ScoreId;
use crate::reference::Breakdown;
use crate::source::Span;

/// Of one model.
#[derive(Debug, Clone)]
pub struct Report {
    /// One for each test, in the order of writing.
    pub tests: Vec<Verdict>,
    pub coverage: Coverage,
}

/// Of one `test` block.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub name: String,
    pub span: Span,
    /// How many expectations were looked at, over all rows of its cases.
    pub expectations: usize,
    pub failures: Vec<Failure>,
}

/// One expectation that did not hold.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The row of `cases` it failed for.
    pub row: Option<CaseRow>,
    /// Of the expectation, or of the cell.
    pub span: Span,
    /// What should have held, in words of the language: "`fit` is 45".
    pub expected: String,
    /// What was the case: "`fit` is 40".
    pub actual: String,
    /// Of the scores concerned; of a derived score, also those of the scores it reads.
    pub breakdowns: Vec<ScoreBreakdown>,
}

/// A row of `cases`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Counted from 1.
    pub number: usize,
    /// As written, white space collapsed.
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct ScoreBreakdown {
    pub score: ScoreId,
    pub label: String,
    /// Of an excluded lead, as it would have been.
    pub breakdown: Breakdown,
}

impl Report {
    pub fn passed(&self) -> bool {
        self.tests.iter().all(Verdict::passed)
    }

    pub fn failed(&self) -> usize {
        self.tests.iter().filter(|test| !test.passed()).count()
    }
}

impl Verdict {
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}
