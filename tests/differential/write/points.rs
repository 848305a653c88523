//! What a rule gives, how far it may go, and how it fades.

use super::{Place, Writer, enclosed};
use crate::differential::piece::{Piece, say};
use crate::differential::pools;
use crate::differential::vocabulary::Kind;

/// On which side of 0 points lie, as far as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Nowhere,
    Above,
    Below,
    Either,
}

impl Side {
    pub(super) fn or(self, other: Side) -> Side {
        match (self, other) {
            (Side::Nowhere, side) | (side, Side::Nowhere) => side,
            _ if self == other => self,
            _ => Side::Either,
        }
    }
}

impl Writer<'_> {
    pub(super) fn constant_points(&mut self) -> (Piece, Side) {
        let number = self.pick(pools::POINTS);
        let below = self.chance.percent(30);
        let side = match (number, below) {
            ("0", _) => Side::Nowhere,
            (_, true) => Side::Below,
            (_, false) => Side::Above,
        };
        (format!("{}{number}", if below { "-" } else { "+" }).into(), side)
    }

    pub(super) fn points(&mut self, place: &Place, occurrences: bool) -> (Piece, Side) {
        match self.chance.below(20) {
            0..=2 => {
                self.note("computed points");
                let sign = self.pick(&["+", "-"]);
                match self.number(place, self.style.depth) {
                    Some(number) => (say![sign, enclosed(number)], Side::Either),
                    None => self.constant_points(),
                }
            }
            3 => self.named_points(place).unwrap_or_else(|| self.constant_points()),
            4..=6 if occurrences => self.series(place),
            _ => self.constant_points(),
        }
    }

    /// `+NAME`, of a define that is a number
    fn named_points(&mut self, place: &Place) -> Option<(Piece, Side)> {
        let hidden = place.event.as_ref().map(|types| self.vocabulary.properties(types)).unwrap_or_default();
        let fitting: Vec<_> = self
            .named
            .iter()
            .filter(|named| named.name.starts_with("d_") && named.kind == super::NamedKind::Value(Kind::Number))
            .filter(|named| place.allows(named.reach) && hidden.iter().all(|own| own.name != named.name))
            .map(|named| (named.name.clone(), named.reach))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        let (name, reach) = self.chance.pick(&fitting).clone();
        self.reaches(reach);
        self.note("points by name");
        Some((format!("{}{name}", self.pick(&["+", "-"])).into(), Side::Nowhere))
    }

    /// `first +5 then +1`
    fn series(&mut self, place: &Place) -> (Piece, Side) {
        self.note("series of points");
        let (first, mut side) = self.points(place, false);
        let count = self.chance.between(1, 3);
        let mut row = vec!["first ".into(), first];
        for _ in 0..count {
            let (next, next_side) = self.points(place, false);
            side = side.or(next_side);
            row.push(say![" then ", next]);
        }
        (Piece::Row(row), side)
    }

    /// `no higher than 10 points`, on sides where the points can go.
    pub(super) fn points_limits(&mut self, side: Side, percent: usize) -> Vec<Piece> {
        let mut limits = Vec::new();
        let number = ["0", "1", "5", "7.5", "10", "15", "25", "100"];
        if matches!(side, Side::Above | Side::Either) && self.chance.percent(percent) {
            self.note("no higher than");
            limits.push(format!(" no higher than {} points", self.chance.pick(&number)).into());
        }
        if matches!(side, Side::Below | Side::Either) && self.chance.percent(percent) {
            self.note("no lower than");
            let number = *self.chance.pick(&number);
            let sign = if number == "0" { "" } else { "-" };
            limits.push(format!(" no lower than {sign}{number} points").into());
        }
        limits.into_iter().map(Piece::optional).collect()
    }

    pub(super) fn decay(&mut self) -> Piece {
        if self.chance.percent(10) {
            self.note("no decay");
            return Piece::from(" no decay").optional();
        }
        let curve: Piece = match self.chance.below(4) {
            0 => {
                self.note("decay half-life");
                say!["half-life ", self.exact_duration()]
            }
            1 => {
                self.note("decay linear");
                say!["linear over ", self.exact_duration()]
            }
            2 => {
                self.note("decay of the original");
                say![self.pick(pools::PERCENTS), " of the original every ", self.duration()]
            }
            _ => {
                self.note("decay of what is left");
                say![self.pick(pools::PERCENTS), " of what is left every ", self.duration()]
            }
        };
        let mut end = Vec::new();
        if self.chance.percent(30) {
            self.note("decay after");
            end.push(say![" after ", self.exact_duration()].optional());
        }
        if self.chance.percent(30) {
            self.note("decay down to");
            end.push(say![" down to ", self.pick(pools::PERCENTS)].optional());
        }
        self.chance.shuffle(&mut end);
        say![" decay ", curve, end].optional()
    }
}
