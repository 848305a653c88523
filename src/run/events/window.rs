//! Which listed events a selection keeps, once the lead is there.

use super::list::Lists;
use super::shape::{Listed, Shape, Windows};
use crate::plan::{DateId, MaskId, ValueId};
use crate::run::batch::{Column, Mask};
use crate::run::evaluate::Values;
use crate::value::Instant;

/// The listed events of a batch, with what their filters come to.
pub(super) struct Chooser<'a> {
    pub shape: &'a Shape<'a>,
    pub listed: &'a Listed,
    pub lists: &'a Lists,
    /// Nodes of the scope of an event, a row for each listed event.
    pub values: Option<&'a Values<'a>>,
    /// Nodes of the leads.
    pub lead: &'a Values<'a>,
    /// Events that an `ignore` takes away which needs the lead.
    pub ignored: Option<&'a Mask>,
}

impl Chooser<'_> {
    /// The rows of the events of a lead that a selection keeps, in their one order.
    pub(super) fn selected(&self, lead: usize, windows: &Windows) -> Vec<usize> {
        let mut rows = self.picked(lead, windows.pick);
        if let Some(since) = windows.since {
            let since = self.date(since, lead);
            rows.retain(|row| since.is_some_and(|since| since <= self.at(*row)));
        }
        if let Some(before) = windows.before_date {
            let before = self.date(before, lead);
            rows.retain(|row| before.is_some_and(|before| self.at(*row) < before));
        }
        let reset = windows.since_last.iter().filter_map(|which| self.picked(lead, *which).last().copied()).max();
        rows.retain(|row| reset.is_none_or(|reset| *row > reset));
        if let Some((length, which)) = windows.within_after {
            let anchors = self.picked(lead, which);
            rows.retain(|row| self.comes_within(*row, length, &anchors));
        }
        rows
    }

    /// The events of a lead that a pick picks.
    fn picked(&self, lead: usize, place: usize) -> Vec<usize> {
        let (Some(pick), Some(rows)) = (self.listed.picks.get(place), self.lists.of_lead.get(lead)) else {
            return Vec::new();
        };
        let filter = pick.filter.filter(|_| pick.waits);
        let rows = rows.clone().filter(|row| self.lists.is_picked(self.listed, *row, place));
        let rows = rows.filter(|row| filter.is_none_or(|filter| self.passes(filter, *row)));
        rows.filter(|row| pick.sees_ignored || self.ignored.is_none_or(|ignored| !ignored.get(*row))).collect()
    }

    fn passes(&self, filter: MaskId, row: usize) -> bool {
        self.values.and_then(|values| values.mask(filter)).is_some_and(|passing| passing.get(row))
    }

    /// The latest anchor before an event decides.
    fn comes_within(&self, row: usize, length: crate::value::Duration, anchors: &[usize]) -> bool {
        let before = anchors.partition_point(|anchor| *anchor < row);
        let Some(anchor) = before.checked_sub(1).and_then(|last| anchors.get(last)) else { return false };
        let earliest = self.at(row).minus(length, &self.shape.model().zone);
        earliest.is_none_or(|earliest| earliest <= self.at(*anchor))
    }

    fn at(&self, row: usize) -> Instant {
        self.lists.rows.at[row]
    }

    /// A date of the lead, as its first instant.
    fn date(&self, date: DateId, lead: usize) -> Option<Instant> {
        match self.lead.column(ValueId::Date(date))? {
            Column::Date(dates) => Some(dates.values.get(lead).copied().flatten()?.first(&self.shape.model().zone)),
            _ => None,
        }
    }
}
