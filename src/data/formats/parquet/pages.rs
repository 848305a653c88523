//! The pages of column chunks: each is unpacked once, by whoever asks first, and kept while some block needs it.

use super::file::SharedFile;
use super::runs::Runs;
use crate::data::texts::Texts;
use bytes::Bytes;
use parquet::basic::{Encoding, Type as Physical};
use parquet::column::page::{Page, PageReader};
use parquet::errors::Result as ParquetResult;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// The column chunks being read, by row group and leaf.
#[derive(Default)]
pub(super) struct Pages(Mutex<BTreeMap<Place, Arc<Mutex<Chunk>>>>);

/// Row group, leaf.
type Place = (usize, usize);

/// A column of a row group.
pub(super) struct Chunk {
    /// `None` behind the last page, or where the chunk is left to careful reading.
    reader: Option<Box<dyn PageReader>>,
    physical: Physical,
    /// The definition level of a value that is there.
    full_level: i16,
    dictionary: Option<Arc<Dictionary>>,
    kept: VecDeque<Arc<Data>>,
    next_row: usize,
}

/// The values that codes stand for.
pub(super) enum Dictionary {
    Texts(Arc<Texts>),
    Whole(Vec<i64>),
    Doubles(Vec<f64>),
}

/// A data page of a column without lists.
pub(super) struct Data {
    /// Its first row in the row group.
    pub(super) first: usize,
    pub(super) rows: usize,
    /// Which rows have a value; `None`: all.
    pub(super) known: Option<Vec<bool>>,
    pub(super) encoding: Encoding,
    buffer: Bytes,
    levels: usize,
}

impl Data {
    /// The values of the known rows.
    pub(super) fn values(&self) -> &[u8] {
        self.buffer.get(self.levels..).unwrap_or_default()
    }
}

impl Pages {
    pub(super) fn chunk(
        &self,
        file: &SerializedFileReader<SharedFile>,
        group: usize,
        (leaf, full_level): (usize, i16),
    ) -> ParquetResult<Arc<Mutex<Chunk>>> {
        let mut chunks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(chunk) = chunks.get(&(group, leaf)) {
            return Ok(chunk.clone());
        }
        let about = file.get_row_group(group)?;
        let column = about.metadata().schema_descr().column(leaf);
        let simple = column.max_rep_level() == 0 && column.max_def_level() == full_level;
        let reader = if simple { Some(about.get_column_page_reader(leaf)?) } else { None };
        let chunk = Chunk {
            reader,
            physical: column.physical_type(),
            full_level,
            dictionary: None,
            kept: VecDeque::new(),
            next_row: 0,
        };
        let chunk = Arc::new(Mutex::new(chunk));
        chunks.insert((group, leaf), chunk.clone());
        Ok(chunk)
    }

    /// Row groups before `group` are done with.
    pub(super) fn forget_before(&self, group: usize) {
        let mut chunks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if chunks.first_key_value().is_some_and(|((first, _), _)| *first < group) {
            chunks.retain(|(other, _), _| *other >= group);
        }
    }
}

impl Chunk {
    pub(super) fn physical(&self) -> Physical {
        self.physical
    }

    pub(super) fn dictionary(&self) -> Option<Arc<Dictionary>> {
        self.dictionary.clone()
    }

    /// The pages with rows from `from` up to `to`; rows before `needed` are done with. `None`: the column is to be
    /// read with care.
    pub(super) fn pages(&mut self, from: usize, to: usize, needed: usize) -> Option<Vec<Arc<Data>>> {
        while self.kept.front().is_some_and(|page| page.first + page.rows <= needed.min(from)) {
            self.kept.pop_front();
        }
        while self.next_row < to {
            let page = self.read();
            if page.is_none() {
                self.reader = None;
            }
            self.kept.extend(page?);
        }
        let first = self.kept.front()?.first;
        (first <= from).then(|| {
            let touches = |page: &&Arc<Data>| page.first < to && page.first + page.rows > from;
            self.kept.iter().filter(touches).cloned().collect()
        })
    }

