//! A record as bytes, and adding such bytes to another record of the same lead: in any order, the sum is the same.

use super::add::{is_further, keep_extreme, keep_instant, keep_newest, newest_of, set_edge};
use super::cells::*;
use super::codec::{Bytes, put, put_fingerprint, put_signed, put_sum};
use super::newest::{Entry, EntryKind, newest};
use super::records::{Record, RecordMut};
use super::shape::{EVENTS, Shape};
use super::sides::Sides;
use super::way::{DISTINCT, Way};
use ethnum::I256;

/// Writes what a record holds, but for its fingerprint, for [`merge`].
pub(super) fn write(shape: &Shape<'_>, record: Record<'_>, out: &mut Vec<u8>) {
    let Record { words, sides } = record;
    put(out, count(words, EVENTS, sides));
    out.extend(shape.too_large.map(|word| words[word] as u8));
    for keeping in &shape.keepings {
        write_state(&keeping.way, &words[keeping.word..], sides, out);
    }
    if let Some(listed) = &shape.listed {
        let list = sides.bytes(words[listed.word]);
        put(out, list.len() as u64);
        out.extend_from_slice(list);
    }
}

fn write_state(way: &Way, words: &[u32], sides: &Sides, out: &mut Vec<u8>) {
    match way {
        Way::Count | Way::CountedPoints => put(out, count(words, 0, sides)),
        Way::Sum(_) | Way::Average(_) | Way::Extreme { .. } | Way::SummedPoints => {
            write_number(number(words, 0, sides), out);
            if matches!(way, Way::Average(_)) {
                put(out, count(words, NUMBER, sides));
            }
        }
        Way::EdgeAt { .. } => put_signed(out, i128::from(get64(words, 0) as i64)),
        Way::Edge { .. } => {
            put_signed(out, i128::from(get64(words, 0) as i64));
            put(out, get64(words, 2));
            let value = sides.bytes(words[4]);
            put(out, value.len() as u64);
            out.extend_from_slice(value);
        }
        Way::Newest { times, entry } => {
            let entries = newest(newest_of(way, *entry, words, sides), *times);
            put(out, entries.len() as u64);
            entries.into_iter().for_each(|kept| write_entry(*entry, kept, out));
        }
        Way::Distinct(_) => {
            let buckets = sides.buckets(words[0]);
            put(out, buckets.map_or(0, |buckets| buckets.len(&DISTINCT)) as u64);
            for (key, _) in buckets.into_iter().flat_map(|buckets| buckets.rows(&DISTINCT)) {
                put_fingerprint(out, key);
            }
        }
        Way::PerBucket(per) => {
            let buckets = sides.buckets(words[0]);
            put(out, buckets.map_or(0, |buckets| buckets.len(&per.row)) as u64);
            for (key, bucket) in buckets.into_iter().flat_map(|buckets| buckets.rows(&per.row)) {
                put_signed(out, key as i128);
                put(out, per.count(bucket));
                put(out, per.entry.all(per.slots(bucket)).count() as u64);
                per.entry.all(per.slots(bucket)).for_each(|kept| write_entry(per.entry, kept, out));
            }
        }
        Way::List => {}
    }
}

/// Small ones in few bytes, after a byte that says how it is written.
fn write_number(number: Option<I256>, out: &mut Vec<u8>) {
    match number.map(|number| i128::try_from(number).map_err(|_| number)) {
        None => out.push(0),
        Some(Ok(number)) => {
            out.push(1);
            put_signed(out, number);
        }
        Some(Err(wide)) => {
            out.push(2);
            put_sum(out, wide);
        }
    }
}

fn read_number(bytes: &mut Bytes<'_>) -> Option<Option<I256>> {
    Some(match bytes.byte()? {
        0 => None,
        1 => Some(I256::from(bytes.signed()?)),
        _ => Some(bytes.sum()?),
    })
}

