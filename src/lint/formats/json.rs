//! An array with an object each: what `check --format json` writes, and `category`, `fails`, `example`, `fix`.

use super::place::ends;
use super::{Format, Look};
use crate::diagnostics::render;
use crate::lint::report::{Entry, Report};
use crate::lint::{Fix, Safety};
use serde_json::{Value, json};

pub static FORMAT: Format = Format { name: "json", about: "an array with an object each", write };

fn write(report: &Report, _: &Look) -> String {
    let all: Vec<Value> = report.entries.iter().map(one).collect();
    // Values always have a text.
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

fn one(entry: &Entry) -> Value {
    let shown = render::json(&entry.sources, std::slice::from_ref(&entry.diagnostic)).pop();
    let Some(Value::Object(mut object)) = shown else { return Value::Null };
    if let Some(lint) = entry.lint {
        object.insert("category".to_owned(), json!(lint.category.name()));
    }
    object.insert("fails".to_owned(), json!(entry.fails));
    if let Some(example) = &entry.example {
        object.insert("example".to_owned(), json!({ "shows": example.shows, "text": example.text }));
    }
    if let Some(fix) = &entry.fix {
        object.insert("fix".to_owned(), shown_fix(entry, fix));
    }
    Value::Object(object)
}

fn shown_fix(entry: &Entry, fix: &Fix) -> Value {
    let edits = fix.edits.iter().map(|(span, text)| {
        let (start, end) = ends(&entry.sources, *span);
        json!({
            "file": entry.sources.file(span.file).name,
            "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column,
            "text": text,
        })
    });
    json!({ "what": fix.what, "safe": fix.safety == Safety::Safe, "edits": edits.collect::<Vec<_>>() })
}
