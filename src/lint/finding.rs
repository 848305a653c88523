//! What a lint has to say.

use crate::analysis::Witness;
use crate::diagnostics::Label;
use crate::model::Condition;
use crate::source::Span;

/// One finding. Its wording follows the rule of [`crate::diagnostics`].
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub message: String,
    /// The first one is its place.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    pub example: Option<Example>,
    pub fix: Option<Fix>,
    /// In a file that several models use: it counts only where all of them find it.
    pub needs_every_use: bool,
}

/// A proof's example lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows: "this lead scores 72, the most there is".
    pub shows: String,
    pub witness: Witness,
    /// The same as conditions that hold for it, made by the functions of [`super::claim`]: the tests hold each of them
    /// against the reference evaluator.
    pub claims: Vec<Condition>,
}

/// What to change. Edits do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does: "remove the rule".
    pub what: String,
    pub safety: Safety,
    /// Each place with its new text.
    pub edits: Vec<(Span, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// Changes no score of any lead: `--fix`.
    Safe,
    /// May change scores: `--fix --unsafe`.
    Unsafe,
}

/// The findings of one lint.
#[derive(Debug, Default)]
pub struct Findings {
    pub all: Vec<Finding>,
}

impl Findings {
    /// Adds a finding at `span`; more is said about it by the methods of what comes back.
    pub fn add(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let place = self.all.len();
        self.all.push(Finding {
            message: message.into(),
            labels: vec![Label { span, text: String::new() }],
            help: None,
            example: None,
            fix: None,
            needs_every_use: false,
        });
        &mut self.all[place]
    }
}

impl Finding {
    /// Words for its place.
    pub fn here(&mut self, text: impl Into<String>) -> &mut Finding {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// A further place.
    pub fn also(&mut self, span: Span, text: impl Into<String>) -> &mut Finding {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// What to write instead.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Finding {
        self.help = Some(text.into());
        self
    }

    /// An example lead, what it shows, and the same as conditions that hold for it.
    pub fn example(&mut self, shows: impl Into<String>, witness: &Witness, claims: Vec<Condition>) -> &mut Finding {
        self.example = Some(Example { shows: shows.into(), witness: witness.clone(), claims });
        self
    }

    /// What to change; edits do not overlap. See [`super::Context::whole_lines`] for what to take away.
    pub fn fix(&mut self, what: impl Into<String>, safety: Safety, edits: Vec<(Span, String)>) -> &mut Finding {
        self.fix = Some(Fix { what: what.into(), safety, edits });
        self
    }

    /// Says that, in a file which several models use, it counts only where all of them find it: a list is unused when
    /// none of them uses it.
    pub fn in_every_use(&mut self) -> &mut Finding {
        self.needs_every_use = true;
        self
    }

    pub fn span(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }
}
