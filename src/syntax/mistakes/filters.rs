//! Filters after `where` that need parentheses.

use super::Stop;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::Span;
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::scan::TokenKind;
use pest::Parser;

/// `where path is one of "a", "b"`, `where seconds between 5 and 9`, `where seconds + 5 > 9`
pub(super) fn without_parentheses(stop: &Stop) -> Option<Diagnostic> {
    let where_at = (0..stop.at).rev().find(|at| stop.word(*at) == "where")?;
    let start = stop.tokens.get(where_at + 1).filter(|token| token.kind != TokenKind::OpenRound)?.start as usize;
    let item_end = stop.tokens.last()?.end as usize;
    let rest = stop.text.get(start..item_end)?;
    // as it would be read in parentheses
    let parsed = Grammar::parse(Rule::leading_comparison, rest).ok()?.next()?;
    let written = parsed.as_str().trim_end();
    let last = stop.tokens.iter().rposition(|token| (token.end as usize) <= start + written.len())?;
    let compares_here = stop.tokens.get(where_at..last + 1)?.len() > 2 && last >= stop.at;
    if !compares_here {
        return None;
    }
    let filter = stop.quote(where_at + 1, last);
    let place = Span::new(stop.file, start, start + written.len());
    Some(
        Diagnostic::error(codes::FILTER_NEEDS_PARENTHESES, place, "this filter is more than one plain comparison")
            .here("without parentheses it would not be clear where it ends")
            .help(format!("put it in parentheses: `where ({filter})`")),
    )
}

/// `for each click where url is "x" and seconds > 3`, `any click where url is "x" and seconds > 3 in last 30 days`
pub(super) fn joined_without_parentheses(stop: &Stop) -> Option<Diagnostic> {
    let where_at = (0..stop.at).rev().find(|at| stop.word(*at) == "where")?;
    let first = stop.tokens.get(where_at + 1).filter(|token| token.kind != TokenKind::OpenRound)?;
    let start = first.start as usize;
    let item_end = stop.tokens.last()?.end as usize;
    let parsed = Grammar::parse(Rule::leading_condition, stop.text.get(start..item_end)?).ok()?.next()?;
    let written = parsed.as_str().trim_end();
    let last = stop.tokens.iter().rposition(|token| (token.end as usize) <= start + written.len())?;
    let joined = (where_at..last).any(|at| matches!(stop.word(at), "and" | "or"));
    let filter = stop.quote(where_at + 1, last.max(where_at + 1));
    if !joined || !stop.understood_with(where_at + 1, last + 1, &format!("({filter})")) {
        return None;
    }
    let place = Span::new(stop.file, start, start + written.len());
    let window = stop.quote(last + 1, stop.tokens.len().saturating_sub(1).min(last + 4));
    let help = match stop.word(last + 1) {
        "in" | "since" | "before" | "within" => format!("put it in parentheses: `where ({filter}) {window}`"),
        _ => format!("put it in parentheses: `where ({filter})`"),
    };
    Some(
        Diagnostic::error(codes::FILTER_NEEDS_PARENTHESES, place, "this filter is more than one plain comparison")
            .here("without parentheses it ends before the first `and` or `or`")
            .help(help),
    )
}
