//! Explanations as JSON: an array with one object a lead.

use crate::run::explanation::{ExplainedScore, Explanation, Line, LineKind};
use crate::value::Decimal;
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Serialize)]
struct Lead<'a> {
    lead: &'a str,
    as_of: String,
    excluded: Option<&'a str>,
    scores: Vec<Score<'a>>,
    matrices: Vec<Matrix<'a>>,
    thresholds: Vec<Threshold<'a>>,
}

#[derive(Serialize)]
struct Score<'a> {
    name: &'a str,
    label: &'a str,
    value: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<&'a str>,
    band: Option<&'a str>,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    label: &'a str,
    depth: usize,
    occurrences: Option<u64>,
    before_decay: Option<Box<RawValue>>,
    points: Option<Box<RawValue>>,
    dropped: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    nothing: Option<&'a str>,
}

#[derive(Serialize)]
struct Matrix<'a> {
    name: &'a str,
    label: &'a str,
    cell: Option<&'a str>,
}

#[derive(Serialize)]
struct Threshold<'a> {
    name: &'a str,
    label: &'a str,
    met: bool,
    since: Option<String>,
    action: Option<&'a str>,
    why: &'a str,
}

/// The whole text, with a line end at its end.
pub fn text(explained: &[Explanation]) -> String {
    let leads: Vec<Lead<'_>> = explained.iter().map(lead).collect();
    // Plain structures of texts and numbers always have a JSON form.
    serde_json::to_string_pretty(&leads).unwrap_or_default() + "\n"
}

fn lead(lead: &Explanation) -> Lead<'_> {
    Lead {
        lead: &lead.key,
        as_of: lead.as_of.to_string(),
        excluded: lead.excluded.as_deref(),
        scores: lead.scores.iter().map(score).collect(),
        matrices: lead
            .matrices
            .iter()
            .map(|matrix| Matrix { name: &matrix.name, label: &matrix.label, cell: matrix.cell.as_deref() })
            .collect(),
        thresholds: lead
            .thresholds
            .iter()
            .map(|threshold| Threshold {
                name: &threshold.name,
                label: &threshold.label,
                met: threshold.met,
                since: threshold.since.map(|since| since.to_string()),
                action: threshold.action.as_deref(),
                why: &threshold.why,
            })
            .collect(),
    }
}

fn score(score: &ExplainedScore) -> Score<'_> {
    Score {
        name: &score.name,
        label: &score.label,
        value: score.value.and_then(number),
        missing: score.missing.as_deref(),
        band: score.band.as_deref(),
        entries: score.lines.iter().map(entry).collect(),
    }
}

fn entry(line: &Line) -> Entry<'_> {
    Entry {
        kind: kind(line.kind),
        label: &line.label,
        depth: line.depth,
        occurrences: line.occurrences,
        before_decay: line.before_decay.and_then(number),
        points: number(line.points),
        dropped: line.dropped,
        nothing: line.nothing.as_deref(),
    }
}

/// A number with all its digits.
fn number(number: Decimal) -> Option<Box<RawValue>> {
    RawValue::from_string(number.to_string()).ok()
}

fn kind(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Start => "start",
        LineKind::Rule => "rule",
        LineKind::Group => "group",
        LineKind::Choice => "choice",
        LineKind::Weight => "weight",
        LineKind::Limit => "limit",
        LineKind::Rounding => "rounding",
        LineKind::Term => "term",
        LineKind::Exclusion => "exclusion",
    }
}
