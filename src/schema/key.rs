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

/// What tells the rows of a file apart, by its place among the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A column named like an identity and different in each row.
    Named(usize),
    /// A column named like an identity that few rows repeat.
    Repeated(usize),
    /// Another column that is different in each row, and neither a date nor an amount.
    Unnamed(usize),
    None,
}

impl Key {
    pub fn column(self) -> Option<usize> {
        match self {
            Key::Named(place) | Key::Repeated(place) | Key::Unnamed(place) => Some(place),
            Key::None => None,
        }
    }
}

/// Finds the key of a file.
pub fn key(table: &Table) -> Key {
    let ranked = |wanted: &dyn Fn(&Column) -> bool| {
        let columns = table.columns.iter().enumerate().filter(|(_, column)| wanted(column));
        columns.min_by_key(|(_, column)| rank(column)).map(|(index, _)| index)
    };
    let unique = |column: &Column| is_named(column) && (column.identity.unique() || table.rows == 0);
    let repeated = |column: &Column| is_named(column) && column.identity.nearly_unique().is_some();
    let unnamed = |column: &Column| is_textual(column) && column.identity.unique();
    let found = ranked(&unique).map(Key::Named).or_else(|| ranked(&repeated).map(Key::Repeated));
    found.or_else(|| ranked(&unnamed).map(Key::Unnamed)).unwrap_or(Key::None)
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
