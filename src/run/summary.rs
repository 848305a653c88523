//! What there is to say about a whole run.

use super::Setup;
use super::batch::{Mask, NumberColumn};
use super::changes::Change;
use super::evaluate::BatchResults;
use super::events::EventStore;
use super::histogram::Histogram;
use super::leads::LeadFile;
use crate::data::events::EventCounts;
use crate::data::fields::{Unlisted, add_unlisted};
use crate::model::{FieldId, Model, Results};
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
    /// Leads for which some calculation gave a number too large to hold.
    too_large: u64,
    /// Leads that were among the previous results.
    known_before: u64,
    unlisted: Unlisted<FieldId>,
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
        Summary {
            previous: setup.previous.as_ref().map(|previous| previous.len() as u64),
            warnings: of_previous(setup),
            ..Summary::of_part(setup.model)
        }
    }

    /// Counts of some of the leads, to be merged.
    pub fn of_part(model: &Model) -> Summary {
        let by_band = || {
            let count = |score: &crate::model::Score| score.bands.as_ref().map_or(0, |bands| bands.bands.len());
            model.scores.iter().map(|score| vec![0; count(score)]).collect::<Vec<_>>()
        };
        Summary {
            excluded: vec![0; model.excludes.len()],
            bands: by_band(),
            band_entered: by_band(),
            thresholds: vec![ThresholdCount::default(); model.thresholds.len()],
            ..Summary::default()
        }
    }

    /// Adds the counts of further leads.
    pub fn merge(&mut self, more: Summary) {
        self.leads_scored += more.leads_scored;
        self.too_large += more.too_large;
        self.last_missing += more.last_missing;
        self.histogram.merge(more.histogram);
        add_all(&mut self.excluded, &more.excluded);
        self.bands.iter_mut().zip(&more.bands).for_each(|(all, more)| add_all(all, more));
        self.band_entered.iter_mut().zip(&more.band_entered).for_each(|(all, more)| add_all(all, more));
        for (all, more) in self.thresholds.iter_mut().zip(&more.thresholds) {
            all.met += more.met;
            all.entered += more.entered;
            all.left += more.left;
        }
        self.previous = self.previous.map(|absent| absent.saturating_sub(more.known_before));
    }

    /// Counts the results of a batch for the rows `good`.
    pub fn count(&mut self, results: &BatchResults, good: &Mask) {
        self.leads_scored += good.count();
        let mut too_large = results.too_large.clone();
        too_large.and(good);
        self.too_large += too_large.count();
        let mut excluded = Mask::new(results.rows, false);
        if !self.excluded.is_empty() {
            good.each(|row| {
                if let Some(reason) = results.excluded.get(row).copied().flatten() {
                    excluded.set(row, true);
                    add(self.excluded.get_mut(reason.index()));
                }
            });
        }
        let mut counted = good.clone();
        counted.and_not(&excluded);
        if let Some(last) = results.scores.last() {
            self.count_last(last, &counted);
        }
        for (counts, bands) in self.bands.iter_mut().zip(&results.bands).filter(|(counts, _)| !counts.is_empty()) {
            counted.each(|row| add(bands.get(row).copied().flatten().and_then(|band| counts.get_mut(band.index()))));
        }
        for (count, met) in self.thresholds.iter_mut().zip(&results.thresholds) {
            let mut met = met.clone();
            met.and(good);
            count.met += met.count();
        }
    }

    fn count_last(&mut self, scores: &NumberColumn, counted: &Mask) {
        let mut known = counted.clone();
        known.and(&scores.known);
        self.last_missing += counted.count() - known.count();
        self.histogram.add_all(known.ones().filter_map(|row| scores.values.get(row).copied()));
    }

    /// Counts the changes of one lead, whose bands are `bands`; `known_before`: it was among the previous results.
    pub fn count_changes(&mut self, changes: &[Change], results: &Results, known_before: bool) {
        self.known_before += u64::from(known_before);
        changes.iter().for_each(|change| self.count_change(results, change));
    }

    fn count_change(&mut self, results: &Results, change: &Change) {
        match change {
            Change::Entered(id) => add(self.thresholds.get_mut(id.index()).map(|count| &mut count.entered)),
            Change::Left(id) => add(self.thresholds.get_mut(id.index()).map(|count| &mut count.left)),
            Change::Moved { score, .. } => {
                let band = results.bands.get(score.index()).copied().flatten();
                let band = band.filter(|_| results.excluded.is_none());
                let counts = self.band_entered.get_mut(score.index());
                add(counts.zip(band).and_then(|(counts, band)| counts.get_mut(band.index())));
            }
        }
    }

    /// Notes values outside their field's `one of`: at most 20 different ones a field by name.
    pub fn count_unlisted(&mut self, more: &IndexMap<FieldId, IndexMap<String, u64>>) {
        for (id, values) in more {
            let counts = self.unlisted.entry(*id).or_default();
            values.iter().for_each(|(value, count)| add_unlisted(counts, value, *count));
        }
    }

    /// Adds what is known only at the end: counts of events, absent columns, values outside `one of`, numbers too large.
    pub fn complete(&mut self, model: &Model, leads: &LeadFile<'_>, events: Option<&EventStore<'_>>) {
        self.warnings.extend(leads.warnings());
        self.warnings.extend(events.map(EventStore::warnings).unwrap_or_default());
        self.events = events.map(EventStore::counts);
        for (field, values) in &self.unlisted {
            let name = model.lead.fields.get(field.index()).map_or("", |field| &field.name);
            self.warnings.push(unlisted(&format!("`{name}`"), values));
        }
        for ((event, property), values) in events.map(EventStore::unlisted).into_iter().flatten() {
            let event = model.events.get(event.index());
            let property = event.and_then(|event| event.properties.get(property.index()));
            let names = (event.map_or("", |event| &event.name), property.map_or("", |property| &property.name));
            self.warnings.push(unlisted(&format!("`{}` of `{}`", names.1, names.0), values));
        }
        match self.too_large {
            0 => {}
            1 => self
                .warnings
                .push("for 1 lead a calculation gave a number too large to hold, which counts as missing".to_owned()),
            many => self.warnings.push(format!(
                "for {many} leads a calculation gave a number too large to hold, which counts as missing"
            )),
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

fn add_all(all: &mut [u64], more: &[u64]) {
    all.iter_mut().zip(more).for_each(|(all, more)| *all += more);
}
