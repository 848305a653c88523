//! What differs from the previous results: thresholds entered and left, bands moved between.

use super::row::band_name;
use crate::data::DataError;
use crate::data::previous::PreviousLead;
use crate::data::sink::Sink;
use crate::data::table::Destination;
use crate::model::{Model, Results, ScoreId, ThresholdId};
use crate::value::Instant;
use serde::Serialize;
use std::io::Write;

/// One change of one lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Entered(ThresholdId),
    Left(ThresholdId),
    /// From one band of a score to another, by name; `None` is none.
    Moved {
        score: ScoreId,
        from: Option<String>,
        to: Option<String>,
    },
}

/// The changes of a lead, thresholds first. A lead that was not there before met nothing and had no band.
pub fn between(model: &Model, before: Option<&PreviousLead>, results: &Results) -> Vec<Change> {
    let mut changes = Vec::new();
    for (now, id) in results.thresholds.iter().zip((0..).map(ThresholdId)) {
        match (before.is_some_and(|before| was_met(before, id)), *now) {
            (false, true) => changes.push(Change::Entered(id)),
            (true, false) => changes.push(Change::Left(id)),
            (true, true) | (false, false) => {}
        }
    }
    for (score, id) in model.scores.iter().zip((0..).map(ScoreId)) {
        if score.bands.is_some() {
            let from = before.and_then(|before| before.bands.get(id.index()).cloned().flatten());
            let to = band_name(model, results, id).map(str::to_owned);
            if from != to {
                changes.push(Change::Moved { score: id, from, to });
            }
        }
    }
    changes
}

fn was_met(before: &PreviousLead, threshold: ThresholdId) -> bool {
    before.met.get(threshold.index()).copied().unwrap_or_default()
}

/// Since when a threshold that is met has been: as before, else from `as_of`.
pub fn since(before: Option<&PreviousLead>, threshold: ThresholdId, as_of: Instant) -> Instant {
    let before = before.filter(|before| was_met(before, threshold));
    before.and_then(|before| before.since.get(threshold.index()).copied().flatten()).unwrap_or(as_of)
}

/// What to do about a change, where the model says so.
pub fn action<'model>(model: &'model Model, change: &Change) -> Option<&'model str> {
    match change {
        Change::Entered(id) => model.thresholds.get(id.index())?.action.as_deref(),
        Change::Left(_) => None,
        Change::Moved { score, to, .. } => {
            let bands = &model.scores.get(score.index())?.bands.as_ref()?.bands;
            bands.iter().find(|band| Some(&band.name) == to.as_ref())?.action.as_deref()
        }
    }
}

/// A file of changes, one line of JSON each.
pub struct ChangeWriter {
    to: Sink,
}

/// A line of the file.
#[derive(Serialize)]
struct Line<'a> {
    lead: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<&'a str>,
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Option<&'a str>>,
    action: Option<&'a str>,
    as_of: &'a str,
}

impl ChangeWriter {
    /// # Errors
    /// [`DataError::Unwritable`]
    pub fn create(to: &Destination) -> Result<ChangeWriter, DataError> {
        Ok(ChangeWriter { to: Sink::create(to)? })
    }

    /// Writes lines that [`append`] made.
    ///
    /// # Errors
    /// [`DataError::Unwritable`], [`DataError::ClosedPipe`].
    pub fn write(&mut self, lines: &[u8]) -> Result<(), DataError> {
        self.to.write_all(lines).map_err(|error| self.to.failed(&error))
    }

    /// # Errors
    /// [`DataError::Unwritable`], [`DataError::ClosedPipe`].
    pub fn finish(self) -> Result<(), DataError> {
        self.to.finish()
    }
}

/// Appends the changes of a lead, a line each.
pub fn append(model: &Model, lead: &str, changes: &[Change], as_of: &str, into: &mut Vec<u8>) {
    for change in changes {
        // Writing JSON of texts into memory does not fail.
        let _ = serde_json::to_writer(&mut *into, &line(model, lead, change, as_of));
        into.push(b'\n');
    }
}

fn line<'a>(model: &'a Model, lead: &'a str, change: &'a Change, as_of: &'a str) -> Line<'a> {
    let action = action(model, change);
    let threshold = |id: &ThresholdId| model.thresholds.get(id.index()).map(|threshold| threshold.name.as_str());
    let blank = Line { lead, threshold: None, score: None, change: "moved", from: None, to: None, action, as_of };
    match change {
        Change::Entered(id) => Line { threshold: threshold(id), change: "entered", ..blank },
        Change::Left(id) => Line { threshold: threshold(id), change: "left", ..blank },
        Change::Moved { score, from, to } => Line {
            score: model.scores.get(score.index()).map(|score| score.name.as_str()),
            from: Some(from.as_deref()),
            to: Some(to.as_deref()),
            ..blank
        },
    }
}
