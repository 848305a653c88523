//! Groups, and the items of a score.

use super::points::Side;
use super::{Place, Writer};
use crate::differential::piece::{Piece, say};
use crate::differential::pools;

impl Writer<'_> {
    /// About so many rules, in groups or not.
    pub(super) fn items(&mut self, rules: usize, depth: usize) -> Vec<Piece> {
        let mut items = Vec::new();
        let mut left = rules;
        while left > 0 {
            if depth < 3 && self.chance.percent(self.style.groups) {
                let inside = self.chance.between(1, left.min(12));
                items.push(self.group(inside, depth + 1));
                left -= inside;
            } else if self.chance.percent(self.style.families) {
                let family = self.family();
                left = left.saturating_sub(family.len());
                items.extend(family);
            } else if self.chance.percent(12) {
                items.push(self.table());
                left -= 1;
            } else {
                items.push(self.rule());
                left -= 1;
            }
        }
        items
    }

    fn group(&mut self, rules: usize, depth: usize) -> Piece {
        let place = Place::of_score();
        self.labels += 1;
        let label = format!("group \"g{}\"", self.labels);
        let mut clauses: Vec<Piece> = Vec::new();
        if self.chance.percent(20) {
            self.note("group with when");
            clauses.push(say![" when ", self.condition(&place, self.style.depth)].optional());
        }
        let choice = match self.chance.below(5) {
            0 => "",
            1 => " first match only",
            2 | 3 => " highest only",
            _ => " lowest only",
        };
        if !choice.is_empty() {
            self.note(&choice[1..]);
            clauses.push(Piece::from(choice).optional());
        }
        if self.chance.percent(20) {
            self.note("counts");
            clauses.push(say![" counts ", self.pick(pools::PERCENTS)].optional());
        }
        clauses.extend(self.points_limits(Side::Either, 20));
        clauses.extend(self.around(&place));
        self.chance.shuffle(&mut clauses);
        self.note(["", "group", "group in a group", "group in a group in a group"][depth]);
        say![label, clauses, " {\n", self.items(rules, depth), "}\n"].optional()
    }

    /// What a score or group says for all rules inside.
    pub(super) fn around(&mut self, place: &Place) -> Vec<Piece> {
        let mut clauses = Vec::new();
        if self.has_events(place) && self.chance.percent(self.style.windows) {
            self.note("counting since last");
            clauses.push(say![" counting since last ", self.which()].optional());
        }
        if self.has_events(place) && self.chance.percent(12) {
            self.note("inherited decay");
            clauses.push(self.decay());
        }
        clauses
    }
}
