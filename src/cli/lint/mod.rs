//! `score lint`
//!
//! | file | does |
//! |---|---|
//! | `models` | each model: its settings, its mistakes, or its findings |
//! | `data` | the leads of `--data`, counted |
//! | `fixes` | `--fix` |
//! | `manual` | `--explain`, `--list` |

mod data;
mod fixes;
mod manual;
mod models;

use super::paths::{Loaded, RuleFiles};
use super::terminal::{self, count};
use super::{Common, Failure, Outcome, failure, output};
use crate::diagnostics::Severity;
use crate::lint::formats::{self, Format, Look};
use crate::lint::report::Report;
use crate::lint::settings::{Settings, WrongSetting, fail_on};
use crate::lint::{Level, Safety};
use models::Models;
use std::path::PathBuf;

/// Say what is wrong with rules that can run
///
/// What can never happen, what counts twice, what hurts people. Says everything that `check` says; a file with errors is not looked at further. Many findings are proofs, with an
/// example lead that shows them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Levels are set by the nearest `score.toml` above a file, by the flags here, and by comments: `# allow: NAME -- reason` above
a line or behind it, `# allow-file: NAME -- reason` for a file. NAME may be a lint, and in settings and flags a category or
`all`, too.

Examples:
  score lint examples/b2b-saas/b2b-saas.score --fail-on never
  score lint --explain never-true")]
pub struct Arguments {
    /// Rule files, or folders with every `.score` file below them that no `.gitignore` names; `-` is standard input
    #[arg(value_name = "PATH", required_unless_present_any = ["explain", "list"])]
    paths: Vec<PathBuf>,
    /// What to call standard input in messages; files that it uses are looked for beside this
    #[arg(long, value_name = "FILE")]
    stdin_name: Option<PathBuf>,
    #[command(flatten)]
    levels: Levels,
    /// Do what findings propose, as far as it changes no score, and lay the files out
    #[arg(long, conflicts_with_all = ["explain", "list"])]
    fix: bool,
    /// With `--fix`: also what may change scores
    #[arg(long, requires = "fix")]
    r#unsafe: bool,
    #[command(flatten)]
    data: data::DataFlags,
    /// How to show what is found
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format_named)]
    format: &'static Format,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show the manual of a lint
    #[arg(long, value_name = "NAME", conflicts_with = "list")]
    explain: Option<String>,
    /// Show all lints
    #[arg(long)]
    list: bool,
}

/// How much findings matter; each flag may be repeated, and takes several names separated by commas.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Levels")]
struct Levels {
    /// These are errors
    #[arg(long, value_name = "NAME")]
    deny: Vec<String>,
    /// These are warnings
    #[arg(long, value_name = "NAME")]
    warn: Vec<String>,
    /// These are advice
    #[arg(long, value_name = "NAME")]
    advise: Vec<String>,
    /// These are off
    #[arg(long, value_name = "NAME")]
    allow: Vec<String>,
    /// The lowest level for which the exit code is 1: error, warning, advice, never [default: warning]
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<String>,
}

fn format_named(name: &str) -> Result<&'static Format, String> {
    formats::named(name).ok_or_else(|| {
        let names: Vec<&str> = formats::FORMATS.iter().map(|format| format.name).collect();
        format!("write {}", names.join(", "))
    })
}

impl Levels {
    /// Lays the flags over what a `score.toml` says.
    fn over(&self, settings: &mut Settings) -> Result<(), WrongSetting> {
        let flags = [
            (&self.allow, Level::Off),
            (&self.advise, Level::Advice),
            (&self.warn, Level::Warning),
            (&self.deny, Level::Error),
        ];
        for (names, level) in flags {
            names.iter().try_for_each(|names| settings.flag(names, level))?;
        }
        if let Some(word) = &self.fail_on {
            settings.fail_on = Some(fail_on(word)?);
        }
        Ok(())
    }
}

impl From<WrongSetting> for Failure {
    fn from(wrong: WrongSetting) -> Failure {
        Failure::Cannot { message: wrong.message, help: wrong.help }
    }
}

/// # Errors
/// [`Failure::Cannot`]: a path that leads to no rules, settings or flags that are wrong, an output that cannot be written;
/// [`Failure::BadRows`]: rows of the data that cannot be read.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    arguments.levels.over(&mut Settings::default())?;
    if let Some(name) = &arguments.explain {
        return manual::explain(name, arguments.output.as_deref(), common);
    }
    if arguments.list {
        return manual::list(&arguments, common);
    }
    let files = RuleFiles { paths: arguments.paths.clone(), stdin_name: arguments.stdin_name.clone() };
    let found = files.read(common.threads)?;
    output::spare_inputs(&[("--output", arguments.output.as_deref())], &[found.read, arguments.data.files()].concat())?;
    found.unread.iter().for_each(|failure| super::say(&failure::told(failure, common).0));
    arguments.data.fits(&found.models)?;
    let empty: Vec<String> = found.models.iter().filter(|file| file.is_empty()).map(Loaded::name).collect();
    let models = Models { arguments: &arguments, common };
    let report = match arguments.fix {
        true => fixes::fix(&models, found.models)?,
        false => models.report(&found.models, &crate::source::Disk)?,
    };
    let look = Look {
        color: arguments.output.is_none() && common.color_on_stdout(),
        width: terminal::width(),
        most: failure::DIAGNOSTICS_SHOWN,
    };
    output::write(arguments.output.as_deref(), (arguments.format.write)(&report, &look).as_bytes())?;
    if !common.quiet {
        empty.iter().for_each(|name| super::say(&format!("note: `{name}` is empty: there is nothing to lint\n")));
        if found.files > 0 {
            super::say(&tally(&report, found.files as u64, found.unread.len() as u64, arguments.fix));
        }
    }
    Ok(match (found.unread.is_empty(), report.fails()) {
        (false, _) => Outcome::Unread,
        (true, false) => Outcome::Done,
        (true, true) => Outcome::FallsShort,
    })
}

/// `3 files linted: 1 error, 2 warnings; 1 can be fixed with `--fix``
fn tally(report: &Report, files: u64, unread: u64, fixed: bool) -> String {
    let severities = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Advice, "advice", "advice"),
    ];
    let counts = severities.map(|(severity, one, many)| (report.count(severity), one, many));
    let told: Vec<String> =
        counts.iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| count(*number, one, many)).collect();
    let told = if told.is_empty() { "nothing to say".to_owned() } else { told.join(", ") };
    let fixable = |safety: Safety| {
        report.entries.iter().filter(|entry| entry.fix.as_ref().is_some_and(|fix| fix.safety == safety)).count() as u64
    };
    let fixable = match (fixed, fixable(Safety::Safe), fixable(Safety::Unsafe)) {
        (true, ..) | (_, 0, 0) => String::new(),
        (_, 0, number) => format!("; {} be fixed with `--fix --unsafe`", count(number, "can", "can")),
        (_, number, _) => format!("; {} be fixed with `--fix`", count(number, "can", "can")),
    };
    let unread = if unread > 0 { format!("; {} not read", count(unread, "file", "files")) } else { String::new() };
    format!("{} linted: {told}{fixable}{unread}\n", count(files, "file", "files"))
}
