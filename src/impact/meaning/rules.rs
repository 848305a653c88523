//! Rules: points and tables, what they ask for, how often.

use super::Meaning;
use super::digest::{Digest, duration, leaf, maybe, node, number, set};
use crate::model::{Body, Each, LimitScope, NumberExpr, OccurrenceLimit, Points, RowTest, Table, TableKey};

impl<'model> Meaning<'model> {
    pub fn points(&self, points: &Points) -> Digest {
        match points {
            Points::Constant(points) => number(*points),
            Points::Computed(NumberExpr::Literal(points)) => number(*points),
            Points::Computed(expr) => node("computed", &[self.number(expr)]),
            Points::Series(series) => {
                node("series", &series.iter().map(|points| self.points(points)).collect::<Vec<_>>())
            }
            Points::Table(table) => self.table(table, |points| self.points(points)),
        }
    }

    /// What a rule asks for, without limits and decay.
    pub fn body(&self, body: &Body) -> Digest {
        match body {
            Body::Always => node("always", &[]),
            Body::When(condition) => node("when", &[self.condition(condition)]),
            Body::ForEach(each) => node("for each", &[self.each(&each.each), self.selector(&each.selector)]),
            Body::ForEvery(every) => node(
                "for every",
                &[
                    duration(every.every),
                    self.selector(&every.selector),
                    maybe(every.after.map(duration)),
                    maybe(every.counting_from.as_ref().map(|date| self.date(date))),
                ],
            ),
        }
    }

    pub(super) fn each(&self, each: &Each) -> Digest {
        match each {
            Each::Event => node("event", &[]),
            Each::Calendar { unit, at_least } => leaf("calendar", &format!("{unit:?} {at_least}")),
            Each::Property { property, at_least } => {
                node("each property", &[self.property(property), leaf("at least", &at_least.to_string())])
            }
            Each::At { at_least } => leaf("each at", &at_least.to_string()),
        }
    }

    /// In their order, which counts.
    pub fn occurrence_limits(&self, limits: &[OccurrenceLimit]) -> Digest {
        let limit = |limit: &OccurrenceLimit| {
            let scope = match &limit.scope {
                LimitScope::Plain => node("plain", &[]),
                LimitScope::PerCalendar(unit) => leaf("per", &format!("{unit:?}")),
                LimitScope::PerProperty(property) => self.property(property),
                LimitScope::PerAt => node("per at", &[]),
                LimitScope::InAny(length) => node("in any", &[duration(*length)]),
            };
            node("limit", &[leaf("times", &limit.times.to_string()), scope])
        };
        node("occurrences", &limits.iter().map(limit).collect::<Vec<_>>())
    }

    pub(super) fn table<R>(&self, table: &Table<R>, result: impl Fn(&R) -> Digest) -> Digest {
        let key = match &table.key {
            TableKey::Number(key) => self.number(key),
            TableKey::Text(key) => self.text(key),
        };
        let row = |row: &crate::model::TableRow<R>| {
            let given = result(&row.result);
            match &row.test {
                RowTest::Edge { at, included } => {
                    vec![node(if *included { "from" } else { "above" }, &[number(*at), given])]
                }
                RowTest::Values(values) => {
                    values.iter().map(|value| node("value", &[leaf("literal", value), given])).collect()
                }
                RowTest::Else => vec![node("else", &[given])],
            }
        };
        let rows = set("rows", table.rows.iter().flat_map(row));
        let other = |other: &Option<crate::model::TableRow<R>>| maybe(other.as_ref().map(|row| result(&row.result)));
        node("table", &[key, rows, other(&table.otherwise), other(&table.missing)])
    }
}
