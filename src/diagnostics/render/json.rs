//! For programs: a JSON array with an object for each diagnostic.

use crate::diagnostics::{Diagnostic, Label};
use crate::source::Sources;
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    labels: Vec<Place<'a>>,
}

/// Lines and columns from 1, columns in characters; the end is that of the character after the last.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
}

/// The diagnostics as JSON values, the first label of each its place.
pub fn json(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<serde_json::Value> {
    let shown = diagnostics.iter().map(|diagnostic| Shown {
        code: diagnostic.code.0.id,
        name: diagnostic.code.0.name,
        severity: super::word(diagnostic.severity),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        labels: diagnostic.labels.iter().map(|label| place(sources, label)).collect(),
    });
    // Serialising plain structs of texts and numbers has no way to fail.
    shown.map(|shown| serde_json::to_value(shown).unwrap_or_default()).collect()
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
