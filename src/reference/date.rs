//! The value of a date expression: a whole day or an instant.

use super::facts::Scope;
use crate::model::DateExpr;
use crate::value::{Instant, Moment, Value};

impl<'a> Scope<'a> {
    pub fn date(&self, expr: &DateExpr) -> Option<Moment> {
        match expr {
            DateExpr::Literal(date) => Some(*date),
            DateExpr::Field(field) => as_date(self.field(*field)),
            DateExpr::Property(property) => as_date(self.property(property)),
            DateExpr::At => Some(Moment::Instant(self.event?.at)),
            DateExpr::Define(define) => as_date(self.define(*define)),
            DateExpr::FirstKnown(dates) => dates.iter().find_map(|date| self.date(date)),
            // Of equal ones the first written: `max_by_key` keeps the last, so it looks from the end.
            DateExpr::Highest(dates) => {
                dates.iter().rev().filter_map(|date| self.date(date)).max_by_key(|date| self.first_instant(*date))
            }
            DateExpr::Lowest(dates) => {
                dates.iter().filter_map(|date| self.date(date)).min_by_key(|date| self.first_instant(*date))
            }
            DateExpr::Latest(property, selector) => as_date(self.latest(property, selector)),
            DateExpr::First(property, selector) => as_date(self.first(property, selector)),
            DateExpr::LatestAt(selector) => Some(Moment::Instant(self.select(selector).last()?.at)),
            DateExpr::FirstAt(selector) => Some(Moment::Instant(self.select(selector).first()?.at)),
        }
    }

    fn first_instant(&self, date: Moment) -> Instant {
        date.first(&self.facts.model.zone)
    }
}

pub(super) fn as_date(value: Option<&Value>) -> Option<Moment> {
    match value {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}
