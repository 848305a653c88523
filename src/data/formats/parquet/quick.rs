//! Columns of the usual kinds, straight from the bytes of their pages. `None` from any function here: careful reading
//! is to judge.

use super::columns::{self, Kind};
use super::pages::{Data, Dictionary, next_text, widened};
use super::runs::{Runs, push_bits};
use crate::data::batch::{MISSING, Piece, PieceKind, RawColumn};
use crate::data::rows::Cell;
use crate::data::texts::Texts;
use parquet::basic::{Encoding, Type as Physical};
use std::sync::Arc;

/// Some rows of a column.
pub(super) struct Column<'pages> {
    pub(super) pages: &'pages [Arc<Data>],
    pub(super) dictionary: Option<&'pages Dictionary>,
    pub(super) physical: Physical,
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) count: usize,
}

/// The rows of one page.
struct Stretch<'pages> {
    page: &'pages Data,
    /// For each row whether it has a value; `None`: all have.
    known: Option<&'pages [bool]>,
    /// Values of the page before these rows.
    skipped: usize,
    /// Values of these rows.
    values: usize,
    rows: usize,
}

impl<'pages> Column<'pages> {
    /// Reads the rows; texts that are in no dictionary are added to `text`.
    pub(super) fn read(&self, text: &mut String) -> Option<RawColumn> {
        match (self.physical, self.kind) {
            (Physical::BYTE_ARRAY, Kind::Plain) => self.texts(text),
            (Physical::INT32 | Physical::INT64, Kind::Day | Kind::Timestamp { utc: true, .. }) => self.dates(),
            (Physical::INT32 | Physical::INT64, kind) => self.whole().and_then(|(numbers, known)| {
                let unsigned = |number: i64| match self.physical {
                    Physical::INT32 => u64::from((number as i32).cast_unsigned()),
                    _ => number.cast_unsigned(),
                };
                of_kind(kind, numbers, known, unsigned)
            }),
            (Physical::FLOAT | Physical::DOUBLE, Kind::Plain) => {
                let (numbers, known) = self.doubles()?;
                numbers.iter().all(|number| number.is_finite()).then_some(RawColumn::Doubles { numbers, known })
            }
            (Physical::BOOLEAN, Kind::Plain) => self.yes_no(),
            _ => None,
        }
    }

