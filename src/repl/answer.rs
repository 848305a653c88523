//! What comes back for a line.

use crate::CompileError;
use crate::data::DataError;
use crate::diagnostics::{Diagnostic, render};
use crate::source::{OpenError, Sources};
use crate::terminal::{Paint, safe};

/// Text for people, without a line end at its end; or why there is none.
pub type Answer = Result<String, Wrong>;

/// Mistakes that are shown at once.
const MOST: usize = 20;

/// How answers look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub color: bool,
    /// In columns of the terminal.
    pub width: usize,
}

impl Look {
    pub fn paint(self) -> Paint {
        Paint(self.color)
    }
}

/// A line that could not be answered; the session goes on.
#[derive(Debug)]
pub enum Wrong {
    /// A mistake in what was typed, or in the files of the model.
    Rules { sources: Sources, diagnostics: Vec<Diagnostic> },
    /// "there is no lead `L7`", and what to type instead.
    Said { message: String, help: Option<String> },
    /// Ctrl-C while it was worked out.
    Interrupted,
}

impl Wrong {
    /// A message in lower case and without a full stop.
    pub fn said(message: impl Into<String>) -> Wrong {
        Wrong::Said { message: message.into(), help: None }
    }

    /// What to type instead.
    pub fn help(self, text: impl Into<String>) -> Wrong {
        match self {
            Wrong::Said { message, .. } => Wrong::Said { message, help: Some(text.into()) },
            other => other,
        }
    }

    /// The text to show, without a line end at its end.
    pub fn shown(&self, look: Look) -> String {
        let paint = look.paint();
        match self {
            Wrong::Rules { sources, diagnostics } => {
                let (shown, rest) = diagnostics.split_at(diagnostics.len().min(MOST));
                let frames = render::human(sources, shown, look.color, look.width).trim_end().to_owned();
                if rest.is_empty() { frames } else { format!("{frames}\nand {} more", rest.len()) }
            }
            Wrong::Said { message, help } => {
                let lines = |text: &str| text.lines().map(safe).collect::<Vec<_>>().join("\n");
                let help = help.as_ref().map(|help| format!("\n{}: {}", paint.cyan("help"), lines(help)));
                format!("{}: {}{}", paint.red("error"), lines(message), help.unwrap_or_default())
            }
            Wrong::Interrupted => "interrupted".to_owned(),
        }
    }
}

impl From<DataError> for Wrong {
    fn from(error: DataError) -> Wrong {
        let told = error.to_string();
        match (error, told.split_once("\nhelp: ")) {
            (DataError::Interrupted, _) => Wrong::Interrupted,
            (_, Some((message, help))) => Wrong::said(message).help(help),
            (_, None) => Wrong::said(told),
        }
    }
}

impl From<CompileError> for Wrong {
    fn from(error: CompileError) -> Wrong {
        match error {
            CompileError::Wrong { sources, diagnostics } => Wrong::Rules { sources, diagnostics },
            CompileError::Unreadable(error) => Wrong::said(match error {
                OpenError::Unreadable(reason) => {
                    format!("the model cannot be read: {}", reason.to_string().to_lowercase())
                }
                OpenError::TooLarge { limit } => format!("the model is larger than {} MiB", limit / (1024 * 1024)),
                OpenError::NotText { .. } => "the model is not UTF-8 text".to_owned(),
                OpenError::OutsideFolder => "the model lies outside its folder".to_owned(),
            }),
        }
    }
}
