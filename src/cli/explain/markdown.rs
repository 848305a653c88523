//! Explanations as Markdown, one table a score.

use crate::cli::markdown::{code, plain};
use crate::model::Model;
use crate::run::explanation::{ExplainedScore, Explanation, Line};
use crate::run::reasons::signed;
use std::fmt::Write;

/// The whole text, with a line end at its end.
pub fn text(model: &Model, explained: &[Explanation]) -> String {
    explained.iter().map(|lead| of_lead(model, lead)).collect::<Vec<_>>().join("\n")
}

fn of_lead(model: &Model, lead: &Explanation) -> String {
    let about = model.about.name.as_ref().map(|name| format!("{}, ", plain(name))).unwrap_or_default();
    let mut text = format!("## {}\n\n{about}as of {}\n", plain(&lead.key), model.zone.written(lead.as_of));
    // Writing to a String cannot fail, here and below.
    if let Some(reason) = &lead.excluded {
        let _ = write!(text, "\n**Excluded:** {}\n", plain(reason));
    }
    for score in &lead.scores {
        text += &of_score(score);
    }
    for matrix in &lead.matrices {
        let cell = matrix.cell.as_deref().map_or_else(|| "missing".to_owned(), plain);
        let _ = write!(text, "\n**{}:** {cell}\n", plain(&matrix.label));
    }
    if !lead.thresholds.is_empty() {
        text += "\n| threshold | met | since | why |\n|---|---|---|---|\n";
    }
    for threshold in &lead.thresholds {
        let since = threshold.since.map(|since| model.zone.written(since)).unwrap_or_default();
        let met = if threshold.met { "yes" } else { "no" };
        let _ = writeln!(text, "| {} | {met} | {since} | {} |", plain(&threshold.label), code(&threshold.why));
    }
    text
}

fn of_score(score: &ExplainedScore) -> String {
    let value = score.value.map_or_else(|| "missing".to_owned(), |value| value.to_string());
    let band = score.band.as_ref().map(|band| format!(", {}", plain(band))).unwrap_or_default();
    let mut text = format!("\n### {}: {value}{band}\n", plain(&score.label));
    if let Some(why) = &score.missing {
        let _ = write!(text, "\n{}\n", code(why));
    }
    if !score.lines.is_empty() {
        text += "\n| entry | times | before decay | points |\n|---|---:|---:|---:|\n";
        text.extend(score.lines.iter().map(of_line));
        let _ = writeln!(text, "| **sum** | | | **{value}** |");
    }
    text
}

fn of_line(line: &Line) -> String {
    let indent = "&nbsp;&nbsp;".repeat(line.depth);
    let note = match &line.nothing {
        Some(why) => format!(": {}", code(why)),
        None if line.dropped => " (not chosen)".to_owned(),
        None => String::new(),
    };
    let times = line.occurrences.map(|times| times.to_string()).unwrap_or_default();
    let before = line.before_decay.map(signed).unwrap_or_default();
    format!("| {indent}{}{note} | {times} | {before} | {} |\n", plain(&line.label), signed(line.points))
}
