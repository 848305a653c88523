//! Texts met before, remembered in a few bytes each.

use hashbrown::HashTable;
use twox_hash::XxHash3_128;

/// Small tables grow one by one: memory never holds two copies of all.
const TABLES: usize = 64;

/// A set of texts that keeps 128 bits of each: two different ones are taken for one with a chance below 1 in 10^20 for a
/// billion texts.
#[derive(Debug)]
pub(crate) struct Fingerprints(Vec<HashTable<u128>>);

impl Default for Fingerprints {
    fn default() -> Fingerprints {
        Fingerprints(vec![HashTable::new(); TABLES])
    }
}

impl Fingerprints {
    /// Whether the text is new; from now on it is not.
    pub(crate) fn insert(&mut self, text: &str) -> bool {
        let fingerprint = XxHash3_128::oneshot(text.as_bytes());
        let hash = |fingerprint: &u128| *fingerprint as u64;
        // The table is told by bits that its own order does not use.
        let Some(table) = self.0.get_mut((fingerprint >> 64) as usize % TABLES) else { return true };
        match table.entry(hash(&fingerprint), |other| *other == fingerprint, hash) {
            hashbrown::hash_table::Entry::Occupied(_) => false,
            hashbrown::hash_table::Entry::Vacant(place) => {
                place.insert(fingerprint);
                true
            }
        }
    }
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
        assert!(!(0..10_000).any(|number| met.insert(&number.to_string())));
    }
}
