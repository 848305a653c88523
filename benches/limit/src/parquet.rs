//! Parquet: pages are decoded by hand, and each word of a dictionary is judged once.

use crate::ordered::{Ordered, lock, on_threads};
use crate::rules::{self, CUSTOMER, Endings, HEADER};
use crate::shared_file::SharedFile;
use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageReader};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use std::fs::File;
use std::io::{Error, Result};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub fn score(leads: &Path, output: &Path, threads: usize) -> Result<()> {
    let file = SerializedFileReader::new(SharedFile::new(File::open(leads)?)?)?;
    let next = AtomicUsize::new(0);
    let ordered = Mutex::new(Ordered::new(output, HEADER)?);
    let endings = Endings::new();
    on_threads(threads, || {
        let (mut sums, mut room) = (Vec::new(), Vec::new());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= file.num_row_groups() {
                return Ok(());
            }
            score_group(&*file.get_row_group(number)?, &endings, &mut sums, &mut room)?;
            room = lock(&ordered)?.hand_in(number, room)?;
        }
    })
}

fn score_group(group: &dyn RowGroupReader, endings: &Endings, sums: &mut Vec<i32>, out: &mut Vec<u8>) -> Result<()> {
    sums.clear();
    sums.resize(group.metadata().num_rows() as usize, 0);
    text(group, sums, "email", rules::email)?;
    text(group, sums, "title", rules::title)?;
    text(group, sums, "department", rules::department)?;
    text(group, sums, "industry", rules::industry)?;
    text(group, sums, "country", rules::country)?;
    text(group, sums, "source", rules::source)?;
    number(group, sums, "employees", rules::NO_EMPLOYEES, |number| rules::employees(number.floor() as i64))?;
    number(group, sums, "revenue", 0, rules::revenue)?;
    number(group, sums, "budget", 0, rules::budget)?;
    number(group, sums, "created", 0, |day| rules::created_day(day as i32))?;
    number(group, sums, "last_contact", 0, |day| rules::last_contact_day(day as i32))?;
    yes_no(group, sums, "consent", rules::consent)?;
    yes_no(group, sums, CUSTOMER, rules::customer)?;
    known(group, sums, "phone", rules::PHONE)?;
    keys(group, "id", |row, key| {
        out.extend_from_slice(key);
        out.extend_from_slice(endings.of(sums[row]));
    })
}

fn pages(group: &dyn RowGroupReader, name: &str) -> Result<(Box<dyn PageReader>, i16, Type)> {
    let schema = group.metadata().schema_descr();
    let place = schema.columns().iter().position(|column| column.path().string() == name);
    let place = place.ok_or_else(|| Error::other(format!("no column {name}")))?;
    let column = schema.column(place);
    Ok((group.get_column_page_reader(place)?, column.max_def_level(), column.physical_type()))
}

/// A data page taken apart: which of its rows are known (none when all are), and the bytes of the known values.
struct Data<'a> {
    rows: usize,
    known: Option<Vec<u32>>,
    encoding: Encoding,
    values: &'a [u8],
}

fn data(page: &Page, definition: i16) -> Result<Data<'_>> {
    let (buffer, rows, encoding, levels, length_first) = match page {
        Page::DataPage { buf, num_values, encoding, .. } => (buf, *num_values as usize, *encoding, None, true),
        Page::DataPageV2 { buf, num_values, encoding, def_levels_byte_len, .. } => {
            (buf, *num_values as usize, *encoding, Some(*def_levels_byte_len as usize), false)
        }
        Page::DictionaryPage { .. } => return Err(Error::other("a dictionary where data was expected")),
    };
    if definition == 0 {
        return Ok(Data { rows, known: None, encoding, values: buffer });
    }
    let start = if length_first { 4 } else { 0 };
    let length = levels.unwrap_or_else(|| u32::from_le_bytes([buffer[0], buffer[1], buffer[2], buffer[3]]) as usize);
    let mut known = Vec::with_capacity(rows);
    numbers(&buffer[start..start + length], 1, rows, &mut known);
    let known = if known.contains(&0) { Some(known) } else { None };
    Ok(Data { rows, known, encoding, values: &buffer[start + length..] })
}

