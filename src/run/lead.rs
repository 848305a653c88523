//! One lead: evaluated, and told as a row and as changes.

use super::changes::{self, Change};
use super::columns::Content;
use super::keep::KeptFrom;
use super::{Setup, reasons};
use crate::data::previous::PreviousLead;
use crate::data::rows::Cell;
use crate::data::table::OutCell;
use crate::model::{BandId, Event, Lead, Model, Results, ScoreId};
use crate::reference::{Evaluation, evaluate};
use crate::value::{Moment, Value};

/// A lead with all that its evaluation needs.
#[derive(Debug)]
pub struct Job {
    pub lead: Lead,
    pub kept: Vec<Cell>,
    /// In their one order.
    pub events: Vec<Event>,
}

/// A lead scored.
#[derive(Debug)]
pub struct Scored {
    pub key: String,
    pub results: Results,
    /// Whether it was among the previous results.
    pub known_before: bool,
    /// Empty without previous results.
    pub changes: Vec<Change>,
    /// `None` where `--only` does not hold.
    pub row: Option<Vec<OutCell>>,
}

/// Scores one lead.
pub fn score(setup: &Setup<'_>, job: Job) -> Scored {
    let before = setup.previous.as_ref().and_then(|previous| previous.of(&job.lead.key));
    let met_before = before.map(PreviousLead::for_evaluation).unwrap_or_default();
    let evaluation = evaluate(setup.model, &job.lead, &job.events, &met_before, setup.as_of, None);
    let wanted = setup.only.as_ref().is_none_or(|only| evaluation.holds(only));
    let row = wanted.then(|| row(setup, &job, before, &evaluation));
    let changes = match &setup.previous {
        Some(_) => changes::between(setup.model, before, &evaluation.results),
        None => Vec::new(),
    };
    let results = evaluation.results.clone();
    Scored { known_before: before.is_some(), results, changes, row, key: job.lead.key }
}

/// The name of a score's band, `excluded` for an excluded lead; `None` where it has none.
pub fn band_name<'model>(model: &'model Model, results: &Results, score: ScoreId) -> Option<&'model str> {
    let bands = model.scores.get(score.index())?.bands.as_ref()?;
    if results.excluded.is_some() {
        return Some("excluded");
    }
    let band: BandId = results.bands.get(score.index()).copied().flatten()?;
    bands.bands.get(band.index()).map(|band| band.name.as_str())
}

fn row(setup: &Setup<'_>, job: &Job, before: Option<&PreviousLead>, evaluation: &Evaluation<'_>) -> Vec<OutCell> {
    let reasons = match setup.columns.reasons {
        0 => Vec::new(),
        count => reasons::reasons(setup.model, evaluation, count),
    };
    let cell = |content: &Content| match content {
        Content::Key => OutCell::Text(job.lead.key.clone()),
        Content::Reason(number) => text(reasons.get(*number).map(String::as_str)),
        Content::Kept(KeptFrom::Cell(index)) => job.kept.get(*index).cloned().map_or(OutCell::Missing, OutCell::AsRead),
        Content::Kept(KeptFrom::Value(expr)) => value(evaluation.value(expr)),
        result => result_cell(setup, before, &evaluation.results, result),
    };
    setup.columns.columns.iter().map(|(_, content)| cell(content)).collect()
}

fn result_cell(setup: &Setup<'_>, before: Option<&PreviousLead>, results: &Results, content: &Content) -> OutCell {
    let model = setup.model;
    match content {
        Content::Score(id) => {
            results.scores.get(id.index()).copied().flatten().map_or(OutCell::Missing, OutCell::Number)
        }
        Content::Band(id) => text(band_name(model, results, *id)),
        Content::Matrix(id) => text(results.cell(model, *id)),
        Content::Met(id) => OutCell::YesNo(results.thresholds.get(id.index()).copied().unwrap_or_default()),
        Content::Since(id) => match results.thresholds.get(id.index()) {
            Some(true) => OutCell::Instant(changes::since(before, *id, setup.as_of)),
            Some(false) | None => OutCell::Missing,
        },
        Content::Excluded => {
            text(results.excluded.and_then(|id| model.excludes.get(id.index())).map(|exclude| exclude.reason.as_str()))
        }
        Content::Key | Content::Reason(_) | Content::Kept(_) => OutCell::Missing,
    }
}

fn text(text: Option<&str>) -> OutCell {
    text.map_or(OutCell::Missing, |text| OutCell::Text(text.to_owned()))
}

fn value(value: Option<Value>) -> OutCell {
    match value {
        None => OutCell::Missing,
        Some(Value::Number(number)) => OutCell::Number(number),
        Some(Value::Text(text)) => OutCell::Text(text.given),
        Some(Value::YesNo(yes)) => OutCell::YesNo(yes),
        Some(Value::Date(Moment::Instant(instant))) => OutCell::Text(instant.to_string()),
        Some(Value::Date(day)) => OutCell::Text(day.to_string()),
        Some(Value::List(texts)) => {
            OutCell::Text(texts.into_iter().map(|text| text.given).collect::<Vec<_>>().join(";"))
        }
    }
}
