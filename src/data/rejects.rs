//! `--rejects FILE`: the bad rows as they were read, with the reason.

use super::table::{Column, ColumnKind, Destination, OutCell, TableWriter};
use super::{BadRow, DataError, Format};
use crate::value::Decimal;
use std::path::Path;

/// A file of bad rows: columns `file`, `row`, `column`, `reason`, `record`. CSV, unless its name says otherwise.
pub struct Rejects {
    writer: TableWriter,
    count: u64,
}

impl Rejects {
    /// # Errors
    /// As [`TableWriter::create`].
    pub fn create(path: &Path) -> Result<Rejects, DataError> {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind };
        let columns = [
            column("file", ColumnKind::Text),
            column("row", ColumnKind::Number),
            column("column", ColumnKind::Text),
            column("reason", ColumnKind::Text),
            column("record", ColumnKind::Text),
        ];
        let format = Format::of_path(path).unwrap_or(Format::Csv);
        let writer = TableWriter::create(&Destination::File(path.to_path_buf()), format, &columns)?;
        Ok(Rejects { writer, count: 0 })
    }

    /// # Errors
    /// As [`TableWriter::row`].
    pub fn write(&mut self, bad: &BadRow) -> Result<(), DataError> {
        self.count += 1;
        self.writer.row(&[
            OutCell::Text(bad.file.as_str().into()),
            OutCell::Number(Decimal::whole(i64::try_from(bad.row).unwrap_or(i64::MAX))),
            bad.column.as_deref().map_or(OutCell::Missing, |column| OutCell::Text(column.into())),
            OutCell::Text(bad.reason.as_str().into()),
            OutCell::Text(bad.raw.as_str().into()),
        ])
    }

    /// How many rows were written.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// # Errors
    /// As [`TableWriter::finish`].
    pub fn finish(self) -> Result<(), DataError> {
        self.writer.finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::data::testing::Folder;

    #[test]
    fn a_bad_row_is_kept_as_it_was_read() {
        let folder = Folder::new();
        let bad = BadRow {
            file: "leads.csv".into(),
            row: 7,
            line: Some(8),
            column: Some("employees".into()),
            reason: "`12,5` is not a number".into(),
            help: None,
            raw: "L7,\"12,5\"".into(),
        };
        for (name, expected) in [
            (
                "r.csv",
                "file,row,column,reason,record\nleads.csv,7,employees,\"`12,5` is not a number\",\"L7,\"\"12,5\"\"\"\n",
            ),
            (
                "r.ndjson",
                "{\"file\":\"leads.csv\",\"row\":7,\"column\":\"employees\",\"reason\":\"`12,5` is not a number\",\"record\":\"L7,\\\"12,5\\\"\"}\n",
            ),
        ] {
            let mut rejects = Rejects::create(&folder.path().join(name)).unwrap();
            rejects.write(&bad).unwrap();
            assert_eq!(rejects.count(), 1);
            rejects.finish().unwrap();
            assert_eq!(folder.text(name).unwrap(), expected);
        }
    }
}
