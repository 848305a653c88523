//! Parquet: only the wanted columns are read, a batch of rows at a time.

use super::parquet_columns::{self as columns, Leaf, ReadCell};
use crate::data::rows::{Cell, Row, RowReader, Wanted};
use crate::data::source::Input;
use crate::data::{BadRow, DataError, interrupt, shown};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows read at once.
const BATCH: usize = 1_024;

/// Rows of a Parquet file.
struct Parquet {
    name: String,
    file: SerializedFileReader<File>,
    size: u64,
    rows: u64,
    header: Vec<String>,
    columns: Vec<String>,
    /// Where each wanted column is found.
    leaves: Vec<Option<Leaf>>,
    next_group: usize,
    /// Of the present row group, one for each wanted column that the file has.
    readers: Vec<Option<ColumnReader>>,
    left_in_group: usize,
    batch: Vec<VecDeque<ReadCell>>,
    left_in_batch: usize,
    row: u64,
    last: Vec<Cell>,
}

pub(super) fn open(input: Input, wanted: &Wanted) -> Result<Box<dyn RowReader>, DataError> {
    let name = input.name.clone();
    let size = input.progress().1.unwrap_or(0);
    let file = input.into_file()?;
    let file = guarded(&name, || SerializedFileReader::new(file))?;
    let (found, rows) = guarded(&name, || {
        let about = file.metadata().file_metadata();
        Ok((columns::leaves(about.schema_descr()), about.num_rows()))
    })?;
    let header: Vec<String> = found.iter().map(|leaf| leaf.path.clone()).collect();
    let leaves: Vec<Option<Leaf>> = match wanted {
        Wanted::All => found.into_iter().map(Some).collect(),
        Wanted::Columns(names) => {
            names.iter().map(|name| found.iter().find(|leaf| leaf.path == name.trim()).cloned()).collect()
        }
    };
    let columns = match wanted {
        Wanted::All => header.clone(),
        Wanted::Columns(names) => names.clone(),
    };
    let rows = u64::try_from(rows).unwrap_or(0);
    Ok(Box::new(Parquet {
        name,
        file,
        size,
        rows,
        header,
        columns,
        leaves,
        next_group: 0,
        readers: Vec::new(),
        left_in_group: 0,
        batch: Vec::new(),
        left_in_batch: 0,
        row: 0,
        last: Vec::new(),
    }))
}

/// Runs code of the Parquet library, which may give up on a damaged file in either of two ways.
fn guarded<T>(name: &str, run: impl FnOnce() -> ParquetResult<T>) -> Result<T, DataError> {
    let reason = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(ParquetError::NYI(what))) => format!("it uses a part of Parquet that is not supported ({what})"),
        Ok(Err(ParquetError::General(what))) => format!("it is damaged or not supported ({what})"),
        Ok(Err(error)) => format!("it is damaged or not supported ({error})"),
        Err(_) => "it is damaged".to_owned(),
    };
    Err(DataError::Unreadable { file: name.to_owned(), reason })
}

impl Parquet {
    /// Makes the next rows ready; false at the end.
    fn fill(&mut self) -> Result<bool, DataError> {
        interrupt::check()?;
        while self.left_in_group == 0 {
            if self.next_group >= self.file.num_row_groups() {
                return Ok(false);
            }
            self.open_group()?;
        }
        let count = self.left_in_group.min(BATCH);
        let name = &self.name;
        self.batch = self
            .leaves
            .iter()
            .zip(&mut self.readers)
            .map(|(leaf, reader)| match (leaf, reader) {
                (Some(leaf), Some(reader)) => guarded(name, || read_cells(reader, leaf, count)),
                _ => Ok(std::iter::repeat_n(Ok(Cell::Missing), count).collect()),
            })
            .collect::<Result<_, _>>()?;
        self.left_in_group -= count;
        self.left_in_batch = count;
        Ok(true)
    }

    fn open_group(&mut self) -> Result<(), DataError> {
        let (file, leaves, number) = (&self.file, &self.leaves, self.next_group);
        let (count, readers) = guarded(&self.name, || {
            let group = file.get_row_group(number)?;
            let reader = |leaf: &Option<Leaf>| match leaf {
                Some(leaf) => {
                    let physical = group.metadata().schema_descr().column(leaf.index).physical_type();
                    let chunk = group.metadata().columns().get(leaf.index);
                    if !columns::fits(leaf.kind, physical) || chunk.is_none_or(is_misplaced) {
                        return Err(ParquetError::General(format!("column {}", leaf.path)));
                    }
                    group.get_column_reader(leaf.index).map(Some)
                }
                None => Ok(None),
            };
            let readers: Vec<_> = leaves.iter().map(reader).collect::<ParquetResult<_>>()?;
            Ok((group.metadata().num_rows(), readers))
        })?;
        self.readers = readers;
        self.left_in_group = usize::try_from(count).unwrap_or(0);
        self.next_group += 1;
        Ok(())
    }
}

/// Whether the file says that a column begins before the file does.
fn is_misplaced(chunk: &ColumnChunkMetaData) -> bool {
    chunk.data_page_offset() < 0
        || chunk.compressed_size() < 0
        || chunk.dictionary_page_offset().is_some_and(|at| at < 0)
}

