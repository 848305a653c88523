//! What there is to say about a whole run.

use super::Setup;
use super::changes::Change;
use super::histogram::Histogram;
use super::lead::Scored;
use crate::data::events::{EventCounts, Events};
use crate::data::leads::Leads;
use crate::model::Model;
use indexmap::IndexMap;

/// Counts over all leads of a run, whether or not they became rows.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    pub leads_read: u64,
    pub leads_scored: u64,
    pub leads_rejected: u64,
    /// Rows of the output.
    pub written: u64,
    /// `None` without event files.
    pub events: Option<EventCounts>,
    pub events_rejected: u64,
    /// By exclusion.
    pub excluded: Vec<u64>,
    /// Of the last score, excluded leads left out.
    pub histogram: Histogram,
    /// Leads that are not excluded and have no last score.
    pub last_missing: u64,
    /// By score and band; empty for a score without bands.
    pub bands: Vec<Vec<u64>>,
    pub thresholds: Vec<ThresholdCount>,
    /// By score and band: how many came from another band, or from none.
    pub band_entered: Vec<Vec<u64>>,
    /// Whether there were previous results, and how many of their leads are not in the leads file.
    pub previous: Option<u64>,
    pub warnings: Vec<String>,
    overflows: u64,
}

/// Leads that meet a threshold, and those that did not before or do no longer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ThresholdCount {
    pub met: u64,
    pub entered: u64,
    pub left: u64,
}

impl Summary {
    pub fn new(setup: &Setup<'_>) -> Summary {
        let model = setup.model;
        let by_band = || {
            let count = |score: &crate::model::Score| score.bands.as_ref().map_or(0, |bands| bands.bands.len());
            model.scores.iter().map(|score| vec![0; count(score)]).collect::<Vec<_>>()
        };
        Summary {
            excluded: vec![0; model.excludes.len()],
            bands: by_band(),
            band_entered: by_band(),
            thresholds: vec![ThresholdCount::default(); model.thresholds.len()],
            previous: setup.previous.as_ref().map(|previous| previous.len() as u64),
            warnings: of_previous(setup),
            ..Summary::default()
        }
    }

    /// Counts one lead.
    pub fn count(&mut self, lead: &Scored) {
        self.leads_scored += 1;
        let results = &lead.results;
        self.overflows = self.overflows.saturating_add(results.overflows);
        match (results.excluded, results.scores.last()) {
            (Some(reason), _) => add(self.excluded.get_mut(reason.index())),
            (None, Some(Some(score))) => self.histogram.add(*score),
            (None, Some(None)) => self.last_missing += 1,
            (None, None) => {}
        }
        for (counts, band) in self.bands.iter_mut().zip(&results.bands) {
            add(band.filter(|_| results.excluded.is_none()).and_then(|band| counts.get_mut(band.index())));
        }
        for (count, met) in self.thresholds.iter_mut().zip(&results.thresholds) {
            count.met += u64::from(*met);
        }
        if lead.known_before {
            self.previous = self.previous.map(|absent| absent.saturating_sub(1));
        }
        lead.changes.iter().for_each(|change| self.count_change(lead, change));
    }

    fn count_change(&mut self, lead: &Scored, change: &Change) {
        match change {
            Change::Entered(id) => add(self.thresholds.get_mut(id.index()).map(|count| &mut count.entered)),
            Change::Left(id) => add(self.thresholds.get_mut(id.index()).map(|count| &mut count.left)),
            Change::Moved { score, .. } => {
                let band = lead.results.bands.get(score.index()).copied().flatten();
                let band = band.filter(|_| lead.results.excluded.is_none());
                let counts = self.band_entered.get_mut(score.index());
                add(counts.zip(band).and_then(|(counts, band)| counts.get_mut(band.index())));
            }
        }
    }

    /// Adds what is known only at the end: counts of events, absent columns, values outside `one of`, numbers too large.
    pub fn complete(&mut self, model: &Model, leads: &Leads<'_>, events: Option<&Events<'_>>) {
        self.warnings.extend(leads.warnings());
        self.warnings.extend(events.map(Events::warnings).unwrap_or_default());
        self.events = events.map(Events::counts);
        for (field, values) in leads.unlisted() {
            let name = model.lead.fields.get(field.index()).map_or("", |field| &field.name);
            self.warnings.push(unlisted(&format!("`{name}`"), values));
        }
        for ((event, property), values) in events.map(Events::unlisted).into_iter().flatten() {
            let event = model.events.get(event.index());
            let property = event.and_then(|event| event.properties.get(property.index()));
            let names = (event.map_or("", |event| &event.name), property.map_or("", |property| &property.name));
            self.warnings.push(unlisted(&format!("`{}` of `{}`", names.1, names.0), values));
        }
        match self.overflows {
            0 => {}
            1 => {
                self.warnings.push("1 calculation gave a number too large to hold, which counts as missing".to_owned())
            }
            many => self
                .warnings
                .push(format!("{many} calculations gave numbers too large to hold, which count as missing")),
        }
    }
}

/// What is odd about the previous results; without any, the thresholds that look back.
fn of_previous(setup: &Setup<'_>) -> Vec<String> {
    if let Some(previous) = &setup.previous {
        return previous.warnings(setup.as_of);
    }
    let looking_back = setup.model.thresholds.iter().filter(|threshold| threshold.stays || threshold.until.is_some());
    let warning = |threshold: &crate::model::Threshold| {
        let word = if threshold.stays { "stays" } else { "until" };
        format!(
            "threshold `{}` has `{word}`, which looks at earlier results: without `--previous`, no lead met it before",
            threshold.name
        )
    };
    looking_back.map(warning).collect()
}

/// "`industry` has values outside its list: `Retail` (3), `Energy` (1), and 2 more"
fn unlisted(place: &str, values: &IndexMap<Option<String>, u64>) -> String {
    let told: Vec<String> =
        values.iter().filter_map(|(value, count)| value.as_ref().map(|value| format!("`{value}` ({count})"))).collect();
    let more = values.get(&None).map(|count| format!("others ({count})"));
    let all: Vec<String> = told.into_iter().chain(more).collect();
    format!("{place} has values outside its `one of` list: {}", all.join(", "))
}

fn add(count: Option<&mut u64>) {
    if let Some(count) = count {
        *count += 1;
    }
}
