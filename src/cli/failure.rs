//! How a command ends: its outcome or failure, what is printed of it, and the exit code.

use super::Common;
use super::terminal::{self, Paint};
use crate::data::{BadRow, DataError};
use crate::diagnostics::{Diagnostic, render};
use crate::run::{Stop, Unfit};
use crate::source::Sources;
use std::process::ExitCode;

/// The command can't do its work.
pub const CANNOT: u8 = 2;
const FALLS_SHORT: u8 = 1;
const BAD_ROWS: u8 = 3;
/// Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// A command did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is wrong: 0.
    Done,
    /// The rules fall short, and the command has said so: 1.
    FallsShort,
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
    /// Data rows that can't be used, the first few of them, and whether reading stopped before the end: 3.
    BadRows { rows: Vec<BadRow>, more: bool, help: Option<&'static str> },
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
            Stop::BadRows { rows, more } => Failure::BadRows { rows, more, help: None },
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
        Failure::BadRows { rows, more, help } => (bad_rows(rows, *more, *help, paint), BAD_ROWS),
        Failure::ClosedPipe => (String::new(), 0),
        Failure::Interrupted => (String::new(), INTERRUPTED),
    }
}

/// Diagnostics with the lines they are about, with a line end at their end.
pub fn rules(sources: &Sources, diagnostics: &[Diagnostic], color: bool) -> String {
    render::human(sources, diagnostics, color, terminal::width()).trim_end().to_owned() + "\n"
}

fn error(message: &str, help: Option<&str>, paint: Paint) -> String {
    let help = help.map(|help| format!("{}: {help}\n", paint.cyan("help"))).unwrap_or_default();
    format!("{}: {message}\n{help}", paint.red("error"))
}

fn bad_rows(rows: &[BadRow], more: bool, help: Option<&str>, paint: Paint) -> String {
    let mut text: String = rows.iter().map(|row| format!("{}: {row}\n", paint.red("error"))).collect();
    let number = terminal::count(rows.len() as u64, "row that cannot be used", "rows that cannot be used");
    text += &match more {
        true => format!("stopped after {number}; there may be more\n"),
        false => format!("{number}; nothing was written\n"),
    };
    text + &help.map(|help| format!("{}: {help}\n", paint.cyan("help"))).unwrap_or_default()
}

/// Clap's own message, or the help that was asked for.
pub fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(CANNOT))
}
