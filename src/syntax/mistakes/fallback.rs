//! What can be said about a mistake that nobody knows.

use super::{Place, Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::Span;
use crate::syntax::scan::TokenKind;
use crate::syntax::words::{SAID_SIGNS, nearest};

/// Phrases by their first word, for the help.
const PHRASES: &[(&str, &str)] = &[
    ("at", "at most 3 times"),
    ("once", "once per day"),
    ("no", "no higher than 35 points"),
    ("decay", "decay half-life 30 days"),
    ("counting", "counting since last recycled"),
    ("rounded", "rounded to whole"),
    ("starting", "starting at 10"),
    ("counts", "counts 30%"),
    ("for", "for each page_view"),
    ("within", "within 14 days after download"),
    ("since", "since 2026-01-01"),
    ("between", "between 10 and 20"),
    ("one", "is one of \"US\", \"CA\""),
    ("any", "any page_view in last 30 days"),
    ("do", "do \"notify sales\""),
    ("column", "column \"Job Title\""),
    ("called", "called \"Webinar Attended\""),
    ("by", "by employees"),
    ("from", "from 10"),
    ("above", "above 10"),
    ("to", "to 100"),
    ("until", "until total < 30"),
    ("when", "when country is \"US\""),
    ("where", "where path starts with \"/pricing\""),
    ("is", "country is \"US\""),
];

/// How far the item was understood, and what may stand there.
pub(super) fn not_understood(stop: &Stop) -> Diagnostic {
    let what = stop.place.what;
    let limit = stop.before(1) != "times" && stop.kind_before(1) == Some(TokenKind::Number) && stop.before(2) == "most";
    if limit {
        let place = stop.span(stop.at.saturating_sub(1));
        let message = "a limit counts in times";
        return Diagnostic::error(codes::CUT_SHORT, place, message)
            .help(format!("write `at most {} times`", stop.before(1)));
    }
    if stop.at_end() {
        return Diagnostic::error(
            codes::CUT_SHORT,
            stop.span(stop.tokens.len().saturating_sub(1)),
            format!("{what} ends too early"),
        )
        .here("something is missing after this")
        .help(help(stop));
    }
    if let Some(mistake) = missing_colon(stop) {
        return mistake;
    }
    let here = shortened(stop.here());
    if stop.at == 0 {
        return Diagnostic::error(
            codes::NOT_UNDERSTOOD,
            stop.span_here(),
            format!("{what} does not begin with `{here}`"),
        )
        .help(help(stop));
    }
    Diagnostic::error(codes::NOT_UNDERSTOOD, stop.span_here(), format!("this line is not understood from `{here}` on"))
        .help(help(stop))
}

/// `"US" +5`
fn missing_colon(stop: &Stop) -> Option<Diagnostic> {
    let row = [&place::TABLE_ROW, &place::LOOKUP_ROW].contains(&stop.place);
    let colon = stop.tokens.iter().any(|token| token.is_symbol(stop.text, ":"));
    (row && !colon && stop.at > 0 && stop.kind(stop.at) != Some(TokenKind::Comma)).then(|| {
        Diagnostic::error(codes::MISSING_COLON, stop.span_here(), "a row has a `:` between its value and what it gives")
            .help(format!("write `{}: {}`", stop.quote(0, stop.at - 1), stop.quote(stop.at, stop.tokens.len() - 1)))
    })
}

/// Of a long text, the beginning.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 30 { text.to_owned() } else { text.chars().take(29).chain(['…']).collect() }
}

fn help(stop: &Stop) -> String {
    let nearby = (stop.at.saturating_sub(4)..stop.at).rev().find_map(|at| {
        let word = stop.word(at);
        PHRASES.iter().find(|(first, _)| *first == word && at > 0)
    });
    if let Some((_, phrase)) = nearby.filter(|_| !stop.after_value()) {
        return format!("it goes on like this: `{phrase}`");
    }
    let Place { form, follows, what, .. } = stop.place;
    if *stop.place == place::RULE {
        return rule_goes_on(stop).to_owned();
    }
    if stop.at > 0 && !follows.is_empty() {
        return format!("{follows} may stand here, as in `{form}`");
    }
    format!("{what} is written like this: `{form}`")
}

/// What may follow in a rule, by its body.
fn rule_goes_on(stop: &Stop) -> &'static str {
    let has = |word: &str| stop.tokens.iter().take(stop.at).any(|token| token.is_word(stop.text, word));
    if has("each") {
        "a limit such as `at most 3 times`, `once per day` or `no higher than 10 points`, or a decay such as \
         `decay half-life 30 days`, may stand here"
    } else if has("every") {
        "`after 7 days`, `counting from created` or a limit such as `no lower than -25 points` may stand here"
    } else if has("when") {
        "`and` or `or` with another condition may stand here, as in `when country is \"US\" and consent`"
    } else {
        "after its points and label a rule goes on with `when country is \"US\"` or `for each page_view`"
    }
}

/// A line that begins nothing its block knows: `expct total is 5`, `rule "x" …`.
pub(in crate::syntax) fn unknown_item(text: &str, span: Span, word: &str, what: &str, starters: &[&str]) -> Diagnostic {
    let begins_with_word = text.get(span.range()).is_some_and(|found| found == word) && !word.is_empty();
    if begins_with_word && matches!(word, "if" | "else" | "unless" | "while") {
        return Diagnostic::error(codes::IF_OR_ELSE, span, format!("`{word}` is no word of the rules"))
            .help("a condition follows the points: `+5 \"Phone\" when phone is known`");
    }
    if let Some(meant) = nearest(word, starters.iter().copied()) {
        return Diagnostic::error(codes::UNKNOWN_ITEM, span, format!("no {what} begins with `{word}`"))
            .help(format!("did you mean `{meant}`?"));
    }
    let found = shortened(text.get(span.range()).unwrap_or(word));
    let list = match what {
        "rule" if points_in_words(text, span, word).is_some() => {
            format!("write `{}`", points_in_words(text, span, word).unwrap_or_default())
        }
        "rule" => "a rule begins with points such as `+10`, with `group`, or with `points \"…\" by`".to_owned(),
        _ => format!(
            "a {what} begins with one of {}",
            starters.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    Diagnostic::error(codes::UNKNOWN_ITEM, span, format!("no {what} begins with `{found}`")).help(list)
}

/// `add 10 "M" when …`: the points with their sign, and the label.
fn points_in_words(text: &str, span: Span, word: &str) -> Option<String> {
    let sign = match word {
        "add" | "plus" | "give" | "award" => "+",
        _ if SAID_SIGNS.contains(&word) => "-",
        _ => return None,
    };
    let line = text.get(span.end as usize..)?.lines().next()?.trim_start();
    let number = line.get(..line.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(line.len()))?;
    let after = line.get(number.len()..)?.trim_start();
    let after = ["points", "pts"].iter().find_map(|unit| after.strip_prefix(unit)).unwrap_or(after).trim_start();
    let label = after.strip_prefix('"').and_then(|inside| inside.split_once('"')).map(|(label, _)| label);
    let label = label.map_or(String::new(), |label| format!(" \"{label}\""));
    (!number.is_empty()).then(|| format!("{sign}{number}{label}"))
}
