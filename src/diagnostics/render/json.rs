//! For programs: a JSON array with an object for each diagnostic.

use crate::diagnostics::{Diagnostic, Label};
use crate::source::Sources;
use serde::Serialize;

/// Its keys are in the order of the alphabet, as are all that are written.
#[derive(Serialize)]
pub struct Shown<'a> {
    pub code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'a str>,
    pub labels: Vec<Place<'a>>,
    pub message: &'a str,
    pub name: &'a str,
    pub severity: &'a str,
}

/// Lines and columns from 1, columns in characters; the end is that of the character after the last.
#[derive(Serialize)]
pub struct Place<'a> {
    column: usize,
    end_column: usize,
    end_line: usize,
    file: &'a str,
    line: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
}

/// The diagnostics as JSON values, the first label of each its place.
pub fn json(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<serde_json::Value> {
    let shown = diagnostics.iter().map(|diagnostic| shown(sources, diagnostic));
    // Serialising plain structs of texts and numbers has no way to fail.
    shown.map(|shown| serde_json::to_value(shown).unwrap_or_default()).collect()
}

pub fn shown<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Shown<'a> {
    Shown {
        code: diagnostic.code.0.id,
        help: diagnostic.help.as_deref(),
        labels: diagnostic.labels.iter().map(|label| place(sources, label)).collect(),
        message: &diagnostic.message,
        name: diagnostic.code.0.name,
        severity: super::word(diagnostic.severity),
    }
}

fn place<'a>(sources: &'a Sources, label: &'a Label) -> Place<'a> {
    let file = sources.file(label.span.file);
    let start = file.lines.position(&file.text, label.span.start as usize);
    let end = file.lines.position(&file.text, label.span.end as usize);
    Place {
        file: &file.name,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        text: &label.text,
    }
}
