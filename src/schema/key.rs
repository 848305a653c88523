//! Which column tells the leads of a file apart.

use super::column::Column;
use super::name::words;
use super::table::Table;

/// Names of columns that name a person, the likeliest first.
pub const PEOPLE: [&str; 17] = [
    "lead_id",
    "contact_id",
    "prospect_id",
    "person_id",
    "customer_id",
    "member_id",
    "user_id",
    "subscriber_id",
    "client_id",
    "lead",
    "contact",
    "prospect",
    "leadid",
    "contactid",
    "who_id",
    "user_pseudo_id",
    "visitor_id",
];
/// A key in prose is none, in bytes.
const LONGEST: usize = 200;

/// The key of a file, by its place among the columns: a column named like one and different in each row; else one that
/// nearly is; else any column different in each row that is neither a date nor an amount.
pub fn key(table: &Table) -> Option<usize> {
    let ranked = |wanted: &dyn Fn(&Column) -> bool| {
        let columns = table.columns.iter().enumerate().filter(|(_, column)| wanted(column));
        columns.min_by_key(|(_, column)| rank(column)).map(|(index, _)| index)
    };
    if table.rows == 0 {
        return ranked(&is_named);
    }
    ranked(&|column| is_named(column) && column.identity.unique())
        .or_else(|| ranked(&|column| is_named(column) && column.identity.nearly_unique().is_some()))
        .or_else(|| ranked(&|column| is_textual(column) && column.identity.unique()))
}

/// The column of e-mail addresses.
pub fn email(table: &Table) -> Option<usize> {
    table.columns.iter().position(|column| column.hints.email && column.known > 0)
}

/// Whether a column is named like one that tells rows apart.
pub fn is_named(column: &Column) -> bool {
    column.hints.identity || column.hints.email
}

fn is_textual(column: &Column) -> bool {
    column.longest <= LONGEST
        && !column.dates.plain()
        && column.dates.written(None).is_none()
        && column.numbers.written().is_none()
        && !column.lists.are_arrays()
}

/// How good a name is for a key; the lower, the better.
pub fn rank(column: &Column) -> usize {
    let name = words(&column.header).join("_");
    if name == "id" {
        0
    } else if let Some(rank) = PEOPLE.iter().position(|known| *known == name) {
        1 + rank
    } else if column.hints.email {
        40
    } else {
        30
    }
}
