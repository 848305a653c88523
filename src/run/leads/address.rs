//! Plain e-mail addresses, told from all else eight bytes at a time.
//!
//! Each test of a word says so in the highest bit of each byte, with sums that never carry from one byte into the next.

/// The highest bit of each byte.
const HIGH: u64 = every(0x80);

/// The same byte eight times.
const fn every(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

/// Bytes from `from` to `to`, both in ASCII.
#[inline(always)]
fn between(word: u64, from: u8, to: u8) -> u64 {
    let low = word & !HIGH;
    (low + every(0x80 - from)) & !(low + every(0x7F - to)) & !word & HIGH
}

#[inline(always)]
fn equal(word: u64, byte: u8) -> u64 {
    between(word, byte, byte)
}

/// What may not stand before the `@`: blanks, the `:` of a URL, and what is not ASCII; and the `@`.
#[inline(always)]
fn not_local(word: u64) -> u64 {
    (between(word, b'!', b'~') ^ HIGH) | equal(word, b':') | equal(word, b'@')
}

/// What may not stand in a domain.
#[inline(always)]
fn not_domain(word: u64) -> u64 {
    let letters = between(word | every(0x20), b'a', b'z');
    let others = between(word, b'-', b'9') & !equal(word, b'/');
    (letters | others) ^ HIGH
}

/// Where the first byte is that may not stand before an `@`.
#[inline]
pub(super) fn end_of_local(text: &[u8]) -> Option<usize> {
    let (words, rest) = text.as_chunks::<8>();
    for (place, word) in words.iter().enumerate() {
        let found = not_local(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(place * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let found = not_local(short(rest));
    // What lies behind the text is 0, which is found too.
    let place = found.trailing_zeros() as usize / 8;
    (place < rest.len()).then_some(words.len() * 8 + place)
}

/// Whether a domain is letters, digits, dots and dashes in ASCII, and ends with a letter or a digit.
#[inline]
pub(super) fn is_plain_domain(domain: &[u8]) -> bool {
    let wrong = match domain.last_chunk::<8>() {
        // The last ones may overlap with those before them.
        Some(last) => {
            let words = domain.as_chunks::<8>().0.iter().chain([last]);
            words.fold(0, |wrong, word| wrong | not_domain(u64::from_le_bytes(*word)))
        }
        None => {
            let behind = HIGH.checked_shl(8 * domain.len() as u32).unwrap_or(0);
            not_domain(short(domain)) & !behind
        }
    };
    wrong == 0 && domain.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// Fewer than eight bytes; what is missing is 0.
#[inline(always)]
fn short(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Whether two dashes stand side by side.
#[inline]
pub(super) fn has_two_dashes(domain: &[u8]) -> bool {
    let (words, rest) = domain.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word)).chain([short(rest)]);
    let (found, _) = words.fold((0, 0), |(found, before), word| {
        let dashes = equal(word, b'-');
        (found | dashes & (dashes << 8 | before), dashes >> 56)
    });
    found != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be_local(byte: u8) -> bool {
        byte.is_ascii_graphic() && byte != b':' && byte != b'@'
    }

    fn may_be_domain(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-'
    }

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=255 {
            for length in 1..20 {
                for place in 0..length {
                    let mut text = vec![b'x'; length];
                    text[place] = byte;
                    assert_eq!(end_of_local(&text), (!may_be_local(byte)).then_some(place), "{text:?}");
                    let ends_well = place + 1 < length || byte.is_ascii_alphanumeric();
                    assert_eq!(is_plain_domain(&text), may_be_domain(byte) && ends_well, "{text:?}");
                }
            }
        }
        assert!(end_of_local(b"").is_none() && !is_plain_domain(b""));
    }

    #[test]
    fn neighbours_do_not_matter() {
        for (before, behind) in [(0xFF, 0xFF), (0, 0x7F), (b'@', 0x80)] {
            for byte in 0..=255_u8 {
                let word = u64::from_le_bytes([before, behind, before, byte, behind, before, behind, before]);
                let told = |found: u64| found >> 31 & 1 == 1;
                assert_eq!(told(not_local(word)), !may_be_local(byte), "{byte}");
                assert_eq!(told(not_domain(word)), !may_be_domain(byte), "{byte}");
            }
        }
    }

    #[test]
    fn dashes_side_by_side() {
        assert!(has_two_dashes(b"xn--bcher-kva.de") && !has_two_dashes(b"a-b-c.de"));
        for length in 2..20 {
            for place in 0..length - 1 {
                let mut text = vec![b'x'; length];
                text[place] = b'-';
                assert!(!has_two_dashes(&text));
                text[place + 1] = b'-';
                assert!(has_two_dashes(&text), "{text:?}");
            }
        }
    }
}