    /// The next data page, if the next page is one.
    fn read(&mut self) -> Option<Option<Arc<Data>>> {
        let page = self.reader.as_mut()?.get_next_page().ok()??;
        let width = u32::from(self.full_level.cast_unsigned()).checked_ilog2().map_or(0, |bits| bits + 1);
        let (buffer, rows, encoding, from, levels) = match page {
            Page::DictionaryPage { buf, num_values, .. } => {
                self.dictionary = Some(Arc::new(dictionary(buf, num_values as usize, self.physical)?));
                return Some(None);
            }
            Page::DataPage { buf, num_values, encoding, def_level_encoding, .. } => {
                let length = if width == 0 {
                    0
                } else if def_level_encoding == Encoding::RLE {
                    4 + u32::from_le_bytes(*buf.first_chunk::<4>()?) as usize
                } else {
                    return None;
                };
                (buf, num_values as usize, encoding, length.min(4), length)
            }
            Page::DataPageV2 { buf, num_values, encoding, def_levels_byte_len, rep_levels_byte_len, .. } => {
                let from = rep_levels_byte_len as usize;
                (buf, num_values as usize, encoding, from, from + def_levels_byte_len as usize)
            }
        };
        let known = if width == 0 { None } else { self.known(buffer.get(from..levels)?, width, rows)? };
        let page = Data { first: self.next_row, rows, known, encoding, buffer, levels };
        self.next_row += rows;
        Some(Some(Arc::new(page)))
    }

    fn known(&self, levels: &[u8], width: u32, rows: usize) -> Option<Option<Vec<bool>>> {
        let mut runs = Runs::new(levels, width)?;
        let known = if width == 1 {
            runs.flags(rows)?
        } else {
            let mut all = Vec::with_capacity(rows);
            runs.read(rows, &mut all)?;
            let full = u32::from(self.full_level.cast_unsigned());
            all.iter().map(|level| *level == full).collect()
        };
        Some(known.contains(&false).then_some(known))
    }
}

fn dictionary(page: Bytes, count: usize, physical: Physical) -> Option<Dictionary> {
    let bytes = page.as_ref();
    let fixed = |width: usize| bytes.get(..count.checked_mul(width)?);
    Some(match physical {
        Physical::BYTE_ARRAY => {
            u32::try_from(bytes.len()).ok()?;
            let (mut texts, mut rest) = (Texts::default(), bytes);
            // Where all is text, lengths too, a piece between two characters is text: most are told so, together.
            let all = simdutf8::basic::from_utf8(bytes).ok();
            for _ in 0..count {
                let text;
                (text, rest) = next_text(rest)?;
                let end = bytes.len() - rest.len();
                let checked = all.and_then(|all| all.get(end - text.len()..end));
                texts.push(checked.or_else(|| std::str::from_utf8(text).ok())?);
            }
            Dictionary::Texts(Arc::new(texts))
        }
        Physical::INT32 => {
            let numbers = fixed(4)?.as_chunks::<4>().0.iter();
            Dictionary::Whole(numbers.map(|four| i64::from(i32::from_le_bytes(*four))).collect())
        }
        Physical::INT64 => {
            Dictionary::Whole(fixed(8)?.as_chunks::<8>().0.iter().map(|eight| i64::from_le_bytes(*eight)).collect())
        }
        Physical::FLOAT => {
            let numbers = fixed(4)?.as_chunks::<4>().0.iter();
            Dictionary::Doubles(numbers.map(|four| widened(f32::from_le_bytes(*four))).collect())
        }
        Physical::DOUBLE => {
            Dictionary::Doubles(fixed(8)?.as_chunks::<8>().0.iter().map(|eight| f64::from_le_bytes(*eight)).collect())
        }
        _ => return None,
    })
}

/// A text behind its length, and what follows.
#[inline(always)]
pub(super) fn next_text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

/// The double whose shortest decimal text is that of the single.
pub(super) fn widened(number: f32) -> f64 {
    let wide = f64::from(number);
    if wide.fract() == 0.0 && wide.abs() < 16_777_216.0 || !wide.is_finite() {
        return wide;
    }
    number.to_string().parse().unwrap_or(wide)
}