impl Data<'_> {
    fn known_rows(&self) -> usize {
        self.known.as_ref().map_or(self.rows, |known| known.iter().sum::<u32>() as usize)
    }

    /// Indices into the dictionary, when that is what the page holds.
    fn indices(&self) -> Option<Vec<u32>> {
        matches!(self.encoding, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY).then(|| {
            let mut indices = Vec::with_capacity(self.known_rows());
            if let [width, packed @ ..] = self.values {
                numbers(packed, u32::from(*width), self.known_rows(), &mut indices);
            }
            indices
        })
    }

    /// Sees each row's next value, or that it has none.
    #[inline(always)]
    fn each(&self, mut see: impl FnMut(usize, bool)) {
        match &self.known {
            Some(known) => known.iter().enumerate().for_each(|(row, known)| see(row, *known == 1)),
            None => (0..self.rows).for_each(|row| see(row, true)),
        }
    }
}

/// Runs and packed groups of small numbers, as Parquet keeps levels, indices and some yes/no columns.
fn numbers(mut bytes: &[u8], width: u32, count: usize, out: &mut Vec<u32>) {
    while out.len() < count {
        let (mut header, mut shift) = (0_u64, 0);
        while let [byte, rest @ ..] = bytes {
            header |= u64::from(byte & 0x7F) << shift;
            (shift, bytes) = (shift + 7, rest);
            if byte & 0x80 == 0 {
                break;
            }
        }
        let wanted = count - out.len();
        if header & 1 == 0 {
            let size = width.div_ceil(8) as usize;
            let (value, rest) = bytes.split_at(size.min(bytes.len()));
            bytes = rest;
            let value = value.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
            out.resize(out.len() + ((header >> 1) as usize).min(wanted), value);
            if header >> 1 == 0 {
                return;
            }
        } else {
            let groups = (header >> 1) as usize;
            let (packed, rest) = bytes.split_at((groups * width as usize).min(bytes.len()));
            bytes = rest;
            unpack(packed, width, (groups * 8).min(wanted), out);
        }
    }
}

#[inline(always)]
fn unpack(packed: &[u8], width: u32, count: usize, out: &mut Vec<u32>) {
    let mask = (1_u64 << width) - 1;
    let (mut held, mut bits, mut bytes) = (0_u64, 0, packed);
    for _ in 0..count {
        if bits < width {
            match bytes {
                [a, b, c, d, rest @ ..] => {
                    held |= u64::from(u32::from_le_bytes([*a, *b, *c, *d])) << bits;
                    (bits, bytes) = (bits + 32, rest);
                }
                _ => {
                    for byte in bytes {
                        held |= u64::from(*byte) << bits;
                        bits += 8;
                    }
                    bytes = &[];
                }
            }
        }
        out.push((held & mask) as u32);
        held >>= width;
        bits = bits.saturating_sub(width);
    }
}

/// A text that starts with its length, and what follows it.
#[inline(always)]
fn next_text<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return &[] };
    let (text, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
    *bytes = rest;
    text
}

/// Adds what each row's text gives; a dictionary's words are judged once.
fn text(group: &dyn RowGroupReader, sums: &mut [i32], name: &str, give: impl Fn(&[u8]) -> i32) -> Result<()> {
    let (mut pages, definition, _) = pages(group, name)?;
    let (mut dictionary, mut first): (Vec<i32>, usize) = (Vec::new(), 0);
    while let Some(page) = pages.get_next_page()? {
        if let Page::DictionaryPage { buf, num_values, .. } = &page {
            let mut bytes: &[u8] = buf;
            dictionary = (0..*num_values).map(|_| give(next_text(&mut bytes))).collect();
            continue;
        }
        let data = data(&page, definition)?;
        let (indices, mut next, mut bytes) = (data.indices(), 0, data.values);
        data.each(|row, known| {
            sums[first + row] += match (&indices, known) {
                (_, false) => 0,
                (Some(indices), true) => dictionary[indices[next] as usize],
                (None, true) => give(next_text(&mut bytes)),
            };
            next += usize::from(known);
        });
        first += data.rows;
    }
    Ok(())
}

