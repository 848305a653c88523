//! The summary that ends a run, for people.

use super::terminal::{Paint, count, grouped, left, percent, right, safe};
use crate::data::events::EventCounts;
use crate::model::Model;
use crate::run::histogram::{Bar, Histogram};
use crate::run::summary::Summary;
use unicode_width::UnicodeWidthStr;

/// The most bars of a histogram.
const BARS: usize = 12;
/// The longest bar, in columns of the terminal.
const LONGEST_BAR: u64 = 40;

/// The whole summary, with a line end at its end.
pub fn text(model: &Model, summary: &Summary, color: bool) -> String {
    let paint = Paint(color);
    let mut lines = vec![leads(summary)];
    lines.extend(summary.events.as_ref().map(|counts| events(counts, summary.events_rejected)));
    lines.extend(unknown_events(summary));
    lines.extend(excluded(model, summary));
    lines.extend(histogram(model, summary, paint));
    lines.extend(bands(model, summary, paint));
    lines.extend(thresholds(model, summary, paint));
    if let Some(absent @ 1..) = summary.previous {
        lines.push(format!("{} of the previous results not among the leads", count(absent, "lead", "leads")));
    }
    if !summary.warnings.is_empty() {
        lines.push(String::new());
    }
    lines.extend(summary.warnings.iter().map(|text| format!("{}: {}", paint.yellow("warning"), safe(text))));
    lines.join("\n") + "\n"
}

/// `leads   1,204 read, 1,200 scored, 4 rejected`
fn leads(summary: &Summary) -> String {
    let mut parts = vec![format!("{} read", grouped(summary.leads_read))];
    parts.push(format!("{} scored", grouped(summary.leads_scored)));
    parts.push(format!("{} rejected", grouped(summary.leads_rejected)));
    if summary.written != summary.leads_scored {
        parts.push(format!("{} written", grouped(summary.written)));
    }
    format!("leads   {}", parts.join(", "))
}

fn events(counts: &EventCounts, rejected: u64) -> String {
    let undeclared: u64 = counts.undeclared.values().sum();
    let mut parts = vec![format!("{} read", grouped(counts.read)), format!("{} used", grouped(counts.used))];
    parts.push(format!("{} unknown", grouped(undeclared + counts.without_lead)));
    if counts.repeated > 0 {
        parts.push(format!("{} repeated", grouped(counts.repeated)));
    }
    if rejected > 0 {
        parts.push(format!("{} rejected", grouped(rejected)));
    }
    format!("events  {}", parts.join(", "))
}

/// Which events nobody knows, and how many there are of each.
fn unknown_events(summary: &Summary) -> Vec<String> {
    let Some(counts) = &summary.events else { return Vec::new() };
    let mut lines = Vec::new();
    if counts.without_lead > 0 {
        let rejected = if summary.leads_rejected > 0 { ", or rejected" } else { "" };
        let number = grouped(counts.without_lead);
        lines.push(format!("        {number} of leads that are not in the leads file{rejected}"));
    }
    if !counts.undeclared.is_empty() {
        let mut types: Vec<(&String, u64)> = counts.undeclared.iter().map(|(name, number)| (name, *number)).collect();
        types.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        let told = types.iter().take(8).map(|(name, number)| format!("`{}` {}", safe(name), grouped(*number)));
        let told = told.collect::<Vec<_>>().join(", ");
        let more = types.len().saturating_sub(8);
        let more = if more > 0 { format!(" and {more} more types") } else { String::new() };
        lines.push(format!("        of types the model does not declare: {told}{more}"));
    }
    lines
}

fn excluded(model: &Model, summary: &Summary) -> Vec<String> {
    let met = model.excludes.iter().zip(&summary.excluded).filter(|(_, number)| **number > 0);
    met.map(|(exclude, number)| format!("        {} excluded: {}", grouped(*number), safe(&exclude.reason))).collect()
}

fn histogram(model: &Model, summary: &Summary, paint: Paint) -> Vec<String> {
    let Some(last) = model.scores.last() else { return Vec::new() };
    let mut lines = vec![String::new(), paint.bold(&safe(&last.label)) + &range(&summary.histogram)];
    let bars = summary.histogram.bars(BARS);
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    let widest = bars.iter().map(|bar| from_to(bar).width()).max().unwrap_or(0).max("no score".len());
    for bar in &bars {
        lines.push(format!("  {}  {}", right(&from_to(bar), widest), drawn(bar.count, most, paint)));
    }
    if summary.last_missing > 0 {
        lines.push(format!("  {}  {}", right("no score", widest), grouped(summary.last_missing)));
    }
    lines
}

/// `: 0 to 98.5`
fn range(histogram: &Histogram) -> String {
    match (histogram.lowest, histogram.highest) {
        (Some(lowest), Some(highest)) if lowest == highest => format!(": {lowest}"),
        (Some(lowest), Some(highest)) => format!(": {lowest} to {highest}"),
        _ => String::new(),
    }
}

/// `10 to <20`; `90 to 100` for a last bar with its upper edge; `20` for one whole number
fn from_to(bar: &Bar) -> String {
    match bar.to - bar.from {
        1 => bar.from.to_string(),
        _ if bar.closed => format!("{} to {}", bar.from, bar.to),
        _ => format!("{} to <{}", bar.from, bar.to),
    }
}

/// A bar in eighths of a column, and the number.
fn drawn(number: u64, most: u64, paint: Paint) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = u128::from(number) * u128::from(LONGEST_BAR) * 8 / u128::from(most.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(0).max(usize::from(number > 0));
    let bar = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
    if number == 0 { "0".to_owned() } else { format!("{} {}", paint.cyan(&bar), grouped(number)) }
}

fn bands(model: &Model, summary: &Summary, paint: Paint) -> Vec<String> {
    let mut lines = Vec::new();
    let scores = model.scores.iter().zip(summary.bands.iter().zip(&summary.band_entered));
    for (score, (counts, entered)) in scores {
        let Some(bands) = &score.bands else { continue };
        let name = paint.bold(&safe(&score.label));
        lines.extend([String::new(), format!("{name} by band")]);
        let widest = bands.bands.iter().map(|band| safe(&band.name).width()).max().unwrap_or(0);
        for ((band, number), entered) in bands.bands.iter().zip(counts).zip(entered) {
            let mut line = format!("  {}  {}", left(&safe(&band.name), widest), share(*number, summary.leads_scored));
            if summary.previous.is_some() && *entered > 0 {
                line += &format!("  {} came in", grouped(*entered));
                line += &band.action.as_ref().map(|action| format!(": {}", safe(action))).unwrap_or_default();
            }
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

fn thresholds(model: &Model, summary: &Summary, paint: Paint) -> Vec<String> {
    if model.thresholds.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), paint.bold("Thresholds met")];
    let widest = model.thresholds.iter().map(|threshold| safe(&threshold.label).width()).max().unwrap_or(0);
    for (threshold, number) in model.thresholds.iter().zip(&summary.thresholds) {
        let mut line =
            format!("  {}  {}", left(&safe(&threshold.label), widest), share(number.met, summary.leads_scored));
        if summary.previous.is_some() {
            line += &format!("  {} entered, {} left", grouped(number.entered), grouped(number.left));
            let action = threshold.action.as_ref().filter(|_| number.entered > 0);
            line += &action.map(|action| format!(": {}", safe(action))).unwrap_or_default();
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// `   120   10.0%`
fn share(number: u64, all: u64) -> String {
    format!("{}  {}", right(&grouped(number), 9), right(&percent(number, all), 6))
}
