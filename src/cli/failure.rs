//! How a command ends: its outcome or failure, what is printed of it, and the exit code.

use super::Common;
use super::terminal::{self, Paint};
use crate::data::{BadRow, DataError};
use crate::diagnostics::{Diagnostic, Severity, render};
use crate::run::{Stop, Unfit};
use crate::source::Sources;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::process::ExitCode;

/// The command can't do its work.
pub const CANNOT: u8 = 2;
const FALLS_SHORT: u8 = 1;
const BAD_ROWS: u8 = 3;
/// The most errors and warnings about rules that are shown.
pub const DIAGNOSTICS_SHOWN: usize = 100;
/// Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// A command did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is wrong: 0.
    Done,
    /// The rules fall short, and the command has said so: 1.
    FallsShort,
    /// A file could not be read, and the command has said so: 2.
    Unread,
}

/// A command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The rules are wrong: 1.
    Rules { sources: Sources, diagnostics: Vec<Diagnostic> },
    /// A condition on the command line is wrong: 2.
    Condition { sources: Sources, diagnostics: Vec<Diagnostic> },
    /// Wrong usage, a file that is missing or can't be read or written: 2.
    Cannot { message: String, help: Option<String> },
    /// Data rows that can't be used, the first few of them, and whether reading stopped before the end: 3. `begun`:
    /// a part of the results has gone to standard output.
    BadRows { rows: Vec<BadRow>, more: bool, begun: bool, help: Option<&'static str> },
    /// Standard output was closed by its reader (`| head`): 0, without a word.
    ClosedPipe,
    /// Ctrl-C: 130.
    Interrupted,
}

impl Failure {
    /// Exit code 2, with a message in lower case and without a full stop.
    pub fn cannot(message: impl Into<String>) -> Failure {
        Failure::Cannot { message: message.into(), help: None }
    }

    /// What to do instead.
    pub fn help(self, text: impl Into<String>) -> Failure {
        match self {
            Failure::Cannot { message, .. } => Failure::Cannot { message, help: Some(text.into()) },
            other => other,
        }
    }
}

impl From<DataError> for Failure {
    fn from(error: DataError) -> Failure {
        let told = error.to_string();
        match error {
            DataError::ClosedPipe => Failure::ClosedPipe,
            DataError::Interrupted => Failure::Interrupted,
            DataError::NotAsClaimed { help, .. } => {
                let message = told.split("\nhelp: ").next().unwrap_or_default().to_owned();
                Failure::Cannot { message, help }
            }
            DataError::Unreadable { .. } | DataError::Unwritable { .. } => Failure::cannot(told),
        }
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Failure {
        match stop {
            Stop::Data(error) => error.into(),
            Stop::BadRows { rows, more } => Failure::BadRows { rows, more, begun: false, help: None },
        }
    }
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Failure {
        Failure::Cannot { message: unfit.message, help: unfit.help }
    }
}

/// Prints what there is to say and gives the exit code.
pub fn exit(ended: Result<Outcome, Failure>, common: &Common) -> ExitCode {
    match ended {
        Ok(Outcome::Done) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Outcome::FallsShort) => ExitCode::from(FALLS_SHORT),
        Ok(Outcome::Unread) => ExitCode::from(CANNOT),
        Err(failure) => {
            let (text, code) = told(&failure, common);
            super::say(&text);
            ExitCode::from(code)
        }
    }
}

/// What there is to say about a failure, and its exit code.
pub fn told(failure: &Failure, common: &Common) -> (String, u8) {
    let paint = Paint(common.color_on_stderr());
    match failure {
        Failure::Rules { sources, diagnostics } => (rules(sources, diagnostics, paint.0), FALLS_SHORT),
        Failure::Condition { sources, diagnostics } => (rules(sources, diagnostics, paint.0), CANNOT),
        Failure::Cannot { message, help } => (error(message, help.as_deref(), paint), CANNOT),
        Failure::BadRows { rows, more, begun, help } => (bad_rows(rows, *more, *begun, *help, paint), BAD_ROWS),
        Failure::ClosedPipe => (String::new(), 0),
        Failure::Interrupted => (String::new(), INTERRUPTED),
    }
}

/// Diagnostics with the lines they are about, with a line end at their end; of very many the first ones.
pub fn rules(sources: &Sources, diagnostics: &[Diagnostic], color: bool) -> String {
    let (shown, rest) = diagnostics.split_at(diagnostics.len().min(DIAGNOSTICS_SHOWN));
    let text = render::human(sources, shown, color, terminal::width()).trim_end().to_owned() + "\n";
    text + &and_more(rest.iter())
}

/// `and 49,900 more errors`, on a line of its own; nothing for nothing.
pub fn and_more<'a>(rest: impl Iterator<Item = &'a Diagnostic> + Clone) -> String {
    let errors = rest.clone().filter(|diagnostic| diagnostic.severity == Severity::Error).count() as u64;
    let warnings = rest.filter(|diagnostic| diagnostic.severity == Severity::Warning).count() as u64;
    let errors = (errors > 0).then(|| terminal::count(errors, "more error", "more errors"));
    let warnings = (warnings > 0).then(|| terminal::count(warnings, "more warning", "more warnings"));
    let parts: Vec<String> = errors.into_iter().chain(warnings).collect();
    if parts.is_empty() { String::new() } else { format!("and {}\n", parts.join(" and ")) }
}

fn error(message: &str, help: Option<&str>, paint: Paint) -> String {
    let help = help.map(|help| format!("{}: {help}\n", paint.cyan("help"))).unwrap_or_default();
    format!("{}: {message}\n{help}", paint.red("error"))
}

fn bad_rows(rows: &[BadRow], more: bool, begun: bool, help: Option<&str>, paint: Paint) -> String {
    let mut text: String = rows.iter().map(|row| format!("{}: {row}\n", paint.red("error"))).collect();
    let number = terminal::count(rows.len() as u64, "row that cannot be used", "rows that cannot be used");
    let number = if more { format!("stopped after {number}; there may be more") } else { number };
    let written = match begun {
        true => "what went to standard output is not whole",
        false => "nothing was written",
    };
    text += &format!("{number}; {written}\n");
    let mut helps: Vec<&str> = Vec::new();
    for told in rows.iter().filter_map(|row| row.help.as_deref()).chain(help) {
        if !helps.contains(&told) {
            helps.push(told);
        }
    }
    // The last one is about the rows as a whole.
    let told = helps.split_last().map(|(last, cells)| cells.iter().take(3).chain([last]));
    text + &told.into_iter().flatten().map(|help| format!("{}: {help}\n", paint.cyan("help"))).collect::<String>()
}

/// Clap's own message, or the help that was asked for.
pub fn usage(mut error: clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::MissingRequiredArgument
        && let Some(tip) = swallowed()
    {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(CANNOT))
}

/// What to write instead of a flag that has taken the files behind it for values of its own.
fn swallowed() -> Option<String> {
    let greedy = std::env::args().find(|word| matches!(word.as_str(), "--keep" | "--id"))?;
    let value = if greedy == "--keep" { "NAME" } else { "KEY" };
    Some(format!("`{greedy}` takes every word behind it: put it after the files, or write `{greedy}={value}`"))
}
