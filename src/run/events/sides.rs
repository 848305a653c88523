//! What a record keeps beside its words, because its size is not known beforehand.

use super::buckets::Buckets;
use ethnum::I256;

/// What an allocation takes besides its bytes, about.
const ALLOCATED: usize = 16;

/// One such thing; records name it by its place in [`Sides`].
#[derive(Debug)]
pub(super) enum Side {
    /// A number too large for its words
    Wide(Box<I256>),
    /// Values or events, one after another
    Bytes(Vec<u8>),
    /// Entries of equal size
    Entries(Vec<u32>),
    Buckets(Buckets),
}

/// The sides of many records.
#[derive(Debug, Default)]
pub(super) struct Sides {
    all: Vec<Side>,
    held: usize,
}

impl Sides {
    /// A new side; its place.
    pub(super) fn add(&mut self, side: Side) -> u32 {
        self.held += side.held();
        self.all.push(side);
        (self.all.len() - 1) as u32
    }

    /// Bytes that all of them take.
    pub(super) fn held(&self) -> usize {
        self.held + self.all.capacity() * size_of::<Side>()
    }

    pub(super) fn clear(&mut self) {
        *self = Sides::default();
    }

    pub(super) fn wide(&self, place: u32) -> I256 {
        match self.all.get(place as usize) {
            Some(Side::Wide(number)) => **number,
            _ => I256::ZERO,
        }
    }

    pub(super) fn set_wide(&mut self, place: u32, number: I256) {
        if let Some(Side::Wide(cell)) = self.all.get_mut(place as usize) {
            **cell = number;
        }
    }

    /// The side that a word names, one more than its place; 0 is none.
    pub(super) fn of(&self, word: u32) -> Option<&Side> {
        self.all.get((word as usize).checked_sub(1)?)
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
            || Side::Bytes(Vec::new()),
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
            || Side::Entries(Vec::new()),
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
        if let Some(side) = self.all.get_mut(*word as usize - 1) {
            let before = side.held();
            change(side);
            self.held = (self.held + side.held()).saturating_sub(before);
        }
    }
}

impl Side {
    /// Bytes that it takes outside the slab, about.
    fn held(&self) -> usize {
        match self {
            Side::Wide(_) => size_of::<I256>() + ALLOCATED,
            Side::Bytes(bytes) => bytes.capacity() + ALLOCATED,
            Side::Entries(entries) => entries.capacity() * size_of::<u32>() + ALLOCATED,
            Side::Buckets(buckets) => buckets.held() + ALLOCATED,
        }
    }
}
