//! Any column, value by value, by the library's own readers.

use super::columns::{self, Leaf, ReadCell};
use super::file::SharedFile;
use crate::data::rows::Cell;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::sync::{Mutex, PoisonError};

/// Columns being read, each at some row of its row group.
#[derive(Default)]
pub(super) struct Cursors(Mutex<Vec<Cursor>>);

struct Cursor {
    group: usize,
    /// The leaf's place in the file.
    leaf: usize,
    at: usize,
    reader: ColumnReader,
}

impl Cursors {
    /// The cells of some rows of a row group.
    pub(super) fn read(
        &self,
        file: &SerializedFileReader<SharedFile>,
        leaf: &Leaf,
        (group, from, count): (usize, usize, usize),
    ) -> ParquetResult<Vec<ReadCell>> {
        let mut cursor = match self.take(group, leaf.index, from) {
            Some(cursor) => cursor,
            None => {
                let reader = file.get_row_group(group)?.get_column_reader(leaf.index)?;
                Cursor { group, leaf: leaf.index, at: 0, reader }
            }
        };
        let ahead = from.saturating_sub(cursor.at);
        if ahead > 0 && skip(&mut cursor.reader, ahead)? < ahead {
            return Err(ParquetError::General(format!("column {} ends too early", leaf.path)));
        }
        let cells = read_cells(&mut cursor.reader, leaf, count)?;
        cursor.at = from + count;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(cursor);
        Ok(cells)
    }

    /// The one that has to skip the fewest rows.
    fn take(&self, group: usize, leaf: usize, from: usize) -> Option<Cursor> {
        let mut cursors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fitting = |cursor: &Cursor| cursor.group == group && cursor.leaf == leaf && cursor.at <= from;
        let nearest =
            cursors.iter().enumerate().filter(|(_, cursor)| fitting(cursor)).max_by_key(|(_, cursor)| cursor.at);
        let index = nearest?.0;
        Some(cursors.swap_remove(index))
    }

    /// Row groups before `group` are done with.
    pub(super) fn forget_before(&self, group: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|cursor| cursor.group >= group);
    }
}

fn skip(reader: &mut ColumnReader, rows: usize) -> ParquetResult<usize> {
    match reader {
        ColumnReader::BoolColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::Int32ColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::Int64ColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::Int96ColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::FloatColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::DoubleColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::ByteArrayColumnReader(reader) => reader.skip_records(rows),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => reader.skip_records(rows),
    }
}

/// Reads `count` cells of a column.
fn read_cells(reader: &mut ColumnReader, leaf: &Leaf, count: usize) -> ParquetResult<Vec<ReadCell>> {
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
) -> ParquetResult<Vec<ReadCell>> {
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
    let mut cells: Vec<ReadCell> = Vec::with_capacity(count);
    for (definition, repetition) in levels {
        let value = if *definition == leaf.full_level { values.next() } else { None };
        match leaf.list {
            None => cells.push(value.unwrap_or(Ok(Cell::Missing))),
            Some(element) => {
                if repetition.is_none_or(|level| *level == 0) {
                    let exists = *definition >= element.saturating_sub(1);
                    cells.push(Ok(if exists { Cell::List(Vec::new()) } else { Cell::Missing }));
                }
                if *definition >= element {
                    push_element(cells.last_mut(), value);
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
