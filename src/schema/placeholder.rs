//! Words that stand for a missing value.

/// Placeholders wherever they are a whole cell, folded.
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

/// Whether a folded cell is a placeholder.
pub fn placeholder(folded: &str) -> Option<Placeholder> {
    if ALWAYS.contains(&folded) || folded.starts_with("- select") || folded.starts_with("--select") {
        Some(Placeholder::Always)
    } else if BESIDE_VALUES.contains(&folded) {
        Some(Placeholder::BesideValues)
    } else {
        None
    }
}

/// The longest placeholder, in bytes: longer cells need not be folded.
pub const LONGEST: usize = 24;
