//! `score plan`

use super::models::{self, ModelFile};
use super::{Common, Failure, Outcome, output};
use crate::plan::{Asked, Plan, show};
use std::path::PathBuf;

/// Show how a model is worked out, and why so
///
/// What is read of the data; which questions are asked of each value, and the rules that share them; which rules became
/// one table from a value to points; what is kept of a lead's events; what could not be joined, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score plan examples/b2b-saas/b2b-saas.score --as-of 2026-11-01
  score plan examples/b2b-saas/b2b-saas.score --as-of 2026-11-01 --format json")]
pub struct Arguments {
    #[command(flatten)]
    model: ModelFile,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Layout,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Layout {
    /// A paragraph for each part of the plan
    Human,
    /// For programs
    Json,
}

/// # Errors
/// [`Failure`]: a model that is wrong or cannot be read, an output that cannot be written.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let model = arguments.model.load_alone()?;
    output::spare_inputs(&[("--output", arguments.output.as_deref())], &models::files(&model))?;
    let plan = Plan::new(&model, common.as_of(&model.zone)?, &Asked::default());
    let text = match arguments.format {
        Layout::Human => show::human(&show::shown(&plan)),
        Layout::Json => show::json(&plan),
    };
    output::write(arguments.output.as_deref(), text.as_bytes())?;
    Ok(Outcome::Done)
}
