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

/// Of a short text, which most keys are, all of its bytes, mixed so that no two become the same; of a longer one a hash.
pub(crate) fn fingerprint(text: &str) -> Fingerprint {
    let fingerprint = match short(text.as_bytes()) {
        Some(word) => mixed(mixed(word)),
        None => XxHash3_128::oneshot(text.as_bytes()),
    };
    Fingerprint::new(fingerprint).unwrap_or(Fingerprint::MIN)
}

/// Up to fifteen bytes, and how many they are.
fn short(bytes: &[u8]) -> Option<u128> {
    let length = bytes.len();
    let low = |eight: &[u8; 8]| u128::from(u64::from_le_bytes(*eight));
    let word = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) if length < 16 => low(first) | low(last) << (8 * (length - 8)),
        (None, _) => bytes.iter().rev().fold(0, |word, byte| word << 8 | u128::from(*byte)),
        _ => return None,
    };
    Some(word | (length as u128) << 120)
}

/// Each step can be taken back: different words stay different.
fn mixed(word: u128) -> u128 {
    const ODD: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
    let word = word.wrapping_mul(ODD);
    word ^ word >> 64
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
    use std::collections::HashSet;

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

    #[test]
    fn texts_of_any_length_differ() {
        let texts: Vec<String> = (0..40)
            .flat_map(|length| {
                [("a", "b"), ("b", "a"), ("\0", "\0")].map(|(first, rest)| first.to_owned() + &rest.repeat(length))
            })
            .collect();
        let mut met = HashSet::new();
        assert!(texts.iter().all(|text| met.insert(fingerprint(text))));
        assert_eq!(short(b"abcdefghij"), Some(0x0A << 120 | 0x6A69_6867_6665_6463_6261));
        assert_eq!(short(b"ab"), Some(0x02 << 120 | 0x6261));
    }

    #[test]
    fn fingerprints_of_numbers_are_spread() {
        // 64 tables of 1,000 on average; the standard deviation is 32.
        let mut tables = [0; TABLES];
        (0..64_000).for_each(|number| tables[table_of(fingerprint(&format!("L{number:07}")))] += 1);
        assert!(tables.iter().all(|count| (800..1_200).contains(count)), "{tables:?}");
    }
}
