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

/// The words of some bytes, the last filled up with 0.
#[inline(always)]
pub(crate) fn words(bytes: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().map(|word| u64::from_le_bytes(*word)).chain((!rest.is_empty()).then(|| short(rest)))
}

/// Whether a byte stands beside another of its kind.
#[inline]
pub(crate) fn has_two(bytes: &[u8], byte: u8) -> bool {
    let (found, _) = words(bytes).fold((0, 0), |(found, before), word| {
        let those = equal(word, byte);
        (found | those & (those << 8 | before), those >> 56)
    });
    found != 0
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
