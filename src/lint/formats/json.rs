//! An array with an object each: what `check --format json` writes, and `category`, `fails`, `example`, `fix`.

use super::place::ends;
use super::{Format, Look};
use crate::diagnostics::render::{self, Place};
use crate::lint::report::{Entry, Report, ShownExample};
use crate::lint::{Fix, Safety};
use serde::Serialize;

pub static FORMAT: Format = Format { name: "json", about: "an array with an object each", write };

/// Keys are in the order of the alphabet.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'a ShownExample>,
    fails: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<ShownFix<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    labels: Vec<Place<'a>>,
    message: &'a str,
    name: &'a str,
    severity: &'a str,
}

#[derive(Serialize)]
struct ShownFix<'a> {
    edits: Vec<Edit<'a>>,
    safe: bool,
    what: &'a str,
}

#[derive(Serialize)]
struct Edit<'a> {
    column: usize,
    end_column: usize,
    end_line: usize,
    file: &'a str,
    line: usize,
    text: &'a str,
}

fn write(report: &Report, _: &Look) -> String {
    let all: Vec<Shown<'_>> = report.entries.iter().map(shown).collect();
    // Plain structs of texts and numbers always have a text.
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

fn shown(entry: &Entry) -> Shown<'_> {
    let render::Shown { code, help, labels, message, name, severity } =
        render::shown(&entry.sources, &entry.diagnostic);
    Shown {
        category: entry.lint.map(|lint| lint.category.name()),
        code,
        example: entry.example.as_ref(),
        fails: entry.fails,
        fix: entry.fix.as_ref().map(|fix| shown_fix(entry, fix)),
        help,
        labels,
        message,
        name,
        severity,
    }
}

fn shown_fix<'a>(entry: &'a Entry, fix: &'a Fix) -> ShownFix<'a> {
    let edits = fix.edits.iter().map(|(span, text)| {
        let (start, end) = ends(&entry.sources, *span);
        Edit {
            column: start.column,
            end_column: end.column,
            end_line: end.line,
            file: &entry.sources.file(span.file).name,
            line: start.line,
            text,
        }
    });
    ShownFix { edits: edits.collect(), safe: fix.safety == Safety::Safe, what: &fix.what }
}
