//! Thresholds: when they are met, and which scores that takes.

use super::expr::Place;
use super::{Build, usage};
use crate::model::ThresholdId;

impl Build<'_> {
    pub(super) fn threshold(&mut self, id: ThresholdId) {
        let Some(threshold) = self.declared.thresholds.get(id.index()).copied() else { return };
        let when = self.expressions(Place::threshold(id)).condition(&threshold.tree.when);
        let until = match &threshold.tree.until {
            Some(until) => self.expressions(Place::threshold(id)).condition(until).map(Some),
            None => Some(None),
        };
        if let (Some(stays), Some(until)) = (threshold.tree.stays, &threshold.tree.until) {
            self.findings.add(
                crate::diagnostics::Diagnostic::error(
                    crate::diagnostics::code::check::CLAUSE_TWICE,
                    until.span,
                    "a threshold stays or ends with `until`, not both",
                )
                .also(stays, "`stays` is here")
                .help("keep `stays` where it is met for good, else `until …`"),
            );
        }
        let (Some(when), Some(until)) = (when, until) else { return };
        let conditions: Vec<_> = [Some(&when), until.as_ref()].into_iter().flatten().collect();
        let reads = usage::scores_of(&self.model, &conditions);
        if let Some(place) = self.model.thresholds.get_mut(id.index()) {
            place.when = when;
            place.until = until;
            place.reads = reads;
        }
    }
}
