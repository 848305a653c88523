//! Rows of cells, whatever the format.

use super::source::Input;
use super::{BadRow, DataError, Format, Source, formats};
use crate::value::Moment;

/// One cell as the file holds it, before any declared type is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// An empty CSV cell, JSON `null`, an absent member.
    Missing,
    /// A CSV cell or a JSON string, as written.
    Text(String),
    /// A JSON or Parquet number, its digits as written.
    Number(String),
    YesNo(bool),
    /// A Parquet date or timestamp.
    Date(Moment),
    /// A JSON array of texts, numbers or booleans, or a Parquet list; `None` is `null`.
    List(Vec<Option<String>>),
    /// Any other nested JSON, as written.
    Nested(String),
}

impl Cell {
    /// The text of the cell as a CSV would hold it, a list as a JSON array; `None` where it is missing.
    pub fn text(&self) -> Option<String> {
        match self {
            Cell::Missing => None,
            Cell::Text(text) | Cell::Number(text) | Cell::Nested(text) => Some(text.clone()),
            Cell::YesNo(yes) => Some(yes.to_string()),
            Cell::Date(moment) => Some(moment.to_string()),
            Cell::List(values) => Some(serde_json::to_string(values).unwrap_or_default()),
        }
    }
}

/// One row: a cell for each wanted column.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Counted from 1, without a header and blank lines.
    pub number: u64,
    pub cells: Vec<Cell>,
}

/// Which columns to read.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// Every column of the file, for `score schema`; for NDJSON the members of the first 1,000 rows, nested ones as
    /// dotted paths.
    All,
    /// These, by name or dotted path. Absent ones are missing in each row.
    Columns(Vec<String>),
}

/// How many rows of JSON tell which columns there are.
pub(super) const SAMPLE: usize = 1_000;

/// An open file, read row by row.
pub struct Rows {
    inner: Box<dyn RowReader>,
    format: Format,
}

/// A format's reader.
pub trait RowReader: Send {
    /// The wanted columns, in the order of the cells.
    fn columns(&self) -> &[String];

    /// Whether the file has each wanted column (for NDJSON: known once the end is reached).
    fn present(&self) -> Vec<bool>;

    /// All column names of the file, where it has a header or a schema.
    fn header(&self) -> Option<&[String]>;

    /// The next row, or what is wrong with it; `None` at the end.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read on.
    fn next(&mut self) -> Result<Option<Result<Row, BadRow>>, DataError>;

    /// The line on which the row last read begins, counted from 1; `None` where rows are no lines.
    fn line(&self) -> Option<u64> {
        None
    }

    /// The text of the row last read, for rejects.
    fn raw(&self) -> String;

    /// Bytes of the file read so far, for progress; and all of them, where known.
    fn progress(&self) -> (u64, Option<u64>);
}

impl Rows {
    /// Opens a file.
    ///
    /// # Errors
    /// [`DataError`]: it cannot be read, or is not what it claims to be.
    pub fn open(source: &Source, wanted: &Wanted) -> Result<Rows, DataError> {
        let input = Input::open(source)?;
        let format = input.format;
        let Some(reader) = formats::reader(format) else {
            let reason = format!("`{}` is a format for output only", format.name());
            return Err(input.not_as_claimed(reason, None));
        };
        Ok(Rows { inner: (reader.open)(input, wanted)?, format })
    }

    /// The format that the file turned out to be in.
    pub fn format(&self) -> Format {
        self.format
    }
}

impl std::ops::Deref for Rows {
    type Target = dyn RowReader;

    fn deref(&self) -> &Self::Target {
        &*self.inner
    }
}

impl std::ops::DerefMut for Rows {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.inner
    }
}
