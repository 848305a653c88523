//! The results of an earlier run: which thresholds each lead met, since when, and its bands.

use super::columns::key_name;
use super::{BAD_ROWS_TOLD, Stop};
use crate::data::rows::{Cell, Row, Rows, Wanted};
use crate::data::{BadRow, DataError, Source};
use crate::model::{Model, Previous, ScoreId, ThresholdId};
use crate::value::{Instant, Moment, Zone, read_date, read_yes_no};
use std::collections::HashMap;

/// The output of an earlier run, by lead.
#[derive(Debug, Default)]
pub struct PreviousResults {
    leads: HashMap<String, Before>,
}

/// One lead of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Before {
    met: Vec<bool>,
    since: Vec<Option<Instant>>,
    bands: Vec<Option<String>>,
}

impl Before {
    pub fn met(&self) -> Previous {
        Previous { met: self.met.clone() }
    }

    pub fn was_met(&self, threshold: ThresholdId) -> bool {
        self.met.get(threshold.index()).copied().unwrap_or_default()
    }

    /// Since when it was met, where it was.
    pub fn since(&self, threshold: ThresholdId) -> Option<Instant> {
        let known = self.since.get(threshold.index()).copied().flatten();
        known.filter(|_| self.was_met(threshold))
    }

    pub fn band(&self, score: ScoreId) -> Option<&str> {
        self.bands.get(score.index())?.as_deref()
    }
}

impl PreviousResults {
    pub fn of(&self, key: &str) -> Option<&Before> {
        self.leads.get(key)
    }

    pub fn count(&self) -> u64 {
        self.leads.len() as u64
    }

    /// Reads the output of an earlier run. Columns that it lacks were not met.
    ///
    /// # Errors
    /// [`Stop`]: no such output, or rows that no run writes.
    pub fn read(source: &Source, model: &Model) -> Result<PreviousResults, Stop> {
        let columns = Wanted::Columns(wanted(model));
        let mut rows = Rows::open(source, &columns)?;
        let mut previous = PreviousResults::default();
        let mut bad = Vec::new();
        while let Some(read) = rows.next()? {
            let added = read.and_then(|row| previous.add(model, source, &row, || rows.raw()));
            if let Err(row) = added {
                bad.push(row);
                if bad.len() == BAD_ROWS_TOLD {
                    return Err(Stop::BadRows { rows: bad, more: true });
                }
            }
        }
        if rows.present().first() == Some(&false) {
            return Err(Stop::Data(no_key(source, key_name(model))));
        }
        if bad.is_empty() { Ok(previous) } else { Err(Stop::BadRows { rows: bad, more: false }) }
    }

    fn add(&mut self, model: &Model, source: &Source, row: &Row, raw: impl Fn() -> String) -> Result<(), BadRow> {
        let bad = |column: &str, reason: String| BadRow {
            file: name(source),
            row: row.number,
            column: Some(column.to_owned()),
            reason,
            raw: raw(),
        };
        let mut cells = row.cells.iter();
        let key = cells.next().and_then(Cell::text).map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
        let key = key.ok_or_else(|| bad(key_name(model), "the lead's key is missing".to_owned()))?;
        let mut before = Before::default();
        for threshold in &model.thresholds {
            let met = cells.next().map_or(Ok(false), yes_no);
            before.met.push(met.map_err(|reason| bad(&threshold.name, reason))?);
            let since = cells.next().map_or(Ok(None), |cell| instant(cell, &model.zone));
            before.since.push(since.map_err(|reason| bad(&format!("{}_since", threshold.name), reason))?);
        }
        for score in &model.scores {
            let band = if score.bands.is_some() { cells.next().and_then(Cell::text) } else { None };
            before.bands.push(band.filter(|band| !band.is_empty()));
        }
        match self.leads.insert(key.clone(), before) {
            None => Ok(()),
            Some(_) => Err(bad(key_name(model), format!("the lead `{key}` stands in it twice"))),
        }
    }
}

/// The key, then each threshold and its `_since`, then the band of each score that has bands.
fn wanted(model: &Model) -> Vec<String> {
    let thresholds =
        model.thresholds.iter().flat_map(|threshold| [threshold.name.clone(), format!("{}_since", threshold.name)]);
    let banded = model.scores.iter().filter(|score| score.bands.is_some());
    let bands = banded.map(|score| format!("{}_band", score.name));
    std::iter::once(key_name(model).to_owned()).chain(thresholds).chain(bands).collect()
}

fn yes_no(cell: &Cell) -> Result<bool, String> {
    match cell {
        Cell::YesNo(yes) => Ok(*yes),
        other => match other.text() {
            None => Ok(false),
            Some(text) if text.trim().is_empty() => Ok(false),
            Some(text) => read_yes_no(text.trim(), None).map_err(|_| format!("`{text}` is not `true` or `false`")),
        },
    }
}

fn instant(cell: &Cell, zone: &Zone) -> Result<Option<Instant>, String> {
    let moment = match cell {
        Cell::Date(moment) => Some(*moment),
        other => match other.text() {
            Some(text) if !text.trim().is_empty() => {
                Some(read_date(text.trim(), None, None, zone).map_err(|_| format!("`{text}` is not a date"))?)
            }
            Some(_) | None => None,
        },
    };
    Ok(moment.map(|moment: Moment| moment.first(zone)))
}

fn no_key(source: &Source, key: &str) -> DataError {
    DataError::NotAsClaimed {
        file: name(source),
        reason: format!("it has no column `{key}`"),
        help: Some("give `--previous` a file that `score run` wrote with this model".to_owned()),
    }
}

/// A source as messages call it.
pub fn name(source: &Source) -> String {
    source.path.as_ref().map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
}
