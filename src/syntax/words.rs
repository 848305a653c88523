//! The words of the language, for cutting a text into items and for "did you mean"; the grammar has them in its rules.

/// What a statement begins with.
pub(super) const STATEMENTS: &[&str] = &[
    "model",
    "use",
    "lead",
    "event",
    "events",
    "list",
    "define",
    "lookup",
    "ignore",
    "exclude",
    "score",
    "bands",
    "matrix",
    "threshold",
    "test",
];

/// Statements that need a block in `{ }` (a score needs one, or `=`).
pub(super) const WITH_BLOCK: &[&str] = &["model", "lead", "events", "lookup", "score", "bands", "matrix", "test"];

/// What an item of a score or a group begins with, beside a sign.
pub(super) const RULE_ITEMS: &[&str] = &["first", "points", "group"];

/// Words that are said for the sign of points, to add and to take away.
pub(super) const SAID_SIGNS: &[&str] =
    &["add", "plus", "give", "award", "subtract", "minus", "deduct", "remove", "take"];

/// What an item of a test begins with.
pub(super) const TEST_ITEMS: &[&str] = &["lead", "event", "before", "expect", "cases"];

/// The only words that cannot be names.
pub(super) const RESERVED: &[&str] = &[
    "after",
    "all",
    "and",
    "any",
    "as",
    "before",
    "between",
    "contains",
    "do",
    "event",
    "events",
    "first",
    "for",
    "from",
    "in",
    "is",
    "lead",
    "missing",
    "no",
    "not",
    "of",
    "on",
    "or",
    "otherwise",
    "since",
    "then",
    "to",
    "until",
    "when",
    "where",
    "within",
    "without",
    "yes",
];

/// Types of fields.
pub(super) const TYPES: &[&str] = &["text", "number", "yes/no", "date", "one of", "list of text"];

/// Units of a duration.
pub(super) const UNITS: &[&str] = &[
    "seconds", "minutes", "hours", "days", "weeks", "months", "years", "second", "minute", "hour", "day", "week",
    "month", "year",
];

/// Words that may follow an operand in a condition.
pub(super) const AFTER_OPERAND: &[&str] = &[
    "and", "or", "is", "contains", "mentions", "starts", "ends", "matches", "includes", "does", "between", "before",
    "after", "on", "in", "looks", "where", "since", "within",
];

/// Every word with a meaning somewhere inside a header or an item: a line that begins with one goes on with the line
/// above, and a misspelt statement is told from it.
pub(super) const FORMS: &[&str] = &[
    "above",
    "after",
    "ago",
    "all",
    "and",
    "any",
    "as",
    "at",
    "average",
    "band",
    "before",
    "between",
    "by",
    "called",
    "column",
    "columns",
    "contain",
    "contains",
    "count",
    "counting",
    "counts",
    "day",
    "days",
    "decay",
    "decimal",
    "decimals",
    "distinct",
    "do",
    "does",
    "domain",
    "down",
    "each",
    "end",
    "ends",
    "every",
    "exactly",
    "fewer",
    "first",
    "for",
    "from",
    "half",
    "higher",
    "highest",
    "hour",
    "hours",
    "in",
    "include",
    "includes",
    "is",
    "key",
    "known",
    "last",
    "latest",
    "least",
    "left",
    "length",
    "life",
    "linear",
    "looks",
    "lower",
    "lowest",
    "match",
    "matches",
    "mention",
    "mentions",
    "microseconds",
    "milliseconds",
    "minute",
    "minutes",
    "missing",
    "month",
    "months",
    "more",
    "most",
    "next",
    "no",
    "not",
    "of",
    "on",
    "once",
    "only",
    "or",
    "original",
    "otherwise",
    "over",
    "per",
    "point",
    "points",
    "random",
    "required",
    "rounded",
    "second",
    "seconds",
    "since",
    "start",
    "starting",
    "starts",
    "stays",
    "sum",
    "than",
    "the",
    "then",
    "time",
    "times",
    "to",
    "until",
    "week",
    "weekday",
    "weeks",
    "what",
    "when",
    "where",
    "whole",
    "with",
    "within",
    "without",
    "year",
    "years",
    "yes",
];

/// Words of the language after which a value or a clause is whole.
pub(super) const ENDS_PHRASE: &[&str] = &[
    "ago", "day", "days", "decay", "decimal", "decimals", "hour", "hours", "key", "known", "left", "minute", "minutes",
    "missing", "month", "months", "no", "once", "only", "original", "point", "points", "random", "required", "second",
    "seconds", "stays", "time", "times", "week", "weeks", "whole", "year", "years", "yes",
];

/// The word most like the one written, if it can be meant. A very long one is no misspelling of anything.
pub(super) fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 40;
    if written.is_empty() || written.len() > LONGEST { None } else { crate::diagnostics::nearest(written, candidates) }
}

pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

pub(super) fn is_form(word: &str) -> bool {
    FORMS.contains(&word)
}
