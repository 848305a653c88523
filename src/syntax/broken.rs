//! Which statements and items hold a mistake, and so are not, or not whole, in the tree.

use super::outline::Entry;
use super::scan::Token;
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Span};

/// For each mistake the innermost statement or item around it, from its first word to the end of its block.
pub(super) fn broken(file: FileId, outline: &[Entry], tokens: &[Token], mistakes: &[Diagnostic]) -> Vec<Span> {
    let mut spans: Vec<Span> =
        mistakes.iter().filter_map(|mistake| around(file, outline, tokens, mistake.span().start)).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn around(file: FileId, outline: &[Entry], tokens: &[Token], at: u32) -> Option<Span> {
    let mut entries = outline;
    let mut innermost = None;
    loop {
        let next = entries.partition_point(|entry| start(entry, tokens).is_some_and(|start| start <= at));
        let Some(entry) = next.checked_sub(1).and_then(|before| entries.get(before)) else { return innermost };
        let Some(span) = span(file, entry, tokens).filter(|span| at <= span.end) else { return innermost };
        innermost = Some(span);
        match &entry.block {
            Some(block) if !block.entries.is_empty() => entries = &block.entries,
            _ => return innermost,
        }
    }
}

fn start(entry: &Entry, tokens: &[Token]) -> Option<u32> {
    tokens.get(entry.header.start).map(|token| token.start)
}

fn span(file: FileId, entry: &Entry, tokens: &[Token]) -> Option<Span> {
    let last = match &entry.block {
        Some(block) => block.close,
        None => entry.header.end.checked_sub(1)?,
    };
    let end = tokens.get(last).or(tokens.last())?.end;
    Some(Span { file, start: start(entry, tokens)?, end })
}
