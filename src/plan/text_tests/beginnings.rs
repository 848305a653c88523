//! Where parts may begin in a text, told from a few bytes at each place.

/// Bits of the table: of some dozens of parts few fall together.
const BITS: u32 = 15;
const MARKS: usize = 1 << (BITS - 6);
/// Bytes of a part that are looked at, and that it has at least.
const LONGEST: usize = 4;
const SHORTEST: usize = 3;

/// How parts begin, large and small letters in ASCII being the same.
#[derive(Debug, Clone)]
pub(super) struct Beginnings {
    /// How many bytes of each part are looked at: so many has the shortest, or [`LONGEST`].
    length: usize,
    /// A bit for each hash of a beginning.
    marks: Box<[u64; MARKS]>,
    /// Each hash with a part that begins so, ascending.
    parts: Vec<(u32, u32)>,
}

impl Beginnings {
    /// `None` where a part is so short that it may begin nearly anywhere.
    pub(super) fn new<'p>(parts: impl Iterator<Item = &'p str> + Clone) -> Option<Beginnings> {
        let length = parts.clone().map(str::len).min().filter(|shortest| *shortest >= SHORTEST)?.min(LONGEST);
        let mut marks = Box::new([0; MARKS]);
        let mut all: Vec<(u32, u32)> =
            parts.zip(0..).map(|(part, number)| (hash_of(word(part.as_bytes(), length), length), number)).collect();
        all.sort_unstable();
        for (hash, _) in &all {
            if let Some(marks) = marks.get_mut(*hash as usize / 64) {
                *marks |= 1 << (hash % 64);
            }
        }
        Some(Beginnings { length, marks, parts: all })
    }

    /// Calls for each place with each part, counted from 0, that may begin there.
    #[inline(always)]
    pub(super) fn each(&self, text: &[u8], mut call: impl FnMut(usize, usize)) {
        self.hashes(text, |start, hash| {
            if self.marks.get(hash as usize / 64).is_some_and(|marks| marks >> (hash % 64) & 1 == 1) {
                self.each_of(hash, |part| call(start, part));
            }
        });
    }

    /// Seldom called, and so kept out of the loop over the places.
    #[inline(never)]
    fn each_of(&self, hash: u32, mut call: impl FnMut(usize)) {
        let from = self.parts.partition_point(|(other, _)| *other < hash);
        let alike = self.parts.iter().skip(from).take_while(|(other, _)| *other == hash);
        alike.for_each(|(_, part)| call(*part as usize));
    }

    #[inline(always)]
    fn hashes(&self, text: &[u8], call: impl FnMut(usize, u32)) {
        match self.length {
            SHORTEST => hashes::<SHORTEST>(text, call),
            _ => hashes::<LONGEST>(text, call),
        }
    }
}

/// The hash of so many bytes at each place.
#[inline(always)]
fn hashes<const LENGTH: usize>(text: &[u8], mut call: impl FnMut(usize, u32)) {
    // Four bytes at once where there are as many.
    let mut start = 0;
    for window in text.array_windows::<LONGEST>() {
        call(start, hash_of(u32::from_le_bytes(*window), LENGTH));
        start += 1;
    }
    for window in text.get(start..).unwrap_or_default().array_windows::<LENGTH>() {
        call(start, hash_of(word(window, LENGTH), LENGTH));
        start += 1;
    }
}

/// The first bytes, the lowest first.
#[inline(always)]
fn word(bytes: &[u8], length: usize) -> u32 {
    bytes.iter().take(length).rev().fold(0, |word, byte| word << 8 | u32::from(*byte))
}

/// Of the first bytes of a word.
#[inline(always)]
fn hash_of(word: u32, length: usize) -> u32 {
    let small = (word | 0x2020_2020) << (32 - 8 * length as u32);
    small.wrapping_mul(0x9E37_79B1) >> (32 - BITS)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(parts: &[&str], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        Beginnings::new(parts.iter().copied()).unwrap().each(text.as_bytes(), |start, part| found.push((start, part)));
        found
    }

    #[test]
    fn parts_are_seen_wherever_they_begin() {
        for parts in [&["bank", "aviation", "بانک"][..], &["manager", "vp "], &["ceo", "cto"]] {
            for (number, part) in parts.iter().enumerate() {
                for (before, behind) in [(0, 0), (0, 5), (1, 0), (3, 1), (40, 2), (7, 0)] {
                    let text = format!("{}{part}{}", "-".repeat(before), "-".repeat(behind));
                    assert!(found(parts, &text).contains(&(before, number)), "{text}");
                    assert!(found(parts, &text.to_ascii_uppercase()).contains(&(before, number)), "{text}");
                }
            }
        }
    }

    #[test]
    fn at_most_places_none_is_seen() {
        let parts = ["bank", "aviation", "labs"];
        let seen = (0..1_000).filter(|number| !found(&parts, &format!("Company {number}")).is_empty()).count();
        // Of some ten places each, 3 of 32768 hashes are taken: about one text.
        assert!(seen < 50, "{seen}");
        assert!(Beginnings::new(["bank", "vp"].into_iter()).is_none());
        assert!(found(&parts, "ban").is_empty() && found(&parts, "").is_empty());
    }
}
