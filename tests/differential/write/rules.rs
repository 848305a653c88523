//! Rules: points for a condition, for each occurrence, for every time without one.

use super::points::Side;
use super::{Place, Writer};
use crate::differential::piece::{Piece, say};

impl Writer<'_> {
    /// A line of its own, which may be left out.
    pub(super) fn rule(&mut self) -> Piece {
        let place = Place::of_score();
        let about_events = self.has_events(&place) && self.chance.percent(self.style.about_events);
        let rule = match about_events {
            true if self.chance.percent(22) => self.for_every(&place),
            true => self.for_each(&place),
            false if self.chance.percent(4) => self.always(&place),
            false => self.when(&place),
        };
        say![rule, "\n"].optional()
    }

    /// ` "r12"`, or nothing: then the rule's text is its label, which a number in it makes the only one.
    pub(super) fn label(&mut self) -> String {
        self.labels += 1;
        format!(" \"r{}\"", self.labels)
    }

    fn always(&mut self, place: &Place) -> Piece {
        self.note("rule without body");
        let (points, side) = self.points(place, false);
        say![points, self.label(), self.points_limits(side, 15)]
    }

    fn when(&mut self, place: &Place) -> Piece {
        self.note("rule with when");
        let (points, side) = self.points(place, false);
        let label = self.label();
        let condition = self.condition(place, self.style.depth);
        say![points, label, " when ", condition, self.points_limits(side, 6)]
    }

    fn for_each(&mut self, place: &Place) -> Piece {
        let (selector, types) = self.selector(place, true);
        let each = self.each(&types);
        let event_alone = !self.chance.percent(self.style.mixed_filters);
        let inside = Place { event: Some(types.clone()), event_alone, events: !event_alone, ..place.clone() };
        let (points, side) = self.points(&inside, true);
        let label = self.label();
        let clauses = self.occurrence_clauses(&types, side);
        say![points, label, " for each ", each, selector, clauses]
    }

    /// `day with at least 2 `
    fn each(&mut self, types: &[usize]) -> Piece {
        if !self.chance.percent(25) {
            self.note("for each event");
            return Piece::NOTHING;
        }
        let properties = self.vocabulary.properties(types);
        let count = *self.chance.pick(&[1, 1, 2, 2, 3]);
        let each = match self.chance.below(8) {
            0 => {
                self.note("for each at");
                "at"
            }
            1..=3 if !properties.is_empty() => {
                self.note("for each property");
                self.chance.pick(&properties).name
            }
            _ => {
                self.note("for each calendar bucket");
                self.pick(&["hour", "day", "week", "month"])
            }
        };
        Piece::from(format!("{each} with at least {count} ")).optional()
    }

    /// Limits of occurrences and of points, and decay, in an order of chance.
    pub(super) fn occurrence_clauses(&mut self, types: &[usize], side: Side) -> Vec<Piece> {
        let mut clauses = Vec::new();
        let limits = match self.style.limits {
            0 => usize::from(self.chance.percent(20)),
            1 => self.chance.weighted(&[40, 50, 10]),
            _ => self.chance.weighted(&[15, 35, 25, 15, 10]),
        };
        for _ in 0..limits {
            clauses.push(self.occurrence_limit(types));
        }
        if self.chance.percent(20) {
            self.note("plain limit");
            clauses.push(self.times().into());
        }
        let mut clauses: Vec<Piece> = clauses.into_iter().map(Piece::optional).collect();
        if self.chance.percent(35) {
            clauses.push(self.decay());
        }
        clauses.extend(self.points_limits(side, 15));
        self.chance.shuffle(&mut clauses);
        clauses
    }

    fn times(&mut self) -> String {
        match self.chance.percent(40) {
            true => " once".to_string(),
            false => format!(" at most {} times", self.chance.between(1, 4)),
        }
    }

    /// `once per day`, `at most 2 times in any 7 days`
    fn occurrence_limit(&mut self, types: &[usize]) -> Piece {
        let properties = self.vocabulary.properties(types);
        let times = self.times();
        let scope = match self.chance.below(10) {
            0..=2 if !properties.is_empty() => {
                self.note("limit per property");
                format!(" per {}", self.chance.pick(&properties).name)
            }
            3 => {
                self.note("limit per at");
                " per at".to_string()
            }
            4..=6 => {
                self.note("limit in any");
                format!(" in any {}", self.exact_duration())
            }
            _ => {
                self.note("limit per calendar bucket");
                format!(" per {}", self.pick(&["hour", "day", "week", "month"]))
            }
        };
        format!("{times}{scope}").into()
    }

    fn for_every(&mut self, place: &Place) -> Piece {
        self.note("for every");
        let (points, side) = self.points(place, false);
        let label = self.label();
        let (selector, _) = self.selector(place, false);
        let mut clauses = Vec::new();
        if self.chance.percent(35) {
            self.note("for every after");
            clauses.push(say![" after ", self.exact_duration()]);
        }
        if self.chance.percent(45) {
            self.note("for every counting from");
            clauses.push(say![" counting from ", self.date_operand(place)]);
        }
        let mut clauses: Vec<Piece> = clauses.into_iter().map(Piece::optional).collect();
        clauses.extend(self.points_limits(side, 35));
        self.chance.shuffle(&mut clauses);
        say![points, label, " for every ", self.exact_duration(), " without ", selector, clauses]
    }
}
