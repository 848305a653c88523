//! Pictures made of letters, as wide as the terminal lets them be.

mod bars;
mod line;
mod waterfall;

pub use bars::bars;
pub use line::line;
pub use waterfall::{Step, waterfall};

use crate::terminal::safe;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A label safe to show, cut with `…` to so many columns.
pub fn cut(text: &str, width: usize) -> String {
    let text = safe(text);
    if text.width() <= width {
        return text;
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used >= width {
            break;
        }
        kept.push(letter);
    }
    kept + "…"
}

/// Eighths of a column, from none to a whole one.
const EIGHTHS: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A bar of so many columns, to an eighth.
fn bar(columns: f64) -> String {
    let eighths = (columns.max(0.0) * 8.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if let Some(part) = EIGHTHS.get(eighths % 8).filter(|part| **part != ' ') {
        bar.push(*part);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cut_to_columns_and_not_to_letters() {
        assert_eq!(cut("pricing", 7), "pricing");
        assert_eq!(cut("pricing", 5), "pric…");
        // Each of these takes two columns.
        assert_eq!(cut("日本語", 5), "日本…");
    }

    #[test]
    fn bars_go_by_eighths() {
        assert_eq!(bar(2.5), "██▌");
        assert_eq!(bar(0.0), "");
        assert_eq!(bar(-1.0), "");
    }
}
