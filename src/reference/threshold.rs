//! Whether a threshold is met.

use super::facts::Scope;
use crate::model::{Previous, Threshold, ThresholdId};

impl<'a> Scope<'a> {
    /// Met when `until` does not hold and either `when` holds or, with `until` or `stays`, it was met before. Not met where
    /// a score that its conditions read is missing.
    pub fn meets(&self, id: ThresholdId, threshold: &Threshold, previous: &Previous) -> bool {
        let when = self.holds(&threshold.when);
        let until = threshold.until.as_ref().map(|until| self.holds(until));
        let before = previous.met.get(id.index()).copied().unwrap_or(false);
        let remembers = threshold.stays || until.is_some();
        let known = threshold.reads.iter().all(|score| self.facts.score(*score).is_some());
        known && until != Some(true) && (when || (remembers && before))
    }
}
