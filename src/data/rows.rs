//! Rows of cells, whatever the format.

use super::batch::{Blocks, Decoder, RawBatch};
use super::{BadRow, DataError, Format, Source};
use crate::value::Moment;
use std::sync::Arc;

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
        let blocks = Blocks::open(source, wanted)?;
        let format = blocks.format();
        Ok(Rows { inner: Box::new(BlockRows::new(blocks)), format })
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

/// Rows out of blocks, one after another.
struct BlockRows {
    blocks: Blocks,
    decoder: Arc<dyn Decoder>,
    batch: RawBatch,
    /// The next row of the batch, and the next bad one.
    good: usize,
    bad: usize,
    /// Before the batch.
    rows: u64,
    lines: Option<u64>,
    present: Vec<bool>,
    last: Last,
}

/// The row last read.
enum Last {
    /// None so far.
    Nothing,
    /// This one of the batch.
    Good(usize),
    Bad {
        line: Option<u64>,
        raw: String,
    },
}

impl BlockRows {
    fn new(blocks: Blocks) -> BlockRows {
        let (decoder, lines) = (blocks.decoder(), blocks.lines_before());
        let present = blocks.present().unwrap_or_else(|| vec![false; blocks.columns().len()]);
        let batch = RawBatch::default();
        BlockRows { blocks, decoder, batch, good: 0, bad: 0, rows: 0, lines, present, last: Last::Nothing }
    }

    /// Takes the next block apart; false at the end.
    fn fill(&mut self) -> Result<bool, DataError> {
        self.rows += self.batch.rows_in_block;
        self.lines = self.lines.map(|lines| lines + self.batch.lines_in_block);
        self.batch.rows_in_block = 0;
        self.batch.lines_in_block = 0;
        self.last = Last::Nothing;
        self.blocks.count_from(self.rows);
        let Some(block) = self.blocks.next()? else { return Ok(false) };
        self.decoder.decode(block, &mut self.batch)?;
        (self.good, self.bad) = (0, 0);
        for (ever, now) in self.present.iter_mut().zip(&self.batch.present) {
            *ever |= *now;
        }
        Ok(true)
    }
}

impl BlockRows {
    fn next_bad(&mut self) -> Option<BadRow> {
        let mut bad = self.batch.bad.get(self.bad)?.clone();
        bad.row += self.rows + 1;
        bad.line = bad.line.zip(self.lines).map(|(line, before)| before + line + 1);
        self.last = Last::Bad { line: bad.line, raw: bad.raw.clone() };
        self.bad += 1;
        Some(bad)
    }
}

impl RowReader for BlockRows {
    fn columns(&self) -> &[String] {
        self.blocks.columns()
    }

    fn present(&self) -> Vec<bool> {
        self.present.clone()
    }

    fn header(&self) -> Option<&[String]> {
        self.blocks.header()
    }

    fn next(&mut self) -> Result<Option<Result<Row, BadRow>>, DataError> {
        loop {
            let good = self.batch.rows.get(self.good).map(|row| u64::from(*row));
            let bad = self.batch.bad.get(self.bad).map(|bad| bad.row);
            match (good, bad) {
                (None, None) if self.fill()? => {}
                (None, None) => return Ok(None),
                (Some(good), bad) if bad.is_none_or(|bad| good < bad) => {
                    let cells = (0..self.batch.columns.len()).map(|column| self.batch.cell(column, self.good));
                    let row = Row { number: self.rows + good + 1, cells: cells.collect() };
                    self.last = Last::Good(self.good);
                    self.good += 1;
                    return Ok(Some(Ok(row)));
                }
                _ => return Ok(self.next_bad().map(Err)),
            }
        }
    }

    fn line(&self) -> Option<u64> {
        match &self.last {
            Last::Nothing => None,
            Last::Good(row) => Some(self.lines? + u64::from(*self.batch.lines.get(*row)?) + 1),
            Last::Bad { line, .. } => *line,
        }
    }

    fn raw(&self) -> String {
        match &self.last {
            Last::Nothing => String::new(),
            Last::Good(row) => self.decoder.raw(&self.batch, *row),
            Last::Bad { raw, .. } => raw.clone(),
        }
    }

    fn progress(&self) -> (u64, Option<u64>) {
        self.blocks.progress()
    }
}
