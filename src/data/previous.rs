//! `--previous FILE`: the output of an earlier run, by lead.

use super::fields::{self, Reading};
use super::leads::{Columns, alike, listing};
use super::rows::{Cell, Row, Rows};
use super::{DataError, Source, shown};
use crate::model::{Model, Previous};
use crate::value::{Instant, Text, Zone, read_date, read_yes_no};
use std::collections::HashMap;

/// What an earlier run found out about one lead.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviousLead {
    /// For each threshold whether it was met; not where its column is absent.
    pub met: Vec<bool>,
    /// For each threshold since when it has been met.
    pub since: Vec<Option<Instant>>,
    /// For each score the name of its band.
    pub bands: Vec<Option<String>>,
    /// The reason of its exclusion.
    pub excluded: Option<String>,
}

impl PreviousLead {
    /// As evaluators take it.
    pub fn for_evaluation(&self) -> Previous {
        Previous { met: self.met.clone() }
    }
}

/// The leads of an earlier output, by key.
#[derive(Debug, Clone, Default)]
pub struct PreviousResults {
    leads: HashMap<String, PreviousLead>,
    /// The name of the file.
    file: String,
    /// Columns of thresholds and bands that the file lacks.
    absent: Vec<String>,
    /// The last instant since when a threshold is met.
    latest: Option<Instant>,
}

impl PreviousResults {
    /// What is known of a lead; `None` where it was not there.
    pub fn of(&self, key: &str) -> Option<&PreviousLead> {
        self.leads.get(key)
    }

    pub fn len(&self) -> usize {
        self.leads.len()
    }

    pub fn is_empty(&self) -> bool {
        self.leads.is_empty()
    }

    /// Reads an earlier output.
    ///
    /// # Errors
    /// [`DataError`], also where a cell cannot be what an earlier run wrote.
    pub fn read(source: &Source, model: &Model) -> Result<PreviousResults, DataError> {
        let key = model.lead.key.and_then(|key| model.lead.fields.get(key.index())).map_or("id", |key| &key.name);
        let mut columns = Columns::default();
        let places = Places {
            key: columns.place(key),
            met: model.thresholds.iter().map(|threshold| columns.place(&threshold.name)).collect(),
            since: model
                .thresholds
                .iter()
                .map(|threshold| columns.place(&format!("{}_since", threshold.name)))
                .collect(),
            bands: model.scores.iter().map(|score| columns.place(&format!("{}_band", score.name))).collect(),
            scores: model.scores.iter().map(|score| columns.place(&score.name)).collect(),
            excluded: columns.place("excluded"),
        };
        let mut rows = Rows::open(source, &columns.wanted())?;
        expect_key(&rows, source, key)?;
        let mut results = PreviousResults { file: source.name(), ..PreviousResults::default() };
        while let Some(row) = rows.next()? {
            let wrong = |row: u64, column: Option<&str>, reason: &str| {
                let column = column.map_or_else(String::new, |column| format!(", column `{column}`"));
                let reason = format!("row {row}{column}: {reason}");
                let help = Some("give the output of an earlier run of this model".to_owned());
                DataError::NotAsClaimed { file: source.name(), reason, help }
            };
            let row = row.map_err(|bad| wrong(bad.row, bad.column.as_deref(), &bad.reason))?;
            let (key, lead) = places
                .read(&row)
                .map_err(|(place, reason)| wrong(row.number, rows.columns().get(place).map(String::as_str), &reason))?;
            if results.leads.contains_key(&key) {
                return Err(wrong(row.number, None, &format!("`{}` is the key of an earlier row, too", shown(&key))));
            }
            results.latest = results.latest.max(lead.since.iter().flatten().max().copied());
            results.leads.insert(key, lead);
        }
        results.expect_columns(&rows, &places, model)?;
        Ok(results)
    }

