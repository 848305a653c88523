//! Texts without their quotes: `country is United States`, `+20 Executive when …`.

use super::{Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;

/// `email ends with .edu`, `path starts with /pricing`, `use shared/lists.score`: signs and words without blanks.
pub(super) fn around_address(stop: &Stop) -> Option<Diagnostic> {
    let joined = |one: usize| {
        let (left, right) = (stop.tokens.get(one)?, stop.tokens.get(one + 1)?);
        let piece = |token: &crate::syntax::scan::Token| {
            matches!(token.kind, TokenKind::Word | TokenKind::Number)
                || matches!(token.text(stop.text), "." | "/" | "@" | "-" | "*" | "_")
        };
        (left.end == right.start && piece(left) && piece(right)).then_some(())
    };
    let (mut first, mut last) = (stop.at, stop.at);
    while first > 0 && joined(first - 1).is_some() {
        first -= 1;
    }
    while joined(last).is_some() {
        last += 1;
    }
    let introduced = match first.checked_sub(1).map(|at| stop.text(at)) {
        Some("is" | "not" | "contains" | "contain" | "mentions" | "with" | "matches" | "includes" | "of") => {
            stop.place.holds_condition
        }
        Some("," | "=") => *stop.place == place::LIST,
        Some("from") => [&place::LIST, &place::LOOKUP].contains(&stop.place),
        Some("called" | "column" | "columns" | "use") => true,
        _ => false,
    };
    let signs = (first..=last).any(|at| matches!(stop.text(at), "." | "/" | "@"));
    (introduced && signs && last > first)
        .then(|| quoted(stop, first, last, codes::MISSING_QUOTES, "this text has no quotes"))
}

/// `industry one of technology, finance`
pub(super) fn around_choices(stop: &Stop) -> Option<Diagnostic> {
    let fields = [&place::FIELD, &place::PROPERTY].contains(&stop.place);
    let start = (0..stop.at).find(|at| stop.word(*at) == "one" && stop.word(*at + 1) == "of")? + 2;
    if !fields || stop.kind(stop.at) != Some(TokenKind::Word) || stop.at < start {
        return None;
    }
    let (mut at, mut values) = (start, Vec::new());
    loop {
        let last = stop.run_of_words(at);
        let value = stop.quote(at, last);
        values.push(if value.starts_with('"') { value } else { format!("\"{value}\"") });
        at = last + 1;
        if stop.kind(at) != Some(TokenKind::Comma) || at + 1 >= stop.tokens.len() {
            break;
        }
        at += 1;
    }
    let place = stop.spans(start, at - 1);
    Some(
        Diagnostic::error(codes::MISSING_QUOTES, place, "these texts have no quotes")
            .help(format!("put each in quotes: `one of {}`", values.join(", "))),
    )
}

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
        if stop.at == 2 && stop.kind(1) == Some(TokenKind::Word) {
            let mistake = quoted(stop, stop.at, last, codes::LABEL_WITHOUT_QUOTES, "a label stands in quotes");
            let (name, label) = (stop.quote(1, last), stop.quote(stop.at, last));
            return Some(mistake.help(format!(
                "put the label in quotes: `\"{label}\"`; a name has no blanks: `{}`, or `` `{name}` ``",
                name.replace(' ', "_")
            )));
        }
        return Some(quoted(stop, stop.at, last, codes::LABEL_WITHOUT_QUOTES, "a label stands in quotes"));
    }
    let text_follows = matches!(stop.before(1), "called" | "column" | "columns" | "use" | "do" | "as" | "treat")
        || (stop.place == &place::LIST && matches!(stop.before(1), "=" | ","))
        || (stop.place == &place::LOOKUP_ROW && stop.before(1) == ":")
        || stop.place == &place::MATRIX_ROW;
    text_follows
        .then(|| quoted(stop, stop.at, stop.run_of_words(stop.at), codes::MISSING_QUOTES, "this text has no quotes"))
}
