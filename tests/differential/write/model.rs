//! The whole text of a model, and what a run asks besides.

use super::{Place, Writer};
use crate::differential::piece::{Piece, say};
use crate::differential::vocabulary::Field;

/// A model and questions about its results.
#[derive(Debug, Clone)]
pub struct Written {
    pub model: Piece,
    /// `--only`
    pub only: Option<Piece>,
    /// `--keep` of defines and lookups
    pub keep: Vec<String>,
}

impl Writer<'_> {
    pub fn whole(&mut self) -> Written {
        let mut statements = vec![self.head()];
        let mut movable = Vec::new();
        let plain = Place { events: false, ..Place::default() };
        self.named_things(&plain, 3, &mut movable);
        self.named_things(&Place { events: true, ..plain.clone() }, 3, &mut movable);
        for _ in 0..self.chance.weighted(&[75, 18, 7]) {
            if !self.vocabulary.events.is_empty() {
                self.note("ignore");
                movable.push(say!["ignore ", self.selector(&plain, true).0, "\n"].optional());
            }
        }
        for _ in 0..self.chance.weighted(&[60, 25, 15]) {
            movable.push(self.exclude());
        }
        for _ in 0..self.chance.weighted(&[0, 40, 30, 20, 10]) {
            movable.extend(self.score());
            self.named_things(&Place::of_score(), 1, &mut movable);
            if self.chance.percent(25) {
                movable.extend(self.matrix());
            }
        }
        for _ in 0..self.chance.weighted(&[40, 30, 20, 10]) {
            statements.push(self.threshold());
        }
        let all = Place { thresholds: true, ..Place::of_score() };
        self.named_things(&all, 1, &mut movable);
        self.chance.shuffle(&mut movable);
        statements.extend(movable);
        let (only, keep) = self.run_questions(&all);
        Written { model: Piece::Row(statements), only, keep }
    }

    fn named_things(&mut self, place: &Place, most: usize, statements: &mut Vec<Piece>) {
        for _ in 0..self.chance.below(most + 1) {
            statements.extend(if self.chance.percent(30) { self.lookup(place) } else { self.define(place) });
        }
    }

    /// Time zone, lead, events, lists.
    fn head(&mut self) -> Piece {
        let vocabulary = self.vocabulary;
        let zone = format!("model \"Generated\" {{ timezone \"{}\" }}\n", vocabulary.zone);
        let mut row = vec![zone.into(), "lead {\n  id text key\n".into()];
        row.extend(vocabulary.fields.iter().map(declared));
        row.push("}\n".into());
        for event in &vocabulary.events {
            let properties: Vec<Piece> = event.properties.iter().map(declared).collect();
            row.push(say![format!("event {} {{\n", event.name), properties, "}\n"].optional());
        }
        for (name, values) in &vocabulary.lists {
            let values: Vec<String> = values.iter().map(|value| super::quoted(value)).collect();
            row.push(Piece::from(format!("list {name} = {}\n", values.join(", "))).optional());
        }
        Piece::Row(row)
    }

    fn run_questions(&mut self, place: &Place) -> (Option<Piece>, Vec<String>) {
        let only = self.chance.percent(25).then(|| {
            self.note("only");
            if !self.reasons.is_empty() && self.chance.percent(30) {
                let reason = self.chance.pick(&self.reasons).clone();
                return Piece::from(format!("{}excluded is \"{reason}\"", self.pick(&["", "not "])));
            }
            self.condition(place, 2)
        });
        let mut keep = Vec::new();
        if !self.named.is_empty() && self.chance.percent(30) {
            self.note("keep");
            let names: Vec<String> = self.named.iter().map(|named| named.name.clone()).collect();
            keep = self.chance.some(&names, 4);
        }
        (only, keep)
    }
}

fn declared(field: &Field) -> Piece {
    Piece::from(format!("  {} {}\n", field.name, field.declared)).optional()
}
