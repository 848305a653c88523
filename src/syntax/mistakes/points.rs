//! Points: their sign, their place, and `then`.

use super::{Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;

/// `20 "Executive" when …`, `from 10: 5`, `first 5 then 1`
pub(super) fn without_sign(stop: &Stop) -> Option<Diagnostic> {
    let expected = match stop.place {
        at if *at == place::RULE => stop.at == 0 || matches!(stop.before(1), "then" | "first"),
        at if *at == place::TABLE_ROW => stop.before(1) == ":",
        _ => false,
    };
    if !expected || stop.kind(stop.at) != Some(TokenKind::Number) {
        return None;
    }
    let number = stop.here();
    Some(
        Diagnostic::error(codes::POINTS_WITHOUT_SIGN, stop.span_here(), "points are written with their sign")
            .help(format!("write `+{number}` to add points or `-{number}` to take them away")),
    )
}

/// `+5 then +1`, `when consent then +5`
pub(super) fn misplaced_then(stop: &Stop) -> Option<Diagnostic> {
    if stop.word(stop.at) != "then" {
        return None;
    }
    let series = stop.at <= 3 && stop.tokens.first().is_some_and(|first| first.is_sign(stop.text));
    let help = if *stop.place == place::THRESHOLD {
        match stop.kind(stop.at + 1) {
            Some(TokenKind::Text) => format!("write `do {}`", stop.text(stop.at + 1)),
            _ => "leave it out: the action follows the condition, `do \"notify sales\"`".to_owned(),
        }
    } else if series {
        format!(
            "write `first {} then {}`",
            stop.quote(0, stop.at.saturating_sub(1)),
            stop.quote(stop.at + 1, (stop.at + 2).min(stop.tokens.len().saturating_sub(1)))
        )
    } else {
        "points come first, then their condition: `+5 \"Label\" when …`; `then` stands only in `first +5 then +1`"
            .to_owned()
    };
    Some(Diagnostic::error(codes::MISPLACED_THEN, stop.span_here(), "`then` has no place here").help(help))
}

/// `"Executive" +20 when …`
pub(super) fn label_before_points(stop: &Stop) -> Option<Diagnostic> {
    if *stop.place != place::RULE || stop.at != 0 || stop.kind(0) != Some(TokenKind::Text) {
        return None;
    }
    let label = stop.here();
    Some(
        Diagnostic::error(codes::MISPLACED_ITEM, stop.span_here(), "a rule begins with its points")
            .help(format!("write the points before the label: `+10 {label}`")),
    )
}

/// `+ "Label" when …`
pub(super) fn without_number(stop: &Stop) -> Option<Diagnostic> {
    let sign = stop.at == 1 && stop.tokens.first().is_some_and(|first| first.is_sign(stop.text));
    (*stop.place == place::RULE && sign).then(|| {
        Diagnostic::error(codes::CUT_SHORT, stop.span(0), format!("no points stand after this `{}`", stop.before(1)))
            .help(format!("write how many: `{}10`", stop.before(1)))
    })
}
