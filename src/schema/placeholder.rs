//! Words that stand for a missing value.

/// Placeholders wherever they are a whole cell, in any case.
const ALWAYS: [&str; 32] = [
    "select",
    "n/a",
    "n.a.",
    "#n/a",
    "#null!",
    "#value!",
    "#ref!",
    "-",
    "--",
    "---",
    "–",
    "—",
    "?",
    "null",
    "(null)",
    "nil",
    "none",
    "(none)",
    "nan",
    "unknown",
    "(unknown)",
    "undefined",
    "(undefined)",
    "(not set)",
    "not set",
    "not provided",
    "not specified",
    "(blank)",
    "tbd",
    "please select",
    "0000-00-00",
    "0000-00-00 00:00:00",
];

/// Placeholders only in a column that is otherwise numbers, dates or yes and no: elsewhere they may be a value, as the
/// country code of Namibia is.
const BESIDE_VALUES: [&str; 2] = ["na", "."];

/// How sure it is that a word stands for a missing value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    Always,
    BesideValues,
}

/// Whether a trimmed cell is a placeholder.
pub fn placeholder(cell: &str) -> Option<Placeholder> {
    let among = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(cell));
    let chosen = |start: &str| cell.get(..start.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(start));
    if cell.len() > LONGEST {
        None
    } else if among(&ALWAYS) || chosen("- select") || chosen("--select") || chosen("-- select") {
        Some(Placeholder::Always)
    } else if among(&BESIDE_VALUES) {
        Some(Placeholder::BesideValues)
    } else {
        None
    }
}

/// The longest placeholder, in bytes.
const LONGEST: usize = 24;
