//! Text on a terminal: what the commands share of it, and how wide it is.

pub use crate::terminal::{Paint, count, grouped, left, percent, right, safe};

/// The width for messages, between 40 and 160: `COLUMNS`, that of the terminal, or 100.
pub fn width() -> usize {
    let written = || std::env::var("COLUMNS").ok()?.parse::<usize>().ok();
    let terminal = || terminal_size::terminal_size_of(std::io::stderr()).map(|(columns, _)| usize::from(columns.0));
    written().or_else(terminal).unwrap_or(100).clamp(40, 160)
}
