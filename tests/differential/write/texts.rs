//! Values that are texts, and yes/no values.

use super::{Place, Reach, Writer, enclosed};
use crate::differential::piece::{Piece, say};
use crate::differential::vocabulary::Kind;

const TEXTS: &[Kind] = &[Kind::Text, Kind::OneOf];

impl Writer<'_> {
    /// A text that is not a literal: a name, or something in parentheses.
    pub(super) fn text_value(&mut self, place: &Place, depth: usize) -> Option<Piece> {
        let deep = usize::from(depth > 0);
        let events = if self.has_events(place) { 2 } else { 0 };
        let matrices = usize::from(place.scores && !self.matrices.is_empty());
        let written = match self.chance.weighted(&[14, 3, 2 * deep, events, matrices]) {
            0 => return self.name(place, TEXTS).map(|name| name.text.into()),
            1 => {
                self.note("domain of");
                say!["domain of ", self.name(place, TEXTS)?.text]
            }
            2 => {
                self.note("first known of texts");
                let one = self.text_value(place, depth - 1)?;
                let other = match self.chance.percent(40) {
                    true => self.text_literal().into(),
                    false => self.text_value(place, depth - 1)?,
                };
                say!["first known of ", one, say![", ", other].optional()]
            }
            3 => self.of_event(place, TEXTS)?,
            _ => {
                self.reaches(Reach { scores: true, ..Reach::default() });
                self.note("a matrix as a text");
                return Some(self.chance.pick(&self.matrices).clone().into());
            }
        };
        Some(enclosed(written))
    }

    pub(super) fn yes_no_value(&mut self, place: &Place) -> Option<Piece> {
        let events = if self.has_events(place) { 1 } else { 0 };
        match self.chance.weighted(&[8, 1, events]) {
            0 => self.name(place, &[Kind::YesNo]).map(|name| name.text.into()),
            1 => {
                self.note("first known of yes/no");
                let (one, two) = (self.name(place, &[Kind::YesNo])?, self.name(place, &[Kind::YesNo])?);
                Some(format!("(first known of {}, {})", one.text, two.text).into())
            }
            _ => self.of_event(place, &[Kind::YesNo]).map(enclosed),
        }
    }

    /// `latest path in page_view`, of a property of these kinds
    pub(super) fn of_event(&mut self, place: &Place, kinds: &[Kind]) -> Option<Piece> {
        self.reaches(Reach { events: true, ..Reach::default() });
        let (selector, types) = self.selector(place, true);
        let properties = self.vocabulary.properties(&types);
        let fitting: Vec<&str> =
            properties.iter().filter(|own| kinds.contains(&own.kind)).map(|own| own.name).collect();
        if fitting.is_empty() {
            return None;
        }
        let property = *self.chance.pick(&fitting);
        self.note("latest, first of events");
        Some(say![self.pick(&["latest ", "first "]), property, " in ", selector])
    }
}