    /// Notes which columns are not there; a file without any column of results is no output of a run.
    fn expect_columns(&mut self, rows: &Rows, places: &Places, model: &Model) -> Result<(), DataError> {
        // Without rows, formats without a header cannot tell.
        if self.leads.is_empty() && rows.header().is_none() {
            return Ok(());
        }
        let present = rows.present();
        let is_there = |place: &usize| present.get(*place).copied().unwrap_or(true);
        let mut expected = places.met.iter().chain(places.bands_of(model)).peekable();
        let looks_back = expected.peek().is_some();
        let absent = expected.filter(|place| !is_there(place));
        self.absent = absent.filter_map(|place| rows.columns().get(*place).cloned()).collect();
        let of_results = places.met.iter().chain(&places.bands).chain(&places.scores).any(is_there);
        match self.absent.first().filter(|_| looks_back && !of_results) {
            None => Ok(()),
            Some(column) => Err(DataError::NotAsClaimed {
                file: self.file.clone(),
                reason: format!("it has no column `{}`, nor another one of this model's results", shown(column)),
                help: Some("give the output of an earlier run of this model".to_owned()),
            }),
        }
    }

    /// What may be wrong with the file: results that it lacks, and such as are later than `as_of`.
    pub fn warnings(&self, as_of: Instant) -> Vec<String> {
        let mut warnings = Vec::new();
        let names: Vec<String> = self.absent.iter().map(|name| format!("`{}`", shown(name))).collect();
        if let [first, rest @ ..] = names.as_slice() {
            let names = rest.iter().fold(first.clone(), |names, name| format!("{names}, {name}"));
            let (columns, them) = if rest.is_empty() { ("column", "it") } else { ("columns", "them") };
            warnings.push(format!(
                "`{}` has no {columns} {names}, so no lead is taken to have met {them} before; is it the output of a run \
                 of this model?",
                self.file
            ));
        }
        if let Some(latest) = self.latest.filter(|latest| *latest > as_of) {
            warnings.push(format!(
                "`{}` has thresholds met since {latest}, which is later than this run's {as_of}; is it the output of an \
                 earlier run?",
                self.file
            ));
        }
        warnings
    }
}

/// Where the columns stand among the cells.
struct Places {
    key: usize,
    met: Vec<usize>,
    since: Vec<usize>,
    bands: Vec<usize>,
    scores: Vec<usize>,
    excluded: usize,
}

impl Places {
    fn bands_of<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = &'a usize> {
        self.bands.iter().zip(&model.scores).filter(|(_, score)| score.bands.is_some()).map(|(place, _)| place)
    }

    fn read(&self, row: &Row) -> Result<(String, PreviousLead), (usize, String)> {
        let cell = |place: usize| row.cells.get(place).unwrap_or(&Cell::Missing);
        let text = |place: usize| cell(place).text().filter(|text| !text.trim().is_empty());
        let utc = Zone::utc();
        let key = fields::key(cell(self.key), Reading { missing: &[], zone: &utc });
        let key = key.map_err(|reason| (self.key, reason))?;
        let met = |place: &usize| match text(*place) {
            None => Ok(false),
            Some(text) => read_yes_no(text.trim(), None)
                .map_err(|_| (*place, format!("`{}` is neither true nor false", shown(&text)))),
        };
        let since = |place: &usize| match (cell(*place), text(*place)) {
            (Cell::Date(moment), _) => Ok(Some(moment.first(&utc))),
            (_, None) => Ok(None),
            (_, Some(text)) => read_date(text.trim(), None, None, &utc)
                .map(|moment| Some(moment.first(&utc)))
                .map_err(|_| (*place, format!("`{}` is not an instant", shown(&text)))),
        };
        let trimmed = |place: usize| text(place).map(|text| text.trim().to_owned());
        let lead = PreviousLead {
            met: self.met.iter().map(met).collect::<Result<_, _>>()?,
            since: self.since.iter().map(since).collect::<Result<_, _>>()?,
            bands: self.bands.iter().map(|place| trimmed(*place)).collect(),
            excluded: trimmed(self.excluded).filter(|reason| Text::new(reason).is_some()),
        };
        Ok((key, lead))
    }
}

fn expect_key(rows: &Rows, source: &Source, key: &str) -> Result<(), DataError> {
    let Some(header) = rows.header() else { return Ok(()) };
    if header.iter().any(|name| name == key) {
        return Ok(());
    }
    let help = alike(key, header).map_or_else(|| listing(header), |near| format!("it has `{near}`"));
    let reason = format!("it has no column `{}`, which an output of this model begins with", shown(key));
    Err(DataError::NotAsClaimed { file: source.name(), reason, help: Some(help) })
}

#[cfg(test)]
mod tests;
