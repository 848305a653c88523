//! Words of the language where a name was meant.

use super::{Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::words::is_reserved;

/// `define in = …`, `from text` in a lead
pub(super) fn reserved(stop: &Stop) -> Option<Diagnostic> {
    let word = stop.word(stop.at);
    if !is_reserved(word) {
        return None;
    }
    let declares =
        matches!(stop.before(1), "define" | "list" | "score" | "event" | "lookup" | "matrix" | "threshold" | "bands")
            && stop.at == 1;
    let first = stop.at == 0
        && [&place::FIELD, &place::PROPERTY, &place::GIVEN, &place::BAND, &place::MODEL_ITEM, &place::CASES_COLUMNS]
            .contains(&stop.place);
    let column = *stop.place == place::CASES_COLUMNS && stop.before(1) == "|";
    (declares || first || column).then(|| {
        Diagnostic::error(
            codes::RESERVED_NAME,
            stop.span_here(),
            format!("`{word}` is a word of the rules and cannot be a name by itself"),
        )
        .help(format!("put it in backticks, `` `{word}` ``, or take another name such as `{word}_value`"))
    })
}

/// `event demo request`, `job title text`: a name of several words.
pub(super) fn of_several_words(stop: &Stop) -> Option<Diagnostic> {
    let field = [&place::FIELD, &place::PROPERTY].contains(&stop.place);
    let start = match stop.place {
        _ if field => 0,
        at if [&place::EVENT, &place::DEFINE, &place::LIST, &place::LOOKUP, &place::BANDS].contains(&at) => 1,
        _ => return None,
    };
    let plain = |at: usize| stop.kind(at) == Some(crate::syntax::scan::TokenKind::Word) && !is_reserved(stop.word(at));
    if stop.at != start + 1 || !plain(start) || !plain(stop.at) || stop.word(stop.at) == "called" {
        return None;
    }
    let goes_on = |at: usize| match stop.text(at) {
        "text" | "number" | "yes" | "date" => field,
        "one" | "list" => field && stop.word(at + 1) == "of",
        "=" => [&place::DEFINE, &place::LIST].contains(&stop.place),
        "by" => *stop.place == place::LOOKUP,
        "called" => *stop.place == place::EVENT,
        "" => [&place::EVENT, &place::BANDS].contains(&stop.place),
        _ => false,
    };
    let mut last = stop.at;
    while !goes_on(last + 1) {
        last += 1;
        if !plain(last) {
            return None;
        }
    }
    let name = stop.quote(start, last);
    let joined = name.split_whitespace().collect::<Vec<_>>().join("_");
    let help = match stop.text(last + 1) {
        "one" | "list" | "yes" => format!("write `{joined}`, or `` `{name}` ``"),
        kind if field => format!("write `{joined} {kind} column \"{name}\"`, or `` `{name}` {kind} ``"),
        _ => format!("write `{joined}`, or `` `{name}` ``"),
    };
    Some(Diagnostic::error(codes::RESERVED_NAME, stop.spans(start, last), "a name has no blanks in it").help(help))
}
