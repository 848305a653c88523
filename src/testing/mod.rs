//! The model's own tests: its `test` blocks run on the reference evaluator, with what they reach.
//!
//! | file | takes | hands on |
//! |---|---|---|
//! | `given` | a test and one row of its cases | a lead, its events, its previous results |
//! | [`run`] | the model | a [`Report`]: verdicts, and the evaluations seen by the coverage |
//! | `expect` | an evaluation and an expectation | nothing, or a [`Failure`] |
//! | `coverage` | every evaluation | which rules, bands, conditions and thresholds were reached |
//! | `render` | reports | text for people, JSON, JUnit |

mod coverage;
mod expect;
mod given;
pub mod render;
mod report;
mod run;

#[cfg(test)]
mod tests;

pub use coverage::{ConditionCoverage, Coverage, Reached, ThresholdCoverage};
pub use given::each_lead;
pub use report::{CaseRow, Failure, Report, ScoreBreakdown, Verdict};
pub use run::{coverage, run};
