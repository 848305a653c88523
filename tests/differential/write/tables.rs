//! Tables: `points … by`, `lookup … by`.

use super::points::Side;
use super::{Named, NamedKind, Place, Reach, Writer};
use crate::differential::piece::{Piece, say};
use crate::differential::pools;
use crate::differential::vocabulary::Kind;
use scorelang::value::fold;
use std::collections::HashSet;

impl Writer<'_> {
    /// `points "r1" by employees { … }`
    pub(super) fn table(&mut self) -> Piece {
        let mut place = Place::of_score();
        let label = self.label();
        let each = self.has_events(&place) && self.chance.percent(self.style.about_events / 2);
        let selected = each.then(|| self.selector(&place, true));
        place.event = selected.as_ref().map(|(_, types)| types.clone());
        let Some((key, numbers)) = self.table_key(&place) else { return self.rule() };
        self.note(if numbers { "table by a number" } else { "table by a text" });
        let mut sides = Vec::new();
        let rows = self.rows(numbers, |writer| {
            let (points, side) = writer.points(&place, false);
            sides.push(side);
            points
        });
        let clauses = match selected {
            Some((selector, types)) => {
                self.note("table for each");
                let side = sides.into_iter().reduce(Side::or).unwrap_or(Side::Either);
                say![" for each ", selector, self.occurrence_clauses(&types, side)]
            }
            None => Piece::NOTHING,
        };
        say!["points", label, " by ", key, clauses, " {\n", rows, "}\n"].optional()
    }

    /// A number or a text; true for a number.
    fn table_key(&mut self, place: &Place) -> Option<(Piece, bool)> {
        for _ in 0..4 {
            let numbers = self.chance.percent(50);
            let key = if numbers { self.number(place, 1) } else { self.text_value(place, 1) };
            if let Some(key) = key {
                return Some((key, numbers));
            }
        }
        None
    }

    fn rows(&mut self, numbers: bool, mut result: impl FnMut(&mut Self) -> Piece) -> Vec<Piece> {
        let keys = if numbers { self.edges() } else { self.row_values() };
        let mut rows: Vec<Piece> =
            keys.into_iter().map(|key| say!["  ", key, ": ", result(self), "\n"].optional()).collect();
        let mut last = Vec::new();
        if self.chance.percent(40) {
            self.note("otherwise row");
            last.push("otherwise");
        }
        if self.chance.percent(40) || rows.is_empty() {
            self.note("missing row");
            last.push("missing");
        }
        for key in last {
            let row = say!["  ", key, ": ", result(self), "\n"].optional();
            // anywhere among the others
            rows.insert(self.chance.below(rows.len() + 1), row);
        }
        rows
    }

    /// `from 10`, `above 10`, ascending
    fn edges(&mut self) -> Vec<Piece> {
        let mut numbers: Vec<&str> = pools::NUMBERS.iter().copied().filter(|number| !number.ends_with('%')).collect();
        numbers = self.chance.some(&numbers, 6);
        numbers.sort_by(|one, other| {
            let value = |number: &str| number.replace('_', "").parse::<f64>().unwrap();
            value(one).total_cmp(&value(other))
        });
        numbers
            .into_iter()
            .flat_map(|number| match self.chance.below(5) {
                0 | 1 => vec![format!("from {number}").into()],
                2 | 3 => vec![format!("above {number}").into()],
                _ => vec![format!("from {number}").into(), format!("above {number}").into()],
            })
            .collect()
    }

    /// `"US", "CA"`: no folded value twice
    fn row_values(&mut self) -> Vec<Piece> {
        let mut taken = HashSet::new();
        let count = self.chance.between(1, 6);
        let mut keys = Vec::new();
        for _ in 0..count {
            let wanted = self.chance.between(1, 3);
            let mut values: Vec<Piece> = Vec::new();
            for _ in 0..wanted {
                let list = (!self.vocabulary.lists.is_empty() && self.chance.percent(12))
                    .then(|| self.chance.pick(&self.vocabulary.lists).clone());
                let (written, folded): (String, Vec<String>) = match list {
                    Some((name, values)) => (name.to_string(), values.iter().map(|value| fold(value)).collect()),
                    None => {
                        let value = match self.chance.below(3) {
                            0 => self.pick(pools::DOMAINS),
                            1 => self.pick(&["technology", "finance", "health", "monday", "sunday"]),
                            _ => self.pick(pools::TEXTS),
                        };
                        (super::quoted(value), vec![fold(value)])
                    }
                };
                if folded.iter().all(|value| !taken.contains(value)) {
                    taken.extend(folded);
                    values.push(written.into());
                }
            }
            if !values.is_empty() {
                keys.push(Piece::joined(values, ", "));
            }
        }
        keys
    }

    /// `lookup l_1 by country { … }`
    pub(super) fn lookup(&mut self, place: &Place) -> Option<Piece> {
        self.reach = Reach::default();
        let (key, numbers) = self.table_key(place)?;
        let reach = self.reach;
        let texts = self.chance.percent(50);
        let rows = self.rows(numbers, |writer| match texts {
            true => super::quoted(writer.pick(pools::TEXTS)).into(),
            false => writer.pick(&["0", "1", "5", "-3", "12.5", "100"]).into(),
        });
        let name = format!("l_{}", self.named.len());
        self.note("lookup");
        let kind = NamedKind::Value(if texts { Kind::Text } else { Kind::Number });
        self.named.push(Named { name: name.clone(), kind, reach });
        Some(say![format!("lookup {name} by "), key, " {\n", rows, "}\n"].optional())
    }
}
