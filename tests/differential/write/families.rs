//! Many rules about one subject under one parent: what a plan folds into lookups.

use super::{Place, Writer, enclosed};
use crate::differential::piece::{Piece, say};
use crate::differential::vocabulary::Kind;

/// What the rules of a family ask about.
enum Subject {
    Text(Piece),
    Number(Piece),
    Date(Piece),
    YesNo(Piece),
    List(Piece),
}

impl Writer<'_> {
    /// Some rules, now and then with another one between them.
    pub(super) fn family(&mut self) -> Vec<Piece> {
        let place = Place::of_score();
        let Some(subject) = self.subject(&place) else { return vec![self.rule()] };
        self.note("family of rules");
        let count = self.chance.between(2, 12);
        let mut rules = Vec::new();
        for _ in 0..count {
            if self.chance.percent(8) {
                rules.push(self.rule());
            }
            let (points, side) = self.constant_points();
            let label = self.label();
            let condition = self.about(&subject, &place);
            let limits = self.points_limits(side, 4);
            rules.push(say![points, label, " when ", condition, limits, "\n"].optional());
        }
        rules
    }

    fn subject(&mut self, place: &Place) -> Option<Subject> {
        let plain = self.chance.percent(75);
        let kinds: &[Kind] = match self.chance.below(10) {
            0..=3 => &[Kind::Text, Kind::OneOf],
            4..=6 => &[Kind::Number],
            7 => &[Kind::Date],
            8 => &[Kind::YesNo],
            _ => &[Kind::List],
        };
        let named = |writer: &mut Self| writer.name(place, kinds).map(|name| Piece::from(name.text));
        Some(match kinds[0] {
            Kind::Text | Kind::OneOf => Subject::Text(if plain { named(self)? } else { self.text_value(place, 1)? }),
            Kind::Number => Subject::Number(if plain { named(self)? } else { self.number(place, 1)? }),
            Kind::Date => Subject::Date(if plain { named(self)? } else { self.date_value(place, 1)? }),
            Kind::YesNo => Subject::YesNo(if plain { named(self)? } else { self.yes_no_value(place)? }),
            Kind::List => Subject::List(named(self)?),
        })
    }

    /// A condition that reads this one subject, as far as its operands are constant.
    fn about(&mut self, subject: &Subject, place: &Place) -> Piece {
        match self.chance.below(8) {
            0 => {
                let (one, other) = (self.asked(subject, place), self.asked(subject, place));
                let joiner = self.pick(&[" and ", " or ", " and not ", " or not "]);
                Piece::Either(vec![say![enclosed(one.clone()), joiner, enclosed(other.clone())], one, other])
            }
            1 => say!["not ", enclosed(self.asked(subject, place))],
            _ => self.asked(subject, place),
        }
    }

    fn asked(&mut self, subject: &Subject, place: &Place) -> Piece {
        let known = self.chance.percent(8);
        let (Subject::Text(left)
        | Subject::Number(left)
        | Subject::Date(left)
        | Subject::YesNo(left)
        | Subject::List(left)) = subject;
        let left = left.clone();
        if known {
            return say![left, self.pick(&[" is known", " is missing"])];
        }
        match subject {
            Subject::Text(_) => self.text_test(left, place),
            Subject::Number(_) => self.number_test(left, place, 0),
            Subject::Date(_) => self.date_test(left, place),
            Subject::YesNo(_) => self.yes_no_test(left),
            Subject::List(_) => self.list_test(left, place),
        }
    }
}
