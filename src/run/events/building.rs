//! Events into records, from any thread and in any order.

use super::add::add_event;
use super::judge::Judged;
use super::rows::{EventRows, NO_EVENT};
use super::shape::Shape;
use super::shard::{SHARDS, Shard, shard_of};
use super::spill::Spill;
use crate::data::DataError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Shards from where one block begins to where the next does
const FAR: usize = 23;

/// What is kept of the events read so far.
#[derive(Debug)]
pub(super) struct Building<'plan> {
    pub shape: Shape<'plan>,
    shards: Vec<Mutex<Shard>>,
    /// Bytes that the shards take
    held: AtomicUsize,
    /// Grows with each block
    blocks: AtomicUsize,
    spill: Mutex<Spill>,
    /// Bytes that they may take
    memory: u64,
}

impl<'plan> Building<'plan> {
    pub(super) fn new(shape: Shape<'plan>, memory: u64) -> Building<'plan> {
        let shards = (0..SHARDS).map(|_| Mutex::new(Shard::new(&shape.empty))).collect();
        Building { shape, shards, held: 0.into(), blocks: 0.into(), spill: Mutex::default(), memory }
    }

    /// Adds the events of a block, shard by shard.
    pub(super) fn add(&self, rows: &EventRows, judged: &Judged) {
        let (order, starts) = by_shard(rows);
        let mut records = Vec::new();
        // threads begin at different shards, so as not to wait for each other
        let first = self.blocks.fetch_add(FAR, Ordering::Relaxed) % SHARDS;
        for place in (first..SHARDS).chain(0..first) {
            let (shard, rows_of_shard) = (&self.shards[place], &order[starts[place]..starts[place + 1]]);
            if rows_of_shard.is_empty() {
                continue;
            }
            let mut shard = lock(shard);
            let before = shard.held();
            find(&mut shard, rows, rows_of_shard, &mut records);
            for (row, record) in rows_of_shard.iter().zip(&records) {
                add_event(&self.shape, shard.records.get_mut(*record), rows, judged, *row as usize);
            }
            // while the shard is locked, so that what is taken away was added before
            self.held.fetch_add(shard.held().wrapping_sub(before), Ordering::Relaxed);
        }
    }

    /// Empties the shards into temporary files where they take more than they may.
    ///
    /// # Errors
    /// [`DataError::Unwritable`], [`DataError::Interrupted`]
    pub(super) fn spill_where_full(&self) -> Result<(), DataError> {
        if self.held.load(Ordering::Relaxed) as u64 <= self.memory {
            return Ok(());
        }
        let mut spill = self.spill.lock().unwrap_or_else(PoisonError::into_inner);
        for (place, shard) in self.shards.iter().enumerate() {
            let mut shard = lock(shard);
            let held = shard.held();
            spill.write(&self.shape, place, &mut shard)?;
            self.held.fetch_sub(held, Ordering::Relaxed);
        }
        Ok(())
    }

    /// The shape, the shards as they are held, and what was spilled.
    pub(super) fn into_parts(self) -> (Shape<'plan>, Vec<Shard>, Spill) {
        let shards = self.shards.into_iter().map(|shard| shard.into_inner().unwrap_or_else(PoisonError::into_inner));
        (self.shape, shards.collect(), self.spill.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The rows that are events by shard, in their order, and where each shard begins among them.
fn by_shard(rows: &EventRows) -> (Vec<u32>, Vec<usize>) {
    let events = || (0_u32..).zip(rows.leads.iter().zip(&rows.kinds)).filter(|(_, (_, kind))| **kind != NO_EVENT);
    let mut starts = vec![0; SHARDS + 1];
    events().for_each(|(_, (lead, _))| starts[shard_of(*lead) + 1] += 1);
    for shard in 0..SHARDS {
        starts[shard + 1] += starts[shard];
    }
    let mut next = starts.clone();
    let mut order = vec![0; starts[SHARDS]];
    for (row, (lead, _)) in events() {
        let place = &mut next[shard_of(*lead)];
        order[*place] = row;
        *place += 1;
    }
    (order, starts)
}

/// The record of each row; rows of one lead that stand together are looked up once. Apart from changing the records, so
/// that the look-ups of many leads overlap.
fn find(shard: &mut Shard, rows: &EventRows, of_shard: &[u32], records: &mut Vec<u32>) {
    records.clear();
    let mut last = None;
    for row in of_shard {
        let lead = rows.leads[*row as usize];
        let record = match last {
            Some((known, record)) if known == lead => record,
            _ => shard.find_or_add(lead),
        };
        last = Some((lead, record));
        records.push(record);
    }
}
