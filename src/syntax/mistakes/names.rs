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
