//! Keys met before.

use crate::data::fingerprint::{Fingerprint, Fingerprints, fingerprint};
use crate::data::texts::Texts;
use std::cmp::Ordering;

/// What tells the keys of a block from those of others.
#[derive(Debug, Default)]
pub struct KeyMarks {
    /// `None` where a row has no key.
    fingerprints: Vec<Option<Fingerprint>>,
    /// `None` where no row has a key.
    ascent: Option<Ascent>,
}

/// The least and the greatest of keys that stand in order.
#[derive(Debug)]
struct Ascent {
    first: String,
    last: String,
    orders: Orders,
}

/// In which orders each key comes behind the one before it.
#[derive(Debug, Clone, Copy)]
struct Orders {
    /// `L10`, `L2`, `L9`
    by_bytes: bool,
    /// `L2`, `L9`, `L10`
    by_length: bool,
}

/// The keys of all blocks so far. Files are mostly sorted by their key: while they are, no key can be there twice, and
/// nothing is looked up.
#[derive(Debug)]
pub struct KnownKeys {
    /// While they stand in some order.
    orders: Option<Orders>,
    last: Option<String>,
    ascending: Vec<Fingerprint>,
    /// Once they do not.
    met: Fingerprints,
}

impl KeyMarks {
    /// `keys`: one for each row, empty where it has none.
    pub fn of(keys: &Texts) -> KeyMarks {
        let fingerprints = keys.iter().map(|key| (!key.is_empty()).then(|| fingerprint(key))).collect();
        let mut known = keys.iter().filter(|key| !key.is_empty());
        let Some(first) = known.next() else { return KeyMarks { fingerprints, ascent: None } };
        let (mut last, mut orders) = (first, Orders::BOTH);
        for key in known {
            orders = orders.and(Orders::of(last, key));
            last = key;
        }
        KeyMarks { fingerprints, ascent: Some(Ascent { first: first.to_owned(), last: last.to_owned(), orders }) }
    }
}

impl Orders {
    const BOTH: Orders = Orders { by_bytes: true, by_length: true };

    fn of(one: &str, next: &str) -> Orders {
        let by_bytes = one < next;
        let by_length = match one.len().cmp(&next.len()) {
            Ordering::Less => true,
            Ordering::Equal => by_bytes,
            Ordering::Greater => false,
        };
        Orders { by_bytes, by_length }
    }

    fn and(self, other: Orders) -> Orders {
        Orders { by_bytes: self.by_bytes && other.by_bytes, by_length: self.by_length && other.by_length }
    }

    fn some(self) -> Option<Orders> {
        (self.by_bytes || self.by_length).then_some(self)
    }
}

impl Default for KnownKeys {
    fn default() -> KnownKeys {
        KnownKeys { orders: Some(Orders::BOTH), last: None, ascending: Vec::new(), met: Fingerprints::default() }
    }
}

impl KnownKeys {
    /// The rows of a block whose key is known, also from a row before them; from now on all are.
    pub fn add(&mut self, marks: &KeyMarks) -> Vec<usize> {
        let Some(ascent) = &marks.ascent else { return Vec::new() };
        if let Some(orders) = self.orders {
            let behind = self.last.as_ref().map_or(Orders::BOTH, |last| Orders::of(last, &ascent.first));
            self.orders = orders.and(behind).and(ascent.orders).some();
            if self.orders.is_some() {
                self.last = Some(ascent.last.clone());
                self.ascending.extend(marks.fingerprints.iter().flatten());
                return Vec::new();
            }
            let ascending = std::mem::take(&mut self.ascending).into_iter().map(Some);
            self.met.insert_all(&ascending.collect::<Vec<_>>());
        }
        self.met.insert_all(&marks.fingerprints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn marks(keys: &[impl AsRef<str>]) -> KeyMarks {
        let mut all = Texts::default();
        keys.iter().for_each(|key| all.push(key.as_ref()));
        KeyMarks::of(&all)
    }

    #[test]
    fn sorted_keys_are_not_looked_up() {
        for sorted in [[["L08", "L09"], ["L10", "L11"]], [["L8", "L9"], ["L10", "L11"]], [["L10", "L11"], ["L8", "L9"]]]
        {
            let mut known = KnownKeys::default();
            assert!(sorted.iter().all(|block| known.add(&marks(block)).is_empty()));
            assert!(known.orders.is_some());
            assert_eq!(known.add(&marks(&["L11", "M"])), [0]);
            assert!(known.orders.is_none());
            assert_eq!(known.add(&marks(&["", "N", "L10", "M", "N"])), [2, 3, 4]);
        }
    }

    proptest! {
        #[test]
        fn a_key_is_known_from_its_second_row_on(
            blocks in prop::collection::vec(prop::collection::vec("[ab]{0,3}", 0..6), 0..6), sorted in any::<bool>()
        ) {
            let mut blocks = blocks;
            if sorted {
                blocks.iter_mut().for_each(|block| block.sort());
                blocks.sort();
            }
            let (mut known, mut met) = (KnownKeys::default(), HashSet::new());
            for block in blocks {
                let twice = |(row, key): (usize, &String)| (!key.is_empty() && !met.insert(key.clone())).then_some(row);
                let expected: Vec<usize> = block.iter().enumerate().filter_map(twice).collect();
                prop_assert_eq!(known.add(&marks(&block)), expected);
            }
        }
    }
}
