//! `score check`

use super::paths::{Loaded, RuleFiles, Wrong};
use super::terminal::count;
use super::{Common, Failure, Outcome, failure, output};
use crate::diagnostics::{Diagnostic, Severity, render};
use crate::source::Sources;
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
/// [`Failure::Cannot`]: a path that leads to no rules, an output that cannot be written.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let found = arguments.files.read(common.threads)?;
    output::spare_inputs(&[("--output", arguments.output.as_deref())], &found.read)?;
    found.unread.iter().for_each(|failure| super::say(&failure::told(failure, common).0));
    let empty: Vec<String> = found.models.iter().filter(|file| file.is_empty()).map(Loaded::name).collect();
    let mut said = HashSet::new();
    let wrong: Vec<Wrong> =
        found.models.into_iter().filter_map(|file| Some(unsaid(file.check().err()?, &mut said))).collect();
    let color = arguments.output.is_none() && common.color_on_stdout();
    output::write(arguments.output.as_deref(), shown(&wrong, arguments.format, color).as_bytes())?;
    let errors = of_severity(&wrong, Severity::Error);
    if !common.quiet {
        empty.iter().for_each(|name| super::say(&format!("note: `{name}` is empty: there is nothing to check\n")));
        let unread = found.unread.len() as u64;
        if found.files > 0 {
            super::say(&tally(found.files as u64, errors, of_severity(&wrong, Severity::Warning), unread));
        }
    }
    Ok(match (found.unread.is_empty(), errors) {
        (false, _) => Outcome::Unread,
        (true, 0) => Outcome::Done,
        (true, _) => Outcome::FallsShort,
    })
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

/// For people only the first of very many errors, for programs all.
fn shown(wrong: &[Wrong], format: Layout, color: bool) -> String {
    let (first, rest) = first_of(wrong);
    let more = failure::and_more(rest.iter().copied());
    match format {
        Layout::Human => {
            let human =
                |(sources, diagnostics): &(&Sources, &[Diagnostic])| failure::rules(sources, diagnostics, color);
            first.iter().map(human).collect::<Vec<_>>().join("\n") + &more
        }
        Layout::Short => {
            first.iter().map(|(sources, diagnostics)| render::short(sources, diagnostics)).collect::<String>() + &more
        }
        Layout::Json => {
            let all: Vec<_> = wrong.iter().flat_map(|wrong| render::json(&wrong.sources, &wrong.diagnostics)).collect();
            // Values always have a text.
            serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
        }
    }
}

/// The diagnostics to show, file by file, and those that are too many.
fn first_of(wrong: &[Wrong]) -> (Vec<(&Sources, &[Diagnostic])>, Vec<&Diagnostic>) {
    let mut room = failure::DIAGNOSTICS_SHOWN;
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for wrong in wrong {
        let (shown, hidden) = wrong.diagnostics.split_at(wrong.diagnostics.len().min(room));
        room -= shown.len();
        rest.extend(hidden);
        if !shown.is_empty() {
            first.push((&wrong.sources, shown));
        }
    }
    (first, rest)
}

fn of_severity(wrong: &[Wrong], severity: Severity) -> u64 {
    let all = wrong.iter().flat_map(|wrong| &wrong.diagnostics);
    all.filter(|diagnostic| diagnostic.severity == severity).count() as u64
}

/// `3 files checked, 2 errors, 1 file not read`
fn tally(files: u64, errors: u64, warnings: u64, unread: u64) -> String {
    let warnings = if warnings > 0 { format!(", {}", count(warnings, "warning", "warnings")) } else { String::new() };
    let errors = if errors > 0 { count(errors, "error", "errors") } else { "no errors".to_owned() };
    let unread = if unread > 0 { format!(", {} not read", count(unread, "file", "files")) } else { String::new() };
    format!("{} checked, {errors}{warnings}{unread}\n", count(files, "file", "files"))
}
