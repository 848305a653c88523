//! Dates of a batch: first and last instants of days, remembered, and date nodes.

use super::settle::Settler;
use super::values::{Inputs, Values};
use crate::plan::{DateId, DateNode, ValueId};
use crate::run::batch::{Column, DateColumn};
use crate::value::{Instant, Moment, Zone};
use jiff::civil;

/// The instants at which days begin and end in a zone, the latest asked of each place remembered.
#[derive(Debug)]
pub(super) struct Days {
    pub zone: Zone,
    first: Vec<Option<(civil::Date, Instant)>>,
    last: Vec<Option<(civil::Date, Instant)>>,
}

impl Days {
    /// Days remembered: a little more than eleven years of 372 places.
    const PLACES: usize = 1 << 12;

    pub fn new(zone: &Zone) -> Days {
        Days { zone: zone.clone(), first: Vec::new(), last: Vec::new() }
    }

    /// As [`Moment::first`].
    pub fn first(&mut self, date: Moment) -> Instant {
        match date {
            Moment::Instant(instant) => instant,
            Moment::Day(day) => remembered(&mut self.first, day, || date.first(&self.zone)),
        }
    }

    /// As [`Moment::last`].
    pub fn last(&mut self, date: Moment) -> Instant {
        match date {
            Moment::Instant(instant) => instant,
            Moment::Day(day) => remembered(&mut self.last, day, || date.last(&self.zone)),
        }
    }
}

fn remembered(
    places: &mut Vec<Option<(civil::Date, Instant)>>,
    day: civil::Date,
    work: impl FnOnce() -> Instant,
) -> Instant {
    if places.is_empty() {
        places.resize(Days::PLACES, None);
    }
    let number = i32::from(day.year()) * 372 + i32::from(day.month()) * 31 + i32::from(day.day());
    let Some(place) = places.get_mut(number.rem_euclid(Days::PLACES as i32) as usize) else { return work() };
    match place {
        Some((known, instant)) if *known == day => *instant,
        _ => place.insert((day, work())).1,
    }
}

impl Settler<'_> {
    pub(super) fn settle_date(&mut self, values: &Values<'_>, id: DateId, inputs: &dyn Inputs) -> DateColumn {
        let rows = values.rows;
        let outside = match self.nodes.dates.get(id.index()) {
            Some(DateNode::Field(field)) => inputs.field(*field).map(|column| self.spare.copy(column)),
            Some(DateNode::State(state)) => inputs.state(*state).map(|column| self.spare.copy(column)),
            Some(DateNode::Property(property)) => inputs.property(property),
            Some(DateNode::At) => inputs.at().map(Column::Date),
            Some(DateNode::OfLead(of)) => inputs.of_lead(ValueId::Date(*of)),
            Some(DateNode::FirstKnown(dates)) => Some(Column::Date(self.first_date(values, dates))),
            Some(DateNode::Highest(dates)) => Some(Column::Date(self.furthest(values, dates, |one, best| one > best))),
            Some(DateNode::Lowest(dates)) => Some(Column::Date(self.furthest(values, dates, |one, best| one < best))),
            Some(DateNode::Literal(_)) | None => None,
        };
        match outside {
            Some(Column::Date(column)) => column,
            _ => DateColumn { values: self.spare.dates(rows) },
        }
    }

    fn first_date(&mut self, values: &Values<'_>, dates: &[DateId]) -> DateColumn {
        let mut first = self.spare.dates(values.rows);
        for column in dates.iter().filter_map(|date| values.date(*date)) {
            for (first, date) in first.iter_mut().zip(&column.values) {
                *first = first.or(*date);
            }
        }
        DateColumn { values: first }
    }

    /// By first instants; of equal ones the first written.
    fn furthest(
        &mut self,
        values: &Values<'_>,
        dates: &[DateId],
        better: impl Fn(Instant, Instant) -> bool,
    ) -> DateColumn {
        let mut furthest = self.spare.dates(values.rows);
        for column in dates.iter().filter_map(|date| values.date(*date)) {
            for (best, date) in furthest.iter_mut().zip(&column.values) {
                *best = match (*best, *date) {
                    (Some(known), Some(date)) if better(self.days.first(date), self.days.first(known)) => Some(date),
                    (None, date) => date,
                    (known, _) => known,
                };
            }
        }
        DateColumn { values: furthest }
    }
}
