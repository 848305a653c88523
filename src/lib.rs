//! score: a language for lead scoring.
//!
//! The way of a rule file through this crate is the list of its modules:
//!
//! | stage | takes | hands on |
//! |---|---|---|
//! | [`source`] | paths | text, places |
//! | [`syntax`] | text | the syntax tree, with comments |
//! | [`check`] | the syntax tree | the [`model`] |
//! | [`mod@reference`] | the model, one lead and its events | results with their breakdown |
//! | [`analysis`] | the model | what can and cannot be, each with an example lead that shows it |
//! | [`testing`] | the model's `test` blocks | verdicts and coverage |
//! | [`lint`] | the model, its tree and its analysis | findings, with examples and fixes |
//! | [`data`] | files of leads and events | typed records; and results as files |
//! | [`plan`] | the model | what to work out for a batch of leads, each question once |
//! | [`run`] | the plan, leads and events | a row of results for each lead, and what to say about them all |
//! | [`report`] | leads scored, and what people then bought | how well the scores tell the one from the other |
//! | [`impact`] | two models, and leads | what a change of the rules does |
//! | [`schema`] | files of leads and events | declarations that fit them |
//! | [`repl`] | a model, a lead, leads | answers to what is typed in a session |
//! | [`cli`] | the command line | calls of the stages above, text for people, an exit code |
//!
//! [`value`] holds the primitives that all of them share, [`diagnostics`] what they say when something is wrong,
//! [`terminal`] how text stands on a terminal.

pub mod analysis;
pub mod check;
pub mod cli;
pub mod data;
pub mod diagnostics;
pub mod impact;
pub mod lint;
pub mod model;
pub mod plan;
pub mod reference;
pub mod repl;
pub mod report;
pub mod run;
pub mod schema;
pub mod source;
pub mod statistics;
pub mod syntax;
pub mod terminal;
pub mod testing;
pub mod value;

use diagnostics::Diagnostic;
use model::Model;
use source::{FileSystem, OpenError, Sources};
use std::path::Path;
use syntax::program::Program;

/// Why a file did not become a model.
#[derive(Debug)]
pub enum CompileError {
    /// The file cannot be read.
    Unreadable(OpenError),
    /// The rules are wrong; the sources are what the diagnostics point into.
    Wrong { sources: Sources, diagnostics: Vec<Diagnostic> },
}

/// From a file to a model that can run.
///
/// # Errors
/// [`CompileError`]: all mistakes, of syntax and of meaning.
pub fn compile(files: &dyn FileSystem, path: &Path) -> Result<Model, CompileError> {
    let (program, mistakes) = syntax::program::load(files, path).map_err(CompileError::Unreadable)?;
    compile_program(program, mistakes, files)
        .map_err(|(sources, diagnostics)| CompileError::Wrong { sources, diagnostics })
}

/// From a parsed program, and the mistakes found in parsing it, to a model that can run.
///
/// # Errors
/// All mistakes, of syntax and of meaning, in order of file and place, with the sources that they point into.
pub fn compile_program(
    program: Program,
    mistakes: Vec<Diagnostic>,
    files: &dyn FileSystem,
) -> Result<Model, (Sources, Vec<Diagnostic>)> {
    check_program(&program, mistakes, files).map_err(|diagnostics| (program.sources, diagnostics))
}

/// The same where the program is still needed.
///
/// # Errors
/// All mistakes, of syntax and of meaning, in order of file and place.
pub fn check_program(
    program: &Program,
    mistakes: Vec<Diagnostic>,
    files: &dyn FileSystem,
) -> Result<Model, Vec<Diagnostic>> {
    match mistakes.is_empty() {
        true => check::check(program, files),
        false => Err(check::check_after_mistakes(program, mistakes, files)),
    }
}
