//! Examples: leads that both models were run on.

use super::Told;
use crate::analysis::Witness;
use crate::data::interrupt;
use crate::impact::changes::Changes;
use crate::impact::sample::{Sample, differences};
use crate::model::Model;
use crate::value::{Instant, fold_name};
use std::collections::BTreeSet;

/// So many examples of the analysis are what made-up leads begin with.
const MOST_SEEDS: usize = 24;

/// Runs leads through both models.
pub(super) struct Telling<'a, 'model> {
    pub changes: &'a Changes<'model>,
    pub as_of: Instant,
    /// What the analysis gave, and does not tell the models apart as it is.
    pub seeds: Vec<Sample>,
    pub tried: usize,
    /// Thresholds of either model that what was before counts for.
    lasting: BTreeSet<String>,
}

impl<'a, 'model> Telling<'a, 'model> {
    pub fn new(changes: &'a Changes<'model>, as_of: Instant) -> Telling<'a, 'model> {
        let thresholds = changes.old.model.thresholds.iter().chain(&changes.new.model.thresholds);
        let lasting = thresholds.filter(|threshold| threshold.stays || threshold.until.is_some());
        let lasting = lasting.map(|threshold| fold_name(&threshold.name)).collect();
        Telling { changes, as_of, seeds: Vec::new(), tried: 0, lasting }
    }

    /// Runs both models; `None` where they agree, or where a row would be bad.
    pub fn tell(&mut self, sample: &Sample) -> Option<Told> {
        if interrupt::is_requested() {
            return None;
        }
        self.tried += 1;
        let (old, new) = (self.changes.old.model, self.changes.new.model);
        let (before, after) = (sample.results(old, self.as_of)?, sample.results(new, self.as_of)?);
        let differences = differences((old, &before), (new, &after));
        if differences.is_empty() {
            return None;
        }
        Some(Told { sample: sample.clone(), written: self.written(sample), differences })
    }

    /// The same, also as if every threshold had been met before.
    pub fn tell_either(&mut self, sample: &Sample) -> Option<Told> {
        if let Some(told) = self.tell(sample) {
            return Some(told);
        }
        if self.lasting.is_subset(&sample.before) {
            return None;
        }
        let mut met_before = sample.clone();
        met_before.before.extend(self.lasting.iter().cloned());
        self.tell(&met_before)
    }

    /// In the words of the model that knows all of it, the new one if both do.
    fn written(&self, sample: &Sample) -> String {
        let (old, new) = (self.changes.old.model, self.changes.new.model);
        let knows = |model: &Model| {
            let fields: BTreeSet<String> = model.lead.fields.iter().map(|field| fold_name(&field.name)).collect();
            let events: BTreeSet<String> = model.events.iter().map(|event| fold_name(&event.name)).collect();
            sample.fields.keys().all(|name| fields.contains(name))
                && sample.events.iter().all(|event| events.contains(&event.kind))
        };
        let model = if knows(new) || !knows(old) { new } else { old };
        sample.to_witness(model).map(|witness| witness.show(model, self.as_of)).unwrap_or_default()
    }

    /// An example of the analysis; where both models agree on it, made-up leads begin with it.
    pub fn try_witness(&mut self, model: &Model, witness: &Witness) -> Option<Box<Told>> {
        let sample = Sample::of(model, witness);
        if self.seeds.contains(&sample) {
            return None;
        }
        let told = self.tell_either(&sample);
        if told.is_none() && self.seeds.len() < MOST_SEEDS {
            self.seeds.push(sample);
        }
        told.map(|told| Box::new(self.shrunk(told)))
    }

    /// Leaves out what the example does not need.
    pub fn shrunk(&mut self, told: Told) -> Told {
        let mut best = told;
        for name in best.sample.fields.keys().cloned().collect::<Vec<_>>() {
            let mut smaller = best.sample.clone();
            smaller.fields.remove(&name);
            best = self.tell(&smaller).unwrap_or(best);
        }
        for place in (0..best.sample.events.len()).rev() {
            let mut smaller = best.sample.clone();
            smaller.events.remove(place);
            best = self.tell(&smaller).unwrap_or(best);
        }
        if !best.sample.before.is_empty() {
            let smaller = Sample { before: BTreeSet::new(), ..best.sample.clone() };
            best = self.tell(&smaller).unwrap_or(best);
        }
        best
    }
}
