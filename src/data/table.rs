//! Result rows into a file or standard output: whole, or not at all.

use super::{DataError, Format};
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
pub trait FormatWriter {
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
        todo!()
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
