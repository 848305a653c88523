//! Durations without a unit, percentages without `%`, dates in quotes.

use super::Stop;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;
use crate::syntax::words::UNITS;
use crate::syntax::words::nearest;

/// `in last 30`, `in last 30 dayz`, `in last month`
pub(super) fn duration(stop: &Stop) -> Option<Diagnostic> {
    let introduces =
        |word: &str| matches!(word, "last" | "next" | "within" | "every" | "over" | "life" | "after" | "any");
    if introduces(stop.before(1)) && UNITS.contains(&stop.word(stop.at)) && stop.before(1) != "any" {
        let unit = stop.here();
        return Some(
            Diagnostic::error(codes::MISSING_UNIT, stop.span_here(), format!("how many {unit}?", unit = plural(unit)))
                .help(format!("write the number too: `{} 1 {unit}`", stop.before(1))),
        );
    }
    let in_test = *stop.place == super::place::TEST_EVENT && stop.at == 3;
    if stop.kind_before(1) != Some(TokenKind::Number) || !(introduces(stop.before(2)) || in_test) {
        return None;
    }
    let number = stop.before(1);
    let word = stop.word(stop.at);
    let unit = nearest(word, UNITS.iter().copied()).or(match word {
        "d" => Some("days"),
        "h" | "hrs" | "hr" => Some("hours"),
        "m" | "min" | "mins" => Some("minutes"),
        "w" | "wk" | "wks" => Some("weeks"),
        "y" | "yr" | "yrs" => Some("years"),
        _ => None,
    });
    let apart = stop.tokens.get(stop.at).is_some_and(|token| token.first_on_line);
    if unit.is_none() && !apart && stop.kind(stop.at) == Some(TokenKind::Word) && !crate::syntax::words::is_form(word) {
        let help = match (number.parse::<u32>().ok(), word) {
            (Some(count), "fortnight" | "fortnights") => format!("write `{} weeks`", count.saturating_mul(2)),
            (Some(count), "quarter" | "quarters") => format!("write `{} months`", count.saturating_mul(3)),
            _ => "the units are seconds, minutes, hours, days, weeks, months and years".to_owned(),
        };
        let message = format!("`{word}` is not a unit of time");
        return Some(Diagnostic::error(codes::UNKNOWN_UNIT, stop.span_here(), message).help(help));
    }
    if let Some(unit) = unit.filter(|_| !crate::syntax::words::is_form(word)) {
        return Some(
            Diagnostic::error(codes::UNKNOWN_UNIT, stop.span_here(), format!("`{word}` is not a unit of time"))
                .help(format!("did you mean `{number} {unit}`?")),
        );
    }
    let place = stop.span(stop.at.saturating_sub(1));
    Some(
        Diagnostic::error(codes::MISSING_UNIT, place, format!("`{number}` of what? A length of time has a unit")).help(
            format!("write `{number} days`; the units are seconds, minutes, hours, days, weeks, months and years"),
        ),
    )
}

/// `in last -30 days`, `decay -1 every day`, `at least -1 page_view`
pub(super) fn below_zero(stop: &Stop) -> Option<Diagnostic> {
    let counted = matches!(
        stop.before(1),
        "last"
            | "next"
            | "within"
            | "every"
            | "over"
            | "life"
            | "after"
            | "any"
            | "least"
            | "most"
            | "than"
            | "decay"
            | "exactly"
            | "counts"
    );
    if stop.here() != "-" || stop.kind(stop.at + 1) != Some(TokenKind::Number) || !counted {
        return None;
    }
    let number = stop.text(stop.at + 1);
    let help = match stop.before(1) {
        "decay" => "write what is lost and how often: `decay 10% of what is left every 30 days`".to_owned(),
        before => {
            let right = format!("{} {before} {number} {}", stop.before(2), stop.text(stop.at + 2));
            format!("write `{}`", right.trim())
        }
    };
    let place = stop.spans(stop.at, stop.at + 1);
    Some(
        Diagnostic::error(codes::NOT_UNDERSTOOD, place, format!("`-{number}` is below zero, which cannot be here"))
            .help(help),
    )
}

fn plural(unit: &str) -> String {
    if unit.ends_with('s') { unit.to_owned() } else { format!("{unit}s") }
}

/// `30 %`, `30 percent`, `counts 30`, `decay 25 of …`
pub(super) fn percent(stop: &Stop) -> Option<Diagnostic> {
    let after_number = stop.kind_before(1) == Some(TokenKind::Number);
    let apart = after_number && (stop.here() == "%" || matches!(stop.word(stop.at), "percent" | "pct"));
    let wanted = matches!(stop.before(1), "counts" | "decay") || (stop.before(1) == "to" && stop.before(2) == "down");
    let (number, place) = if apart {
        (stop.before(1), stop.spans(stop.at.saturating_sub(1), stop.at))
    } else if wanted && stop.kind(stop.at) == Some(TokenKind::Number) {
        (stop.here(), stop.span_here())
    } else if after_number && stop.here() == "of" && !stop.before(1).ends_with('%') && stop.place.holds_condition {
        (stop.before(1), stop.span(stop.at.saturating_sub(1)))
    } else {
        return None;
    };
    let message = "a percentage is a number with `%` right after it";
    Some(
        Diagnostic::error(codes::PERCENT_FORM, place, message)
            .help(format!("write `{}%`", number.trim_end_matches('%'))),
    )
}

/// `created before "2026-01-01"`
pub(super) fn quoted_date(stop: &Stop) -> Option<Diagnostic> {
    let wants_date = matches!(stop.before(1), "before" | "after" | "on" | "since" | "until" | "from")
        || (stop.before(1) == "of" && stop.before(2) == "as");
    if !wants_date || stop.kind(stop.at) != Some(TokenKind::Text) {
        return None;
    }
    let inside = stop.here().trim_matches('"');
    let looks_so =
        inside.len() >= 8 && inside.starts_with(|c: char| c.is_ascii_digit()) && inside.matches('-').count() >= 2;
    let help =
        if looks_so { format!("write `{inside}`") } else { "write it as year-month-day: `2026-05-01`".to_owned() };
    looks_so
        .then_some(())
        .or((stop.before(1) != "from").then_some(()))
        .map(|()| Diagnostic::error(codes::QUOTED_DATE, stop.span_here(), "a date stands without quotes").help(help))
}
