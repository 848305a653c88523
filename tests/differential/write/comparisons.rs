//! Comparisons with a given left side, by its type.

use super::{Place, Writer};
use crate::differential::piece::{Piece, say};
use crate::differential::pools;
use crate::differential::vocabulary::Kind;

impl Writer<'_> {
    pub(super) fn text_test(&mut self, left: Piece, place: &Place) -> Piece {
        let test: Piece = match self.chance.below(13) {
            0 | 1 => {
                self.note("text is");
                let operand = self.text_operand(place);
                say![self.pick(&["is ", "is ", "is not "]), operand]
            }
            2 | 3 => {
                self.note("text is one of");
                say![self.pick(&["is one of ", "is not one of "]), self.text_operands(place, 5)]
            }
            4 | 5 => {
                self.note("contains");
                let quantifier = self.pick(&["", "any of ", "all of "]);
                let most = if quantifier.is_empty() { 1 } else { 4 };
                say![self.pick(&["contains ", "does not contain "]), quantifier, self.text_operands(place, most)]
            }
            6 | 7 => {
                self.note("mentions");
                let quantifier = self.pick(&["", "any of ", "all of "]);
                let most = if quantifier.is_empty() { 1 } else { 4 };
                say![self.pick(&["mentions ", "does not mention "]), quantifier, self.text_operands(place, most)]
            }
            8 => {
                self.note("starts with");
                let quantifier = self.pick(&["", "any of "]);
                let most = if quantifier.is_empty() { 1 } else { 4 };
                say![self.pick(&["starts with ", "does not start with "]), quantifier, self.text_operands(place, most)]
            }
            9 => {
                self.note("ends with");
                let quantifier = self.pick(&["", "any of "]);
                let most = if quantifier.is_empty() { 1 } else { 4 };
                say![self.pick(&["ends with ", "does not end with "]), quantifier, self.text_operands(place, most)]
            }
            10 | 11 => self.matches(),
            _ => {
                self.note("looks random");
                "looks random".into()
            }
        };
        say![left, " ", test]
    }

    fn matches(&mut self) -> Piece {
        self.note("matches");
        let count = if self.chance.percent(50) { 1 } else { self.chance.between(2, 4) };
        let patterns: Vec<Piece> = (0..count)
            .map(|_| match self.chance.below(7) {
                0..=2 => super::quoted(self.pick(pools::GLOBS)).into(),
                6 if count > 1 && self.vocabulary.lists.iter().any(|(name, _)| *name == "globs") => "globs".into(),
                _ => self.pick(pools::PATTERNS).into(),
            })
            .collect();
        let quantifier = if count > 1 { "any of " } else { "" };
        say![self.pick(&["matches ", "does not match "]), quantifier, several(patterns)]
    }

    /// One literal, list or other text.
    fn text_operand(&mut self, place: &Place) -> Piece {
        if self.chance.percent(12)
            && let Some(name) = self.name(place, &[Kind::Text, Kind::OneOf])
        {
            self.note("text compared with text");
            return name.text.into();
        }
        self.text_literal().into()
    }

    fn text_operands(&mut self, place: &Place, most: usize) -> Piece {
        let count = self.chance.between(1, most);
        let operands: Vec<Piece> = (0..count)
            .map(|_| {
                if most > 1 && self.chance.percent(15) && !self.vocabulary.lists.is_empty() {
                    self.note("a list as operand");
                    return Piece::from(self.chance.pick(&self.vocabulary.lists).0);
                }
                self.text_operand(place)
            })
            .collect();
        several(operands)
    }

    pub(super) fn number_test(&mut self, left: Piece, place: &Place, depth: usize) -> Piece {
        let test: Piece = match self.chance.below(12) {
            0..=7 => {
                self.note("numbers compared");
                let sign = self.pick(&["<", "<=", ">", ">=", "is", "is not"]);
                say![sign, " ", self.number_operand(place, depth)]
            }
            8 | 9 => {
                self.note("between numbers");
                let (one, two) = (self.number_literal(), self.number_literal());
                let (low, high) = if value_of(one) <= value_of(two) { (one, two) } else { (two, one) };
                let computed = if self.chance.percent(10) { self.number(place, 0) } else { None };
                let high = computed.unwrap_or_else(|| high.into());
                say!["between ", low, " and ", high]
            }
            _ => {
                self.note("number is one of");
                let count = self.chance.between(1, 4);
                let numbers = (0..count).map(|_| self.number_literal().into()).collect();
                say![self.pick(&["is one of ", "is not one of "]), several(numbers)]
            }
        };
        say![left, " ", test]
    }

    fn number_operand(&mut self, place: &Place, depth: usize) -> Piece {
        if self.chance.percent(15)
            && let Some(number) = self.number(place, depth.saturating_sub(1))
        {
            self.note("number compared with number");
            return number;
        }
        self.number_literal().into()
    }

    pub(super) fn date_test(&mut self, left: Piece, place: &Place) -> Piece {
        let test = match self.chance.below(6) {
            0 => say!["before ", self.date_operand(place)],
            1 => say!["after ", self.date_operand(place)],
            2 => say!["on ", self.date_operand(place)],
            3 => {
                let (one, two) = (self.day_literal(), self.day_literal());
                say!["between ", one.clone().min(two.clone()), " and ", one.max(two)]
            }
            4 => say!["in last ", self.duration()],
            _ => say!["in next ", self.duration()],
        };
        self.note("dates compared");
        say![left, " ", test]
    }

    pub(super) fn yes_no_test(&mut self, left: Piece) -> Piece {
        self.note("yes/no");
        say![left, self.pick(&["", "", " is yes", " is no", " is not yes"])]
    }

    pub(super) fn list_test(&mut self, left: Piece, place: &Place) -> Piece {
        self.note("includes");
        let quantifier = self.pick(&["", "any of ", "all of "]);
        let most = if quantifier.is_empty() { 1 } else { 4 };
        say![left, self.pick(&[" includes ", " does not include "]), quantifier, self.text_operands(place, most)]
    }

    /// `hour of created < 9`, `weekday of created is "monday"`
    pub(super) fn clock_question(&mut self, place: &Place) -> Option<Piece> {
        let date = self.date_value(place, 0)?;
        Some(if self.chance.percent(50) {
            self.note("hour of");
            let hour = self.chance.below(24);
            say!["hour of ", date, " ", self.pick(&["is", "<", ">=", "is not"]), format!(" {hour}")]
        } else {
            self.note("weekday of");
            let days = ["\"monday\"", "\"Tuesday\"", "\"wednesday\"", "\"friday\"", "\"saturday\"", "\"sunday\""];
            let days = self.chance.some(&days, 3).join(", ");
            say!["weekday of ", date, self.pick(&[" is one of ", " is not one of "]), days]
        })
    }
}

/// A list, of which each but the first may be left out.
fn several(operands: Vec<Piece>) -> Piece {
    let mut operands = operands.into_iter();
    let first = operands.next().unwrap_or(Piece::NOTHING);
    let mut row = vec![first];
    row.extend(operands.map(|operand| say![", ", operand].optional()));
    Piece::Row(row)
}

/// Of a number literal of the language.
fn value_of(literal: &str) -> f64 {
    let digits = literal.replace(['_', '%'], "");
    let number: f64 = digits.parse().unwrap();
    if literal.ends_with('%') { number / 100.0 } else { number }
}
