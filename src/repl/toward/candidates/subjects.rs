//! The fields and properties that an expression stands for: what is tried for it is tried there.

use super::{Collected, Subjects};
use crate::model::{AnyExpr, DateExpr, ListExpr, Model, NumberExpr, TextExpr, YesNoExpr};

/// How many names of values are looked through.
const DEEPEST: usize = 8;

impl<'m> Collected<'m> {
    pub(super) fn define(&self, id: crate::model::DefineId, depth: usize) -> Option<&'m AnyExpr> {
        let model: &'m Model = self.model;
        model.defines.get(id.index()).filter(|_| depth < DEEPEST).map(|define| &define.value)
    }

    pub(super) fn of_property(property: &crate::model::Property) -> Vec<Subjects> {
        property.places.iter().map(|(event, id)| Subjects::Property(*event, *id)).collect()
    }

    /// The fields and properties that a text is, each with whether it is their domain.
    pub(super) fn of_text(&self, text: &TextExpr, depth: usize) -> Vec<(Subjects, bool)> {
        let plain = |subjects: Vec<Subjects>| subjects.into_iter().map(|subject| (subject, false)).collect();
        match text {
            TextExpr::Field(field) => vec![(Subjects::Field(*field), false)],
            TextExpr::Property(property) | TextExpr::Latest(property, _) | TextExpr::First(property, _) => {
                plain(Self::of_property(property))
            }
            TextExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::Text(text)) => self.of_text(text, depth + 1),
                _ => Vec::new(),
            },
            TextExpr::DomainOf(inner) => {
                self.of_text(inner, depth + 1).into_iter().map(|(subject, _)| (subject, true)).collect()
            }
            TextExpr::FirstKnown(texts) if depth < DEEPEST => {
                texts.iter().flat_map(|text| self.of_text(text, depth + 1)).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn of_number(&self, number: &NumberExpr, depth: usize) -> Vec<Subjects> {
        match number {
            NumberExpr::Field(field) => vec![Subjects::Field(*field)],
            NumberExpr::Property(property)
            | NumberExpr::Latest(property, _)
            | NumberExpr::First(property, _)
            | NumberExpr::SumOf(property, _)
            | NumberExpr::AverageOf(property, _)
            | NumberExpr::HighestOf(property, _)
            | NumberExpr::LowestOf(property, _) => Self::of_property(property),
            NumberExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::Number(number)) => self.of_number(number, depth + 1),
                _ => Vec::new(),
            },
            NumberExpr::FirstKnown(all) | NumberExpr::Highest(all) | NumberExpr::Lowest(all) if depth < DEEPEST => {
                all.iter().flat_map(|one| self.of_number(one, depth + 1)).collect()
            }
            NumberExpr::Add(left, right)
            | NumberExpr::Subtract(left, right)
            | NumberExpr::Multiply(left, right)
            | NumberExpr::Divide(left, right)
                if depth < DEEPEST =>
            {
                [self.of_number(left, depth + 1), self.of_number(right, depth + 1)].concat()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn of_date(&self, date: &DateExpr) -> Vec<Subjects> {
        match date {
            DateExpr::Field(field) => vec![Subjects::Field(*field)],
            DateExpr::Property(property) | DateExpr::Latest(property, _) | DateExpr::First(property, _) => {
                Self::of_property(property)
            }
            DateExpr::Define(id) => match self.define(*id, 0) {
                Some(AnyExpr::Date(DateExpr::Field(field))) => vec![Subjects::Field(*field)],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    pub(super) fn of_yes_no(&self, answer: &YesNoExpr, depth: usize) -> Vec<Subjects> {
        match answer {
            YesNoExpr::Field(field) => vec![Subjects::Field(*field)],
            YesNoExpr::Property(property) | YesNoExpr::Latest(property, _) | YesNoExpr::First(property, _) => {
                Self::of_property(property)
            }
            YesNoExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::YesNo(answer)) => self.of_yes_no(answer, depth + 1),
                _ => Vec::new(),
            },
            YesNoExpr::FirstKnown(all) if depth < DEEPEST => {
                all.iter().flat_map(|one| self.of_yes_no(one, depth + 1)).collect()
            }
            YesNoExpr::FirstKnown(_) => Vec::new(),
        }
    }

    pub(super) fn of_list(&self, list: &ListExpr, depth: usize) -> Vec<Subjects> {
        match list {
            ListExpr::Field(field) => vec![Subjects::Field(*field)],
            ListExpr::Property(property) => Self::of_property(property),
            ListExpr::Define(id) => match self.define(*id, depth) {
                Some(AnyExpr::List(list)) => self.of_list(list, depth + 1),
                _ => Vec::new(),
            },
        }
    }
}
