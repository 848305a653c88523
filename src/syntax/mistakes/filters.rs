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

/// `for each click where url is "x" and seconds > 3`
pub(super) fn joined_without_parentheses(stop: &Stop) -> Option<Diagnostic> {
    if !matches!(stop.word(stop.at), "and" | "or") {
        return None;
    }
    let where_at = (0..stop.at).rev().find(|at| stop.word(*at) == "where")?;
    let start = stop.tokens.get(where_at + 1)?.start as usize;
    let item_end = stop.tokens.last()?.end as usize;
    let parsed = Grammar::parse(Rule::leading_condition, stop.text.get(start..item_end)?).ok()?.next()?;
    let written = parsed.as_str().trim_end();
    let last = stop.tokens.iter().rposition(|token| (token.end as usize) <= start + written.len())?;
    if last < stop.at {
        return None;
    }
    let filter = stop.quote(where_at + 1, last);
    let place = Span::new(stop.file, start, start + written.len());
    Some(
        Diagnostic::error(codes::FILTER_NEEDS_PARENTHESES, place, "this filter is more than one plain comparison")
            .here("without parentheses it ends before the first `and` or `or`")
            .help(format!("put it in parentheses: `where ({filter})`")),
    )
}
