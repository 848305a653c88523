//! A table for people: columns lined up, numbers to the right, long values cut, controls written out.
//!
//! Rows are laid out a thousand at a time, each thousand below a header of its own, so memory stays bounded.

use crate::data::DataError;
use crate::data::shown::shortened;
use crate::data::sink::Sink;
use crate::data::table::{Column, ColumnKind, FormatWriter, OutCell};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};
use std::io::Write;

/// Rows below one header.
const ROWS: usize = 1_000;
/// The longest value shown in full, in characters.
const LONGEST: usize = 60;

/// Rows waiting to be laid out.
struct People {
    sink: Sink,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    is_empty: bool,
}

pub(super) fn open(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    Ok(Box::new(People { sink, columns: columns.to_vec(), rows: Vec::new(), is_empty: true }))
}

impl People {
    fn lay_out(&mut self) -> Result<(), DataError> {
        let mut table = Table::new();
        let style = presets::UTF8_NO_BORDERS.row_separator(LineStyle::none());
        table.load_style(style).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(self.columns.iter().map(|column| shortened(&column.name, LONGEST)).collect::<Vec<_>>());
        for row in self.rows.drain(..) {
            table.add_row(row);
        }
        for (shown, column) in table.column_iter_mut().zip(&self.columns) {
            if column.kind == ColumnKind::Number {
                shown.set_cell_alignment(CellAlignment::Right);
            }
        }
        let gap = if self.is_empty { "" } else { "\n" };
        self.is_empty = false;
        let lines: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        self.sink.write_all(format!("{gap}{lines}").as_bytes()).map_err(|error| self.sink.failed(&error))
    }
}

impl FormatWriter for People {
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), DataError> {
        let shown = |cell: &OutCell<'_>| shortened(&cell.text().unwrap_or_default(), LONGEST);
        self.rows.push(cells.iter().map(shown).collect());
        if self.rows.len() >= ROWS { self.lay_out() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), DataError> {
        if self.is_empty || !self.rows.is_empty() {
            self.lay_out()?;
        }
        self.sink.finish()
    }
}
