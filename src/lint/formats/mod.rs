//! Findings for people and for programs: one format a file, and one line of [`FORMATS`] each.

mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod place;
mod sarif;
mod short;

use super::report::Report;

/// A way to write a report.
pub struct Format {
    /// As the flag says it.
    pub name: &'static str,
    /// For the help: "with the lines it is about".
    pub about: &'static str,
    pub write: fn(&Report, &Look) -> String,
}

/// How it is to look, where people read it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub color: bool,
    /// In columns of the terminal.
    pub width: usize,
    /// The most entries to show; formats for programs show all.
    pub most: usize,
}

/// All formats, the default one first.
pub static FORMATS: &[&Format] =
    &[&human::FORMAT, &short::FORMAT, &json::FORMAT, &sarif::FORMAT, &github::FORMAT, &gitlab::FORMAT, &junit::FORMAT];

/// The format that a flag names.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// `and 3 more errors, 20 more warnings`, with its line end; nothing for nothing.
fn and_more(report: &Report, most: usize) -> String {
    use crate::diagnostics::Severity::{Advice, Error, Warning};
    let rest = report.entries.get(most..).unwrap_or_default();
    let parts = [
        (Error, "more error", "more errors"),
        (Warning, "more warning", "more warnings"),
        (Advice, "more advice", "more advice"),
    ];
    let told = parts.into_iter().filter_map(|(severity, one, many)| {
        let count = rest.iter().filter(|entry| entry.diagnostic.severity == severity).count();
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!("and {}\n", told.join(", ")) }
}
