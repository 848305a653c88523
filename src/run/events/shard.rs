//! Records of leads, found by fingerprint.

use super::records::Records;

/// Shards of all leads, by the first bits of their fingerprints.
pub(super) const SHARDS: usize = 64;

/// The shard of a lead; a later shard has larger fingerprints alone.
pub(super) fn shard_of(fingerprint: u128) -> usize {
    (fingerprint >> (128 - SHARDS.trailing_zeros())) as usize
}

/// The leads of one shard: an open-addressing table over their records.
#[derive(Debug)]
pub(super) struct Shard {
    pub records: Records,
    /// A power of two of slots: 0, or a record's place and 1 in the low half, bits of its fingerprint in the high one.
    slots: Vec<u64>,
}

impl Shard {
    pub(super) fn new(empty: &[u32]) -> Shard {
        Shard { records: Records::new(empty), slots: Vec::new() }
    }

    /// The record of a lead.
    pub(super) fn find(&self, fingerprint: u128) -> Option<u32> {
        self.probe(fingerprint).ok()
    }

    /// The record of a lead, new where there is none.
    pub(super) fn find_or_add(&mut self, fingerprint: u128) -> u32 {
        // at most seven of eight slots are taken
        if self.records.len() as usize >= self.slots.len() / 8 * 7 {
            self.grow();
        }
        match self.probe(fingerprint) {
            Ok(record) => record,
            Err(slot) => {
                let record = self.records.add(fingerprint);
                self.slots[slot] = slot_of(fingerprint, record);
                record
            }
        }
    }

    /// Its record, or the slot where it belongs.
    fn probe(&self, fingerprint: u128) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = fingerprint as usize & mask;
        let tag = (fingerprint >> 64) as u32;
        while let Some(found) = self.slots.get(slot).copied().filter(|found| *found != 0) {
            let record = found as u32 - 1;
            if (found >> 32) as u32 == tag && self.records.fingerprint(record) == fingerprint {
                return Ok(record);
            }
            slot = (slot + 1) & mask;
        }
        Err(slot)
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        self.slots = vec![0; size];
        for record in 0..self.records.len() {
            let fingerprint = self.records.fingerprint(record);
            if let Err(slot) = self.probe(fingerprint) {
                self.slots[slot] = slot_of(fingerprint, record);
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.records.clear();
        self.slots = Vec::new();
    }

    /// Bytes that it takes.
    pub(super) fn held(&self) -> usize {
        self.records.held() + self.slots.capacity() * size_of::<u64>()
    }
}

/// Records of a shard are fewer than 2^32: they would take 100 GB.
fn slot_of(fingerprint: u128, record: u32) -> u64 {
    u64::from((fingerprint >> 64) as u32) << 32 | u64::from(record.wrapping_add(1))
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint::of_lead;
    use super::*;

    #[test]
    fn every_lead_has_one_record() {
        let mut shard = Shard::new(&[0; 5]);
        let leads: Vec<u128> = (0..1_000).map(|lead| of_lead(None, &format!("L{lead}"))).collect();
        assert!(shard.find(leads[0]).is_none());
        for _ in 0..2 {
            assert!(leads.iter().zip(0..).all(|(lead, record)| shard.find_or_add(*lead) == record));
        }
        assert_eq!((shard.records.len(), shard.find(leads[999])), (1_000, Some(999)));
        shard.clear();
        assert_eq!((shard.held(), shard.find(leads[0])), (0, None));
    }

    #[test]
    fn like_fingerprints_do_not_meet() {
        let mut shard = Shard::new(&[0; 5]);
        let leads: Vec<u128> = (0..100).map(|lead| lead << 32 | 1).collect();
        assert!(leads.iter().zip(0..).all(|(lead, record)| shard.find_or_add(*lead) == record));
        assert!(leads.iter().zip(0..).all(|(lead, record)| shard.find(*lead) == Some(record)));
    }

    #[test]
    fn shards_stand_in_the_order_of_fingerprints() {
        assert_eq!((shard_of(0), shard_of(u128::MAX), shard_of(1 << 122)), (0, SHARDS - 1, 1));
    }
}
