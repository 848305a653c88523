//! Which columns of an event file hold the lead, the type, the instant and the identity.

use super::column::Column;
use super::dates::Order;
use super::key::{Key, PEOPLE, rank};
use super::kind::{Decided, Kind, decide};
use super::name::words;
use super::table::{Table, TypeColumn};

/// Names of columns that hold an event's instant, the likeliest first.
const AT_NAMES: [&str; 20] = [
    "at",
    "timestamp",
    "occurred_at",
    "event_time",
    "event_timestamp",
    "event_at",
    "happened_at",
    "activity_date",
    "event_date",
    "timestamp_instant",
    "sent_at",
    "datetime",
    "date_time",
    "time",
    "when",
    "created_at",
    "created",
    "created_date",
    "createdate",
    "date",
];
/// From this place on, the names may also say when a lead was first met.
const CREATED: usize = 15;
/// Words of columns that say when a row was copied, not when something happened.
const COPIED: [&str; 5] = ["synced", "updated", "modified", "modstamp", "loaded"];
/// Names of columns that hold an event's identity, the likeliest first.
const ID_NAMES: [&str; 8] =
    ["id", "event_id", "activity_id", "message_id", "uuid", "guid", "marketo_guid", "_fivetran_id"];

/// Places of columns in an event file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles {
    pub lead: Option<usize>,
    /// The lead is named by its e-mail address, not by its key.
    pub by_email: bool,
    /// Of [`Table::types`].
    pub kind: Option<usize>,
    pub at: Option<usize>,
    pub id: Option<usize>,
}

/// Finds the roles; a file whose type the command line names needs no column for it.
pub fn roles(table: &Table, leads: Option<&Table>, type_is_given: bool) -> Roles {
    let (lead, by_email) = match lead(table, leads) {
        Some((place, by_email)) => (Some(place), by_email),
        None => (None, false),
    };
    let at = at(table).filter(|at| Some(*at) != lead);
    let id = id(table).filter(|id| Some(*id) != lead && Some(*id) != at);
    let kind = if type_is_given { None } else { kind(table, [lead, at, id]) };
    Roles { lead, by_email, kind, at, id }
}

fn lead(table: &Table, leads: Option<&Table>) -> Option<(usize, bool)> {
    let met = |by: fn(&Column) -> u64| {
        let columns = table.columns.iter().enumerate().filter(move |(_, column)| by(column) > 0);
        columns.min_by_key(|(_, column)| (std::cmp::Reverse(by(column)), rank(column)))
    };
    let by_key = met(|column| column.leads_met.by_key);
    let by_email = met(|column| column.leads_met.by_email);
    let key_is_email = leads.is_some_and(|leads| leads.key.column() == leads.email);
    match (by_key, by_email) {
        (Some((place, key)), Some((_, email))) if key.leads_met.by_key >= email.leads_met.by_email => {
            Some((place, false))
        }
        (Some((place, _)), None) => Some((place, false)),
        (_, Some((place, _))) => Some((place, !key_is_email)),
        (None, None) => named_lead(table).map(|place| {
            let email = table.columns.get(place).is_some_and(|column| column.hints.email);
            (place, email && !key_is_email && leads.is_some_and(|leads| leads.email.is_some()))
        }),
    }
}

/// By its name alone.
fn named_lead(table: &Table) -> Option<usize> {
    let person = |column: &Column| PEOPLE.contains(&words(&column.header).join("_").as_str());
    let identity = |column: &Column| column.hints.identity && words(&column.header).join("_") != "id";
    let find = |wanted: &dyn Fn(&Column) -> bool| {
        let columns = table.columns.iter().enumerate().filter(|(_, column)| column.always_known() && wanted(column));
        columns.min_by_key(|(_, column)| rank(column)).map(|(place, _)| place)
    };
    find(&person)
        .or_else(|| find(&|column| column.hints.email))
        .or_else(|| find(&identity))
        .or_else(|| find(&|column| column.hints.identity))
}

fn kind(table: &Table, taken: [Option<usize>; 3]) -> Option<usize> {
    let fits = |types: &TypeColumn| {
        let known = types.types.values().map(|met| met.rows).sum::<u64>();
        let many = types.types.len() > 1 && types.types.len() as u64 == table.rows && table.rows > 10;
        !types.many && known == table.rows && known > 0 && !many && !taken.contains(&Some(types.column))
    };
    table.types.iter().position(fits)
}

fn at(table: &Table) -> Option<usize> {
    let order = table.order();
    let is_date = |column: &Column| matches!(decide(column, order).kind, Kind::Date { .. });
    let columns = table.columns.iter().enumerate().filter(|(_, column)| is_date(column));
    columns.min_by_key(|(_, column)| (!column.always_known(), at_rank(column))).map(|(place, _)| place)
}

fn at_rank(column: &Column) -> usize {
    let words = words(&column.header);
    let name = words.join("_");
    if words.iter().any(|word| COPIED.contains(&word.as_str())) {
        90
    } else if let Some(rank) = AT_NAMES.iter().position(|known| *known == name) {
        rank
    } else if column.hints.date {
        40
    } else {
        50
    }
}

fn id(table: &Table) -> Option<usize> {
    ID_NAMES.iter().find_map(|name| {
        table.columns.iter().position(|column| column.header.to_lowercase() == *name && column.identity.unique())
    })
}

/// Whether a file given as leads is a log of what they did: a lead and an instant in each row, and no better key. A column
/// of instants that only a log has outweighs a key that some rows repeat, or that is not named like one.
pub fn is_log(table: &Table) -> bool {
    let roles = roles(table, None, false);
    let column = |place: Option<usize>| place.and_then(|place| table.columns.get(place));
    let known = |place: Option<usize>| column(place).is_some_and(Column::always_known);
    let happened = || column(roles.at).is_some_and(|at| at_rank(at) < CREATED);
    known(roles.lead)
        && known(roles.at)
        && match table.key {
            Key::Named(_) => false,
            Key::Repeated(_) | Key::Unnamed(_) => happened(),
            Key::None => true,
        }
}

/// The format of the instants: as a field of that column would be declared.
pub fn instant(table: &Table, roles: &Roles, order: Option<Order>) -> Option<Decided> {
    roles.at.and_then(|place| table.columns.get(place)).map(|column| decide(column, order))
}
