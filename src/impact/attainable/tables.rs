//! What a table can give, by what its value can come to.

use super::{Attainable, Values};
use crate::model::{Points, RowTest, Table, TableKey};
use crate::value::Decimal;
use std::collections::BTreeSet;

impl Attainable<'_, '_> {
    /// The results that some value has, and whether for some value there is none.
    pub(super) fn table<'t>(&self, table: &'t Table<Points>) -> (Vec<&'t Points>, bool) {
        let missing = table.missing.as_ref().or(table.otherwise.as_ref()).map(|row| &row.result);
        let mut given: Vec<Option<&Points>> = vec![missing];
        match &table.key {
            TableKey::Number(key) => {
                let edges = edges(table).collect();
                given.extend(self.number(key).representatives(&edges).into_iter().map(|value| of_number(table, value)));
            }
            TableKey::Text(_) => {
                given.extend(table.rows.iter().map(|row| Some(&row.result)));
                given.push(table.otherwise.as_ref().map(|row| &row.result));
            }
        }
        let is_none = given.contains(&None);
        (given.into_iter().flatten().collect(), is_none)
    }
}

/// The numbers at which the row changes.
pub(in crate::impact) fn edges(table: &Table<Points>) -> impl Iterator<Item = Decimal> {
    table.rows.iter().filter_map(|row| match row.test {
        RowTest::Edge { at, .. } => Some(at),
        _ => None,
    })
}

/// The row with the highest edge that a number passes.
pub(in crate::impact) fn of_number(table: &Table<Points>, value: Decimal) -> Option<&Points> {
    let passes = |test: &RowTest| match test {
        RowTest::Edge { at, included } => value > *at || *included && value == *at,
        _ => false,
    };
    let row = table.rows.iter().rev().find(|row| passes(&row.test)).or(table.otherwise.as_ref());
    row.map(|row| &row.result)
}

impl Values {
    /// One for each piece between neighbouring cuts and for each cut; all of them where they are few.
    fn representatives(&self, cuts: &BTreeSet<Decimal>) -> Vec<Decimal> {
        match self {
            Values::Few(few) => few.iter().copied().collect(),
            Values::Stepped(stepped) => stepped.pieces(cuts).into_iter().map(|(_, one)| one).collect(),
        }
    }
}
