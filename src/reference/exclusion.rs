//! Exclusion: what an excluded lead's results are instead.

use super::facts::{Facts, Scope, Watch};
use super::limits::held_within;
use super::order::settle_name;
use crate::model::{ExcludeId, Symbol};
use crate::value::Decimal;

impl<'a> Scope<'a> {
    /// The first exclusion that holds; each is looked at.
    pub fn exclusion(&self) -> Option<ExcludeId> {
        let excludes = &self.facts.model.excludes;
        let held: Vec<bool> = excludes.iter().map(|exclude| self.holds(&exclude.when)).collect();
        held.iter().position(|held| *held).map(|place| ExcludeId(place as u32))
    }
}

impl<'run> Facts<'run> {
    /// Every known score is 0, brought inside its limits; there are no bands, no cells, and no threshold is met. Defines
    /// and lookups see that.
    pub fn excluded_by(&self, reason: ExcludeId) -> Facts<'run> {
        let mut facts = self.clone();
        facts.excluded = Some(reason);
        for (score, value) in facts.model.scores.iter().zip(&mut facts.scores) {
            *value = value.map(|_| held_within(Decimal::ZERO, score.lowest, score.highest));
        }
        facts.bands.fill(None);
        facts.matrices.fill(None);
        facts.thresholds.fill(false);
        let silent = Watch::new(None);
        for symbol in &facts.model.order {
            if matches!(symbol, Symbol::Define(_) | Symbol::Lookup(_)) {
                settle_name(&mut facts, *symbol, &silent);
            }
        }
        facts
    }
}
