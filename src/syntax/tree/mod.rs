//! The syntax tree: what the author wrote, in the order and with the places of writing.
//!
//! Made by the parser, read by the checker and the formatter. Nothing is resolved: names are names, a condition and a
//! number are both an [`Expr`], parentheses are kept. What it no longer has: blanks, line ends and the spelling of
//! literals (the span leads back to that); comments are kept beside the statements, with their places.

mod data;
mod expr;
mod score;
mod test;
mod typed;
pub mod walk;

pub use data::*;
pub use expr::*;
pub use score::*;
pub use test::*;
pub use typed::*;

use crate::source::{FileId, Span, Spanned};

/// One parsed file. Statements with an error in them are left out or, where a part could be read, hold that part.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    pub id: FileId,
    pub statements: Vec<Statement>,
    /// All comments in order of place.
    pub comments: Vec<Comment>,
    /// The statements and items with a mistake in them, whole.
    pub broken: Vec<Span>,
}

/// `# text`, without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// A statement of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub kind: StatementKind,
    /// From its keyword to its last character.
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// `model "Name" { … }`
    Model(ModelBlock),
    /// `use "path.score"`
    Use(Text),
    /// `lead { … }`
    Lead(LeadBlock),
    /// `event page_view { … }`
    Event(EventBlock),
    /// `events { … }`
    Events(EventsBlock),
    /// `list free_mail = …`
    List(List),
    /// `define big = employees >= 1000`
    Define(Define),
    /// `lookup region by country { … }`
    Lookup(Lookup),
    /// `ignore page_view where bot`
    Ignore(Selector),
    /// `exclude "Competitor" when …`
    Exclude(Exclude),
    /// `score fit { … }`
    Score(Score),
    /// `bands fit { … }`
    Bands(Bands),
    /// `matrix priority by fit, engagement { … }`
    Matrix(Matrix),
    /// `threshold mql when …`
    Threshold(Threshold),
    /// `test "…" { … }`
    Test(Test),
}

/// A name as written, without backticks; `quoted` when it had them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub quoted: bool,
    pub span: Span,
}

/// `"…"`, with its escapes resolved.
pub type Text = Spanned<String>;
