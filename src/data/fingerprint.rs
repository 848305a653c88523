//! Texts met before, remembered in a few bytes each.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::num::NonZeroU128;
use twox_hash::XxHash3_128;

/// Small tables grow one by one: memory never holds two copies of all.
const TABLES: usize = 64;

/// A set of texts that keeps 128 bits of each: two different ones are taken for one with a chance below 1 in 10^20 for a
/// billion texts.
#[derive(Debug)]
pub(crate) struct Fingerprints(Vec<HashTable<Fingerprint>>);

/// 128 bits that stand for a text; 0 is left out, so that none takes no more room than one.
pub(crate) type Fingerprint = NonZeroU128;

impl Default for Fingerprints {
    fn default() -> Fingerprints {
        Fingerprints(vec![HashTable::new(); TABLES])
    }
}

impl Fingerprints {
    /// Whether the text is new; from now on it is not.
    pub(crate) fn insert(&mut self, text: &str) -> bool {
        self.insert_one(fingerprint(text))
    }

    /// The places of those that are not new, also because one before them is the same; from now on none is. `None` is
    /// passed over.
    pub(crate) fn insert_all(&mut self, fingerprints: &[Option<Fingerprint>]) -> Vec<usize> {
        // Looking first lets the processor fetch many places at once, which inserting one by one does not.
        let met = fingerprints.iter().flatten().filter(|fingerprint| self.has(**fingerprint)).count();
        let known = fingerprints.iter().enumerate().filter(|(_, one)| one.is_some_and(|one| !self.insert_one(one)));
        let known: Vec<usize> = known.map(|(place, _)| place).collect();
        debug_assert!(known.len() >= met, "what was met is known");
        known
    }

    fn has(&self, fingerprint: Fingerprint) -> bool {
        let table = self.0.get(table_of(fingerprint));
        table.is_some_and(|table| table.find(hash_of(&fingerprint), |other| *other == fingerprint).is_some())
    }

    fn insert_one(&mut self, fingerprint: Fingerprint) -> bool {
        let Some(table) = self.0.get_mut(table_of(fingerprint)) else { return true };
        match table.entry(hash_of(&fingerprint), |other| *other == fingerprint, hash_of) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(fingerprint);
                true
            }
        }
    }
}

pub(crate) fn fingerprint(text: &str) -> Fingerprint {
    Fingerprint::new(XxHash3_128::oneshot(text.as_bytes())).unwrap_or(Fingerprint::MIN)
}

fn hash_of(fingerprint: &Fingerprint) -> u64 {
    fingerprint.get() as u64
}

/// By bits that a table's own order does not use.
fn table_of(fingerprint: Fingerprint) -> usize {
    (fingerprint.get() >> 64) as usize % TABLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_new_once() {
        let mut met = Fingerprints::default();
        assert!(met.insert("L1"));
        assert!(met.insert("l1"));
        assert!(!met.insert("L1"));
        assert!((0..10_000).all(|number| met.insert(&number.to_string())));
        let again: Vec<Option<Fingerprint>> = ["L1", "L2", "L2"].map(|text| Some(fingerprint(text))).into();
        assert_eq!(met.insert_all(&again), [0, 2]);
        assert_eq!(met.insert_all(&[None, None]), [0; 0]);
        assert!(!(0..10_000).any(|number| met.insert(&number.to_string())));
    }
}
