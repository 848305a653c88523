//! Reports for people and for programs, one format a file. Each takes the reports of several models.

mod coverage;
mod entries;
mod human;
mod json;
mod junit;

pub use human::human;
pub use json::json;
pub use junit::junit;

use super::Report;
use crate::model::Model;
use crate::source::Span;

/// The tests of one model, and their report.
#[derive(Clone, Copy)]
pub struct Suite<'a> {
    /// What it is called: the path of the model's file.
    pub name: &'a str,
    pub model: &'a Model,
    pub report: &'a Report,
}

impl Suite<'_> {
    /// `model.score:12:3`
    fn place(&self, span: Span) -> String {
        let position = self.model.sources.position(span);
        format!("{}:{}:{}", self.file(span), position.line, position.column)
    }

    fn file(&self, span: Span) -> &str {
        &self.model.sources.file(span.file).name
    }

    fn line(&self, span: Span) -> usize {
        self.model.sources.position(span).line
    }

    /// The text of a place on one line.
    fn text(&self, span: Span) -> String {
        self.model.sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// "1 test", "2 tests"
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
