//! Rows as text: what comes again and again, a score with the name of its band, is written once and copied.

use super::columns::{Columns, Content};
use super::evaluate::BatchResults;
use crate::data::table::{Lines, OutCell};
use crate::data::texts::Texts;
use crate::model::{BandId, ScoreId};
use crate::value::Decimal;
use std::sync::Arc;

/// Writes the rows of a run; each thread has its own.
pub struct RowLines {
    lines: Arc<dyn Lines>,
    parts: Vec<Part>,
    /// Whether the keys of the block stand in their cells as they are.
    plain_keys: bool,
}

/// Columns side by side that are written alike.
struct Part {
    from: usize,
    count: usize,
    way: Way,
}

enum Way {
    Each,
    Key,
    /// All that is told of one score
    Score(ScoreId, Written),
}

/// What all told of a score depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Told {
    score: Decimal,
    band: Option<BandId>,
    excluded: bool,
}

/// Cells written so far: each in the one place that it has.
struct Written(Vec<Option<(Told, ShortText)>>);

/// The bytes of a few short cells.
#[derive(Clone, Copy)]
struct ShortText {
    bytes: [u8; ShortText::LONGEST],
    length: usize,
}

impl RowLines {
    pub fn new(lines: Arc<dyn Lines>, columns: &Columns) -> RowLines {
        let mut parts: Vec<Part> = Vec::new();
        for (from, (_, content)) in columns.columns.iter().enumerate() {
            let way = match content {
                Content::Key => Way::Key,
                Content::Score(id) | Content::Band(id) => match parts.last_mut() {
                    Some(Part { count, way: Way::Score(before, _), .. }) if before == id => {
                        *count += 1;
                        continue;
                    }
                    _ => Way::Score(*id, Written(vec![None; Written::PLACES as usize])),
                },
                _ => Way::Each,
            };
            parts.push(Part { from, count: 1, way });
        }
        RowLines { lines, parts, plain_keys: false }
    }

    /// Before the rows of a block.
    pub fn begin(&mut self, keys: &Texts) {
        self.plain_keys = self.lines.is_plain(keys.all());
    }

    /// Appends the row of a lead; `cell` is asked for what was not written before.
    #[inline]
    pub fn row<'c>(
        &mut self,
        columns: &Columns,
        results: &BatchResults,
        (row, key): (usize, &str),
        cell: impl Fn(&Content) -> OutCell<'c>,
        into: &mut Vec<u8>,
    ) {
        let start = into.len();
        for Part { from, count, way } in &mut self.parts {
            let contents = || columns.columns.iter().enumerate().skip(*from).take(*count);
            let write = |into: &mut Vec<u8>| {
                contents().for_each(|(column, (_, content))| self.lines.cell(column, &cell(content), into));
            };
            match way {
                Way::Each => write(into),
                Way::Key if self.plain_keys && *from == 0 => into.extend_from_slice(key.as_bytes()),
                Way::Key => self.lines.cell(*from, &OutCell::Text(key.into()), into),
                Way::Score(id, written) => match Told::of(results, *id, row) {
                    Some(told) => written.append(told, write, into),
                    None => write(into),
                },
            }
        }
        self.lines.end(start, into);
    }
}

impl Told {
    #[inline]
    fn of(results: &BatchResults, id: ScoreId, row: usize) -> Option<Told> {
        let score = results.scores.get(id.index())?.get(row)?;
        let band = *results.bands.get(id.index())?.get(row)?;
        Some(Told { score, band, excluded: results.excluded.get(row)?.is_some() })
    }
}

impl Written {
    const PLACES: u64 = 1 << 12;

    #[inline]
    fn append(&mut self, told: Told, write: impl Fn(&mut Vec<u8>), into: &mut Vec<u8>) {
        // Of hundredths: whole scores up to 1023 have each a place of their own.
        const HUNDREDTH: u64 = 10_000_000;
        let place = told.score.billionths() as u64 / HUNDREDTH % Written::PLACES;
        let Some(place) = self.0.get_mut(place as usize) else { return write(into) };
        match place {
            Some((known, text)) if *known == told => text.append(into),
            _ => {
                let start = into.len();
                write(into);
                *place = into.get(start..).and_then(ShortText::new).map(|text| (told, text));
            }
        }
    }
}

impl ShortText {
    const LONGEST: usize = 32;

    /// `None` for a long one.
    fn new(text: &[u8]) -> Option<ShortText> {
        let mut bytes = [0; ShortText::LONGEST];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        Some(ShortText { bytes, length: text.len() })
    }

    /// Copies as many bytes as there can be, which is quicker than asking how many there are.
    #[inline]
    fn append(&self, into: &mut Vec<u8>) {
        let end = into.len() + self.length;
        into.extend_from_slice(&self.bytes);
        into.truncate(end);
    }
}