    fn stretches(&self) -> impl Iterator<Item = Stretch<'pages>> {
        let (from, to) = (self.from, self.from + self.count);
        self.pages.iter().map(move |page| {
            let begin = from.saturating_sub(page.first);
            let end = (to - page.first).min(page.rows);
            let flags = page.known.as_deref();
            let count = |flags: &[bool]| flags.iter().filter(|known| **known).count();
            let known = flags.and_then(|flags| flags.get(begin..end));
            Stretch {
                page,
                known,
                skipped: flags.and_then(|flags| flags.get(..begin)).map_or(begin, count),
                values: known.map_or(end - begin, count),
                rows: end - begin,
            }
        })
    }

    /// For each row whether it has a value.
    fn known(&self) -> Vec<bool> {
        let mut all = Vec::with_capacity(self.count);
        for stretch in self.stretches() {
            match stretch.known {
                Some(known) => all.extend_from_slice(known),
                None => all.resize(all.len() + stretch.rows, true),
            }
        }
        all
    }

    fn texts(&self, text: &mut String) -> Option<RawColumn> {
        let dictionary = match self.dictionary {
            Some(Dictionary::Texts(texts)) => Some(texts),
            _ => None,
        };
        if let Some(dictionary) = dictionary
            && self.pages.iter().all(|page| is_coded(page))
        {
            let mut codes = Vec::with_capacity(self.count);
            let mut dense = Vec::new();
            for stretch in self.stretches() {
                match stretch.known {
                    None => stretch.codes(dictionary.len(), &mut codes)?,
                    Some(known) => {
                        dense.clear();
                        stretch.codes(dictionary.len(), &mut dense)?;
                        spread(known, &dense, MISSING, &mut codes);
                    }
                }
            }
            return Some(RawColumn::Coded { dictionary: dictionary.clone(), codes });
        }
        let mut pieces = Vec::with_capacity(self.count);
        for stretch in self.stretches() {
            match stretch.page.encoding {
                Encoding::PLAIN => stretch.plain_texts(text, &mut pieces)?,
                _ if is_coded(stretch.page) => stretch.coded_texts(dictionary?, text, &mut pieces)?,
                _ => return None,
            }
        }
        Some(RawColumn::Pieces(pieces))
    }

    /// Values of fixed width, and which rows have one; 0 where none is.
    fn fixed<T: Copy + Default, const WIDTH: usize>(
        &self,
        dictionary: Option<&[T]>,
        read: impl Fn([u8; WIDTH]) -> T,
    ) -> Option<(Vec<T>, Vec<bool>)> {
        let mut all = Vec::with_capacity(self.count);
        let (mut dense, mut codes) = (Vec::new(), Vec::new());
        for stretch in self.stretches() {
            dense.clear();
            if is_coded(stretch.page) {
                let dictionary = dictionary?;
                codes.clear();
                stretch.codes(dictionary.len(), &mut codes)?;
                dense.extend(codes.iter().filter_map(|code| dictionary.get(*code as usize).copied()));
            } else if stretch.page.encoding == Encoding::PLAIN {
                let from = stretch.skipped.checked_mul(WIDTH)?;
                let bytes = stretch.page.values().get(from..from + stretch.values * WIDTH)?;
                dense.extend(bytes.as_chunks::<WIDTH>().0.iter().map(|bytes| read(*bytes)));
            } else {
                return None;
            }
            match stretch.known {
                None => all.append(&mut dense),
                Some(known) => spread(known, &dense, T::default(), &mut all),
            }
        }
        Some((all, self.known()))
    }

    fn whole(&self) -> Option<(Vec<i64>, Vec<bool>)> {
        self.of_whole(self.whole_dictionary(), |number| number)
    }

    fn dates(&self) -> Option<RawColumn> {
        let date = |number| columns::moment(self.kind, number);
        let dictionary =
            self.whole_dictionary().map(|numbers| numbers.iter().map(|number| date(*number)).collect::<Vec<_>>());
        let (dates, known) = self.of_whole(dictionary.as_deref(), date)?;
        let all_there = dates.iter().zip(known).all(|(date, known)| date.is_some() == known);
        all_there.then_some(RawColumn::Dates(dates))
    }

    fn whole_dictionary(&self) -> Option<&'pages [i64]> {
        match self.dictionary {
            Some(Dictionary::Whole(numbers)) => Some(numbers),
            _ => None,
        }
    }

    /// What stands in whole numbers.
    fn of_whole<T: Copy + Default>(
        &self,
        dictionary: Option<&[T]>,
        read: impl Fn(i64) -> T,
    ) -> Option<(Vec<T>, Vec<bool>)> {
        match self.physical {
            Physical::INT32 => self.fixed(dictionary, |bytes| read(i64::from(i32::from_le_bytes(bytes)))),
            _ => self.fixed(dictionary, |bytes| read(i64::from_le_bytes(bytes))),
        }
    }

    fn doubles(&self) -> Option<(Vec<f64>, Vec<bool>)> {
        let dictionary = match self.dictionary {
            Some(Dictionary::Doubles(numbers)) => Some(numbers.as_slice()),
            _ => None,
        };
        match self.physical {
            Physical::FLOAT => self.fixed(dictionary, |bytes| widened(f32::from_le_bytes(bytes))),
            _ => self.fixed(dictionary, f64::from_le_bytes),
        }
    }

    fn yes_no(&self) -> Option<RawColumn> {
        let mut all = Vec::with_capacity(self.count);
        for stretch in self.stretches() {
            let values = stretch.page.values();
            let mut dense = Vec::with_capacity(stretch.values + 8);
            match stretch.page.encoding {
                Encoding::PLAIN => push_bits(values, stretch.skipped, stretch.values, &mut dense)?,
                // Behind their length.
                Encoding::RLE => {
                    let mut runs = Runs::new(values.get(4..)?, 1)?;
                    runs.skip(stretch.skipped)?;
                    dense = runs.flags(stretch.values)?;
                }
                _ => return None,
            }
            match stretch.known {
                None => all.append(&mut dense),
                Some(known) => spread(known, &dense, false, &mut all),
            }
        }
        Some(RawColumn::YesNo { yes: all, known: self.known() })
    }
}

