//! The results of one lead with the reason of each point: what `explain` shows.

use super::row::band_name;
use super::{changes, reasons};
use crate::data::previous::PreviousLead;
use crate::model::{Event, Lead, Model, ScoreBody, ScoreId, Threshold, ThresholdId};
use crate::reference::{Breakdown, Entry, EntryKind, Evaluation, evaluate};
use crate::value::{Decimal, Instant};

/// A lead with all that its evaluation needs.
#[derive(Debug)]
pub struct Job {
    pub lead: Lead,
    /// In their one order.
    pub events: Vec<Event>,
}

/// Everything about one lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    pub key: String,
    pub as_of: Instant,
    /// The reason, for an excluded lead.
    pub excluded: Option<String>,
    pub scores: Vec<ExplainedScore>,
    pub matrices: Vec<ExplainedMatrix>,
    pub thresholds: Vec<ExplainedThreshold>,
}

/// One score: its entries of depth 0 sum to its value.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedScore {
    pub name: String,
    pub label: String,
    pub value: Option<Decimal>,
    /// Why it is missing.
    pub missing: Option<String>,
    pub band: Option<String>,
    pub lines: Vec<Line>,
}

/// A line of a breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub kind: LineKind,
    pub label: String,
    pub depth: usize,
    pub occurrences: Option<u64>,
    pub before_decay: Option<Decimal>,
    pub points: Decimal,
    pub dropped: bool,
    /// Why it gave nothing; such lines are there with `all` alone.
    pub nothing: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    Start,
    Rule,
    Group,
    Choice,
    Weight,
    Limit,
    Rounding,
    Term,
    /// What the exclusion of the lead takes away
    Exclusion,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedMatrix {
    pub name: String,
    pub label: String,
    pub cell: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedThreshold {
    pub name: String,
    pub label: String,
    pub met: bool,
    pub since: Option<Instant>,
    pub action: Option<String>,
    /// What decided it.
    pub why: String,
}

/// Explains one lead; with `all`, also the rules that gave nothing.
pub fn explain(model: &Model, job: &Job, before: Option<&PreviousLead>, as_of: Instant, all: bool) -> Explanation {
    let met_before = before.map(PreviousLead::for_evaluation).unwrap_or_default();
    let evaluation = evaluate(model, &job.lead, &job.events, &met_before, as_of, None);
    let results = &evaluation.results;
    let exclude = results.excluded.and_then(|id| model.excludes.get(id.index()));
    let score = |id: ScoreId| explained_score(model, &evaluation, id, all);
    let matrices = model.matrices.iter().zip((0..).map(crate::model::MatrixId)).map(|(matrix, id)| ExplainedMatrix {
        name: matrix.name.clone(),
        label: matrix.label.clone(),
        cell: results.cell(model, id).map(str::to_owned),
    });
    let was_met = |id: ThresholdId| met_before.met.get(id.index()).copied().unwrap_or_default();
    let threshold = |(threshold, id): (&Threshold, ThresholdId)| {
        let met = results.thresholds.get(id.index()).copied().unwrap_or_default();
        ExplainedThreshold {
            name: threshold.name.clone(),
            label: threshold.label.clone(),
            met,
            since: met.then(|| changes::since(before, id, as_of)),
            action: threshold.action.clone(),
            why: why_threshold(model, &evaluation, threshold, (was_met(id), met)),
        }
    };
    Explanation {
        key: job.lead.key.clone(),
        as_of,
        excluded: exclude.map(|exclude| exclude.reason.clone()),
        scores: (0..model.scores.len()).filter_map(|id| score(ScoreId(id as u32))).collect(),
        matrices: matrices.collect(),
        thresholds: model.thresholds.iter().zip((0..).map(ThresholdId)).map(threshold).collect(),
    }
}

fn explained_score(model: &Model, evaluation: &Evaluation<'_>, id: ScoreId, all: bool) -> Option<ExplainedScore> {
    let score = model.scores.get(id.index())?;
    let breakdown = evaluation.breakdowns.get(id.index())?;
    let value = evaluation.results.scores.get(id.index()).copied().flatten();
    let mut lines = lines(breakdown, evaluation, all);
    if let (Some(exclude), Some(value), Some(would_be)) = (evaluation.results.excluded, value, breakdown.total) {
        let reason = model.excludes.get(exclude.index()).map_or("", |exclude| &exclude.reason);
        let points = value.subtract(would_be).unwrap_or_default();
        if points != Decimal::ZERO {
            lines.push(Line { kind: LineKind::Exclusion, points, ..Line::blank(format!("Excluded: {reason}")) });
        }
    }
    let missing = if value.is_none() { Some(why_missing(model, evaluation, &score.body)) } else { None };
    let band = band_name(model, &evaluation.results, id).map(str::to_owned);
    Some(ExplainedScore { name: score.name.clone(), label: score.label.clone(), value, missing, band, lines })
}

impl Line {
    fn blank(label: String) -> Line {
        Line {
            kind: LineKind::Rule,
            label,
            depth: 0,
            occurrences: None,
            before_decay: None,
            points: Decimal::ZERO,
            dropped: false,
            nothing: None,
        }
    }
}

/// The entries that took part, and with `all` the others with the reason.
fn lines(breakdown: &Breakdown, evaluation: &Evaluation<'_>, all: bool) -> Vec<Line> {
    let shown = breakdown.entries.iter().filter(|entry| all || entry.took_part || entry.points != Decimal::ZERO);
    shown
        .map(|entry| Line {
            kind: kind(entry.kind),
            depth: entry.depth,
            occurrences: entry.occurrences,
            before_decay: entry.before_decay,
            points: entry.points,
            dropped: entry.dropped,
            nothing: (!entry.took_part && entry.points == Decimal::ZERO).then(|| why_nothing(evaluation, entry)),
            ..Line::blank(entry.label.clone())
        })
        .collect()
}

fn why_nothing(evaluation: &Evaluation<'_>, entry: &Entry) -> String {
    match entry.kind {
        EntryKind::Rule(id) => evaluation.why_rule(id).map(|why| why.reason).unwrap_or_default(),
        EntryKind::Group => "none of its rules counts".to_owned(),
        _ => "missing".to_owned(),
    }
}

fn kind(kind: EntryKind) -> LineKind {
    match kind {
        EntryKind::Start => LineKind::Start,
        EntryKind::Rule(_) => LineKind::Rule,
        EntryKind::Group => LineKind::Group,
        EntryKind::Choice => LineKind::Choice,
        EntryKind::Weight => LineKind::Weight,
        EntryKind::Limit => LineKind::Limit,
        EntryKind::Rounding => LineKind::Rounding,
        EntryKind::Term => LineKind::Term,
    }
}

fn why_missing(model: &Model, evaluation: &Evaluation<'_>, body: &ScoreBody) -> String {
    match body {
        ScoreBody::Rules { when: Some(when), .. } => evaluation.why(when),
        ScoreBody::Rules { when: None, .. } => "it is too large to hold".to_owned(),
        ScoreBody::Derived(expr) => {
            match missing_names(model, evaluation, reasons::scores_in(model, expr).into_iter()).first() {
                Some(name) => format!("`{name}` is missing"),
                None => "a part of it is missing".to_owned(),
            }
        }
    }
}

fn missing_names<'model>(
    model: &'model Model,
    evaluation: &Evaluation<'_>,
    scores: impl Iterator<Item = ScoreId>,
) -> Vec<&'model str> {
    let missing = scores.filter(|id| evaluation.results.scores.get(id.index()).copied().flatten().is_none());
    missing.filter_map(|id| model.scores.get(id.index())).map(|score| score.name.as_str()).collect()
}

/// What decided a threshold, by whether it was met before and is met now.
fn why_threshold(
    model: &Model,
    evaluation: &Evaluation<'_>,
    threshold: &Threshold,
    (was_met, met): (bool, bool),
) -> String {
    let results = &evaluation.results;
    if let Some(exclude) = results.excluded.and_then(|id| model.excludes.get(id.index())) {
        return format!("excluded: {}", exclude.reason);
    }
    if let Some(name) = missing_names(model, evaluation, threshold.reads.iter().copied()).first() {
        return format!("`{name}` is missing");
    }
    let when = evaluation.why(&threshold.when);
    match (was_met || evaluation.holds(&threshold.when), &threshold.until) {
        (true, Some(until)) if !met => format!("until: {}", evaluation.why(until)),
        _ if met && !evaluation.holds(&threshold.when) => format!("met before; now {when}"),
        _ => when,
    }
}
