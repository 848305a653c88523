//! Values that are numbers.

use super::{Place, Reach, Writer, enclosed};
use crate::differential::piece::{Piece, say};
use crate::differential::pools;
use crate::differential::vocabulary::Kind;

impl Writer<'_> {
    /// A number that is not a literal: a name, or something in parentheses.
    pub(super) fn number(&mut self, place: &Place, depth: usize) -> Option<Piece> {
        let deep = usize::from(depth > 0);
        let events = if self.has_events(place) { 6 } else { 0 };
        let scores = if place.scores && !self.scores.is_empty() { 2 } else { 0 };
        let written = match self.chance.weighted(&[14, 5 * deep, deep, 2, 2, deep, 2 * deep, events, scores]) {
            0 => return self.name(place, &[Kind::Number]).map(|name| name.text.into()),
            1 => self.arithmetic(place, depth - 1),
            2 => {
                self.note("percent of");
                say![self.pick(pools::PERCENTS), " of ", self.number(place, depth - 1)?]
            }
            3 => {
                self.note("length of");
                say!["length of ", self.text_value(place, 0)?]
            }
            4 => {
                self.note("days since, until");
                say![self.pick(&["days since ", "days until "]), self.date_operand(place)]
            }
            5 => {
                self.note("count of known");
                let kinds = [Kind::Text, Kind::OneOf, Kind::Number, Kind::YesNo, Kind::Date, Kind::List];
                let count = self.chance.between(1, 4);
                let names: Vec<String> = (0..count).map_while(|_| Some(self.name(place, &kinds)?.text)).collect();
                if names.is_empty() {
                    return None;
                }
                format!("count of known {}", names.join(", ")).into()
            }
            6 => {
                self.note("first known, highest, lowest of");
                let one = self.number(place, depth - 1)?;
                let other = self.operand(place, depth - 1);
                say![self.pick(&["first known of ", "highest of ", "lowest of "]), one, say![", ", other].optional()]
            }
            7 => self.aggregate(place)?,
            _ => {
                let names: Vec<String> = self.scores.iter().map(|score| score.name.clone()).collect();
                self.reaches(Reach { scores: true, ..Reach::default() });
                self.note("a score as a number");
                return Some(self.chance.pick(&names).clone().into());
            }
        };
        Some(enclosed(written))
    }

    /// A literal now and then.
    fn operand(&mut self, place: &Place, depth: usize) -> Piece {
        match self.chance.percent(45) {
            true => self.number_literal().into(),
            false => self.number(place, depth).unwrap_or_else(|| self.number_literal().into()),
        }
    }

    fn arithmetic(&mut self, place: &Place, depth: usize) -> Piece {
        self.note("arithmetic");
        let (left, right) = (self.operand(place, depth), self.operand(place, depth));
        let whole = match self.chance.below(9) {
            0 => say!["-", left.clone()],
            1..=2 => say![left.clone(), " + ", right.clone()],
            3..=4 => say![left.clone(), " - ", right.clone()],
            5..=6 => say![left.clone(), " * ", right.clone()],
            _ => say![left.clone(), " / ", right.clone()],
        };
        Piece::Either(vec![whole, left, right])
    }

    fn aggregate(&mut self, place: &Place) -> Option<Piece> {
        self.reaches(Reach { events: true, ..Reach::default() });
        let (selector, types) = self.selector(place, true);
        if self.chance.percent(20) {
            self.note("count of");
            return Some(say!["count of ", selector]);
        }
        if self.chance.percent(15) {
            self.note("days since last, first");
            return Some(say![self.pick(&["days since last ", "days since first "]), selector]);
        }
        let properties = self.vocabulary.properties(&types);
        if !properties.is_empty() && self.chance.percent(25) {
            self.note("count of distinct");
            let name = self.chance.pick(&properties).name;
            return Some(say![format!("count of distinct {name} in "), selector]);
        }
        let numbers: Vec<&str> = properties.iter().filter(|own| own.kind == Kind::Number).map(|own| own.name).collect();
        if numbers.is_empty() {
            return None;
        }
        let property = *self.chance.pick(&numbers);
        self.note("sum, average, highest, lowest, latest, first");
        let asked = self.pick(&["sum of", "average of", "highest of", "lowest of", "latest", "first"]);
        Some(say![format!("{asked} {property} in "), selector])
    }
}
