//! Rows as text: what comes again and again, a score or the name of a band, is written once and copied.

use super::columns::{Columns, Content};
use super::evaluate::BatchResults;
use crate::data::table::{Lines, OutCell};
use crate::model::ScoreId;
use crate::value::Decimal;
use std::sync::Arc;

/// Writes the rows of a run; each thread has its own.
pub struct RowLines {
    lines: Arc<dyn Lines>,
    columns: Vec<Way>,
}

/// How the cells of a column are written.
enum Way {
    Each,
    Key,
    Score(ScoreId, Scores),
    /// By the number of the band, if there is one, and whether the lead is excluded.
    Band(ScoreId, Vec<[Option<Vec<u8>>; 2]>),
}

/// Cells of scores written so far: each in the one place that it has.
struct Scores(Vec<Option<(Decimal, WrittenCell)>>);

/// The bytes of a short cell.
#[derive(Clone, Copy)]
struct WrittenCell {
    bytes: [u8; WrittenCell::LONGEST],
    length: usize,
}

impl RowLines {
    pub fn new(lines: Arc<dyn Lines>, columns: &Columns) -> RowLines {
        let way = |content: &Content| match content {
            Content::Key => Way::Key,
            Content::Score(id) => Way::Score(*id, Scores(vec![None; Scores::PLACES])),
            Content::Band(id) => Way::Band(*id, Vec::new()),
            _ => Way::Each,
        };
        RowLines { lines, columns: columns.columns.iter().map(|(_, content)| way(content)).collect() }
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
        for (column, ((_, content), way)) in columns.columns.iter().zip(&mut self.columns).enumerate() {
            let write = |into: &mut Vec<u8>| self.lines.cell(column, &cell(content), into);
            match way {
                Way::Each => write(into),
                Way::Key => self.lines.cell(column, &OutCell::Text(key.into()), into),
                Way::Score(id, scores) => match score_of(results, *id, row) {
                    Some(score) => scores.write(score, write, into),
                    None => write(into),
                },
                Way::Band(id, names) => match names_of_band(results, *id, row, names) {
                    Some(Some(name)) => into.extend_from_slice(name),
                    Some(name) => into.extend_from_slice(name.insert(written(write))),
                    None => write(into),
                },
            }
        }
        self.lines.end(start, into);
    }
}

fn score_of(results: &BatchResults, id: ScoreId, row: usize) -> Option<Decimal> {
    results.scores.get(id.index())?.get(row)
}

/// Where the name of the row's band is kept.
fn names_of_band<'n>(
    results: &BatchResults,
    id: ScoreId,
    row: usize,
    names: &'n mut Vec<[Option<Vec<u8>>; 2]>,
) -> Option<&'n mut Option<Vec<u8>>> {
    let band = results.bands.get(id.index())?.get(row)?;
    let place = band.map_or(0, |band| band.index() + 1);
    if place >= names.len() {
        names.resize(place + 1, [None, None]);
    }
    let excluded = results.excluded.get(row)?.is_some();
    names.get_mut(place)?.get_mut(usize::from(excluded))
}

fn written(write: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut cell = Vec::new();
    write(&mut cell);
    cell
}

impl Scores {
    const PLACES: usize = 1 << 10;

    #[inline]
    fn write(&mut self, score: Decimal, write: impl Fn(&mut Vec<u8>), into: &mut Vec<u8>) {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let place = (score.billionths() as u64).wrapping_mul(ODD) >> (64 - Scores::PLACES.ilog2());
        let Some(place) = self.0.get_mut(place as usize) else { return write(into) };
        match place {
            Some((known, cell)) if *known == score => into.extend_from_slice(cell.get()),
            _ => {
                let start = into.len();
                write(into);
                *place = into.get(start..).and_then(WrittenCell::new).map(|cell| (score, cell));
            }
        }
    }
}

impl WrittenCell {
    const LONGEST: usize = 24;

    /// `None` for one that is long.
    fn new(cell: &[u8]) -> Option<WrittenCell> {
        let mut bytes = [0; WrittenCell::LONGEST];
        bytes.get_mut(..cell.len())?.copy_from_slice(cell);
        Some(WrittenCell { bytes, length: cell.len() })
    }

    fn get(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}
