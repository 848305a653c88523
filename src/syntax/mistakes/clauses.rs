//! Clauses: misspelt, or in the wrong place.

use super::{Stop, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::syntax::scan::TokenKind;
use crate::syntax::words::nearest;
use crate::syntax::words::{AFTER_OPERAND, TYPES, is_form};

/// Second words of phrases, by the word before them.
const SECOND: &[(&str, &[&str])] = &[
    ("at", &["most", "least"]),
    ("no", &["higher", "lower", "decay"]),
    ("higher", &["than"]),
    ("lower", &["than"]),
    ("counting", &["since", "from"]),
    ("rounded", &["to"]),
    ("starting", &["at"]),
    ("for", &["each", "every"]),
    ("decay", &["half-life", "linear"]),
    ("linear", &["over"]),
    ("in", &["last", "next", "any", "seconds", "milliseconds", "microseconds"]),
    ("since", &["last", "first"]),
    ("is", &["one", "known", "missing", "not", "at"]),
    ("first", &["match", "known"]),
    ("highest", &["only", "of"]),
    ("lowest", &["only", "of"]),
    ("down", &["to"]),
    ("match", &["only"]),
];

/// First words of values, by the word behind them.
const VALUES: &[(&str, &[&str])] = &[
    (
        "of",
        &[
            "domain", "length", "hour", "weekday", "count", "sum", "average", "highest", "lowest", "latest", "first",
            "band", "points",
        ],
    ),
    ("since", &["days"]),
    ("until", &["days"]),
];

/// First words of values, before the name of a property: `latest path in page_view`.
const VALUES_OF_PROPERTIES: &[&str] = &["latest", "first"];

/// `domian of email is …`: the word before is understood as a name, what goes on behind it is not.
pub(super) fn misspelt_value(stop: &Stop) -> Option<Diagnostic> {
    let (before, word) = (stop.before(1), stop.word(stop.at));
    let known = VALUES.iter().find(|(second, _)| *second == word).map(|(_, values)| *values);
    let values = known.or((stop.word(stop.at + 1) == "in").then_some(VALUES_OF_PROPERTIES))?;
    let start = stop.at.checked_sub(1)?;
    let meant = nearest(before, values.iter().copied()).filter(|meant| stop.understood_with(start, stop.at, meant))?;
    let message = format!("`{before} {word}` means nothing here");
    let mistake = Diagnostic::error(codes::UNKNOWN_CLAUSE, stop.spans(start, stop.at), message);
    Some(mistake.help(format!("did you mean `{meant} {word}`?")))
}

/// `wen title is …`, `oncee per day`, `at mosst 3 times`
pub(super) fn misspelt(stop: &Stop) -> Option<Diagnostic> {
    let word = stop.word(stop.at);
    if word.is_empty() || is_form(word) && stop.place.words.contains(&word) {
        return None;
    }
    let second = SECOND.iter().find(|(first, _)| *first == stop.before(1)).map(|(_, seconds)| seconds.iter().copied());
    // almost any short word is like another: only one that fits in its place can be meant
    let meant = |meant: &&str| word.chars().count() >= 4 || stop.understood_with(stop.at, stop.at + 1, meant);
    if let Some(meant) = second.and_then(|seconds| nearest(word, seconds)).filter(meant) {
        return Some(did_you_mean(stop, word, meant));
    }
    if stop.kind_before(1) == Some(TokenKind::Number) && stop.before(2) == "most" && word != "times" {
        return nearest(word, ["times"]).map(|meant| did_you_mean(stop, word, meant));
    }
    if [&place::FIELD, &place::PROPERTY].contains(&stop.place) && stop.at == 1 {
        return Some(unknown_type(stop, word));
    }
    let in_condition = stop.place.holds_condition && stop.after_value();
    let candidates = stop.place.words.iter().copied().chain(AFTER_OPERAND.iter().copied().filter(|_| in_condition));
    nearest(word, candidates).filter(meant).map(|meant| did_you_mean(stop, word, meant))
}

fn did_you_mean(stop: &Stop, word: &str, meant: &str) -> Diagnostic {
    Diagnostic::error(codes::UNKNOWN_CLAUSE, stop.span_here(), format!("`{word}` means nothing here"))
        .help(format!("did you mean `{meant}`?"))
}

fn unknown_type(stop: &Stop, word: &str) -> Diagnostic {
    let meant = match word {
        "string" | "str" | "varchar" | "char" => Some("text"),
        "int" | "integer" | "float" | "decimal" | "money" | "currency" => Some("number"),
        "bool" | "boolean" | "checkbox" => Some("yes/no"),
        "datetime" | "timestamp" | "instant" => Some("date"),
        "picklist" | "enum" | "choice" => Some("one of"),
        _ => nearest(word, TYPES.iter().copied()),
    };
    let mistake = Diagnostic::error(codes::UNKNOWN_TYPE, stop.span_here(), format!("`{word}` is not a type of field"));
    match meant {
        Some("one of") => mistake.help("did you mean `one of \"…\", \"…\"`?"),
        Some(meant) => mistake.help(format!("did you mean `{meant}`?")),
        None => {
            mistake.help("the types are `text`, `number`, `yes/no`, `date`, `one of \"…\", \"…\"` and `list of text`")
        }
    }
}

/// Clauses by their first words, with who takes them and how they are written.
const CLAUSES: &[(&str, &str, &str)] = &[
    ("once", "a limit of a rule", "+5 for each page_view once per day"),
    ("per", "the end of a limit", "once per day"),
    ("rounded", "a part of a score's first line", "score fit from 0 to 60 rounded to whole"),
    ("starting", "a part of a score's first line", "score fit starting at 10"),
    ("counts", "a part of a group's first line", "group \"Web\" counts 30%"),
    ("stays", "a part of a threshold", "threshold mql when total >= 50 stays"),
    ("until", "a part of a threshold", "threshold mql when total >= 50 until total < 30"),
    ("for", "the body of a rule, right after its label", "+5 \"Page\" for each page_view at most 3 times"),
    ("when", "a condition, which stands once and before limits", "+5 \"Phone\" when phone is known"),
    ("decay", "a part of rules, groups and scores", "decay half-life 30 days"),
    ("where", "a part of a choice of events", "for each page_view where path starts with \"/pricing\""),
    ("do", "a part of bands and thresholds", "threshold mql when total >= 50 do \"notify sales\""),
];

/// `if`, `else` and their like.
pub(super) fn of_programs(stop: &Stop) -> Option<Diagnostic> {
    let word = stop.word(stop.at);
    let help = match word {
        "if" | "unless" | "while" | "elif" => return Some(condition_here(stop, word)),
        "else" => "write another rule; in a table or lookup, all else is `otherwise: …`",
        _ => return None,
    };
    let message = format!("`{word}` is no word of the rules");
    Some(Diagnostic::error(codes::IF_OR_ELSE, stop.span_here(), message).help(help))
}

/// `if` where it stands: with the words of that place.
fn condition_here(stop: &Stop, word: &str) -> Diagnostic {
    let not = if word == "unless" { "not " } else { "" };
    let rest = stop.at + 1;
    let rest = if rest < stop.tokens.len() { stop.quote(rest, stop.tokens.len() - 1) } else { String::new() };
    let help = match stop.place {
        _ if stop.tokens.iter().take(stop.at).any(|token| token.is_word(stop.text, "each")) => {
            "what events count is written with `where`: `for each page_view where path starts with \"/pricing\"`"
                .to_owned()
        }
        at if *at == place::IGNORE => "write `where`: `ignore page_view where bot`".to_owned(),
        at if *at == place::DEFINE => "write the condition after the `=`: `define big = employees >= 1000`".to_owned(),
        at if [&place::RULE, &place::GROUP, &place::SCORE, &place::THRESHOLD, &place::EXCLUDE].contains(&at)
            && stop.understood_with(stop.at, stop.at + 1, &format!("when {not}")) =>
        {
            format!("a condition is written with `when`: `when {not}{rest}`")
        }
        _ => "a condition is written with `when`: `+5 \"Phone\" when phone is known`".to_owned(),
    };
    let message = format!("`{word}` is no word of the rules");
    Diagnostic::error(codes::IF_OR_ELSE, stop.span_here(), message).help(help)
}

/// `when` in what takes none: the same in the words of that place.
fn when_in_other_places(stop: &Stop) -> Option<&'static str> {
    let each = stop.tokens.iter().take(stop.at).any(|token| token.is_word(stop.text, "each"));
    Some(match stop.place {
        at if *at == place::DEFINE => "a definition is a condition by itself: `define big = employees >= 1000`",
        at if *at == place::IGNORE => "what is ignored is written with `where`: `ignore page_view where bot`",
        at if *at == place::EXPECT => "an expectation is a condition by itself: `expect total is 81`",
        at if *at == place::BAND => "a band begins at its lower edge: `hot from 60`",
        at if [&place::RULE, &place::TABLE].contains(&at) && each => {
            "what counts is written with `where`: `for each page_view where path starts with \"/pricing\"`"
        }
        _ => return None,
    })
}

/// A clause that belongs somewhere else.
pub(super) fn elsewhere(stop: &Stop) -> Option<Diagnostic> {
    let word = stop.word(stop.at);
    if let Some(help) = when_in_other_places(stop).filter(|_| word == "when" && stop.at > 0) {
        let message = "`when` has no place here";
        return Some(Diagnostic::error(codes::MISPLACED_CLAUSE, stop.span_here(), message).help(help));
    }
    let (_, what, form) = CLAUSES.iter().find(|(first, _, _)| *first == word)?;
    let message = format!("`{word}` has no place here: it is {what}");
    (stop.at > 0).then(|| {
        Diagnostic::error(codes::MISPLACED_CLAUSE, stop.span_here(), message)
            .help(format!("it is written so: `{form}`"))
    })
}
