//! SARIF 2.1.0, for code scanning.

use super::fingerprint::fingerprints;
use super::place::{ends, path, told};
use super::{Format, Look};
use crate::diagnostics::{Severity, code::Code};
use crate::lint::report::{Entry, Report};
use crate::lint::{Fix, Level, Lint};
use crate::source::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub static FORMAT: Format = Format { name: "sarif", about: "SARIF 2.1.0, for code scanning", write };

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn write(report: &Report, _: &Look) -> String {
    let rules: BTreeMap<&str, (Code, Option<&'static Lint>)> =
        report.entries.iter().map(|entry| (entry.code(), (entry.diagnostic.code, entry.lint))).collect();
    let places: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(place, code)| (*code, place)).collect();
    let results =
        report.entries.iter().zip(fingerprints(report)).map(|(entry, fingerprint)| {
            result(entry, places.get(entry.code()).copied().unwrap_or_default(), &fingerprint)
        });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "score",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|(code, lint)| rule(*code, *lint)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    // Values always have a text.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rule(code: Code, lint: Option<&Lint>) -> Value {
    let Some(lint) = lint else {
        return json!({
            "id": code.0.id,
            "name": code.0.name,
            "shortDescription": { "text": code.0.name.replace('-', " ") },
            "defaultConfiguration": { "level": "error" },
            "properties": { "tags": ["check"] },
        });
    };
    let page = lint.page();
    let manual = lint.manual_text();
    json!({
        "id": lint.code,
        "name": lint.name,
        "shortDescription": { "text": page.summary },
        "fullDescription": { "text": page.why },
        "help": { "text": manual, "markdown": manual },
        "defaultConfiguration": { "level": level(lint.level) },
        "properties": { "tags": [lint.category.name()] },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        Level::Advice => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn result(entry: &Entry, rule: usize, fingerprint: &str) -> Value {
    let severity = match entry.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    };
    let further = entry.diagnostic.labels.iter().skip(1).enumerate().map(|(id, label)| {
        let mut place = location(entry, label.span);
        if let Some(object) = place.as_object_mut() {
            object.insert("id".to_owned(), json!(id + 1));
            if !label.text.is_empty() {
                object.insert("message".to_owned(), json!({ "text": label.text }));
            }
        }
        place
    });
    let mut result = json!({
        "ruleId": entry.code(),
        "ruleIndex": rule,
        "level": severity,
        "message": { "text": told(entry) },
        "locations": [location(entry, entry.span())],
        "relatedLocations": further.collect::<Vec<_>>(),
        "partialFingerprints": { "scoreFinding/v1": fingerprint },
    });
    if let (Some(object), Some(fix)) = (result.as_object_mut(), &entry.fix) {
        object.insert("fixes".to_owned(), json!([shown_fix(entry, fix)]));
    }
    result
}

fn location(entry: &Entry, span: Span) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(entry, span), "region": region(entry, span) } })
}

fn artifact(entry: &Entry, span: Span) -> Value {
    json!({ "uri": uri(&path(&entry.sources.file(span.file).name)) })
}

fn region(entry: &Entry, span: Span) -> Value {
    let (start, end) = ends(&entry.sources, span);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn shown_fix(entry: &Entry, fix: &Fix) -> Value {
    let mut files: BTreeMap<String, (Value, Vec<Value>)> = BTreeMap::new();
    for (span, text) in &fix.edits {
        let file = files.entry(path(&entry.sources.file(span.file).name));
        let (_, replacements) = file.or_insert_with(|| (artifact(entry, *span), Vec::new()));
        replacements.push(json!({ "deletedRegion": region(entry, *span), "insertedContent": { "text": text } }));
    }
    let changes = files
        .into_values()
        .map(|(artifact, replacements)| json!({ "artifactLocation": artifact, "replacements": replacements }));
    json!({ "description": { "text": fix.what }, "artifactChanges": changes.collect::<Vec<_>>() })
}

/// A path as a relative reference, or with `file://` where it is absolute; all but plain letters is escaped.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let escaped: String = path
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    if escaped.starts_with('/') { format!("file://{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_escaped() {
        assert_eq!(uri("a/b c.score"), "a/b%20c.score");
        assert_eq!(uri("/tmp/é.score"), "file:///tmp/%C3%A9.score");
        assert_eq!(uri("a:b.score"), "a%3Ab.score");
    }
}
