//! A row as a JSON object, for the two formats that hold some.

use crate::data::rows::Cell;
use crate::data::table::{Column, OutCell};

/// Column names, written as JSON once.
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn new(columns: &[Column]) -> Names {
        Names(columns.iter().map(|column| quoted(&column.name)).collect())
    }

    /// `{"id":"L1","fit":12.5}`, appended.
    pub(super) fn object(&self, cells: &[OutCell<'_>], into: &mut Vec<u8>) {
        cells.iter().enumerate().for_each(|(column, cell)| self.member(column, cell, into));
        self.close(into);
    }

    /// `,"fit":12.5`, the first one with the brace before it.
    pub(super) fn member(&self, column: usize, cell: &OutCell<'_>, into: &mut Vec<u8>) {
        let Some(name) = self.0.get(column) else { return };
        into.push(if column == 0 { b'{' } else { b',' });
        into.extend_from_slice(name.as_bytes());
        into.push(b':');
        value(cell, into);
    }

    pub(super) fn close(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(if self.0.is_empty() { b"{}" } else { b"}" });
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn value(cell: &OutCell<'_>, into: &mut Vec<u8>) {
    match cell {
        OutCell::Missing | OutCell::AsRead(Cell::Missing) => into.extend_from_slice(b"null"),
        OutCell::Text(text) => quote(text, into),
        OutCell::AsRead(Cell::Text(text)) => quote(text, into),
        OutCell::Number(number) => number.write(into),
        OutCell::YesNo(yes) | OutCell::AsRead(Cell::YesNo(yes)) => {
            into.extend_from_slice(if *yes { b"true" } else { b"false" });
        }
        OutCell::Instant(instant) => quote(&instant.to_string(), into),
        OutCell::AsRead(Cell::Number(digits)) if is_json_number(digits) => into.extend_from_slice(digits.as_bytes()),
        // Line ends in JSON stand between values only.
        OutCell::AsRead(Cell::Nested(json)) => into.extend_from_slice(json.replace(['\n', '\r'], " ").as_bytes()),
        OutCell::AsRead(list @ Cell::List(_)) => into.extend_from_slice(list.text().unwrap_or_default().as_bytes()),
        OutCell::AsRead(other @ (Cell::Number(_) | Cell::Date(_))) => quote(&other.text().unwrap_or_default(), into),
    }
}

fn quote(text: &str, into: &mut Vec<u8>) {
    // Writing a text into memory does not fail.
    let _ = serde_json::to_writer(into, text);
}

/// Parquet has numbers that JSON has not.
fn is_json_number(digits: &str) -> bool {
    serde_json::from_str::<&serde_json::value::RawValue>(digits).is_ok()
}
