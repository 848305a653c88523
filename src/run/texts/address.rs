//! Plain e-mail addresses, told from all else eight bytes at a time.

use crate::value::bytes::{HIGH, between, equal, every, has_two, short};

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

/// Whether two dashes stand side by side.
#[inline]
pub(super) fn has_two_dashes(domain: &[u8]) -> bool {
    has_two(domain, b'-')
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
}
