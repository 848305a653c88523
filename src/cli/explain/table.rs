//! Explanations as aligned text.

use crate::cli::terminal::{Paint, left, right, safe};
use crate::model::Model;
use crate::run::explanation::{ExplainedScore, ExplainedThreshold, Explanation, Line, LineKind};
use crate::run::reasons::signed;
use crate::value::{Decimal, Zone};
use unicode_width::UnicodeWidthStr;

/// Labels are not cut below this width, so that short tables stand under each other.
const LEAST_LABEL: usize = 32;

/// All explanations, one under the other.
pub fn text(model: &Model, explained: &[Explanation], color: bool) -> String {
    let paint = Paint(color);
    explained.iter().map(|lead| of_lead(model, lead, paint)).collect::<Vec<_>>().join("\n")
}

fn of_lead(model: &Model, lead: &Explanation, paint: Paint) -> String {
    let about = model.about.name.as_ref().map(|name| format!(" · {}", safe(name))).unwrap_or_default();
    let as_of = model.zone.written(lead.as_of);
    let mut lines = vec![paint.bold(&safe(&lead.key)) + &paint.dim(&format!("{about} · as of {as_of}"))];
    lines.extend(lead.excluded.as_ref().map(|reason| format!("{}: {}", paint.red("excluded"), safe(reason))));
    let columns = Columns::of(lead);
    lines.extend(lead.scores.iter().flat_map(|score| of_score(score, &columns, paint)));
    if !lead.matrices.is_empty() {
        lines.push(String::new());
        let widest = lead.matrices.iter().map(|matrix| safe(&matrix.label).width()).max().unwrap_or(0);
        lines.extend(lead.matrices.iter().map(|matrix| {
            let cell = matrix.cell.as_ref().map_or_else(|| "missing".to_owned(), |cell| safe(cell));
            format!("{}  {cell}", paint.bold(&left(&safe(&matrix.label), widest)))
        }));
    }
    if !lead.thresholds.is_empty() {
        lines.push(String::new());
        let widest = lead.thresholds.iter().map(|threshold| safe(&threshold.label).width()).max().unwrap_or(0);
        lines.extend(lead.thresholds.iter().map(|threshold| of_threshold(threshold, &model.zone, widest, paint)));
    }
    lines.join("\n") + "\n"
}

/// Widths of the columns, the same for all scores of a lead.
struct Columns {
    label: usize,
    times: usize,
    before: usize,
    points: usize,
}

impl Columns {
    fn of(lead: &Explanation) -> Columns {
        let lines = || lead.scores.iter().flat_map(|score| &score.lines);
        let widest = |texts: &mut dyn Iterator<Item = String>| texts.map(|text| text.width()).max().unwrap_or(0);
        let totals = lead.scores.iter().map(total);
        let times = widest(&mut lines().map(times));
        let before = widest(&mut lines().map(before));
        Columns {
            label: widest(&mut lines().map(label)).max(LEAST_LABEL),
            times: if times > 0 { times.max("times".len()) } else { 0 },
            before: if before > 0 { before.max("before decay".len()) } else { 0 },
            points: widest(&mut lines().map(points).chain(totals)).max("points".len()),
        }
    }

    fn row(&self, label: &str, times: &str, before: &str, points: &str) -> String {
        let mut row = format!("  {}", left(label, self.label));
        if self.times > 0 {
            row += &format!("  {}", right(times, self.times));
        }
        if self.before > 0 {
            row += &format!("  {}", right(before, self.before));
        }
        row + &format!("  {}", right(points, self.points))
    }
}

fn of_score(score: &ExplainedScore, columns: &Columns, paint: Paint) -> Vec<String> {
    let name = if score.label.to_lowercase() == score.name.to_lowercase() {
        String::new()
    } else {
        format!("  {}", safe(&score.name))
    };
    let mut lines = vec![String::new(), paint.bold(&safe(&score.label)) + &paint.dim(&name)];
    if !score.lines.is_empty() {
        lines.push(paint.dim(&columns.row("", "times", "before decay", "points")));
    }
    lines.extend(score.lines.iter().map(|line| of_line(line, columns, paint)));
    let band = score.band.as_ref().map(|band| format!("  {}", safe(band))).unwrap_or_default();
    let why = score.missing.as_ref().map(|why| format!("  {}", safe(why))).unwrap_or_default();
    lines.push(paint.dim(&columns.row("", "", "", &"─".repeat(columns.points))));
    lines.push(paint.bold(&columns.row("", "", "", &total(score))) + &band + &paint.dim(&why));
    lines
}

fn of_line(line: &Line, columns: &Columns, paint: Paint) -> String {
    let row = columns.row(&label(line), &times(line), &before(line), &points(line));
    match &line.nothing {
        Some(why) => paint.dim(&format!("{row}  {}", safe(why))),
        None if line.dropped => paint.dim(&format!("{row}  not chosen")),
        None => row,
    }
}

fn of_threshold(threshold: &ExplainedThreshold, zone: &Zone, widest: usize, paint: Paint) -> String {
    let name = paint.bold(&left(&safe(&threshold.label), widest));
    let why = paint.dim(&safe(&threshold.why));
    let action = threshold.action.as_ref().map(|action| format!(" → {}", safe(action))).unwrap_or_default();
    match threshold.since {
        Some(since) => {
            let since = zone.written(since);
            format!("{name}  {}{action}, since {since}  {why}", paint.green("met"))
        }
        None => format!("{name}  {}  {why}", paint.yellow("not met")),
    }
}

fn label(line: &Line) -> String {
    format!("{}{}", "  ".repeat(line.depth), safe(&line.label))
}

fn times(line: &Line) -> String {
    line.occurrences.map(|times| times.to_string()).unwrap_or_default()
}

fn before(line: &Line) -> String {
    let before = line.before_decay.filter(|before| *before != line.points);
    before.map(signed).unwrap_or_default()
}

/// Signed; nothing beside the reason for it.
fn points(line: &Line) -> String {
    match line.kind {
        LineKind::Term | LineKind::Start if line.points >= Decimal::ZERO => signed(line.points),
        _ if line.nothing.is_some() => "·".to_owned(),
        _ => signed(line.points),
    }
}

fn total(score: &ExplainedScore) -> String {
    score.value.map_or_else(|| "missing".to_owned(), |value| value.to_string())
}
