//! What is kept of all leads once every event was read: in memory, or in a sorted file.

use super::building::Building;
use super::cells::count;
use super::codec::Bytes;
use super::merge;
use super::records::{Record, Records};
use super::shape::{EVENTS, Shape};
use super::shard::{Shard, shard_of};
use super::sorted::Sorted;
use crate::data::DataError;
use std::sync::atomic::{AtomicU64, Ordering};

/// One lead may take so many bytes, however little memory there is.
const LEAST: u64 = 1024 * 1024;

#[derive(Debug)]
pub(super) enum Held {
    Memory(Vec<Shard>),
    Disk(Sorted),
}

/// All records, and which of them were handed out: a lead's events go to the first lead that asks for them.
#[derive(Debug)]
pub(super) struct Kept {
    held: Held,
    /// By shard a bit for each record; of a file one for all.
    taken: Vec<Vec<AtomicU64>>,
    /// Events in all records, and in those that were handed out
    pub events: u64,
    pub events_taken: AtomicU64,
    /// Bytes that one lead may take
    pub most: u64,
}

/// Where a record is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// In memory: the shard, and the record in it
    Shard(usize, u32),
    /// Among records that were read or merged for a batch of leads
    Own(u32),
}

/// The events of this lead need more memory than there is.
#[derive(Debug)]
pub(super) struct TooMany;

impl Kept {
    /// Ends the reading: what was spilled is merged, with what is still in memory.
    ///
    /// # Errors
    /// [`DataError`]: a temporary file cannot be written or read.
    pub(super) fn new<'plan>(building: Building<'plan>, memory: u64) -> Result<(Shape<'plan>, Kept), DataError> {
        let (shape, mut shards, mut spill) = building.into_parts();
        if spill.is_empty() {
            return Ok((shape, Kept::in_memory(shards)));
        }
        let most = memory.max(LEAST);
        for (place, shard) in shards.iter_mut().enumerate() {
            spill.write(&shape, place, shard)?;
        }
        let (file, runs) = spill.finish()?.ok_or_else(super::spill::damaged)?;
        let sorted = Sorted::merge(&shape, &file, &runs, most)?;
        let (events, taken) = (sorted.events, vec![bits(sorted.records)]);
        Ok((shape, Kept { held: Held::Disk(sorted), taken, events, events_taken: 0.into(), most }))
    }

    /// What was never spilled.
    pub(super) fn in_memory(shards: Vec<Shard>) -> Kept {
        let events = shards.iter().flat_map(|shard| {
            let records = (0..shard.records.len()).map(|record| shard.records.get(record));
            records.map(|record| count(record.words, EVENTS, record.sides))
        });
        let events = events.sum();
        let taken = shards.iter().map(|shard| bits(u64::from(shard.records.len()))).collect();
        Kept { held: Held::Memory(shards), taken, events, events_taken: 0.into(), most: u64::MAX }
    }

    /// Hands out the record of a lead, where it has one; one of a file is put into `own`. With `once`, none that was
    /// handed out before.
    ///
    /// # Errors
    /// [`DataError`]: a temporary file cannot be read. [`TooMany`]: the record is too large.
    pub(super) fn take(
        &self,
        shape: &Shape<'_>,
        fingerprint: u128,
        once: bool,
        own: &mut Records,
    ) -> Result<Result<Option<Place>, TooMany>, DataError> {
        match &self.held {
            Held::Memory(shards) => {
                let shard = shard_of(fingerprint);
                let found = shards.get(shard).and_then(|records| records.find(fingerprint));
                let is_first = found.is_some_and(|record| self.is_first(shard, u64::from(record)));
                let record = found.filter(|_| is_first || !once);
                let counted = record.filter(|_| is_first);
                if let Some(record) = counted.and_then(|record| Some(shards.get(shard)?.records.get(record))) {
                    self.events_taken.fetch_add(count(record.words, EVENTS, record.sides), Ordering::Relaxed);
                }
                Ok(Ok(record.map(|record| Place::Shard(shard, record))))
            }
            Held::Disk(sorted) => {
                let Some(found) = sorted.find(fingerprint)? else { return Ok(Ok(None)) };
                let is_first = self.is_first(0, found.record);
                if once && !is_first {
                    return Ok(Ok(None));
                }
                let Some(bytes) = found.bytes else { return Ok(Err(TooMany)) };
                let record = own.add(fingerprint);
                let mut bytes = Bytes(&bytes);
                merge::merge(shape, own.get_mut(record), &mut bytes).ok_or_else(super::spill::damaged)?;
                if is_first {
                    let read = own.get(record);
                    self.events_taken.fetch_add(count(read.words, EVENTS, read.sides), Ordering::Relaxed);
                }
                Ok(Ok(Some(Place::Own(record))))
            }
        }
    }

    /// What stands at a place.
    pub(super) fn get<'a>(&'a self, place: Place, own: &'a Records) -> Option<Record<'a>> {
        match (place, &self.held) {
            (Place::Own(record), _) => Some(own.get(record)),
            (Place::Shard(shard, record), Held::Memory(shards)) => Some(shards.get(shard)?.records.get(record)),
            (Place::Shard(..), Held::Disk(_)) => None,
        }
    }

    /// Marks a record as handed out; whether it was not before.
    fn is_first(&self, shard: usize, record: u64) -> bool {
        let word = self.taken.get(shard).and_then(|taken| taken.get((record / 64) as usize));
        let bit = 1 << (record % 64);
        word.is_some_and(|word| word.fetch_or(bit, Ordering::Relaxed) & bit == 0)
    }
}

fn bits(count: u64) -> Vec<AtomicU64> {
    (0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect()
}
