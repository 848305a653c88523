//! NDJSON: quotes are found 64 bytes at a time, members are expected in the order of the line before.

use crate::index::{bits, chunks};
use crate::ordered::{Blocks, in_blocks};
use crate::rules::{self, CUSTOMER, Endings, FIELDS};
use std::fs::File;
use std::io::Result;
use std::path::Path;

pub fn score(leads: &Path, output: &Path, threads: usize) -> Result<()> {
    let endings = Endings::new();
    let blocks = Blocks::new(File::open(leads)?, Vec::new(), |block| memchr::memrchr(b'\n', block).map(|end| end + 1));
    in_blocks(blocks, output, threads, |block, out| score_block(block, &endings, out))
}

fn score_block(block: &[u8], endings: &Endings, out: &mut Vec<u8>) {
    let quotes = quotes(block);
    let mut lines = Lines { block, quotes: &quotes, next: 0, expected: Vec::new() };
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', block) {
        if memchr::memchr(b'{', &block[start..end.min(start + 8)]).is_some() {
            lines.score(end, endings, out);
        }
        start = end + 1;
    }
}

/// Where the quotes are that begin and end texts.
fn quotes(block: &[u8]) -> Vec<u32> {
    let mut quotes = Vec::with_capacity(block.len() / 5);
    let mut escaped = false;
    chunks(block, |start, chunk| {
        let [mut quoted, backslashes] = bits(chunk, [b'"', b'\\']);
        if backslashes != 0 || escaped {
            for (place, byte) in chunk.iter().enumerate() {
                if escaped {
                    quoted &= !(1 << place);
                }
                escaped = *byte == b'\\' && !escaped;
            }
        }
        while quoted != 0 {
            quotes.push(start as u32 + quoted.trailing_zeros());
            quoted &= quoted - 1;
        }
    });
    quotes
}

struct Lines<'a> {
    block: &'a [u8],
    quotes: &'a [u32],
    /// The next quote to look at.
    next: usize,
    /// The members of the line before: each one's name, and which field it is.
    expected: Vec<(&'a [u8], Option<usize>)>,
}

impl<'a> Lines<'a> {
    fn quote(&self, number: usize) -> usize {
        self.quotes.get(number).map_or(self.block.len(), |place| *place as usize)
    }

    /// Scores the line that ends here.
    fn score(&mut self, end: usize, endings: &Endings, out: &mut Vec<u8>) {
        let (mut sum, mut member, mut key) = (rules::NO_EMPLOYEES, 0, &self.block[..0]);
        while self.quote(self.next) < end {
            let name = &self.block[self.quote(self.next) + 1..self.quote(self.next + 1)];
            let mut value = self.quote(self.next + 1) + 1;
            self.next += 2;
            while matches!(self.block[value], b':' | b' ' | b'\t') {
                value += 1;
            }
            let field = self.field(member, name);
            member += 1;
            match self.block[value] {
                b'"' => {
                    let text = &self.block[value + 1..self.quote(self.next + 1)];
                    self.next += 2;
                    match field {
                        Some(0) => key = text,
                        Some(field) => sum += unescaped(text, |text| of_text(field, text)),
                        None => {}
                    }
                }
                b'{' | b'[' => self.skip_nested(value),
                b'n' => {}
                _ => match field {
                    Some(0) => key = literal(&self.block[value..end]),
                    Some(field) => sum += of_literal(field, &self.block[value..end]),
                    None => {}
                },
            }
        }
        write_key(key, out);
        out.extend_from_slice(endings.of(sum));
    }

    /// Which field the member is: most often the one that stood here in the line before.
    #[inline(always)]
    fn field(&mut self, member: usize, name: &'a [u8]) -> Option<usize> {
        match self.expected.get(member) {
            Some((expected, field)) if *expected == name => *field,
            _ => {
                let place = FIELDS.iter().position(|field| field.as_bytes() == name);
                let field = place.or((name == CUSTOMER.as_bytes()).then_some(FIELDS.len()));
                self.expected.truncate(member);
                self.expected.push((name, field));
                field
            }
        }
    }

    fn skip_nested(&mut self, mut place: usize) {
        let mut depth = 0;
        loop {
            match self.block[place] {
                b'"' => {
                    while self.quote(self.next) < place {
                        self.next += 1;
                    }
                    place = self.quote(self.next + 1);
                    self.next += 2;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            place += 1;
            if depth == 0 {
                return;
            }
        }
    }
}

#[inline(always)]
fn of_text(field: usize, text: &[u8]) -> i32 {
    if text.is_empty() {
        return 0;
    }
    match field {
        1 => rules::email(text),
        2 => rules::title(text),
        3 => rules::department(text),
        4 => rules::industry(text),
        5 => rules::country(text),
        6 => rules::source(text),
        7 => rules::PHONE,
        11 => rules::created(text),
        12 => rules::last_contact(text),
        _ => of_literal(field, text),
    }
}

#[inline(always)]
fn of_literal(field: usize, text: &[u8]) -> i32 {
    match field {
        7 => rules::PHONE,
        8 => rules::employees(rules::whole(text)) - rules::NO_EMPLOYEES,
        9 => rules::revenue(rules::whole(text) as f64),
        10 => rules::budget(rules::whole(text) as f64),
        13 => rules::consent(text.starts_with(b"t")),
        14 => rules::customer(text.starts_with(b"t")),
        _ => 0,
    }
}

/// A number that is a key, as it is written.
fn literal(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b',' | b'}' | b' ')).unwrap_or(text.len());
    &text[..end]
}

#[inline(always)]
fn unescaped(text: &[u8], give: impl Fn(&[u8]) -> i32) -> i32 {
    match text.contains(&b'\\') {
        true => give(&unescape(text)),
        false => give(text),
    }
}

#[cold]
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut plain = String::new();
    let text = String::from_utf8_lossy(text);
    let mut letters = text.chars();
    let mut units: Vec<u16> = Vec::new();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => plain.push('\n'),
            Some('t') => plain.push('\t'),
            Some('r') => plain.push('\r'),
            Some('b') => plain.push('\u{8}'),
            Some('f') => plain.push('\u{c}'),
            Some('u') => {
                let digits: String = letters.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xFFFD));
                let goes_on = (0xD800..0xDC00).contains(&units[units.len() - 1]);
                if !goes_on || units.len() == 2 {
                    plain.push_str(&String::from_utf16_lossy(&units));
                    units.clear();
                }
            }
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain.into_bytes()
}

/// As a cell of CSV.
fn write_key(key: &[u8], out: &mut Vec<u8>) {
    if memchr::memchr3(b',', b'"', b'\\', key).is_none() {
        return out.extend_from_slice(key);
    }
    let plain = unescape(key);
    match memchr::memchr3(b',', b'"', b'\n', &plain) {
        Some(_) => {
            let doubled = String::from_utf8_lossy(&plain).replace('"', "\"\"");
            out.extend_from_slice(format!("\"{doubled}\"").as_bytes());
        }
        None => out.extend_from_slice(&plain),
    }
}
