//! Parquet: only the wanted columns are read, some thousand rows of a row group at a time.

mod careful;
mod columns;
mod file;
mod pages;
mod quick;
mod runs;

use crate::data::batch::{Block, BlockReader, Decoder, RawBatch, RawColumn};
use crate::data::rows::{Cell, Wanted};
use crate::data::source::Input;
use crate::data::{BadRow, DataError, interrupt, shown};
use careful::Cursors;
use columns::Leaf;
use file::SharedFile;
use pages::{Chunk, Pages};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

/// Rows of a block.
const BLOCK: usize = 16 * 1_024;

/// Blocks of a Parquet file, one row group after another.
struct Parquet {
    columns: Arc<Columns>,
    header: Vec<String>,
    size: u64,
    all_rows: u64,
    /// Rows handed out.
    rows: u64,
    group: usize,
    from: usize,
    /// Rows of the row group from there on, once it was looked at.
    left: Option<usize>,
}

/// What takes the blocks of one file apart.
struct Columns {
    name: String,
    file: SerializedFileReader<SharedFile>,
    names: Vec<String>,
    /// Where each wanted column is found.
    leaves: Vec<Option<Leaf>>,
    pages: Pages,
    cursors: Cursors,
    /// Blocks handed out and not done with: row group, first row.
    under_way: Mutex<BTreeSet<(usize, usize)>>,
}

pub(super) fn open(input: Input, wanted: &Wanted) -> Result<Box<dyn BlockReader>, DataError> {
    Ok(Box::new(open_file(input, wanted)?))
}

fn open_file(input: Input, wanted: &Wanted) -> Result<Parquet, DataError> {
    let name = input.name.clone();
    let size = input.progress().1.unwrap_or(0);
    let file = SharedFile::new(input.into_file()?);
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
    let names = match wanted {
        Wanted::All => header.clone(),
        Wanted::Columns(names) => names.clone(),
    };
    let all_rows = u64::try_from(rows).unwrap_or(0);
    let (pages, cursors, under_way) = (Pages::default(), Cursors::default(), Mutex::default());
    let columns = Arc::new(Columns { name, file, names, leaves, pages, cursors, under_way });
    Ok(Parquet { columns, header, size, all_rows, rows: 0, group: 0, from: 0, left: None })
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

/// Whether the file says that a column begins before the file does.
fn is_misplaced(chunk: &ColumnChunkMetaData) -> bool {
    chunk.data_page_offset() < 0
        || chunk.compressed_size() < 0
        || chunk.dictionary_page_offset().is_some_and(|at| at < 0)
}

impl BlockReader for Parquet {
    fn columns(&self) -> &[String] {
        &self.columns.names
    }

    fn present(&self) -> Option<Vec<bool>> {
        Some(self.columns.leaves.iter().map(Option::is_some).collect())
    }

    fn header(&self) -> Option<&[String]> {
        Some(&self.header)
    }

    fn next(&mut self) -> Result<Option<Block>, DataError> {
        interrupt::check()?;
        let file = &self.columns.file;
        while self.group < file.num_row_groups() {
            let (group, from) = (self.group, self.from);
            let left = match self.left {
                Some(left) => left,
                None => guarded(&self.columns.name, || self.columns.rows_of(group))?,
            };
            let count = left.min(BLOCK);
            if count > 0 {
                self.from += count;
                self.left = Some(left - count);
                self.rows += count as u64;
                self.columns.under_way().insert((group, from));
                return Ok(Some(Block::Rows { group, from, count }));
            }
            (self.group, self.from, self.left) = (group + 1, 0, None);
        }
        Ok(None)
    }

    fn decoder(&self) -> Arc<dyn Decoder> {
        self.columns.clone()
    }

    fn progress(&self) -> (u64, Option<u64>) {
        let part = u128::from(self.size) * u128::from(self.rows) / u128::from(self.all_rows.max(1));
        (u64::try_from(part).unwrap_or(self.size), Some(self.size))
    }
}

impl Columns {
    fn under_way(&self) -> MutexGuard<'_, BTreeSet<(usize, usize)>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many rows a row group has, whose wanted columns must be what the schema says.
    fn rows_of(&self, group: usize) -> ParquetResult<usize> {
        let group = self.file.get_row_group(group)?;
        for leaf in self.leaves.iter().flatten() {
            let physical = group.metadata().schema_descr().column(leaf.index).physical_type();
            let chunk = group.metadata().columns().get(leaf.index);
            if !columns::fits(leaf.kind, physical) || chunk.is_none_or(is_misplaced) {
                return Err(ParquetError::General(format!("column {}", leaf.path)));
            }
        }
        Ok(usize::try_from(group.metadata().num_rows()).unwrap_or(0))
    }

    /// A column by the careful way; faults go by their row, those of earlier columns first.
    fn careful(
        &self,
        (number, leaf): (usize, &Leaf),
        rows: (usize, usize, usize),
        faults: &mut BTreeMap<usize, (usize, String)>,
    ) -> Result<RawColumn, DataError> {
        let read = guarded(&self.name, || self.cursors.read(&self.file, leaf, rows))?;
        let mut cells = Vec::with_capacity(read.len());
        for (row, cell) in read.into_iter().enumerate() {
            cells.push(cell.unwrap_or_else(|reason| {
                let fault = faults.entry(row).or_insert((number, String::new()));
                if fault.1.is_empty() || number < fault.0 {
                    *fault = (number, reason);
                }
                Cell::Missing
            }));
        }
        Ok(RawColumn::Cells(cells))
    }

    /// Reads rows: of a row group, from one on, so many.
    fn read(&self, rows: (usize, usize, usize), quick: bool, into: &mut RawBatch) -> Result<(), DataError> {
        let (group, from, count) = rows;
        into.columns.fill_with(|| RawColumn::Absent);
        if quick {
            self.read_quickly(rows, into);
        }
        let mut faults = BTreeMap::new();
        for (number, leaf) in self.leaves.iter().enumerate() {
            let Some(leaf) = leaf else { continue };
            if let Some(RawColumn::Absent) = into.columns.get(number) {
                let column = self.careful((number, leaf), rows, &mut faults)?;
                if let Some(into) = into.columns.get_mut(number) {
                    *into = column;
                }
            }
        }
        into.place = Some((group, from));
        into.rows_in_block = count as u64;
        into.rows.extend(0..count as u32);
        self.reject(&faults, into);
        Ok(())
    }

    /// Reads the columns that can be read the quick way; the others stay absent. Of columns whose next page is being
    /// unpacked by another thread, another one is read first.
    fn read_quickly(&self, (group, from, count): (usize, usize, usize), into: &mut RawBatch) {
        let needed = match self.under_way().first() {
            Some((first, from)) if *first == group => *from,
            Some((first, _)) if *first > group => from,
            _ => 0,
        };
        let chunk = |number: usize| {
            let leaf = self.leaves.get(number)?.as_ref().filter(|leaf| leaf.list.is_none())?;
            let chunk = guarded(&self.name, || self.pages.chunk(&self.file, group, (leaf.index, leaf.full_level)));
            Some((number, leaf, chunk.ok()?))
        };
        let mut waiting: Vec<_> = (0..self.leaves.len()).filter_map(chunk).collect();
        let mut patient = false;
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|(number, leaf, chunk)| {
                let chunk = match chunk.try_lock() {
                    Ok(chunk) => chunk,
                    Err(TryLockError::WouldBlock) if !patient => return true,
                    Err(_) => chunk.lock().unwrap_or_else(PoisonError::into_inner),
                };
                patient = false;
                let text = &mut into.text;
                let read = catch_unwind(AssertUnwindSafe(|| quickly(chunk, leaf, (from, count), needed, text)));
                if let Some(into) = into.columns.get_mut(*number) {
                    *into = read.ok().flatten().unwrap_or(RawColumn::Absent);
                }
                false
            });
            patient = waiting.len() == before;
        }
    }

    /// Takes the rows with faults out of the batch.
    fn reject(&self, faults: &BTreeMap<usize, (usize, String)>, into: &mut RawBatch) {
        if faults.is_empty() {
            return;
        }
        for (row, (column, reason)) in faults {
            let bad = BadRow {
                file: self.name.clone(),
                row: *row as u64,
                line: None,
                column: self.names.get(*column).map(|column| shown(column)),
                reason: reason.clone(),
                help: None,
                raw: self.raw(into, *row),
            };
            into.bad.push(bad);
        }
        let good: Vec<bool> = (0..into.rows.len()).map(|row| !faults.contains_key(&row)).collect();
        into.keep_rows(&good);
    }
}

