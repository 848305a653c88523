//! One file, read to its end: a profile of each column.

use super::column::Column;
use super::dates::Order;
use super::key::Key;
use super::name::words;
use super::write::quoted;
use super::{Tick, file_name, key};
use crate::data::rows::{Cell, Row, RowReader, Rows, Wanted};
use crate::data::{BadRow, DataError, Source};
use indexmap::IndexMap;

/// More columns than these are left out: nobody writes rules for so many.
const MOST_COLUMNS: usize = 2_000;
/// Rows between two calls of `tick`.
const TICK: u64 = 1_000;
/// Rows of an event file that are looked up among the leads.
const LOOKED_UP: u64 = 10_000;
/// More different values than these are no types of events.
const MOST_TYPES: usize = 100;
/// A longer cell names no type, in bytes.
const LONGEST_TYPE: usize = 80;

/// Names of columns that hold an event's type, the likeliest first.
const TYPE_NAMES: [&str; 11] = [
    "type",
    "event_type",
    "event",
    "event_name",
    "activity_type",
    "activity_type_name",
    "activity",
    "action",
    "kind",
    "event_kind",
    "name",
];

/// What is known of a file.
#[derive(Debug)]
pub struct Table {
    /// As named on the command line.
    pub file: String,
    pub rows: u64,
    pub columns: Vec<Column>,
    /// Columns that may hold an event's type, the likeliest first.
    pub types: Vec<TypeColumn>,
    /// Rows that could not be taken apart.
    pub broken: u64,
    pub first_broken: Option<BadRow>,
    /// Sentences about the columns left out.
    pub left_out: Vec<String>,
    pub key: Key,
    /// The column of e-mail addresses, by its place in `columns`.
    pub email: Option<usize>,
}

/// A column that may hold the type of each event, with the columns that hold values beside each type.
#[derive(Debug)]
pub struct TypeColumn {
    pub column: usize,
    /// By type as written, trimmed: how many rows, and which columns are known in some.
    pub types: IndexMap<String, TypeRows>,
    /// Too many different values for types.
    pub many: bool,
}

#[derive(Debug, Default)]
pub struct TypeRows {
    pub rows: u64,
    pub known: Vec<bool>,
}

impl Table {
    /// Reads a file; an event file with its leads, to find what names them.
    ///
    /// # Errors
    /// [`DataError`]
    pub fn read(source: &Source, leads: Option<&Table>, tick: Tick<'_>) -> Result<Table, DataError> {
        let mut rows = Rows::open(source, &Wanted::All)?;
        Table::of_rows(&file_name(source), &mut *rows, leads, tick)
    }

    /// As [`Table::read`], of rows already open.
    ///
    /// # Errors
    /// [`DataError`]
    pub fn of_rows(
        file: &str,
        rows: &mut dyn RowReader,
        leads: Option<&Table>,
        tick: Tick<'_>,
    ) -> Result<Table, DataError> {
        let (mut table, places) = Table::empty(file, rows.columns());
        while let Some(row) = rows.next()? {
            if table.rows % TICK == 0 {
                let (read, all) = rows.progress();
                tick(read, all)?;
            }
            match row {
                Ok(row) => table.add(&row, &places, leads),
                Err(bad) => {
                    table.broken += 1;
                    table.first_broken.get_or_insert(bad);
                }
            }
        }
        table.key = key::key(&table);
        table.email = key::email(&table);
        Ok(table)
    }

