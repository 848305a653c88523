//! Texts without their quotes: `country is United States`, `+20 Executive when …`.

use super::{Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;

/// `country is United States`: several words where one value may stand.
pub(super) fn around_value(stop: &Stop) -> Option<Diagnostic> {
    if !stop.is_plain(stop.at) || stop.kind_before(1) != Some(TokenKind::Word) {
        return None;
    }
    let mut first = stop.at;
    while first > 0 && stop.is_plain(first - 1) {
        first -= 1;
    }
    if stop.kind(first) == Some(TokenKind::Number) {
        return None;
    }
    let introduced = match first.checked_sub(1).map(|at| stop.text(at)) {
        Some("is" | "not" | "contains" | "mentions" | "with" | "matches" | "includes" | "of" | ",") => {
            stop.place.holds_condition
        }
        Some("called" | "column" | "columns" | "use" | "do" | "as") => true,
        _ => false,
    };
    // `id Ada Lovelace` in a test: the first of the words is the field
    let given = *stop.place == place::GIVEN && first == 0 && stop.at >= 2;
    if !introduced && !given {
        return None;
    }
    let first = if introduced { first } else { 1 };
    Some(quoted(stop, first, stop.run_of_words(stop.at), codes::MISSING_QUOTES, "this text has no quotes"))
}

fn quoted(stop: &Stop, first: usize, last: usize, code: crate::diagnostics::Code, message: &str) -> Diagnostic {
    let words = stop.quote(first, last);
    Diagnostic::error(code, stop.spans(first, last), message).help(format!("put it in quotes: `\"{words}\"`"))
}

/// `+20 Executive when …`, `group Seniority {`, and a file name or column in plain words
pub(super) fn around_label(stop: &Stop) -> Option<Diagnostic> {
    if stop.kind(stop.at) != Some(TokenKind::Word) || crate::syntax::words::is_reserved(stop.here()) {
        return None;
    }
    if stop.place.label_at == Some(stop.at) {
        let last = stop.run_of_words(stop.at);
        return Some(quoted(stop, stop.at, last, codes::LABEL_WITHOUT_QUOTES, "a label stands in quotes"));
    }
    let text_follows = matches!(stop.before(1), "called" | "column" | "columns" | "use" | "do" | "as" | "treat")
        || (stop.place == &place::LIST && matches!(stop.before(1), "=" | ","))
        || (stop.place == &place::LOOKUP_ROW && stop.before(1) == ":")
        || stop.place == &place::MATRIX_ROW;
    text_follows
        .then(|| quoted(stop, stop.at, stop.run_of_words(stop.at), codes::MISSING_QUOTES, "this text has no quotes"))
}