fn is_coded(page: &Data) -> bool {
    matches!(page.encoding, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY)
}

impl Stretch<'_> {
    /// Adds the places in a dictionary of `length` values.
    fn codes(&self, length: usize, into: &mut Vec<u32>) -> Option<()> {
        if self.values == 0 {
            return Some(());
        }
        let (width, bytes) = self.page.values().split_first()?;
        let mut runs = Runs::new(bytes, u32::from(*width))?;
        runs.skip(self.skipped)?;
        let begin = into.len();
        runs.read(self.values, into)?;
        let greatest = into.get(begin..)?.iter().max()?;
        ((*greatest as usize) < length).then_some(())
    }

    /// Adds a piece for each row: what `next` gives for those that have a value.
    #[inline(always)]
    fn add_pieces(&self, into: &mut Vec<Piece>, mut next: impl FnMut() -> Option<Piece>) -> Option<()> {
        match self.known {
            None => {
                for _ in 0..self.values {
                    into.push(next()?);
                }
            }
            Some(known) => {
                for known in known {
                    into.push(if *known { next()? } else { Piece::MISSING });
                }
            }
        }
        Some(())
    }

    /// Adds texts that stand in the page, each behind its length.
    fn plain_texts(&self, text: &mut String, pieces: &mut Vec<Piece>) -> Option<()> {
        let mut rest = self.page.values();
        for _ in 0..self.skipped {
            (_, rest) = next_text(rest)?;
        }
        let (all, before, first) = (rest, text.len(), pieces.len());
        u32::try_from(before + all.len()).ok()?;
        let mut lengths = 0;
        self.add_pieces(pieces, || {
            let value;
            (value, rest) = next_text(rest)?;
            lengths |= value.len();
            let start = before + all.len() - rest.len() - value.len();
            Some(Piece { start: start as u32, length: value.len() as u32, kind: PieceKind::Text })
        })?;
        let all = all.get(..all.len() - rest.len())?;
        // The bytes of a length below 128 are letters of ASCII: with these between them, all is text if each text is.
        if lengths < 128 {
            text.push_str(simdutf8::basic::from_utf8(all).ok()?);
            return Some(());
        }
        for piece in pieces.get_mut(first..)?.iter_mut().filter(|piece| piece.kind == PieceKind::Text) {
            let value = all.get(piece.start as usize - before..piece.end() - before)?;
            piece.start = text.len() as u32;
            text.push_str(std::str::from_utf8(value).ok()?);
        }
        Some(())
    }

    /// Adds texts of a dictionary.
    fn coded_texts(&self, dictionary: &Texts, text: &mut String, pieces: &mut Vec<Piece>) -> Option<()> {
        let mut codes = Vec::with_capacity(self.values);
        self.codes(dictionary.len(), &mut codes)?;
        let mut codes = codes.iter();
        self.add_pieces(pieces, || {
            let value = dictionary.get(*codes.next()? as usize);
            let start = u32::try_from(text.len()).ok()?;
            text.push_str(value);
            Some(Piece { start, length: value.len() as u32, kind: PieceKind::Text })
        })
    }
}

/// Puts each value at the next known row, and `missing` at the others.
fn spread<T: Copy>(known: &[bool], values: &[T], missing: T, into: &mut Vec<T>) {
    let mut next = 0;
    into.extend(known.iter().map(|known| {
        let value = if *known { values.get(next).copied().unwrap_or(missing) } else { missing };
        next += usize::from(*known);
        value
    }));
}

/// Whole numbers as what they mean.
fn of_kind(kind: Kind, mut numbers: Vec<i64>, known: Vec<bool>, unsigned: impl Fn(i64) -> u64) -> Option<RawColumn> {
    match kind {
        Kind::Plain => Some(RawColumn::Whole { numbers, known }),
        Kind::Unsigned => {
            for number in &mut numbers {
                *number = i64::try_from(unsigned(*number)).ok()?;
            }
            Some(RawColumn::Whole { numbers, known })
        }
        _ => {
            let cell = |(number, known): (&i64, bool)| match known {
                true => columns::whole(kind, *number, unsigned(*number)).ok(),
                false => Some(Cell::Missing),
            };
            numbers.iter().zip(known).map(cell).collect::<Option<Vec<Cell>>>().map(RawColumn::Cells)
        }
    }
}