    /// A table without rows yet, and for each of its columns the place of its cell in a row.
    fn empty(file: &str, headers: &[String]) -> (Table, Vec<usize>) {
        let mut counts: IndexMap<&str, usize> = IndexMap::new();
        headers.iter().for_each(|header| *counts.entry(header.as_str()).or_default() += 1);
        let mut left_out: Vec<String> = counts
            .iter()
            .filter(|(header, count)| **count > 1 && !header.trim().is_empty())
            .map(|(header, _)| quoted(header))
            .collect();
        left_out.iter_mut().for_each(|header| {
            *header = format!("Two columns are named {header}, so neither can be read: rename one of them.")
        });
        if headers.iter().any(|header| header.trim().is_empty()) {
            left_out.push("A column without a name is left out.".to_owned());
        }
        let readable = |header: &str| !header.trim().is_empty() && counts.get(header) == Some(&1);
        let mut places: Vec<usize> =
            headers.iter().enumerate().filter(|(_, header)| readable(header)).map(|(place, _)| place).collect();
        if places.len() > MOST_COLUMNS {
            left_out
                .push(format!("Of its {} columns, those after the first {MOST_COLUMNS} are left out.", places.len()));
            places.truncate(MOST_COLUMNS);
        }
        let columns: Vec<Column> =
            places.iter().filter_map(|place| headers.get(*place)).map(|header| Column::new(header)).collect();
        let table = Table {
            file: file.to_owned(),
            rows: 0,
            types: type_columns(&columns),
            columns,
            broken: 0,
            first_broken: None,
            left_out,
            key: Key::None,
            email: None,
        };
        (table, places)
    }

    fn add(&mut self, row: &Row, places: &[usize], leads: Option<&Table>) {
        self.rows += 1;
        let look_up = leads.filter(|_| self.rows <= LOOKED_UP);
        let mut known = Vec::with_capacity(self.columns.len());
        for (column, place) in self.columns.iter_mut().zip(places) {
            let cell = row.cells.get(*place).unwrap_or(&Cell::Missing);
            let holds = column.add(cell);
            if let (true, Some(leads)) = (holds, look_up) {
                meet(column, cell, leads);
            }
            known.push(holds);
        }
        for types in &mut self.types {
            let cell = places.get(types.column).and_then(|place| row.cells.get(*place));
            types.add(cell.and_then(plain_text).as_deref(), &known);
        }
    }

    /// The order of day and month that some column of the file leaves no doubt about.
    pub fn order(&self) -> Option<Order> {
        self.columns.iter().filter(|column| column.known > 0).find_map(|column| column.dates.order())
    }

    /// The name of the file without folders and ending: `page views.csv.gz` is `page views`.
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or("");
        let stem = name.split('.').next().unwrap_or("");
        if stem.trim().is_empty() { "row" } else { stem }
    }
}

/// The columns whose names say that they may hold types.
fn type_columns(columns: &[Column]) -> Vec<TypeColumn> {
    let rank = |column: &Column| {
        let name = words(&column.header).join("_");
        TYPE_NAMES.iter().position(|known| *known == name)
    };
    let mut ranked: Vec<(usize, usize)> =
        columns.iter().enumerate().filter_map(|(place, column)| Some((rank(column)?, place))).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, column)| TypeColumn { column, types: IndexMap::new(), many: false }).collect()
}

impl TypeColumn {
    fn add(&mut self, cell: Option<&str>, known: &[bool]) {
        let Some(kind) = cell.map(str::trim).filter(|kind| !kind.is_empty() && !self.many) else { return };
        if kind.len() > LONGEST_TYPE || self.types.len() == MOST_TYPES && !self.types.contains_key(kind) {
            self.many = true;
            self.types = IndexMap::new();
            return;
        }
        if !self.types.contains_key(kind) {
            self.types.insert(kind.to_owned(), TypeRows { rows: 0, known: vec![false; known.len()] });
        }
        if let Some(met) = self.types.get_mut(kind) {
            met.rows += 1;
            met.known.iter_mut().zip(known).for_each(|(so_far, now)| *so_far |= *now);
        }
    }
}

fn plain_text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) | Cell::Number(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// Counts whether a cell names a lead.
fn meet(column: &mut Column, cell: &Cell, leads: &Table) {
    let Some(text) = plain_text(cell) else { return };
    let among = |place: Option<usize>| {
        place.and_then(|place| leads.columns.get(place)).is_some_and(|lead| lead.identity.has(&text))
    };
    column.leads_met.asked += 1;
    column.leads_met.by_key += u64::from(among(leads.key.column()));
    column.leads_met.by_email += u64::from(among(leads.email));
}
