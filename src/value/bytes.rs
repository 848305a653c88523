//! Bytes looked at eight at a time.
//!
//! Each test of a word says so in the highest bit of each byte, with sums that never carry from one byte into the next.

/// The highest bit of each byte.
pub(crate) const HIGH: u64 = every(0x80);

/// The same byte eight times.
pub(crate) const fn every(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

/// Bytes from `from` to `to`, both in ASCII.
#[inline(always)]
pub(crate) fn between(word: u64, from: u8, to: u8) -> u64 {
    let low = word & !HIGH;
    (low + every(0x80 - from)) & !(low + every(0x7F - to)) & !word & HIGH
}

#[inline(always)]
pub(crate) fn equal(word: u64, byte: u8) -> u64 {
    between(word, byte, byte)
}

/// Fewer than eight bytes; what is missing is 0.
#[inline(always)]
pub(crate) fn short(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Whether something is found in any word. `found` takes a word and the highest bits, moved to the lowest byte, of what
/// `those` tells of the byte before it.
#[inline(always)]
pub(crate) fn any_word(bytes: &[u8], those: impl Fn(u64) -> u64, found: impl Fn(u64, u64) -> u64) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let (mut any, mut before) = (0, 0);
    for word in words {
        let word = u64::from_le_bytes(*word);
        any |= found(word, before);
        before = those(word) >> 56;
    }
    if let (false, Some(last)) = (rest.is_empty(), bytes.last_chunk()) {
        // It overlaps with those before it, also in the byte before the rest.
        any |= found(u64::from_le_bytes(*last), 0);
    } else {
        any |= found(short(rest), before);
    }
    any != 0
}

/// Whether a byte stands beside another of its kind.
#[inline]
pub(crate) fn has_two(bytes: &[u8], byte: u8) -> bool {
    any_word(bytes, |word| equal(word, byte), |word, before| beside(equal(word, byte), before))
}

/// Where one of those bytes stands behind another.
#[inline(always)]
pub(crate) fn beside(those: u64, before: u64) -> u64 {
    those & (those << 8 | before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_side_by_side() {
        assert!(has_two(b"xn--bcher-kva.de", b'-') && !has_two(b"a-b-c.de", b'-'));
        for length in 2..20 {
            for place in 0..length - 1 {
                let mut text = vec![b'x'; length];
                text[place] = b' ';
                assert!(!has_two(&text, b' '));
                text[place + 1] = b' ';
                assert!(has_two(&text, b' '), "{text:?}");
            }
        }
    }
}
