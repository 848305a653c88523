//! CSV: separators are found 64 bytes at a time, what lies between quotes left out.

use crate::index::{between, bits, chunks};
use crate::ordered::{Blocks, in_blocks};
use crate::rules::{self, CUSTOMER, Endings, FIELDS};
use std::fs::File;
use std::io::{BufRead, BufReader, Error, Result};
use std::path::Path;

const MOST_COLUMNS: usize = 256;

pub fn score(leads: &Path, output: &Path, threads: usize) -> Result<()> {
    let mut reader = BufReader::new(File::open(leads)?);
    let mut header = String::new();
    reader.read_line(&mut header)?;
    let rest = reader.buffer().to_vec();
    let columns = Columns::of(header.trim_start_matches('\u{feff}').trim_end())?;
    let endings = Endings::new();
    let blocks = Blocks::new(reader.into_inner(), rest, last_row_end);
    in_blocks(blocks, output, threads, |block, out| score_block(block, &columns, &endings, out))
}

/// Behind the last line end that lies outside of quotes.
fn last_row_end(block: &[u8]) -> Option<usize> {
    let mut odd = memchr::memchr_iter(b'"', block).count() % 2 == 1;
    let mut end = block.len();
    loop {
        let newline = memchr::memrchr2(b'\n', b'"', &block[..end])?;
        match block[newline] {
            b'"' => odd = !odd,
            _ if !odd => return Some(newline + 1),
            _ => {}
        }
        end = newline;
    }
}

/// Where each field of the model stands.
struct Columns {
    place: [usize; FIELDS.len()],
    customer: usize,
    count: usize,
}

impl Columns {
    fn of(header: &str) -> Result<Columns> {
        let names: Vec<&str> = header.split(',').map(|name| name.trim_matches('"')).collect();
        let place = |field: &str| {
            let place = names.iter().position(|name| *name == field);
            place.ok_or_else(|| Error::other(format!("no column {field}")))
        };
        let mut columns = Columns { place: [0; FIELDS.len()], customer: place(CUSTOMER)?, count: names.len() };
        for (slot, field) in columns.place.iter_mut().zip(FIELDS) {
            *slot = place(field)?;
        }
        match columns.count < MOST_COLUMNS {
            true => Ok(columns),
            false => Err(Error::other("too many columns")),
        }
    }
}

fn score_block(block: &[u8], columns: &Columns, endings: &Endings, out: &mut Vec<u8>) {
    // Where each field of the row ends; the first place is where the row before ended.
    let mut ends = [0_u32; MOST_COLUMNS + 1];
    let row = Row { block, ends: &mut ends, columns };
    let (mut column, mut inside) = (0_usize, 0_u64);
    row.ends[0] = u32::MAX;
    chunks(block, |start, chunk| {
        let [quotes, commas, newlines] = bits(chunk, [b'"', b',', b'\n']);
        let quoted = between(quotes) ^ inside;
        inside = ((quoted as i64) >> 63) as u64;
        let mut separators = (commas | newlines) & !quoted;
        while separators != 0 {
            let bit = separators.trailing_zeros();
            separators &= separators - 1;
            let place = start as u32 + bit;
            column = (column + 1).min(MOST_COLUMNS);
            row.ends[column] = place;
            if newlines >> bit & 1 == 1 {
                if column == columns.count {
                    row.score(endings, out);
                }
                row.ends[0] = place;
                column = 0;
            }
        }
    });
}

struct Row<'a> {
    block: &'a [u8],
    ends: &'a mut [u32; MOST_COLUMNS + 1],
    columns: &'a Columns,
}

impl Row<'_> {
    #[inline(always)]
    fn raw(&self, column: usize) -> &[u8] {
        &self.block[self.ends[column].wrapping_add(1) as usize..self.ends[column + 1] as usize]
    }

    /// The cell without its quotes: what it gives, or what a missing one gives.
    #[inline(always)]
    fn text(&self, field: usize, give: impl Fn(&[u8]) -> i32) -> i32 {
        let cell = self.raw(self.columns.place[field]);
        match cell {
            [b'"', inner @ .., b'"'] if memchr::memchr(b'"', inner).is_some() => {
                give(&String::from_utf8_lossy(inner).replace("\"\"", "\"").into_bytes())
            }
            [b'"', inner @ .., b'"'] => give(inner),
            _ => give(cell),
        }
    }

    #[inline(always)]
    fn number(&self, field: usize, give: impl Fn(i64) -> i32, missing: i32) -> i32 {
        self.text(field, |cell| if cell.is_empty() { missing } else { give(rules::whole(cell)) })
    }

    fn score(&self, endings: &Endings, out: &mut Vec<u8>) {
        let yes = |column: usize| matches!(self.raw(column), [b't' | b'T' | b'y' | b'Y' | b'1', ..]);
        let sum = self.text(1, rules::email)
            + self.text(2, rules::title)
            + self.text(3, rules::department)
            + self.text(4, rules::industry)
            + self.text(5, rules::country)
            + self.text(6, rules::source)
            + self.text(7, |phone| if phone.is_empty() { 0 } else { rules::PHONE })
            + self.number(8, rules::employees, rules::NO_EMPLOYEES)
            + self.number(9, |number| rules::revenue(number as f64), 0)
            + self.number(10, |number| rules::budget(number as f64), 0)
            + self.text(11, rules::created)
            + self.text(12, |day| if day.is_empty() { 0 } else { rules::last_contact(day) })
            + rules::consent(yes(self.columns.place[13]))
            + rules::customer(yes(self.columns.customer));
        out.extend_from_slice(self.raw(self.columns.place[0]));
        out.extend_from_slice(endings.of(sum));
    }
}
