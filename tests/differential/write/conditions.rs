//! Trees of `and`, `or` and `not`, and what their leaves ask.

use super::{NamedKind, Place, Reach, Writer, enclosed};
use crate::differential::piece::{Piece, say};
use crate::differential::vocabulary::Kind;

impl Writer<'_> {
    pub fn condition(&mut self, place: &Place, depth: usize) -> Piece {
        match self.chance.below(10) {
            0..=2 if depth > 0 => self.tree(place, depth),
            3 if depth > 0 => {
                self.note("not");
                let inner = self.leaf(place, depth - 1);
                Piece::Either(vec![say!["not ", enclosed(inner.clone())], inner])
            }
            _ => self.question(place, depth),
        }
    }

    fn tree(&mut self, place: &Place, depth: usize) -> Piece {
        let count = self.chance.between(2, 4);
        let parts: Vec<Piece> = (0..count).map(|_| self.leaf(place, depth - 1)).collect();
        let all = self.chance.percent(50);
        self.note(if all { "and" } else { "or" });
        let whole = Piece::joined(parts.clone(), if all { " and " } else { " or " });
        Piece::Either([vec![whole], parts].concat())
    }

    /// A part of a tree: in parentheses where it is one itself, or where its words could run into the next part's.
    fn leaf(&mut self, place: &Place, depth: usize) -> Piece {
        let inner = self.condition(place, depth);
        let text = inner.text();
        let plain =
            !text.contains(" and ") && !text.contains(" or ") && !text.contains(" where ") && !text.contains(',');
        if plain { inner } else { enclosed(inner) }
    }

    /// One comparison or question.
    fn question(&mut self, place: &Place, depth: usize) -> Piece {
        for _ in 0..20 {
            let events = if self.has_events(place) { 4 } else { 0 };
            let results = if place.scores && !self.scores.is_empty() { 2 } else { 0 };
            let choice = self.chance.weighted(&[8, 7, 3, 3, 3, 2, events, 2, results, 1]);
            let asked = match choice {
                0 => self.text_question(place, depth),
                1 => self.number_question(place, depth),
                2 => self.date_question(place, depth),
                3 => self.yes_no_question(place),
                4 => self.list_question(place),
                5 => self.known_question(place),
                6 => Some(self.events_question(place)),
                7 => self.named_condition(place),
                8 => self.result_question(place),
                _ => self.clock_question(place),
            };
            if let Some(asked) = asked {
                return asked;
            }
        }
        Piece::from(if self.chance.percent(50) { "yes" } else { "no" })
    }

    fn text_question(&mut self, place: &Place, depth: usize) -> Option<Piece> {
        let left = self.text_value(place, depth)?;
        Some(self.text_test(left, place))
    }

    fn number_question(&mut self, place: &Place, depth: usize) -> Option<Piece> {
        let left = self.number(place, depth)?;
        Some(self.number_test(left, place, depth))
    }

    fn date_question(&mut self, place: &Place, depth: usize) -> Option<Piece> {
        let left = self.date_value(place, depth)?;
        Some(self.date_test(left, place))
    }

    fn yes_no_question(&mut self, place: &Place) -> Option<Piece> {
        let left = self.yes_no_value(place)?;
        Some(self.yes_no_test(left))
    }

    fn list_question(&mut self, place: &Place) -> Option<Piece> {
        let left = Piece::from(self.name(place, &[Kind::List])?.text);
        Some(self.list_test(left, place))
    }

    fn known_question(&mut self, place: &Place) -> Option<Piece> {
        let left = match self.chance.below(4) {
            0 => self.number(place, 1).filter(|number| !number.text().starts_with(|c: char| c.is_ascii_digit()))?,
            1 => self.text_value(place, 1)?,
            2 => self.date_value(place, 1)?,
            _ => self
                .name(place, &[Kind::Text, Kind::OneOf, Kind::Number, Kind::YesNo, Kind::Date, Kind::List])?
                .text
                .into(),
        };
        self.note("is known");
        Some(say![left, self.pick(&[" is known", " is missing", " is not known", " is not missing"])])
    }

    fn named_condition(&mut self, place: &Place) -> Option<Piece> {
        let mut fitting: Vec<(String, Reach)> = Vec::new();
        for named in self.named.iter().filter(|named| named.kind == NamedKind::Condition && place.allows(named.reach)) {
            fitting.push((named.name.clone(), named.reach));
        }
        if place.thresholds {
            let reach = Reach { events: true, scores: true, thresholds: true };
            fitting.extend(self.thresholds.iter().map(|name| (name.clone(), reach)));
        }
        if fitting.is_empty() {
            return None;
        }
        let (name, reach) = self.chance.pick(&fitting).clone();
        self.reaches(reach);
        self.note("a condition by name");
        Some(say![name, self.pick(&["", "", " is yes", " is no"])])
    }

    fn result_question(&mut self, place: &Place) -> Option<Piece> {
        let banded: Vec<(String, Vec<String>)> = self
            .scores
            .iter()
            .filter(|score| !score.bands.is_empty())
            .map(|score| (score.name.clone(), score.bands.clone()))
            .collect();
        self.reaches(Reach { scores: true, ..Reach::default() });
        if banded.is_empty() || !self.chance.percent(60) {
            let names: Vec<String> = self.scores.iter().map(|score| score.name.clone()).collect();
            let score = self.chance.pick(&names).clone();
            return Some(self.number_test(score.into(), place, 0));
        }
        let (score, bands) = self.chance.pick(&banded).clone();
        let one = self.chance.pick(&bands).clone();
        self.note("a band");
        let test = match self.chance.below(6) {
            0 => format!("is {one}"),
            1 => format!("is not {one}"),
            2 => format!("is one of {}", self.chance.some(&bands, 3).join(", ")),
            3 => "is known".to_string(),
            4 => "is missing".to_string(),
            _ => format!("is at least {one}"),
        };
        Some(format!("band of {score} {test}").into())
    }
}
