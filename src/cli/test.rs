//! `score test`

use super::paths::{RuleFiles, Wrong};
use super::{Common, Failure, Outcome, failure, output};
use crate::data::interrupt;
use crate::model::Model;
use crate::testing::render::{self, Suite};
use crate::testing::{self, Report};
use std::path::PathBuf;

/// Run the `test` blocks of rule files
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score test examples
  score test examples/b2b-saas/b2b-saas.score --coverage")]
pub struct Arguments {
    #[command(flatten)]
    files: RuleFiles,
    /// Also what no test reached: rules, bands, outcomes of conditions and thresholds
    #[arg(long)]
    coverage: bool,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Layout,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Layout {
    /// With the breakdown of each score that is not as expected
    Human,
    /// For programs
    Json,
    /// JUnit XML, for build servers
    Junit,
}

/// A model with what its tests came to.
struct Tested {
    name: String,
    model: Model,
    report: Report,
}

/// # Errors
/// [`Failure::Cannot`]: a path that leads to no rules, an output that cannot be written.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let mut tested = Vec::new();
    let mut wrong = false;
    let found = arguments.files.read(common.threads)?;
    output::spare_inputs(&[("--output", arguments.output.as_deref())], &found.read)?;
    found.unread.iter().for_each(|failure| super::say(&failure::told(failure, common).0));
    if found.models.is_empty() {
        return Ok(Outcome::Unread);
    }
    for file in found.models {
        interrupt::check()?;
        let name = file.name();
        match file.check() {
            Ok(model) => tested.push(Tested { name, report: testing::run(&model), model }),
            Err(Wrong { sources, diagnostics }) => {
                wrong = true;
                let rules = Failure::Rules { sources, diagnostics };
                super::say(&failure::told(&rules, common).0);
            }
        }
    }
    output::write(arguments.output.as_deref(), shown(&arguments, &tested, common.quiet).as_bytes())?;
    let passed = !wrong && tested.iter().all(|tested| tested.report.passed());
    Ok(match (found.unread.is_empty(), passed) {
        (false, _) => Outcome::Unread,
        (true, true) => Outcome::Done,
        (true, false) => Outcome::FallsShort,
    })
}

fn shown(arguments: &Arguments, tested: &[Tested], brief: bool) -> String {
    let suites: Vec<Suite<'_>> = tested
        .iter()
        .map(|tested| Suite { name: &tested.name, model: &tested.model, report: &tested.report })
        .collect();
    match arguments.format {
        Layout::Human => render::human(&suites, brief, arguments.coverage),
        Layout::Json => render::json(&suites, arguments.coverage),
        Layout::Junit => render::junit(&suites),
    }
}
