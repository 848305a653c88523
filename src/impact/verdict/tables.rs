//! Two tables by one value: whether any value has other points in one than in the other.

use super::examined::Examiner;
use crate::impact::attainable::{edges, of_number};
use crate::model::{Points, RowTest, Table, TableKey};
use crate::value::Decimal;
use std::collections::BTreeSet;

/// A table as a function of its value.
struct Rows<'t> {
    table: &'t Table<Points>,
    /// Whether no row is as good as a row that gives 0.
    none_is_zero: bool,
}

impl Examiner<'_, '_> {
    /// Proved: both give the same for every value. `none_is_zero`: nothing asks whether a row was chosen.
    pub fn tables_agree(&self, was: &Points, is: &Points, none_is_zero: bool) -> bool {
        let (Points::Table(was), Points::Table(is)) = (was, is) else { return false };
        let (old, new) = (Rows { table: was, none_is_zero }, Rows { table: is, none_is_zero });
        let (before, after) = (&self.changes.old.meaning, &self.changes.new.meaning);
        if !old.are_written_out() || !new.are_written_out() || old.of_missing() != new.of_missing() {
            return false;
        }
        match (&was.key, &is.key) {
            (TableKey::Number(one), TableKey::Number(two)) if before.number(one) == after.number(two) => {
                let cuts: BTreeSet<Decimal> = edges(was).chain(edges(is)).collect();
                let values = self.attainable().number(two);
                values.stretches(&cuts, |value| old.of_number(value) != new.of_number(value)).is_empty()
            }
            (TableKey::Text(one), TableKey::Text(two)) if before.text(one) == after.text(two) => {
                let mut texts: BTreeSet<&String> = old.texts().chain(new.texts()).collect();
                // And one that neither names: no folded text ends in a blank.
                let other = " ".to_owned();
                texts.insert(&other);
                texts.into_iter().all(|text| old.of_text(text) == new.of_text(text))
            }
            _ => false,
        }
    }
}

impl<'t> Rows<'t> {
    fn are_written_out(&self) -> bool {
        let rows = self.table.rows.iter().chain(&self.table.otherwise).chain(&self.table.missing);
        rows.into_iter().all(|row| matches!(row.result, Points::Constant(_)))
    }

    fn texts(&self) -> impl Iterator<Item = &'t String> + 't {
        let values = self.table.rows.iter().map(|row| match &row.test {
            RowTest::Values(values) => Some(values),
            _ => None,
        });
        values.flatten().flatten()
    }

    fn of_number(&self, value: Decimal) -> Option<Decimal> {
        self.given(of_number(self.table, value))
    }

    fn of_text(&self, text: &String) -> Option<Decimal> {
        let names = |test: &RowTest| matches!(test, RowTest::Values(values) if values.contains(text));
        let row = self.table.rows.iter().find(|row| names(&row.test)).or(self.table.otherwise.as_ref());
        self.given(row.map(|row| &row.result))
    }

    fn of_missing(&self) -> Option<Decimal> {
        let row = self.table.missing.as_ref().or(self.table.otherwise.as_ref());
        self.given(row.map(|row| &row.result))
    }

    fn given(&self, points: Option<&Points>) -> Option<Decimal> {
        let points = points.and_then(|points| match points {
            Points::Constant(points) => Some(*points),
            _ => None,
        });
        if self.none_is_zero { Some(points.unwrap_or_default()) } else { points }
    }
}
