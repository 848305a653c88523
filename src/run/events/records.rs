//! Records of many leads: words of one size for each, and sides for what does not fit them.

use super::sides::Sides;

/// Records that are allocated together.
const TOGETHER: usize = 256;

/// The words of a record begin with the fingerprint of its lead.
pub(super) const FINGERPRINT: usize = 4;

#[derive(Debug)]
pub(super) struct Records {
    /// A record without events.
    empty: Vec<u32>,
    chunks: Vec<Vec<u32>>,
    count: u32,
    sides: Sides,
}

/// What is kept for one lead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub words: &'a [u32],
    pub sides: &'a Sides,
}

/// As [`Record`], to be changed.
#[derive(Debug)]
pub(super) struct RecordMut<'a> {
    pub words: &'a mut [u32],
    pub sides: &'a mut Sides,
}

impl Records {
    /// `empty` is a record without events.
    pub(super) fn new(empty: &[u32]) -> Records {
        Records { empty: empty.to_vec(), chunks: Vec::new(), count: 0, sides: Sides::default() }
    }

    pub(super) fn len(&self) -> u32 {
        self.count
    }

    /// A new, empty record; its place.
    pub(super) fn add(&mut self, fingerprint: u128) -> u32 {
        let width = self.empty.len();
        if (self.count as usize).is_multiple_of(TOGETHER) {
            self.chunks.push(Vec::with_capacity(TOGETHER * width));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            let start = chunk.len();
            chunk.extend_from_slice(&self.empty);
            for (word, shift) in chunk[start..].iter_mut().zip([0, 32, 64, 96]) {
                *word = (fingerprint >> shift) as u32;
            }
        }
        self.count += 1;
        self.count - 1
    }

    pub(super) fn get(&self, place: u32) -> Record<'_> {
        Record { words: &self.chunks[place as usize / TOGETHER][self.range(place)], sides: &self.sides }
    }

    pub(super) fn get_mut(&mut self, place: u32) -> RecordMut<'_> {
        let range = self.range(place);
        RecordMut { words: &mut self.chunks[place as usize / TOGETHER][range], sides: &mut self.sides }
    }

    pub(super) fn fingerprint(&self, place: u32) -> u128 {
        self.get(place).fingerprint()
    }

    /// Forgets all records.
    pub(super) fn clear(&mut self) {
        self.chunks.clear();
        self.count = 0;
        self.sides.clear();
    }

    /// Bytes that they take.
    pub(super) fn held(&self) -> usize {
        self.chunks.len() * TOGETHER * self.empty.len() * size_of::<u32>() + self.sides.held()
    }

    fn range(&self, place: u32) -> std::ops::Range<usize> {
        let start = place as usize % TOGETHER * self.empty.len();
        start..start + self.empty.len()
    }
}

impl Record<'_> {
    pub(super) fn fingerprint(&self) -> u128 {
        self.words[..FINGERPRINT].iter().rev().fold(0, |key, word| key << 32 | u128::from(*word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_begin_empty_and_keep_their_fingerprint() {
        let mut records = Records::new(&[0, 0, 0, 0, 9]);
        let added: Vec<u32> = (0..300).map(|lead| records.add(lead << 100 | lead)).collect();
        assert!(added.iter().copied().eq(0..300));
        records.get_mut(299).words[4] = 1;
        assert_eq!((records.fingerprint(299), records.get(298).words[4]), (299 << 100 | 299, 9));
        records.clear();
        assert_eq!((records.len(), records.held(), records.add(5)), (0, 0, 0));
        assert_eq!(records.get(0).words, [5, 0, 0, 0, 9]);
    }
}
