//! Habits from spreadsheets, forms and speech: `id: "L1"`, `10 < a < 20`, `created > 30 days ago`, `total 81`.

use super::{Place, Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;
use crate::syntax::words::{AFTER_OPERAND, UNITS, is_form};

/// `id: "L1"`, `title = "x"`, `define big: …`
pub(super) fn sign_after_name(stop: &Stop) -> Option<Diagnostic> {
    let sign = stop.here();
    let pairs: &[&Place] =
        &[&place::GIVEN, &place::FIELD, &place::PROPERTY, &place::MODEL_ITEM, &place::MAPPING, &place::BAND];
    let by_itself = stop.at == 1 && matches!(sign, ":" | "=") && pairs.contains(&stop.place);
    let equals = stop.at == 2 && sign == ":" && [&place::DEFINE, &place::LIST, &place::SCORE].contains(&stop.place);
    if !by_itself && !equals {
        return None;
    }
    let (name, next) = (stop.before(1), stop.text(stop.at + 1));
    let help = if equals { format!("write `{name} = {next}`") } else { format!("write `{name} {next}`") };
    let message = format!("no `{sign}` stands after this name");
    Some(Diagnostic::error(codes::SIGN_AFTER_NAME, stop.span_here(), message).help(help))
}

/// `a > 10 < 20`, `10 < a < 20`
pub(super) fn chained_comparison(stop: &Stop) -> Option<Diagnostic> {
    let sign = stop.here();
    let chained = matches!(sign, "<" | "<=" | ">" | ">=") && stop.place.holds_condition && stop.after_value();
    (chained && !matches!(stop.before(1), "at" | "than")).then(|| {
        let message = "one comparison cannot follow another";
        Diagnostic::error(codes::CHAINED_COMPARISON, stop.span_here(), message)
            .help("write `employees between 10 and 20`, or two comparisons with `and` between them")
    })
}

/// `title mentions "ceo" "cto"`
pub(super) fn missing_comma(stop: &Stop) -> Option<Diagnostic> {
    let texts = stop.kind(stop.at) == Some(TokenKind::Text) && stop.kind_before(1) == Some(TokenKind::Text);
    let lists = stop.place.holds_condition && stop.at > 3 || *stop.place == place::LIST || *stop.place == place::FIELD;
    (texts && lists).then(|| {
        let (one, other) = (stop.before(1), stop.here());
        Diagnostic::error(codes::MISSING_COMMA, stop.span_here(), "there is no comma between these texts").help(format!(
            "write `{one}, {other}`; where one of several values is meant, with `one of` or `any of` before the first"
        ))
    })
}

/// `expect total 81`, `when employees 50`
pub(super) fn missing_comparison(stop: &Stop) -> Option<Diagnostic> {
    let value = matches!(stop.kind(stop.at), Some(TokenKind::Number | TokenKind::Text | TokenKind::Date))
        || matches!(stop.word(stop.at), "yes" | "no");
    let named = stop.kind_before(1) == Some(TokenKind::Word) && !is_form(stop.before(1))
        || stop.kind_before(1) == Some(TokenKind::QuotedName);
    let in_condition = (0..stop.at).any(|at| {
        matches!(stop.word(at), "when" | "until" | "expect" | "and" | "or" | "not" | "where") || stop.text(at) == "="
    }) || *stop.place == place::EXPRESSION;
    (value && named && in_condition && stop.place.holds_condition).then(|| {
        let message = "there is no comparison between these two";
        let (name, value) = (stop.before(1), stop.here());
        Diagnostic::error(codes::MISSING_COMPARISON, stop.span_here(), message)
            .help(format!("write `{name} is {value}`, or another comparison such as `>=`"))
    })
}

/// `created > 30 days ago`, `created within 30 days`
pub(super) fn elapsed_time(stop: &Stop) -> Option<Diagnostic> {
    if !stop.place.holds_condition {
        return None;
    }
    let compared = UNITS.contains(&stop.word(stop.at))
        && stop.kind_before(1) == Some(TokenKind::Number)
        && matches!(stop.before(2), "<" | "<=" | ">" | ">=");
    let within = stop.word(stop.at) == "within"
        && stop.after_value()
        && stop.kind(stop.at + 1) == Some(TokenKind::Number)
        && stop.word(stop.at + 3) != "after";
    let help = if compared {
        format!("write `days since {} {} {}`", stop.before(3), stop.before(2), stop.before(1))
    } else if within {
        format!("write `in last {} {}`", stop.text(stop.at + 1), stop.text(stop.at + 2))
    } else {
        return None;
    };
    let message = "a date is not compared with a length of time this way";
    Some(Diagnostic::error(codes::ELAPSED_TIME, stop.span_here(), message).help(help))
}

/// `3-5: +3`, `from 1 to 3: +5`
pub(super) fn range_in_row(stop: &Stop) -> Option<Diagnostic> {
    let row = [&place::TABLE_ROW, &place::LOOKUP_ROW, &place::BAND].contains(&stop.place);
    let colon = stop.tokens.iter().take(stop.at).any(|token| token.is_symbol(stop.text, ":"));
    let range = matches!(stop.here(), "-" | "to") && stop.kind_before(1) == Some(TokenKind::Number);
    (row && range && !colon).then(|| {
        let message = "only the lower edge is written; it holds up to the next one";
        Diagnostic::error(codes::RANGE_IN_ROW, stop.span_here(), message)
            .help(format!("write `from {}`", stop.before(1)))
    })
}

/// `A+ from 40`
pub(super) fn name_with_sign(stop: &Stop) -> Option<Diagnostic> {
    let names = [&place::BAND, &place::MATRIX_COLUMNS, &place::MATRIX_ROW].contains(&stop.place);
    let signed = stop.tokens.get(stop.at).is_some_and(|token| token.is_sign(stop.text));
    (names && signed && stop.kind_before(1) == Some(TokenKind::Word)).then(|| {
        let name = format!("{}{}", stop.before(1), stop.here());
        Diagnostic::error(codes::MISSING_QUOTES, stop.span_here(), format!("`{name}` is a name only in quotes"))
            .help(format!("write `\"{name}\"`"))
    })
}

/// `threshold mql total >= 50`
pub(super) fn missing_when(stop: &Stop) -> Option<Diagnostic> {
    let label_place = stop.place.label_at == Some(stop.at) || stop.kind_before(1) == Some(TokenKind::Text);
    let next = stop.text(stop.at + 1);
    let compares = AFTER_OPERAND.contains(&next) && next != "in" || matches!(next, "<" | "<=" | ">" | ">=");
    let condition = stop.is_plain(stop.at) && compares && stop.place.words.contains(&"when");
    (label_place && condition).then(|| {
        let found = stop.quote(stop.at, (stop.at + 2).min(stop.tokens.len().saturating_sub(1)));
        Diagnostic::error(codes::MISSING_WHEN, stop.span_here(), "a condition begins with `when`")
            .help(format!("write `when {found}`"))
    })
}

/// `for every click`, `for each week with 3 click`
pub(super) fn other_each(stop: &Stop) -> Option<Diagnostic> {
    let help = match (stop.before(2), stop.before(1), stop.kind(stop.at)) {
        ("for", "every", Some(TokenKind::Word)) => {
            format!(
                "write `for each {}`; `for every` takes a length of time, as in `for every 30 days without …`",
                stop.here()
            )
        }
        (_, "with", Some(TokenKind::Number)) => format!("write `with at least {}`", stop.here()),
        _ => return None,
    };
    Some(
        Diagnostic::error(codes::UNKNOWN_CLAUSE, stop.span_here(), format!("`{}` means nothing here", stop.here()))
            .help(help),
    )
}

/// `points "Size" by employees` and rows without `{`
pub(super) fn rows_without_block(stop: &Stop) -> Option<Diagnostic> {
    let begins_line = stop.tokens.get(stop.at).is_some_and(|token| token.first_on_line);
    let bands = *stop.place == place::BANDS && stop.at == 2;
    if begins_line && bands {
        return Some(
            Diagnostic::error(codes::MISSING_OPENING, stop.span(1), "the block after this has no `{`")
                .help("add `{` at the end of this line, and `}` after the last band"),
        );
    }
    let row = matches!(stop.here(), "from" | "above" | "otherwise") || stop.kind(stop.at) == Some(TokenKind::Text);
    let tables = [&place::TABLE, &place::LOOKUP].contains(&stop.place);
    (begins_line && row && tables && stop.tokens.iter().any(|token| token.is_symbol(stop.text, ":"))).then(|| {
        let place = stop.span(stop.at.saturating_sub(1));
        Diagnostic::error(codes::MISSING_OPENING, place, "the block after this has no `{`")
            .help("add `{` at the end of this line, and `}` after the last row")
    })
}
