//! A hash of words that the program made itself: it need not be hard to guess.

/// As good in its low bits as in its high ones.
pub(super) fn hash_of_words(words: &[u64]) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = words.iter().fold(0_u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(MIX));
    mixed ^ mixed >> 32
}
