//! Bars that lie: a line each, with a label before and a count behind.

use super::{bar, cut};
use crate::repl::Look;
use crate::terminal::{grouped, left, percent, right};
use unicode_width::UnicodeWidthStr;

const WIDEST: usize = 50;

/// A line for each label with its count, and its part of the whole.
pub fn bars(rows: &[(String, u64)], look: Look) -> Vec<String> {
    let paint = look.paint();
    let whole: u64 = rows.iter().map(|(_, count)| count).sum();
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let room = look.width.saturating_sub(20).max(6);
    let labels = rows.iter().map(|(label, _)| label.width()).max().unwrap_or(0).min(room);
    let counts = rows.iter().map(|(_, count)| grouped(*count).len()).max().unwrap_or(0);
    let free = look.width.saturating_sub(labels + counts + 14).min(WIDEST);
    let of_row = |(label, count): &(String, u64)| {
        let drawn = bar(*count as f64 * free as f64 / most as f64);
        let drawn = if drawn.is_empty() && *count > 0 && free > 0 { "▏".to_owned() } else { drawn };
        let share = right(&percent(*count, whole), 6);
        let row = format!("  {}  {}  {share}  ", left(&cut(label, labels), labels), right(&grouped(*count), counts));
        format!("{row}{}", paint.cyan(&drawn)).trim_end().to_owned()
    };
    rows.iter().map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_share_the_width() {
        let rows = [("A".to_owned(), 30), ("B".to_owned(), 10)];
        // 1 for the label, 2 for the count, 14 between: 6 are left for 30.
        let lines = bars(&rows, Look { color: false, width: 23 });
        assert_eq!(lines, ["  A  30   75.0%  ██████", "  B  10   25.0%  ██"]);
    }
}
