//! Two items on one line.

use super::{Place, Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;
use crate::syntax::words::STATEMENTS;

pub(super) fn two_on_one(stop: &Stop) -> Option<Diagnostic> {
    if stop.at == 0 || stop.tokens.get(stop.at).is_some_and(|token| token.first_on_line) {
        return None;
    }
    let start = second_item(stop)?;
    let separator =
        if parted_by_lines(stop.place) { "on a line of its own" } else { "on a line of its own, or after a comma" };
    let last = if start < stop.at { stop.at } else { stop.at + 1 };
    let found = stop.quote(start, last.min(stop.tokens.len().saturating_sub(1)));
    Some(
        Diagnostic::error(
            codes::TWO_ON_A_LINE,
            stop.span(start),
            format!("here begins {} of its own", stop.place.what.replace("the ", "a ")),
        )
        .help(format!("write `{found}` … {separator}")),
    )
}

fn parted_by_lines(at: &'static Place) -> bool {
    [&place::RULE, &place::TABLE_ROW, &place::LOOKUP_ROW, &place::TABLE, &place::GROUP].contains(&at)
        || STATEMENTS.contains(&at.form.split_whitespace().next().unwrap_or(""))
}

/// Where the second item starts.
fn second_item(stop: &Stop) -> Option<usize> {
    let next = stop.text(stop.at + 1);
    let before = stop.at.checked_sub(1)?;
    if *stop.place == place::RULE {
        // `… when a +10 "B" when b`: `+10` was read as part of the condition before it
        let signed = stop.kind(stop.at) == Some(TokenKind::Text)
            && matches!(stop.kind(before), Some(TokenKind::Number | TokenKind::Word))
            && before >= 3
            && stop.tokens.get(before - 1).is_some_and(|token| token.is_sign(stop.text));
        let sign = stop.tokens.get(stop.at).is_some_and(|token| token.is_sign(stop.text))
            && stop.at > 2
            && stop.after_value()
            && stop.word(before) != "decay";
        let other = matches!(stop.here(), "group" | "points") && stop.kind(stop.at + 1) == Some(TokenKind::Text);
        return signed.then(|| before - 1).or((sign || other).then_some(stop.at));
    }
    let begins = if [&place::FIELD, &place::PROPERTY].contains(&stop.place) {
        stop.kind(stop.at) == Some(TokenKind::Word)
            && matches!(next, "text" | "number" | "yes" | "date" | "one" | "list")
    } else if *stop.place == place::BAND {
        matches!(stop.kind(stop.at), Some(TokenKind::Word | TokenKind::Text))
            && matches!(next, "from" | "above" | "otherwise")
    } else if *stop.place == place::GIVEN || *stop.place == place::MODEL_ITEM {
        stop.at >= 2
            && stop.kind(stop.at) == Some(TokenKind::Word)
            && matches!(stop.kind(before), Some(TokenKind::Text | TokenKind::Number | TokenKind::Date))
    } else if *stop.place == place::TABLE_ROW || *stop.place == place::LOOKUP_ROW {
        let colon = stop.tokens.iter().take(stop.at).any(|token| token.is_symbol(stop.text, ":"));
        let comma = stop.kind(stop.at) == Some(TokenKind::Comma);
        return (colon && stop.after_value()).then_some(if comma { stop.at + 1 } else { stop.at });
    } else if *stop.place == place::EXPECT {
        matches!(stop.here(), "expect" | "event" | "cases") && stop.after_value()
    } else {
        STATEMENTS.contains(&stop.word(stop.at))
            && stop.after_value()
            && stop.at >= 2
            && matches!(stop.kind(stop.at + 1), Some(TokenKind::Word | TokenKind::Text))
    };
    begins.then_some(stop.at)
}
