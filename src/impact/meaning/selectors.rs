//! Selectors: which events.

use super::Meaning;
use super::digest::{Digest, duration, leaf, maybe, node, set};
use crate::model::{EventId, Property, Selector, Which};
use crate::value::fold_name;
use std::collections::BTreeSet;

impl<'model> Meaning<'model> {
    pub fn selector(&self, selector: &Selector) -> Digest {
        let within = selector.within_after.as_ref();
        node(
            "selector",
            &[
                self.types(&selector.types),
                maybe(selector.filter.as_ref().map(|filter| self.condition(filter))),
                maybe(selector.in_last.map(duration)),
                maybe(selector.since.as_ref().map(|date| self.date(date))),
                maybe(selector.before.as_ref().map(|date| self.date(date))),
                set("since last", selector.since_last.iter().map(|which| self.which(which))),
                maybe(within.map(|(length, which)| node("within", &[duration(*length), self.which(which)]))),
            ],
        )
    }

    pub(super) fn which(&self, which: &Which) -> Digest {
        let filter = which.filter.as_ref().map(|filter| self.condition(filter));
        node("which", &[self.types(&which.types), maybe(filter)])
    }

    pub(super) fn types(&self, types: &BTreeSet<EventId>) -> Digest {
        set("types", types.iter().map(|event| self.event(*event)))
    }

    pub(super) fn event(&self, event: EventId) -> Digest {
        leaf("event", &self.model.events.get(event.index()).map(|event| fold_name(&event.name)).unwrap_or_default())
    }

    pub(super) fn property(&self, property: &Property) -> Digest {
        let places = property.places.keys().map(|event| self.event(*event));
        node("property", &[leaf("name", &fold_name(&property.name)), set("of", places)])
    }
}
