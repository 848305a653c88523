//! What a record keeps beside its words, because its size is not known beforehand.

use super::buckets::Buckets;
use ethnum::I256;

/// What an allocation takes besides its bytes, about.
const ALLOCATED: usize = 16;

/// Sides that are allocated together: doubling one vector of all would hold twice what is needed.
const TOGETHER: usize = 256;

/// One such thing; records name it by its place in [`Sides`]. There are millions: the ones that are seldom stand in a box.
#[derive(Debug)]
#[allow(clippy::box_collection)]
pub(super) enum Side {
    /// A number too large for its words
    Wide(Box<I256>),
    /// Values or events, one after another
    Bytes(Box<Vec<u8>>),
    /// Entries of equal size
    Entries(Box<Vec<u32>>),
    Buckets(Buckets),
}

/// The sides of many records.
#[derive(Debug, Default)]
pub(super) struct Sides {
    chunks: Vec<Vec<Side>>,
    count: usize,
    held: usize,
}

impl Sides {
    /// A new side; its place.
    pub(super) fn add(&mut self, side: Side) -> u32 {
        self.held += side.held();
        if self.count.is_multiple_of(TOGETHER) {
            self.chunks.push(Vec::with_capacity(TOGETHER));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.push(side);
        }
        self.count += 1;
        (self.count - 1) as u32
    }

    fn at(&self, place: usize) -> Option<&Side> {
        self.chunks.get(place / TOGETHER)?.get(place % TOGETHER)
    }

    fn at_mut(&mut self, place: usize) -> Option<&mut Side> {
        self.chunks.get_mut(place / TOGETHER)?.get_mut(place % TOGETHER)
    }

    /// Bytes that all of them take.
    pub(super) fn held(&self) -> usize {
        self.held + self.chunks.len() * TOGETHER * size_of::<Side>()
    }

    pub(super) fn clear(&mut self) {
        *self = Sides::default();
    }

    pub(super) fn wide(&self, place: u32) -> I256 {
        match self.at(place as usize) {
            Some(Side::Wide(number)) => **number,
            _ => I256::ZERO,
        }
    }

    pub(super) fn set_wide(&mut self, place: u32, number: I256) {
        if let Some(Side::Wide(cell)) = self.at_mut(place as usize) {
            **cell = number;
        }
    }

    /// The side that a word names, one more than its place; 0 is none.
    pub(super) fn of(&self, word: u32) -> Option<&Side> {
        self.at((word as usize).checked_sub(1)?)
    }

    pub(super) fn bytes(&self, word: u32) -> &[u8] {
        match self.of(word) {
            Some(Side::Bytes(bytes)) => bytes,
            _ => &[],
        }
    }

    pub(super) fn entries(&self, word: u32) -> &[u32] {
        match self.of(word) {
            Some(Side::Entries(entries)) => entries,
            _ => &[],
        }
    }

    pub(super) fn buckets(&self, word: u32) -> Option<&Buckets> {
        match self.of(word) {
            Some(Side::Buckets(buckets)) => Some(buckets),
            _ => None,
        }
    }

    /// Changes the bytes that a word names; makes them where there are none.
    pub(super) fn change_bytes(&mut self, word: &mut u32, change: impl FnOnce(&mut Vec<u8>)) {
        self.change(
            word,
            || Side::Bytes(Box::default()),
            |side| {
                if let Side::Bytes(bytes) = side {
                    change(bytes);
                }
            },
        );
    }

    pub(super) fn change_entries(&mut self, word: &mut u32, change: impl FnOnce(&mut Vec<u32>)) {
        self.change(
            word,
            || Side::Entries(Box::default()),
            |side| {
                if let Side::Entries(entries) = side {
                    change(entries);
                }
            },
        );
    }

    pub(super) fn change_buckets(&mut self, word: &mut u32, change: impl FnOnce(&mut Buckets)) {
        self.change(
            word,
            || Side::Buckets(Buckets::default()),
            |side| {
                if let Side::Buckets(buckets) = side {
                    change(buckets);
                }
            },
        );
    }

    fn change(&mut self, word: &mut u32, new: impl FnOnce() -> Side, change: impl FnOnce(&mut Side)) {
        if *word == 0 {
            *word = self.add(new()) + 1;
        }
        if let Some(side) = self.at_mut(*word as usize - 1) {
            let before = side.held();
            change(side);
            let after = side.held();
            self.held = (self.held + after).saturating_sub(before);
        }
    }
}

impl Side {
    /// Bytes that it takes outside the slab, about.
    fn held(&self) -> usize {
        match self {
            Side::Wide(_) => size_of::<I256>() + ALLOCATED,
            Side::Bytes(bytes) => size_of::<Vec<u8>>() + bytes.capacity() + 2 * ALLOCATED,
            Side::Entries(entries) => size_of::<Vec<u32>>() + entries.capacity() * size_of::<u32>() + 2 * ALLOCATED,
            Side::Buckets(buckets) => buckets.held() + ALLOCATED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_takes_no_more_room_than_its_rows() {
        assert_eq!(size_of::<Side>(), size_of::<Vec<u32>>());
    }

    #[test]
    fn sides_are_found_again() {
        let mut sides = Sides::default();
        let mut words = [0; 600];
        for (number, word) in (0..).zip(&mut words) {
            sides.change_entries(word, |entries| entries.push(number));
        }
        assert!((0..).zip(words).all(|(number, word)| sides.entries(word) == [number]));
        assert!(sides.held() >= 600 * size_of::<Side>());
        sides.clear();
        assert_eq!((sides.held(), sides.entries(1)), (0, &[][..]));
    }
}
