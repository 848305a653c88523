//! What a lint looks at.

use crate::analysis::Analysis;
use crate::model::{Model, Rule};
use crate::syntax::program::Program;
use crate::value::Instant;
use std::collections::BTreeSet;

/// One model: checked, analysed, and as its author wrote it.
pub struct Context<'a> {
    pub model: &'a Model,
    /// The trees of the file and of all that it uses, with comments.
    pub program: &'a Program,
    pub analysis: &'a Analysis<'a>,
    pub as_of: Instant,
    /// Names that score people by what they are: `score.toml` may add to those that `sensitive-field` knows.
    pub sensitive: &'a [String],
}

/// The same, with what the rules do to the leads of `--data`.
pub struct DataContext<'a> {
    pub rules: &'a Context<'a>,
    // What was counted stands here: see `data`.
    pub labels: BTreeSet<String>,
}

impl<'a> Context<'a> {
    /// All rules and tables, in the order written.
    pub fn rules(&self) -> Vec<&'a Rule> {
        Vec::new()
    }
}
