//! `score check`

use super::paths::{RuleFiles, Wrong};
use super::terminal::count;
use super::{Common, Failure, Outcome, failure, output};
use crate::diagnostics::{Severity, render};
use std::collections::HashSet;
use std::path::PathBuf;

/// Say whether rule files can run: syntax, names, types, limits
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A file that another one of them uses is checked together with that one, whose fields and events it shares.

Examples:
  score check examples
  score check examples/b2b-saas/b2b-saas.score --format short")]
pub struct Arguments {
    #[command(flatten)]
    files: RuleFiles,
    /// How to show what is wrong
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Layout,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Layout {
    /// With the lines it is about
    Human,
    /// A line each
    Short,
    /// An array with an object each
    Json,
}

/// # Errors
/// [`Failure::Cannot`]: a file that cannot be read.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let found = arguments.files.read()?;
    let mut said = HashSet::new();
    let wrong: Vec<Wrong> =
        found.models.into_iter().filter_map(|file| Some(unsaid(file.check().err()?, &mut said))).collect();
    let color = arguments.output.is_none() && common.color_on_stdout();
    output::write(arguments.output.as_deref(), shown(&wrong, arguments.format, color).as_bytes())?;
    let errors = of_severity(&wrong, Severity::Error);
    if !common.quiet {
        super::say(&tally(found.files as u64, errors, of_severity(&wrong, Severity::Warning)));
    }
    Ok(if errors > 0 { Outcome::FallsShort } else { Outcome::Done })
}

/// Without what an earlier file has said already about a file that both use.
fn unsaid(mut wrong: Wrong, said: &mut HashSet<(String, u32, u32, &'static str, String)>) -> Wrong {
    wrong.diagnostics.retain(|diagnostic| {
        let span = diagnostic.span();
        let file = wrong.sources.file(span.file).name.clone();
        said.insert((file, span.start, span.end, diagnostic.code.0.id, diagnostic.message.clone()))
    });
    wrong
}

fn shown(wrong: &[Wrong], format: Layout, color: bool) -> String {
    match format {
        Layout::Human => {
            let human = |wrong: &Wrong| failure::rules(&wrong.sources, &wrong.diagnostics, color);
            wrong.iter().filter(|wrong| !wrong.diagnostics.is_empty()).map(human).collect::<Vec<_>>().join("\n")
        }
        Layout::Short => wrong.iter().map(|wrong| render::short(&wrong.sources, &wrong.diagnostics)).collect(),
        Layout::Json => {
            let all: Vec<_> = wrong.iter().flat_map(|wrong| render::json(&wrong.sources, &wrong.diagnostics)).collect();
            // Values always have a text.
            serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
        }
    }
}

fn of_severity(wrong: &[Wrong], severity: Severity) -> u64 {
    let all = wrong.iter().flat_map(|wrong| &wrong.diagnostics);
    all.filter(|diagnostic| diagnostic.severity == severity).count() as u64
}

/// `3 files checked, 2 errors`
fn tally(files: u64, errors: u64, warnings: u64) -> String {
    let warnings = if warnings > 0 { format!(", {}", count(warnings, "warning", "warnings")) } else { String::new() };
    let errors = if errors > 0 { count(errors, "error", "errors") } else { "no errors".to_owned() };
    format!("{} checked, {errors}{warnings}\n", count(files, "file", "files"))
}
