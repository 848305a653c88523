//! Values that are dates.

use super::{Place, Reach, Writer, enclosed};
use crate::differential::piece::{Piece, say};
use crate::differential::vocabulary::Kind;
use jiff::Timestamp;
use jiff::tz::TimeZone;

impl Writer<'_> {
    /// A date that is not a literal: a name, or something in parentheses.
    pub(super) fn date_value(&mut self, place: &Place, depth: usize) -> Option<Piece> {
        let deep = usize::from(depth > 0);
        let events = if self.has_events(place) { 2 } else { 0 };
        let written = match self.chance.weighted(&[14, 2 * deep, events]) {
            0 => {
                let name = self.name(place, &[Kind::Date])?;
                if !name.reach.events {
                    return Some(name.text.into());
                }
                name.text.into()
            }
            1 => {
                self.note("first known, highest, lowest of dates");
                let one = self.date_value(place, depth - 1)?;
                let other = match self.chance.percent(40) {
                    true => self.date_literal().into(),
                    false => self.date_value(place, depth - 1)?,
                };
                say![self.pick(&["first known of ", "highest of ", "lowest of "]), one, say![", ", other].optional()]
            }
            _ if self.chance.percent(50) => {
                self.reaches(Reach { events: true, ..Reach::default() });
                self.note("latest at, first at");
                say![self.pick(&["latest at in ", "first at in "]), self.selector(place, true).0]
            }
            _ => self.of_event(place, &[Kind::Date])?,
        };
        Some(enclosed(written))
    }

    /// A date behind a word.
    pub(super) fn date_operand(&mut self, place: &Place) -> Piece {
        match self.chance.percent(45) {
            true => self.date_literal().into(),
            false => self.date_value(place, 1).unwrap_or_else(|| self.date_literal().into()),
        }
    }

    /// A day not far from `as of`.
    pub(super) fn day_literal(&mut self) -> String {
        let days = *self.chance.pick(&[0_i64, 0, -1, 1, -2, -7, -30, -31, -90, -365, 30]);
        let zone = TimeZone::get(self.vocabulary.zone).unwrap_or(TimeZone::UTC);
        let as_of: Timestamp = self.vocabulary.as_of.parse().unwrap();
        let day = as_of.to_zoned(zone).date();
        day.saturating_add(jiff::Span::new().days(days)).to_string()
    }

    pub(super) fn date_literal(&mut self) -> String {
        let day = self.day_literal();
        let hour = self.chance.below(24);
        match self.chance.below(8) {
            0 => format!("{day}T{hour:02}:30"),
            1 => format!("{day}T{hour:02}:00:00Z"),
            2 => format!("{day}T{hour:02}:59:59.999999+02:00"),
            3 => self.vocabulary.as_of.clone(),
            _ => day,
        }
    }
}
