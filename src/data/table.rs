//! Result rows into a file or standard output: whole, or not at all.

use super::sink::Sink;
use super::{DataError, Format, writers};
use crate::value::{Decimal, Instant};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

/// A column of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: ColumnKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Number,
    YesNo,
    Instant,
    /// Carried along from the input, of whatever kind each cell is; text in Parquet.
    AsRead,
}

/// A cell of the output.
#[derive(Debug, Clone, PartialEq)]
pub enum OutCell<'a> {
    Missing,
    Text(Cow<'a, str>),
    Number(Decimal),
    YesNo(bool),
    Instant(Instant),
    AsRead(super::rows::Cell),
}

impl OutCell<'_> {
    /// The cell as text; `None` where it is missing.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            OutCell::Missing => None,
            OutCell::Text(text) => Some(text.clone().into_owned()),
            OutCell::Number(number) => Some(number.to_string()),
            OutCell::YesNo(yes) => Some(yes.to_string()),
            OutCell::Instant(instant) => Some(instant.to_string()),
            OutCell::AsRead(cell) => cell.text(),
        }
    }

    /// The cell with its text for itself, to be kept.
    pub fn into_owned(self) -> OutCell<'static> {
        match self {
            OutCell::Missing => OutCell::Missing,
            OutCell::Text(text) => OutCell::Text(Cow::Owned(text.into_owned())),
            OutCell::Number(number) => OutCell::Number(number),
            OutCell::YesNo(yes) => OutCell::YesNo(yes),
            OutCell::Instant(instant) => OutCell::Instant(instant),
            OutCell::AsRead(cell) => OutCell::AsRead(cell),
        }
    }
}

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    StandardOutput,
    /// Written beside its place and renamed when whole; `.gz` and `.zst` are packed.
    File(PathBuf),
}

/// A table being written. Dropped before [`TableWriter::finish`], a file leaves nothing behind.
pub struct TableWriter {
    inner: Box<dyn FormatWriter>,
}

/// A format's writer.
pub trait FormatWriter: Send {
    /// # Errors
    /// [`DataError::Unwritable`], [`DataError::ClosedPipe`].
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), DataError>;

    /// What writes rows as text on any thread, for formats whose rows do not depend on one another.
    fn lines(&self) -> Option<Arc<dyn Lines>> {
        None
    }

    /// Writes rows that [`FormatWriter::lines`] made.
    ///
    /// # Errors
    /// As [`FormatWriter::row`].
    fn write_lines(&mut self, _lines: &[u8]) -> Result<(), DataError> {
        Ok(())
    }

    /// Writes what is left, and puts the file in its place.
    ///
    /// # Errors
    /// As [`FormatWriter::row`].
    fn finish(self: Box<Self>) -> Result<(), DataError>;
}

/// Rows as text.
pub trait Lines: Send + Sync {
    /// Appends the cell of a column, counted from 0, behind those before it.
    fn cell(&self, column: usize, cell: &OutCell<'_>, into: &mut Vec<u8>);

    /// Whether any piece of a text stands in the first column just as it is.
    fn is_plain(&self, _text: &str) -> bool {
        false
    }

    /// Ends the row that begins at `start`.
    fn end(&self, start: usize, into: &mut Vec<u8>);

    /// Appends a row.
    fn row(&self, cells: &[OutCell<'_>], into: &mut Vec<u8>) {
        let start = into.len();
        cells.iter().enumerate().for_each(|(column, cell)| self.cell(column, cell, into));
        self.end(start, into);
    }
}

impl TableWriter {
    /// Starts a table.
    ///
    /// # Errors
    /// [`DataError::Unwritable`]: the path is a folder, its folder is missing or read-only…
    pub fn create(to: &Destination, format: Format, columns: &[Column]) -> Result<TableWriter, DataError> {
        let sink = Sink::create(to)?;
        Ok(TableWriter { inner: (writers::writer(format).open)(sink, columns)? })
    }

    /// # Errors
    /// [`DataError::Unwritable`], [`DataError::ClosedPipe`].
    pub fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), DataError> {
        self.inner.row(cells)
    }

    /// As [`FormatWriter::lines`].
    pub fn lines(&self) -> Option<Arc<dyn Lines>> {
        self.inner.lines()
    }

    /// # Errors
    /// As [`TableWriter::row`].
    pub fn write_lines(&mut self, lines: &[u8]) -> Result<(), DataError> {
        self.inner.write_lines(lines)
    }

    /// # Errors
    /// As [`TableWriter::row`].
    pub fn finish(self) -> Result<(), DataError> {
        self.inner.finish()
    }
}
