//! Values that a whole text may be.

use super::{Passed, TestId};
use compact_str::CompactString;
use hashbrown::HashTable;
use twox_hash::XxHash3_64;

/// Folded values with the tests that each passes.
#[derive(Debug, Clone, Default)]
pub(super) struct Exact {
    values: HashTable<(String, Vec<TestId>)>,
    /// By length: a bit for what three bytes of a value come to. Most texts are of another length than any value or
    /// differ in these, which is told before hashing.
    marks: Vec<u64>,
}

impl Exact {
    pub(super) fn add(&mut self, value: &str, test: TestId) {
        if self.marks.len() <= value.len() {
            self.marks.resize(value.len() + 1, 0);
        }
        if let Some(marks) = self.marks.get_mut(value.len()) {
            *marks |= mark_of(value.as_bytes());
        }
        let hash = |value: &str| XxHash3_64::oneshot(value.as_bytes());
        let entry = self.values.entry(hash(value), |(known, _)| known == value, |(known, _)| hash(known));
        entry.or_insert_with(|| (value.to_owned(), Vec::new())).into_mut().1.push(test);
    }

    /// As [`super::TextTests::pass`].
    #[inline]
    pub(super) fn test(&self, text: &str, passed: &mut Passed<'_>) {
        if self.may_pass(text.as_bytes()) {
            self.find(text).iter().for_each(|test| passed.set(*test));
        }
    }

    /// Whether a text may be one of the values, if its letters are made small.
    #[inline]
    pub(super) fn may_pass(&self, text: &[u8]) -> bool {
        self.marks.get(text.len()).is_some_and(|marks| marks & mark_of(text) != 0)
    }

    fn find(&self, text: &str) -> &[TestId] {
        let mut small = CompactString::new(text);
        small.make_ascii_lowercase();
        let found = self.values.find(XxHash3_64::oneshot(small.as_bytes()), |(known, _)| *known == small);
        found.map_or(&[], |(_, tests)| tests)
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }
}

/// One bit, the same for large and small letters in ASCII.
#[inline]
fn mark_of(text: &[u8]) -> u64 {
    let byte = |at: usize| u32::from(text.get(at).map_or(0, |byte| byte | 0x20));
    let three = byte(0) + 7 * byte(text.len() / 2) + 29 * byte(text.len().wrapping_sub(1));
    1 << (three % 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_look_alike_are_told_apart() {
        let mut exact = Exact::default();
        for (value, test) in [("acme", 0), ("aral", 1), ("acme", 2), ("é", 3)] {
            exact.add(value, test);
        }
        let passed = |text: &str| {
            let mut bits = [0];
            exact.test(text, &mut Passed { bits: &mut bits });
            bits[0]
        };
        assert_eq!(["acme", "ARAL", "é"].map(passed), [0b101, 0b10, 0b1000]);
        // Of the same mark, of the same length, longer than any, of another case beyond ASCII, and empty.
        assert_eq!(["axme", "bcme", "acme inc", "É", ""].map(passed), [0; 5]);
        assert_eq!(exact.len(), 3);
        // `acme` is 97 + 7 * 109 + 29 * 101 = 3789, of which 64 leaves 13; `bcme` 14.
        let texts: [&[u8]; 4] = [b"ACME", b"axme", b"bcme", b""];
        assert_eq!(texts.map(|text| exact.may_pass(text)), [true, true, false, false]);
    }
}
