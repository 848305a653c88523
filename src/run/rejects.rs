//! Bad rows put aside, each as it was read and with the reason.

use crate::data::table::{Column, ColumnKind, Destination, OutCell, TableWriter};
use crate::data::{BadRow, DataError, Format};
use crate::value::Decimal;

/// The file of `--rejects`.
pub struct Rejects {
    writer: TableWriter,
}

impl Rejects {
    /// # Errors
    /// As [`TableWriter::create`].
    pub fn create(to: &Destination, format: Format) -> Result<Rejects, DataError> {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind };
        let columns = [
            column("file", ColumnKind::Text),
            column("row", ColumnKind::Number),
            column("column", ColumnKind::Text),
            column("reason", ColumnKind::Text),
            column("as_read", ColumnKind::Text),
        ];
        Ok(Rejects { writer: TableWriter::create(to, format, &columns)? })
    }

    /// # Errors
    /// As [`TableWriter::row`].
    pub fn write(&mut self, row: BadRow) -> Result<(), DataError> {
        self.writer.row(&[
            OutCell::Text(row.file),
            OutCell::Number(Decimal::whole(i64::try_from(row.row).unwrap_or(i64::MAX))),
            row.column.map_or(OutCell::Missing, OutCell::Text),
            OutCell::Text(row.reason),
            OutCell::Text(row.raw),
        ])
    }

    /// # Errors
    /// As [`TableWriter::finish`].
    pub fn finish(self) -> Result<(), DataError> {
        self.writer.finish()
    }
}
