//! A waterfall: each step begins where the one above it ended.

use super::{bar, cut};
use crate::repl::Look;
use crate::run::reasons::signed;
use crate::terminal::{left, right};
use crate::value::Decimal;
use unicode_width::UnicodeWidthStr;

/// The widest a bar may be drawn, in columns.
const WIDEST: usize = 40;
/// Bars narrower than this say nothing.
const NARROWEST: usize = 8;

/// One line of a waterfall.
#[derive(Debug, Clone)]
pub struct Step {
    pub label: String,
    pub depth: usize,
    pub points: Decimal,
    /// A heading has no bar: those below it add up to it.
    pub heading: bool,
    /// Words behind the points: `3 times`
    pub note: String,
}

/// The lines of a waterfall with its total below; in a narrow window, without the bars.
pub fn waterfall(steps: &[Step], total: &str, look: Look) -> Vec<String> {
    let paint = look.paint();
    let label = |step: &Step| format!("{}{}", "  ".repeat(step.depth), step.label);
    let room = look.width.saturating_sub(12).max(10);
    let labels = steps.iter().map(|step| label(step).width()).max().unwrap_or(0).max(12).min(room);
    let points = steps.iter().map(|step| signed(step.points).width()).max().unwrap_or(0).max(total.width());
    let free = look.width.saturating_sub(labels + points + 6).min(WIDEST);
    let scale = Scale::of(steps, if free < NARROWEST { 0 } else { free });
    let mut before = Decimal::ZERO;
    let mut lines = Vec::new();
    for step in steps {
        let row = format!("  {}  {}", left(&cut(&label(step), labels), labels), right(&signed(step.points), points));
        let mut line = if step.heading { paint.dim(&row) } else { row };
        if !step.heading {
            let after = before.add(step.points).unwrap_or(before);
            let drawn = scale.drawn(before, after);
            line += &if step.points.is_negative() { paint.red(&drawn) } else { paint.green(&drawn) };
            before = after;
        }
        if !step.note.is_empty() {
            line += &paint.dim(&format!("  {}", step.note));
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.push(paint.dim(&format!("  {}  {}", left("", labels), "─".repeat(points))));
    lines.push(paint.bold(&format!("  {}  {}", left("", labels), right(total, points))));
    lines
}

/// From points to columns.
struct Scale {
    lowest: f64,
    columns_a_point: f64,
}

impl Scale {
    fn of(steps: &[Step], width: usize) -> Scale {
        let (mut at, mut lowest, mut highest) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for step in steps.iter().filter(|step| !step.heading) {
            at = at.add(step.points).unwrap_or(at);
            (lowest, highest) = (lowest.min(at), highest.max(at));
        }
        let range = (highest.to_f64() - lowest.to_f64()).max(1.0);
        Scale { lowest: lowest.to_f64(), columns_a_point: width as f64 / range }
    }

    /// Blanks up to the lower end, then the bar.
    fn drawn(&self, before: Decimal, after: Decimal) -> String {
        if self.columns_a_point == 0.0 || before == after {
            return String::new();
        }
        let column = |points: Decimal| (points.to_f64() - self.lowest) * self.columns_a_point;
        let (from, to) = (column(before.min(after)), column(before.max(after)));
        let blanks = from.round() as usize;
        let bar = bar(to - blanks as f64);
        format!("  {}{}", " ".repeat(blanks), if bar.is_empty() { "▏".to_owned() } else { bar })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(label: &str, points: i64) -> Step {
        let points = Decimal::whole(points);
        Step { label: label.into(), depth: 0, points, heading: false, note: String::new() }
    }

    #[test]
    fn each_step_begins_where_the_last_one_ended() {
        let look = Look { color: false, width: 40 };
        let lines = waterfall(&[step("one", 10), step("two", 10), step("less", -5)], "15", look);
        // 12 columns for labels, 3 for points, 6 between: 19 are left for 20 points. Ten points are 9.5 columns.
        assert_eq!(lines[0], "  one           +10  █████████▌");
        assert_eq!(lines[1], "  two           +10            █████████");
        assert_eq!(lines[2], "  less           -5                █████");
        assert_eq!(lines[4], "                 15");
    }

    #[test]
    fn a_narrow_window_has_no_bars() {
        let lines = waterfall(&[step("a rather long label of a rule", 10)], "10", Look { color: false, width: 24 });
        assert_eq!(lines[0], "  a rather lo…  +10");
    }
}
