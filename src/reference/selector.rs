//! Which events a selector keeps.

use super::facts::Scope;
use crate::model::{Condition, Event, EventId, Selector, Which};
use crate::value::Instant;
use std::collections::BTreeSet;

/// What a selector finds, and how far the events of its types came.
pub(super) struct Selection {
    /// Events of its types
    pub of_its_types: usize,
    /// Those that pass the filter
    pub past_the_filter: usize,
    /// Those that lie in every window too: their places, in the one order
    pub places: Vec<usize>,
}

/// The windows of a selector, as bounds.
#[derive(Default)]
struct Windows {
    /// A date of `since` or `before` is missing: nothing is kept.
    closed: bool,
    /// `in last`, `since`: the earliest instants kept
    not_before: Vec<Instant>,
    /// `before`
    before: Option<Instant>,
    /// `since last`: only later places are kept
    after_place: Option<usize>,
}

impl<'a> Scope<'a> {
    /// The selected events, in their one order.
    pub fn select(&self, selector: &Selector) -> Vec<&'a Event> {
        self.selection(selector).places.into_iter().filter_map(|place| self.event_at(place)).collect()
    }

    pub fn selection(&self, selector: &Selector) -> Selection {
        let past_the_filter = self.matching(&selector.types, selector.filter.as_ref());
        let windows = self.windows(selector);
        let mut places = past_the_filter.clone();
        places.retain(|place| self.event_at(*place).is_some_and(|event| windows.keep(*place, event)));
        if let Some((length, which)) = &selector.within_after {
            let anchors = self.which(which);
            places.retain(|place| self.comes_within(*place, *length, &anchors));
        }
        Selection {
            of_its_types: self.facts.events.iter().filter(|event| selector.types.contains(&event.kind)).count(),
            past_the_filter: past_the_filter.len(),
            places,
        }
    }

    /// The places of the events of a `since last` or `after`; nothing narrows them.
    pub fn which(&self, which: &Which) -> Vec<usize> {
        self.matching(&which.types, which.filter.as_ref())
    }

    pub fn event_at(&self, place: usize) -> Option<&'a Event> {
        self.facts.events.get(place).copied()
    }

    fn matching(&self, types: &BTreeSet<EventId>, filter: Option<&Condition>) -> Vec<usize> {
        let events = self.facts.events.iter().enumerate().filter(|(_, event)| types.contains(&event.kind));
        let passing = events.filter(|(_, event)| filter.is_none_or(|filter| self.at(event).holds(filter)));
        passing.map(|(place, _)| place).collect()
    }

    fn windows(&self, selector: &Selector) -> Windows {
        let zone = &self.facts.model.zone;
        let mut windows = Windows::default();
        // Further back than the calendar reaches is no bound.
        windows.not_before.extend(selector.in_last.and_then(|length| self.facts.as_of.minus(length, zone)));
        if let Some(since) = &selector.since {
            match self.date(since) {
                Some(date) => windows.not_before.push(date.first(zone)),
                None => windows.closed = true,
            }
        }
        if let Some(before) = &selector.before {
            windows.before = self.date(before).map(|date| date.first(zone));
            windows.closed |= windows.before.is_none();
        }
        windows.after_place = selector.since_last.iter().filter_map(|which| self.which(which).last().copied()).max();
        windows
    }

    /// Whether some anchor comes before the event at `place`, not before its instant minus `length`. The latest of those
    /// that come before it decides.
    fn comes_within(&self, place: usize, length: crate::value::Duration, anchors: &[usize]) -> bool {
        let before = anchors.partition_point(|anchor| *anchor < place);
        let latest = before.checked_sub(1).and_then(|last| self.event_at(*anchors.get(last)?));
        let (Some(anchor), Some(event)) = (latest, self.event_at(place)) else { return false };
        event.at.minus(length, &self.facts.model.zone).is_none_or(|earliest| earliest <= anchor.at)
    }
}

impl Windows {
    fn keep(&self, place: usize, event: &Event) -> bool {
        !self.closed
            && self.not_before.iter().all(|earliest| *earliest <= event.at)
            && self.before.is_none_or(|before| event.at < before)
            && self.after_place.is_none_or(|after| place > after)
    }
}
