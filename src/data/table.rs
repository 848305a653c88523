//! Result rows into a file or standard output: whole, or not at all.

use super::sink::Sink;
use super::{DataError, Format, writers};
use crate::value::{Decimal, Instant};
use std::path::PathBuf;

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
pub enum OutCell {
    Missing,
    Text(String),
    Number(Decimal),
    YesNo(bool),
    Instant(Instant),
    AsRead(super::rows::Cell),
}

impl OutCell {
    /// The cell as text; `None` where it is missing.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            OutCell::Missing => None,
            OutCell::Text(text) => Some(text.clone()),
            OutCell::Number(number) => Some(number.to_string()),
            OutCell::YesNo(yes) => Some(yes.to_string()),
            OutCell::Instant(instant) => Some(instant.to_string()),
            OutCell::AsRead(cell) => cell.text(),
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
    fn row(&mut self, cells: &[OutCell]) -> Result<(), DataError>;

    /// Writes what is left, and puts the file in its place.
    ///
    /// # Errors
    /// As [`FormatWriter::row`].
    fn finish(self: Box<Self>) -> Result<(), DataError>;
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
    pub fn row(&mut self, cells: &[OutCell]) -> Result<(), DataError> {
        self.inner.row(cells)
    }

    /// # Errors
    /// As [`TableWriter::row`].
    pub fn finish(self) -> Result<(), DataError> {
        self.inner.finish()
    }
}