/// Reads `count` cells of a column.
fn read_cells(reader: &mut ColumnReader, leaf: &Leaf, count: usize) -> ParquetResult<VecDeque<ReadCell>> {
    let kind = leaf.kind;
    match reader {
        ColumnReader::BoolColumnReader(reader) => batch(reader, leaf, count, |value| Ok(Cell::YesNo(value))),
        ColumnReader::Int32ColumnReader(reader) => {
            batch(reader, leaf, count, |value| columns::whole(kind, i64::from(value), u64::from(value.cast_unsigned())))
        }
        ColumnReader::Int64ColumnReader(reader) => {
            batch(reader, leaf, count, |value| columns::whole(kind, value, value.cast_unsigned()))
        }
        ColumnReader::Int96ColumnReader(reader) => batch(reader, leaf, count, |value| columns::int96(&value)),
        ColumnReader::FloatColumnReader(reader) => {
            batch(reader, leaf, count, |value| Ok(Cell::Number(value.to_string())))
        }
        ColumnReader::DoubleColumnReader(reader) => {
            batch(reader, leaf, count, |value| Ok(Cell::Number(value.to_string())))
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            batch(reader, leaf, count, |value| columns::bytes(kind, value.data()))
        }
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            batch(reader, leaf, count, |value| columns::bytes(kind, value.data()))
        }
    }
}

fn batch<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    leaf: &Leaf,
    count: usize,
    cell: impl Fn(T::T) -> ReadCell,
) -> ParquetResult<VecDeque<ReadCell>> {
    let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
    let (records, _, levels) =
        reader.read_records(count, Some(&mut definitions), Some(&mut repetitions), &mut values)?;
    if records < count {
        return Err(ParquetError::General(format!("column {} ends too early", leaf.path)));
    }
    let mut values = values.into_iter().map(cell);
    if definitions.is_empty() {
        return Ok(values.collect());
    }
    let levels = definitions.iter().zip(repetitions.iter().map(Some).chain(std::iter::repeat(None))).take(levels);
    let mut cells: VecDeque<ReadCell> = VecDeque::with_capacity(count);
    for (definition, repetition) in levels {
        let value = if *definition == leaf.full_level { values.next() } else { None };
        match leaf.list {
            None => cells.push_back(value.unwrap_or(Ok(Cell::Missing))),
            Some(element) => {
                if repetition.is_none_or(|level| *level == 0) {
                    let exists = *definition >= element.saturating_sub(1);
                    cells.push_back(Ok(if exists { Cell::List(Vec::new()) } else { Cell::Missing }));
                }
                if *definition >= element {
                    push_element(cells.back_mut(), value);
                }
            }
        }
    }
    Ok(cells)
}

/// Adds an element, `None` for null, to the list that is being read.
fn push_element(list: Option<&mut ReadCell>, element: Option<ReadCell>) {
    match (list, element) {
        (Some(list), Some(Err(reason))) => *list = Err(reason),
        (Some(Ok(Cell::List(values))), element) => {
            values.push(element.and_then(Result::ok).and_then(|element| element.text()));
        }
        _ => {}
    }
}

impl RowReader for Parquet {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn present(&self) -> Vec<bool> {
        self.leaves.iter().map(Option::is_some).collect()
    }

    fn header(&self) -> Option<&[String]> {
        Some(&self.header)
    }

    fn next(&mut self) -> Result<Option<Result<Row, BadRow>>, DataError> {
        if self.left_in_batch == 0 && !self.fill()? {
            return Ok(None);
        }
        self.left_in_batch -= 1;
        self.row += 1;
        let mut fault = None;
        let mut cells = Vec::with_capacity(self.columns.len());
        for (column, waiting) in self.columns.iter().zip(&mut self.batch) {
            cells.push(match waiting.pop_front() {
                Some(Ok(cell)) => cell,
                Some(Err(reason)) => {
                    fault = fault.or(Some((column.clone(), reason)));
                    Cell::Missing
                }
                None => Cell::Missing,
            });
        }
        self.last.clone_from(&cells);
        Ok(Some(match fault {
            None => Ok(Row { number: self.row, cells }),
            Some((column, reason)) => Err(BadRow {
                file: self.name.clone(),
                row: self.row,
                line: None,
                column: Some(shown(&column)),
                reason,
                help: None,
                raw: self.raw(),
            }),
        }))
    }

    /// The cells that were read, as a JSON object.
    fn raw(&self) -> String {
        let members: serde_json::Map<String, serde_json::Value> = self
            .columns
            .iter()
            .zip(&self.last)
            .map(|(column, cell)| (column.clone(), cell.text().map_or(serde_json::Value::Null, Into::into)))
            .collect();
        serde_json::Value::Object(members).to_string()
    }

    fn progress(&self) -> (u64, Option<u64>) {
        let part = u128::from(self.size) * u128::from(self.row) / u128::from(self.rows.max(1));
        (u64::try_from(part).unwrap_or(self.size), Some(self.size))
    }
}

#[cfg(test)]
mod tests;
