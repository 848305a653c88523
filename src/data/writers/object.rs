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
    pub(super) fn object(&self, cells: &[OutCell], into: &mut String) {
        for (index, (name, cell)) in self.0.iter().zip(cells).enumerate() {
            into.push(if index == 0 { '{' } else { ',' });
            into.push_str(name);
            into.push(':');
            value(cell, into);
        }
        into.push_str(if self.0.is_empty() { "{}" } else { "}" });
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn value(cell: &OutCell, into: &mut String) {
    match cell {
        OutCell::Missing | OutCell::AsRead(Cell::Missing) => into.push_str("null"),
        OutCell::Text(text) | OutCell::AsRead(Cell::Text(text)) => into.push_str(&quoted(text)),
        OutCell::Number(number) => into.push_str(&number.to_string()),
        OutCell::YesNo(yes) | OutCell::AsRead(Cell::YesNo(yes)) => into.push_str(if *yes { "true" } else { "false" }),
        OutCell::Instant(instant) => into.push_str(&quoted(&instant.to_string())),
        OutCell::AsRead(Cell::Number(digits)) if is_json_number(digits) => into.push_str(digits),
        // Line ends in JSON stand between values only.
        OutCell::AsRead(Cell::Nested(json)) => into.push_str(&json.replace(['\n', '\r'], " ")),
        OutCell::AsRead(list @ Cell::List(_)) => into.push_str(&list.text().unwrap_or_default()),
        OutCell::AsRead(other @ (Cell::Number(_) | Cell::Date(_))) => {
            into.push_str(&quoted(&other.text().unwrap_or_default()));
        }
    }
}

/// Parquet has numbers that JSON has not.
fn is_json_number(digits: &str) -> bool {
    serde_json::from_str::<&serde_json::value::RawValue>(digits).is_ok()
}
