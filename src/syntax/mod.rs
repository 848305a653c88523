//! From text to syntax tree.
//!
//! `scan` checks quotes, brackets and depth and cuts the text into statements and items; each of these is parsed by
//! itself with the grammar, so one broken line does not hide the next; `tree` is what comes out.

pub mod program;
pub mod tree;

use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Sources};

/// Parses one file: what could be read of it, and all that is wrong with it, in order of place.
pub fn parse(sources: &Sources, id: FileId) -> (tree::File, Vec<Diagnostic>) {
    todo!()
}

/// Parses a text that is one expression: `--only "total >= 50"`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_expression(sources: &Sources, id: FileId) -> Result<tree::Expr, Vec<Diagnostic>> {
    todo!()
}
