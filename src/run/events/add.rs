//! Adding an event to the record of its lead.

use super::cells::*;
use super::columns::put_value;
use super::judge::{Given, Judged};
use super::newest::{Entry, EntryKind};
use super::records::RecordMut;
use super::rows::EventRows;
use super::shape::{EVENTS, Shape};
use super::sides::Sides;
use super::way::{DISTINCT, Way};
use crate::run::batch::Column;
use ethnum::I256;

/// Adds one event of a block to the record of its lead.
pub(super) fn add_event(shape: &Shape<'_>, record: RecordMut<'_>, rows: &EventRows, judged: &Judged, row: usize) {
    let RecordMut { words, sides } = record;
    add_count(words, EVENTS, sides, 1);
    if let (Some(word), Some(too_large)) = (shape.too_large, &judged.too_large) {
        words[word] |= u32::from(too_large.get(row));
    }
    for (place, hits) in judged.hits[row * judged.width..(row + 1) * judged.width].iter().enumerate() {
        let mut hits = *hits;
        while hits > 0 {
            let state = place * 64 + hits.trailing_zeros() as usize;
            hits &= hits - 1;
            let keeping = &shape.keepings[state];
            let words = &mut words[keeping.word..];
            let event = One { rows, row, given: &judged.given[state] };
            event.add(&keeping.way, words, sides);
        }
    }
    if let Some(listed) = &shape.listed {
        let picked = &judged.picked[row * listed.bits()..(row + 1) * listed.bits()];
        if picked.iter().any(|bits| *bits > 0) {
            sides.change_bytes(&mut words[listed.word], |list| {
                listed.put_event(list, rows, row, picked);
            });
        }
    }
}

/// One event, as a state sees it.
struct One<'a> {
    rows: &'a EventRows,
    row: usize,
    given: &'a Given,
}

impl One<'_> {
    fn add(&self, way: &Way, words: &mut [u32], sides: &mut Sides) {
        let at = self.rows.at[self.row].0;
        match way {
            Way::Count | Way::CountedPoints => add_count(words, 0, sides, 1),
            Way::Sum(_) | Way::Average(_) => {
                if let Some(number) = self.number() {
                    add_number(words, 0, sides, number);
                    if matches!(way, Way::Average(_)) {
                        add_count(words, NUMBER, sides, 1);
                    }
                }
            }
            Way::Extreme { highest, .. } => {
                if let Some(number) = self.number() {
                    keep_extreme(words, sides, I256::from(number), *highest);
                }
            }
            Way::EdgeAt { latest } => keep_instant(words, at, *latest),
            Way::Edge { latest, .. } => {
                if is_further(words, (at, self.rows.places[self.row]), *latest) {
                    set_edge(words, (at, self.rows.places[self.row]));
                    let column = self.given.column.as_deref();
                    sides.change_bytes(&mut words[4], |bytes| {
                        bytes.clear();
                        column.into_iter().for_each(|column| put_value(bytes, column, self.row));
                    });
                }
            }
            Way::SummedPoints => add_number(words, 0, sides, i128::from(self.given.points[self.row])),
            Way::Newest { times, entry } => keep_newest(way, (*times, *entry), words, sides, self.entry()),
            Way::Distinct(_) => {
                if let Some(key) = self.given.keys[self.row] {
                    sides.change_buckets(&mut words[0], |buckets| {
                        buckets.of(key, &DISTINCT);
                    });
                }
            }
            Way::PerBucket(per) => {
                if let Some(key) = self.given.keys[self.row] {
                    sides.change_buckets(&mut words[0], |buckets| {
                        let bucket = buckets.of(key, &per.row);
                        per.add_count(bucket, 1);
                        per.keep(bucket, self.entry());
                    });
                }
            }
            Way::List => {}
        }
    }

    fn number(&self) -> Option<i128> {
        match self.given.column.as_deref() {
            Some(Column::Number(numbers)) if numbers.known.get(self.row) => Some(numbers.values[self.row].billionths()),
            _ => None,
        }
    }

    fn entry(&self) -> Entry {
        let points = self.given.points.get(self.row).copied().unwrap_or(0);
        Entry { at: self.rows.at[self.row].0, place: self.rows.places[self.row], points }
    }
}

pub(super) fn keep_extreme(words: &mut [u32], sides: &mut Sides, found: I256, highest: bool) {
    let known = number(words, 0, sides);
    if known.is_none_or(|known| if highest { found > known } else { found < known }) {
        set_number(words, 0, sides, found);
    }
}

pub(super) fn keep_instant(words: &mut [u32], at: i64, latest: bool) {
    if get_instant(words, 0).is_none_or(|known| if latest { at > known } else { at < known }) {
        set_instant(words, 0, at);
    }
}

/// Whether an event stands beyond the one that is kept: its instant, then its place.
pub(super) fn is_further(words: &[u32], event: (i64, u64), latest: bool) -> bool {
    let known = get_instant(words, 0).map(|at| (at, get64(words, 2)));
    known.is_none_or(|known| if latest { event > known } else { event < known })
}

pub(super) fn set_edge(words: &mut [u32], (at, place): (i64, u64)) {
    set_instant(words, 0, at);
    set64(words, 2, place);
}

pub(super) fn keep_newest(
    way: &Way,
    (times, kind): (usize, EntryKind),
    words: &mut [u32],
    sides: &mut Sides,
    entry: Entry,
) {
    match way.in_place() {
        Some(slots) => kind.keep(&mut words[..slots * kind.words()], entry),
        None => sides.change_entries(&mut words[0], |entries| kind.append(entries, times, entry)),
    }
}

/// The entries of [`Way::Newest`], in no order; maybe more than wanted.
pub(super) fn newest_of(way: &Way, kind: EntryKind, words: &[u32], sides: &Sides) -> Vec<Entry> {
    match way.in_place() {
        Some(slots) => kind.all(&words[..slots * kind.words()]).collect(),
        None => kind.all(sides.entries(words[0])).collect(),
    }
}
