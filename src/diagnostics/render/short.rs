//! One line each: `b2b.score:12:5: error E201: nothing is called `titel`; did you mean `title`?`

use super::visible::visible;
use crate::diagnostics::Diagnostic;
use crate::source::Sources;

/// Every diagnostic on a line of its own.
pub fn short(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| line(sources, diagnostic) + "\n").collect()
}

/// File, line, column, code, message; without its line end.
pub fn line(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let place = sources.position(diagnostic.span());
    let file = &sources.file(diagnostic.span().file).name;
    let word = super::word(diagnostic.severity);
    format!("{file}:{}:{}: {word} {}: {}", place.line, place.column, diagnostic.code, visible(&diagnostic.message))
}
