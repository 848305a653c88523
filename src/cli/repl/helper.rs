//! Completion, hints, colours and unfinished lines while typing.

use crate::repl::Session;
use crate::repl::typed::is_unfinished;
use crate::repl::{complete, highlight, hint};
use crate::terminal::{Paint, safe};
use rustyline::completion::Completer;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Result};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The session, which two threads look at: the one that is typed to, and the one that watches the files.
#[derive(Clone)]
pub struct Shared(Arc<Mutex<Session>>);

impl Shared {
    pub fn new(session: Session) -> Shared {
        Shared(Arc::new(Mutex::new(session)))
    }

    pub fn lock(&self) -> MutexGuard<'_, Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub struct Helper {
    pub session: Shared,
}

impl Completer for Helper {
    type Candidate = String;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> Result<(usize, Vec<String>)> {
        let (start, mut found) = complete::complete(&self.session.lock(), line, cursor);
        // Values of data must not command the terminal.
        found.retain(|text| safe(text) == *text);
        Ok((start, found))
    }
}

/// Words behind the cursor.
pub struct Words {
    text: String,
    /// Whether they can be taken over.
    usable: bool,
}

impl Hint for Words {
    fn display(&self) -> &str {
        &self.text
    }

    fn completion(&self) -> Option<&str> {
        self.usable.then_some(&self.text)
    }
}

impl Hinter for Helper {
    type Hint = Words;

    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<Words> {
        if cursor < line.len() {
            return None;
        }
        let (text, usable) = hint::hint(&self.session.lock(), line)?;
        Some(Words { text: safe(&text), usable })
    }
}

impl Highlighter for Helper {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        Cow::Owned(highlight::highlight(&self.session.lock(), line))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(Paint(true).dim(hint))
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(Paint(true).bold(prompt))
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        true
    }
}

impl Validator for Helper {
    /// Two blank lines end a block that is not closed, so that nobody is caught in one.
    fn validate(&self, context: &mut ValidationContext<'_>) -> Result<ValidationResult> {
        let text = context.input();
        let open = is_unfinished(text) && !text.ends_with("\n\n");
        Ok(if open { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl rustyline::Helper for Helper {}