/// Sees each row's key.
fn keys(group: &dyn RowGroupReader, name: &str, mut see: impl FnMut(usize, &[u8])) -> Result<()> {
    let (mut pages, definition, _) = pages(group, name)?;
    let (mut dictionary, mut first): (Vec<Vec<u8>>, usize) = (Vec::new(), 0);
    while let Some(page) = pages.get_next_page()? {
        if let Page::DictionaryPage { buf, num_values, .. } = &page {
            let mut bytes: &[u8] = buf;
            dictionary = (0..*num_values).map(|_| next_text(&mut bytes).to_vec()).collect();
            continue;
        }
        let data = data(&page, definition)?;
        let (indices, mut next, mut bytes) = (data.indices(), 0, data.values);
        data.each(|row, known| {
            match (&indices, known) {
                (_, false) => {}
                (Some(indices), true) => see(first + row, &dictionary[indices[next] as usize]),
                (None, true) => see(first + row, next_text(&mut bytes)),
            }
            next += usize::from(known);
        });
        first += data.rows;
    }
    Ok(())
}

fn number(
    group: &dyn RowGroupReader,
    sums: &mut [i32],
    name: &str,
    missing: i32,
    give: impl Fn(f64) -> i32,
) -> Result<()> {
    let (mut pages, definition, kind) = pages(group, name)?;
    let size = if matches!(kind, Type::INT32 | Type::FLOAT) { 4 } else { 8 };
    let read = |bytes: &[u8]| {
        let low = [bytes[0], bytes[1], bytes[2], bytes[3]];
        let all = || [bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]];
        give(match kind {
            Type::INT32 => f64::from(i32::from_le_bytes(low)),
            Type::FLOAT => f64::from(f32::from_le_bytes(low)),
            Type::DOUBLE => f64::from_le_bytes(all()),
            _ => i64::from_le_bytes(all()) as f64,
        })
    };
    let (mut dictionary, mut first): (Vec<i32>, usize) = (Vec::new(), 0);
    while let Some(page) = pages.get_next_page()? {
        if let Page::DictionaryPage { buf, .. } = &page {
            dictionary = buf.chunks_exact(size).map(read).collect();
            continue;
        }
        let data = data(&page, definition)?;
        let mut next = 0;
        let indices = data.indices();
        data.each(|row, known| {
            sums[first + row] += match (&indices, known) {
                (_, false) => missing,
                (Some(indices), true) => dictionary[indices[next] as usize],
                (None, true) => read(&data.values[next * size..next * size + size]),
            };
            next += usize::from(known);
        });
        first += data.rows;
    }
    Ok(())
}

fn yes_no(group: &dyn RowGroupReader, sums: &mut [i32], name: &str, give: impl Fn(bool) -> i32) -> Result<()> {
    let (mut pages, definition, _) = pages(group, name)?;
    let (gives, mut first) = ([give(false), give(true)], 0);
    while let Some(page) = pages.get_next_page()? {
        let data = data(&page, definition)?;
        let mut values = Vec::with_capacity(data.rows);
        match data.encoding {
            Encoding::RLE => numbers(&data.values[4..], 1, data.known_rows(), &mut values),
            _ => unpack(data.values, 1, data.known_rows(), &mut values),
        }
        let mut next = 0;
        data.each(|row, known| {
            if known {
                sums[first + row] += gives[values[next] as usize];
                next += 1;
            }
        });
        first += data.rows;
    }
    Ok(())
}

fn known(group: &dyn RowGroupReader, sums: &mut [i32], name: &str, points: i32) -> Result<()> {
    let (mut pages, definition, _) = pages(group, name)?;
    let mut first = 0;
    while let Some(page) = pages.get_next_page()? {
        if matches!(page, Page::DictionaryPage { .. }) {
            continue;
        }
        let data = data(&page, definition)?;
        data.each(|row, known| sums[first + row] += if known { points } else { 0 });
        first += data.rows;
    }
    Ok(())
}
