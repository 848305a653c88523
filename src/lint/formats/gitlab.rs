//! GitLab's code quality report: a JSON array with an object each.

use super::fingerprint::fingerprints;
use super::place::{ends, path};
use super::{Format, Look};
use crate::diagnostics::Severity;
use crate::lint::report::{Entry, Report};
use serde_json::{Value, json};

pub static FORMAT: Format = Format { name: "gitlab", about: "GitLab's code quality report", write };

fn write(report: &Report, _: &Look) -> String {
    let fingerprints = fingerprints(report);
    let all: Vec<Value> = report.entries.iter().zip(&fingerprints).map(|(entry, print)| one(entry, print)).collect();
    // Values always have a text.
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

fn one(entry: &Entry, fingerprint: &str) -> Value {
    let severity = match entry.diagnostic.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Advice => "info",
    };
    let (start, end) = ends(&entry.sources, entry.span());
    let help = entry.diagnostic.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    json!({
        "description": format!("{}{help}", entry.diagnostic.message),
        "check_name": entry.name(),
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": path(entry.file()), "lines": { "begin": start.line, "end": end.line } },
    })
}