fn write_entry(kind: EntryKind, entry: Entry, out: &mut Vec<u8>) {
    put_signed(out, i128::from(entry.at));
    if kind == EntryKind::Points {
        put(out, entry.place);
        put_signed(out, i128::from(entry.points));
    }
}

fn read_entry(kind: EntryKind, bytes: &mut Bytes<'_>) -> Option<Entry> {
    let at = bytes.instant()?;
    match kind {
        EntryKind::Instant => Some(Entry { at, place: 0, points: 0 }),
        EntryKind::Points => Some(Entry { at, place: bytes.number()?, points: bytes.instant()? }),
    }
}

/// Adds what [`write()`] wrote of a record of the same lead; `None` where it is damaged.
pub(super) fn merge(shape: &Shape<'_>, record: RecordMut<'_>, bytes: &mut Bytes<'_>) -> Option<()> {
    let RecordMut { words, sides } = record;
    add_count(words, EVENTS, sides, bytes.number()?);
    if let Some(word) = shape.too_large {
        words[word] |= u32::from(bytes.byte()?);
    }
    for keeping in &shape.keepings {
        merge_state(&keeping.way, &mut words[keeping.word..], sides, bytes)?;
    }
    if let Some(listed) = &shape.listed {
        let length = bytes.size()?;
        let more = bytes.take(length)?;
        if !more.is_empty() {
            sides.change_bytes(&mut words[listed.word], |list| list.extend_from_slice(more));
        }
    }
    Some(())
}

fn merge_state(way: &Way, words: &mut [u32], sides: &mut Sides, bytes: &mut Bytes<'_>) -> Option<()> {
    match way {
        Way::Count | Way::CountedPoints => add_count(words, 0, sides, bytes.number()?),
        Way::Sum(_) | Way::Average(_) | Way::SummedPoints => {
            if let Some(more) = read_number(bytes)? {
                let sum = number(words, 0, sides).unwrap_or(I256::ZERO) + more;
                set_number(words, 0, sides, sum);
            }
            if matches!(way, Way::Average(_)) {
                add_count(words, NUMBER, sides, bytes.number()?);
            }
        }
        Way::Extreme { highest, .. } => {
            if let Some(found) = read_number(bytes)? {
                keep_extreme(words, sides, found, *highest);
            }
        }
        Way::EdgeAt { latest } => match bytes.instant()? {
            NONE => {}
            at => keep_instant(words, at, *latest),
        },
        Way::Edge { latest, .. } => {
            let event = (bytes.instant()?, bytes.number()?);
            let length = bytes.size()?;
            let value = bytes.take(length)?;
            if event.0 != NONE && is_further(words, event, *latest) {
                set_edge(words, event);
                sides.change_bytes(&mut words[4], |kept| {
                    kept.clear();
                    kept.extend_from_slice(value);
                });
            }
        }
        Way::Newest { times, entry } => {
            for _ in 0..bytes.number()? {
                keep_newest(way, (*times, *entry), words, sides, read_entry(*entry, bytes)?);
            }
        }
        Way::Distinct(_) => {
            for _ in 0..bytes.number()? {
                let key = bytes.fingerprint()?;
                sides.change_buckets(&mut words[0], |buckets| {
                    buckets.of(key, &DISTINCT);
                });
            }
        }
        Way::PerBucket(per) => {
            for _ in 0..bytes.number()? {
                let (key, count) = (bytes.signed()? as u128, u32::try_from(bytes.number()?).ok()?);
                let entries = (0..bytes.number()?).map(|_| read_entry(per.entry, bytes));
                let entries = entries.collect::<Option<Vec<Entry>>>()?;
                sides.change_buckets(&mut words[0], |buckets| {
                    let bucket = buckets.of(key, &per.row);
                    per.add_count(bucket, count);
                    entries.into_iter().for_each(|entry| per.keep(bucket, entry));
                });
            }
        }
        Way::List => {}
    }
    Some(())
}
