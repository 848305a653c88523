//! A breakdown as a table of text.

use crate::reference::{Breakdown, Entry, EntryKind};
use crate::testing::ScoreBreakdown;
use crate::value::Decimal;
use unicode_width::UnicodeWidthStr;

/// Lines with the label on the left and points on the right; rules and groups that gave nothing are left out.
pub(super) fn lines(score: &ScoreBreakdown) -> Vec<String> {
    let mut rows: Vec<(String, String)> =
        score.breakdown.entries.iter().filter(|entry| is_shown(entry)).map(row).collect();
    rows.push((score.label.clone(), total(&score.breakdown)));
    let labels = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
    let points = rows.iter().map(|(_, points)| points.width()).max().unwrap_or_default();
    let line = |(label, value): &(String, String)| {
        let gap = labels - label.width() + points - value.width();
        format!("{label}  {}{value}", " ".repeat(gap))
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    if let Some(last) = lines.len().checked_sub(1).filter(|last| *last > 0) {
        lines.insert(last, "-".repeat(labels + 2 + points));
    }
    lines
}

fn is_shown(entry: &Entry) -> bool {
    entry.took_part || entry.kind == EntryKind::Term
}

fn row(entry: &Entry) -> (String, String) {
    let indent = "  ".repeat(entry.depth);
    let occurrences = entry.occurrences.map(|count| format!(" ({count}x)")).unwrap_or_default();
    let dropped = if entry.dropped { " (dropped)" } else { "" };
    let label = entry.label.split_whitespace().collect::<Vec<_>>().join(" ");
    let points = if entry.took_part { signed(entry.points) } else { "missing".to_owned() };
    (format!("{indent}{label}{occurrences}{dropped}"), points)
}

fn total(breakdown: &Breakdown) -> String {
    breakdown.total.map_or("missing".to_owned(), |total| total.to_string())
}

/// `+20`, `-5`, `0`
fn signed(points: Decimal) -> String {
    if points > Decimal::ZERO { format!("+{points}") } else { points.to_string() }
}
