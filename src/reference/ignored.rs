//! Events that nothing sees.

use super::facts::{Facts, Watch};
use super::order::settle_name;
use crate::model::Symbol;
use std::collections::BTreeSet;

impl<'run> Facts<'run> {
    /// Takes away what an `ignore` selects. These selectors look at all events, also ignored ones; so do, for them alone,
    /// the defines and lookups that they read.
    pub fn without_ignored(&mut self, watch: &Watch<'_>) {
        if self.model.ignores.is_empty() {
            return;
        }
        let mut all = self.clone();
        let silent = Watch::new(None);
        for symbol in &self.model.order {
            if matches!(symbol, Symbol::Define(_) | Symbol::Lookup(_)) {
                settle_name(&mut all, *symbol, &silent);
            }
        }
        let scope = all.scope(watch);
        let ignored: BTreeSet<usize> =
            self.model.ignores.iter().flat_map(|ignore| scope.selection(ignore).places).collect();
        let events = all.events.iter().enumerate().filter(|(place, _)| !ignored.contains(place));
        self.events = events.map(|(_, event)| *event).collect();
    }
}
