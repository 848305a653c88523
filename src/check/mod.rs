//! From syntax tree to model: names, types, units, circles, limits.

use crate::diagnostics::Diagnostic;
use crate::model::{Condition, Model, Usage};
use crate::source::FileSystem;
use crate::syntax::{program::Program, tree};

/// Checks a parsed program; lists and lookup tables are read through `files`.
///
/// # Errors
/// All that is wrong, in order of file and place, one error a mistake.
pub fn check(program: &Program, files: &dyn FileSystem) -> Result<Model, Vec<Diagnostic>> {
    todo!()
}

/// Checks a condition over the results of a model, as in `expect` and `--only`: fields, defines, scores, bands, matrices,
/// thresholds, `excluded`. The usage says what it needs beyond the model's own.
///
/// # Errors
/// All that is wrong with it.
pub fn check_condition(model: &Model, condition: &tree::Expr) -> Result<(Condition, Usage), Vec<Diagnostic>> {
    todo!()
}
