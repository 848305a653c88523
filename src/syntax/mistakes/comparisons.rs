//! Comparisons in other words: `employees at least 50`, `country in "US"`, `title like "x"`.

use super::{Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;

/// `employees at least 50`, `employees is more than 50`
pub(super) fn of_words(stop: &Stop) -> Option<Diagnostic> {
    if !stop.place.holds_condition {
        return None;
    }
    let limits = [&place::RULE, &place::TABLE].contains(&stop.place);
    // the words start somewhere before the stop: `is at least` is understood up to its number, `is more` is a name
    let start =
        (stop.at.saturating_sub(3)..=stop.at).find(|at| sign_of(stop.word(*at), stop.word(*at + 1)).is_some())?;
    let sign = sign_of(stop.word(start), stop.word(start + 1))?;
    let number = start + 2;
    let compares = matches!(stop.kind(number), Some(TokenKind::Number | TokenKind::Word))
        && !matches!(stop.word(number + 1), "times" | "points" | "point" | "time");
    let from = if start > 0 && stop.word(start - 1) == "is" { start - 1 } else { start };
    let left = from.checked_sub(1).and_then(|at| stop.tokens.get(at))?;
    // `for each a at most 3` is a limit that lacks its `times`
    let limit = limits && sign == "<=" && stop.tokens.iter().take(start).any(|token| token.is_word(stop.text, "each"));
    if !compares || limit || !left.ends_value(stop.text) {
        return None;
    }
    let words = stop.quote(from, start + 1);
    let value = stop.text(number);
    Some(
        Diagnostic::error(
            codes::WORDS_FOR_SIGN,
            stop.spans(from, start + 1),
            format!("numbers are compared with `{sign}`, not with `{words}`"),
        )
        .help(format!("write `{} {sign} {value}`", left.text(stop.text))),
    )
}

fn sign_of(first: &str, second: &str) -> Option<&'static str> {
    Some(match (first, second) {
        ("at", "least") => ">=",
        ("at", "most") => "<=",
        ("more" | "greater" | "bigger" | "higher" | "larger" | "above" | "over", "than") => ">",
        ("less" | "fewer" | "smaller" | "lower", "than") => "<",
        _ => return None,
    })
}

/// Words of other languages where a comparison may stand.
pub(super) fn foreign_word(stop: &Stop) -> Option<Diagnostic> {
    if !stop.place.holds_condition {
        return None;
    }
    let before = stop.before(1);
    if before == "in"
        && (matches!(stop.kind(stop.at), Some(TokenKind::OpenRound | TokenKind::Text)) || stop.here() == "[")
    {
        let place = stop.span(stop.at.saturating_sub(1));
        let mistake = Diagnostic::error(codes::FOREIGN_COMPARISON, place, "`in` does not compare values");
        return Some(mistake.help("write `is one of …`, with commas between the values and no brackets"));
    }
    let here = stop.word(stop.at);
    let right = match here {
        "in" if before == "is" => "is one of …",
        "in" if before == "not" => "is not one of …",
        "not" if stop.after_value() => match stop.word(stop.at + 1) {
            "in" => "is not one of …",
            "contains" | "contain" => "does not contain …",
            _ => "is not …",
        },
        "equals" | "equal" | "eq" if stop.after_value() => "is …",
        "like" | "has" | "having" if stop.after_value() => "contains …",
        "contain" | "mention" | "match" | "include" if stop.after_value() => match here {
            "contain" => "contains …",
            "mention" => "mentions …",
            "match" => "matches …",
            _ => "includes …",
        },
        "start" | "begins" | "begin" if stop.after_value() => "starts with …",
        "end" if stop.after_value() => "ends with …",
        "exists" | "exist" if stop.after_value() => "is known",
        "contains" if before == "not" => "does not contain …",
        "mentions" if before == "not" => "does not mention …",
        _ => return wrong_second_word(stop),
    };
    let message = format!("`{here}` does not compare values");
    Some(Diagnostic::error(codes::FOREIGN_COMPARISON, stop.span_here(), message).help(format!("write `{right}`")))
}

/// `starts "x"`, `does not contains "x"`
fn wrong_second_word(stop: &Stop) -> Option<Diagnostic> {
    let (right, words) = match (stop.before(1), stop.here()) {
        ("starts", _) => ("starts with …", "starts"),
        ("ends", _) => ("ends with …", "ends"),
        ("start", _) if stop.before(2) == "not" => ("does not start with …", "does not start"),
        ("end", _) if stop.before(2) == "not" => ("does not end with …", "does not end"),
        ("not", "contains" | "mentions" | "matches" | "includes" | "starts" | "ends") if stop.before(2) == "does" => {
            let plain = match stop.here() {
                "contains" => "does not contain …",
                "mentions" => "does not mention …",
                "matches" => "does not match …",
                "includes" => "does not include …",
                "starts" => "does not start with …",
                _ => "does not end with …",
            };
            (plain, "does not")
        }
        ("does", _) => ("does not contain …", "does"),
        ("looks", _) => ("looks random", "looks"),
        _ => return None,
    };
    let message = format!("after `{words}` something else is missing here");
    let message =
        if words == "does not" { format!("`does not {}` is not how it is written", stop.here()) } else { message };
    Some(Diagnostic::error(codes::FOREIGN_COMPARISON, stop.span_here(), message).help(format!("write `{right}`")))
}
