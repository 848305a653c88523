//! How a command ends: its outcome or failure, what is printed of it, and the exit code.

use super::Common;
use crate::data::{BadRow, DataError};
use crate::diagnostics::Diagnostic;
use crate::source::Sources;
use std::io::Write;
use std::process::ExitCode;

/// The command can't do its work.
pub const CANNOT: u8 = 2;
const FALLS_SHORT: u8 = 1;
const BAD_ROWS: u8 = 3;
const INTERRUPTED: u8 = 130;

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
    /// Wrong usage, a file that is missing or can't be read or written: 2.
    Cannot { message: String, help: Option<String> },
    /// Data rows that can't be used, the first few of them, and whether reading stopped before the end: 3.
    BadRows { rows: Vec<BadRow>, more: bool, help: Option<String> },
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
            Failure::BadRows { rows, more, .. } => Failure::BadRows { rows, more, help: Some(text.into()) },
            other => other,
        }
    }
}

impl From<DataError> for Failure {
    fn from(error: DataError) -> Failure {
        match error {
            DataError::ClosedPipe => Failure::ClosedPipe,
            DataError::Interrupted => Failure::Interrupted,
            DataError::NotAsClaimed { file, reason, help } => {
                Failure::Cannot { message: format!("{file}: {reason}"), help }
            }
            DataError::Unreadable { file, reason } => Failure::cannot(format!("can't read {file}: {reason}")),
            DataError::Unwritable { file, reason } => Failure::cannot(format!("can't write {file}: {reason}")),
        }
    }
}

/// Prints what there is to say and gives the exit code.
pub fn exit(ended: Result<Outcome, Failure>, common: &Common) -> ExitCode {
    match ended {
        Ok(Outcome::Done) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Outcome::FallsShort) => ExitCode::from(FALLS_SHORT),
        Err(failure) => {
            let (text, code) = told(&failure, common);
            // Nothing can be said when standard error is closed too; the code still tells.
            let _ = std::io::stderr().write_all(text.as_bytes());
            ExitCode::from(code)
        }
    }
}

fn told(failure: &Failure, common: &Common) -> (String, u8) {
    match failure {
        Failure::Rules { .. } => (String::new(), FALLS_SHORT),
        Failure::Cannot { message, help } => (error(message, help.as_deref(), common), CANNOT),
        Failure::BadRows { rows, more, help } => (bad_rows(rows, *more, help.as_deref(), common), BAD_ROWS),
        Failure::ClosedPipe => (String::new(), 0),
        Failure::Interrupted => (String::new(), INTERRUPTED),
    }
}

fn error(message: &str, help: Option<&str>, common: &Common) -> String {
    let (red, cyan, end) = if common.color_on_stderr() { ("\x1b[1;31m", "\x1b[36m", "\x1b[0m") } else { ("", "", "") };
    let mut text = format!("{red}error{end}: {message}\n");
    if let Some(help) = help {
        text += &format!("{cyan}help{end}: {help}\n");
    }
    text
}

fn bad_rows(rows: &[BadRow], more: bool, help: Option<&str>, common: &Common) -> String {
    let _ = more;
    let mut text = String::new();
    for row in rows {
        text += &error(&place(row), None, common);
    }
    text + help.unwrap_or_default()
}

fn place(row: &BadRow) -> String {
    match &row.column {
        Some(column) => format!("{}: row {}, column `{column}`: {}", row.file, row.row, row.reason),
        None => format!("{}: row {}: {}", row.file, row.row, row.reason),
    }
}

/// Clap's own message, or the help that was asked for.
pub fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(CANNOT))
}
