//! Values that a whole text may be.

use super::TestId;
use hashbrown::HashTable;
use twox_hash::XxHash3_64;

/// Folded values with the tests that each passes.
#[derive(Debug, Clone, Default)]
pub(super) struct Exact {
    values: HashTable<(String, Vec<TestId>)>,
    /// By length: a bit for each first byte. Most texts are of another length than any value or begin otherwise, which
    /// is told before hashing.
    begins: Vec<u32>,
}

impl Exact {
    pub(super) fn add(&mut self, value: &str, test: TestId) {
        if self.begins.len() <= value.len() {
            self.begins.resize(value.len() + 1, 0);
        }
        if let Some(begins) = self.begins.get_mut(value.len()) {
            *begins |= begin_of(value.bytes().next());
        }
        let hash = |value: &str| XxHash3_64::oneshot(value.as_bytes());
        let entry = self.values.entry(hash(value), |(known, _)| known == value, |(known, _)| hash(known));
        entry.or_insert_with(|| (value.to_owned(), Vec::new())).into_mut().1.push(test);
    }

    /// The tests that a folded text passes.
    #[inline]
    pub(super) fn passed(&self, folded: &str) -> &[TestId] {
        match self.begins.get(folded.len()) {
            Some(begins) if begins & begin_of(folded.bytes().next()) != 0 => self.find(folded),
            _ => &[],
        }
    }

    /// Whether a text may be one of the values, if its letters are made small.
    #[inline]
    pub(super) fn may_pass(&self, text: &[u8]) -> bool {
        let first = text.first().map(u8::to_ascii_lowercase);
        self.begins.get(text.len()).is_some_and(|begins| begins & begin_of(first) != 0)
    }

    fn find(&self, folded: &str) -> &[TestId] {
        let found = self.values.find(XxHash3_64::oneshot(folded.as_bytes()), |(known, _)| known == folded);
        found.map_or(&[], |(_, tests)| tests)
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }
}

/// Letters have a bit each; other bytes share them.
#[inline]
fn begin_of(first: Option<u8>) -> u32 {
    first.map_or(1, |first| 1 << (first % 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_length_and_beginning_are_told_apart() {
        let mut exact = Exact::default();
        for (value, test) in [("acme", 0), ("aral", 1), ("acme", 2), ("é", 3)] {
            exact.add(value, test);
        }
        assert_eq!(["acme", "aral", "é"].map(|text| exact.passed(text)), [&[0, 2][..], &[1], &[3]]);
        // Of the same length and first byte, of the same length, longer than any, and empty.
        assert!(["aaaa", "bcme", "acme inc", ""].iter().all(|text| exact.passed(text).is_empty()));
        assert_eq!(exact.len(), 3);
        let texts: [&[u8]; 4] = [b"ACME", b"aaaa", b"bcme", b""];
        assert_eq!(texts.map(|text| exact.may_pass(text)), [true, true, false, false]);
    }
}