/// A column the quick way; `None` where that cannot be.
fn quickly(
    mut chunk: MutexGuard<'_, Chunk>,
    leaf: &Leaf,
    (from, count): (usize, usize),
    needed: usize,
    text: &mut String,
) -> Option<RawColumn> {
    let pages = chunk.pages(from, from + count, needed)?;
    let (dictionary, physical) = (chunk.dictionary(), chunk.physical());
    drop(chunk);
    let dictionary = dictionary.as_deref();
    quick::Column { pages: &pages, dictionary, physical, kind: leaf.kind, from, count }.read(text)
}

impl Decoder for Columns {
    fn decode(&self, block: Block, into: &mut RawBatch) -> Result<(), DataError> {
        let mut text = into.clear(self.leaves.len());
        text.clear();
        into.text = String::from_utf8(text).unwrap_or_default();
        into.present.extend(self.leaves.iter().map(Option::is_some));
        let Block::Rows { group, from, count } = block else { return Ok(()) };
        let read = self.read((group, from, count), true, into);
        let mut under_way = self.under_way();
        under_way.remove(&(group, from));
        let first = under_way.first().map_or(group, |(first, _)| *first);
        self.cursors.forget_before(first);
        self.pages.forget_before(first);
        read
    }

    /// The cells that were read, as a JSON object.
    fn raw(&self, batch: &RawBatch, row: usize) -> String {
        let cells = self.names.iter().enumerate().map(|(number, column)| {
            let text = batch.cell(number, row).text();
            (column.clone(), text.map_or(serde_json::Value::Null, Into::into))
        });
        serde_json::Value::Object(cells.collect()).to_string()
    }
}

#[cfg(test)]
mod tests;
