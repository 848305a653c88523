//! `and` and `or` side by side.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::Span;

/// Of a longer chain the readings are not written out.
const MOST_SHOWN: usize = 12;

/// `a and b or c`: both readings, ready to paste. `joiners` tell `and` from `or` and where they stand.
pub(in crate::syntax) fn mixed_and_or(text: &str, parts: &[Span], joiners: &[(bool, Span)]) -> Diagnostic {
    let first = joiners.first().copied().unwrap_or((true, Span::default()));
    let other = joiners.iter().copied().find(|(and, _)| *and != first.0).unwrap_or(first);
    let help = if parts.len() <= MOST_SHOWN {
        let (one, other) = (reading(text, parts, joiners, true), reading(text, parts, joiners, false));
        format!("write `{one}` or `{other}`")
    } else {
        "put parentheses around the parts that belong together: `(a and b) or c`, or `a and (b or c)`".to_owned()
    };
    let word = |and: bool| if and { "and" } else { "or" };
    Diagnostic::error(codes::MIXED_AND_OR, other.1, "`and` and `or` stand side by side without parentheses")
        .here(format!("`{}` here", word(other.0)))
        .also(first.1, format!("`{}` here", word(first.0)))
        .help(help)
}

/// The condition with parentheses around each run that one of the two words joins.
fn reading(text: &str, parts: &[Span], joiners: &[(bool, Span)], and_first: bool) -> String {
    let mut result = String::new();
    let mut open = false;
    for (index, part) in parts.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| joiners.get(before)).map(|(and, _)| *and);
        let after = joiners.get(index).map(|(and, _)| *and);
        if let Some(and) = before {
            result.push_str(if and { " and " } else { " or " });
        }
        if !open && after == Some(and_first) {
            result.push('(');
            open = true;
        }
        let written = text.get(part.range()).unwrap_or("");
        let lines = written.lines().map(|line| line.split(" #").next().unwrap_or("").trim());
        result.push_str(&lines.collect::<Vec<_>>().join(" "));
        if open && after != Some(and_first) {
            result.push(')');
            open = false;
        }
    }
    result
}
