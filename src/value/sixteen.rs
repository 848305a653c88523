//! Texts looked at sixteen bytes at a time: which bytes are of some kind, a bit for each.

use wide::u8x16;

/// The longest text that has a bit for each byte.
const LONGEST: usize = 64;

/// Sixteen bytes; or the answer for each: all bits set, or none.
#[derive(Clone, Copy)]
pub(crate) struct Sixteen(u8x16);

impl Sixteen {
    #[inline(always)]
    pub(crate) fn equal(self, byte: u8) -> Sixteen {
        Sixteen(self.0.simd_eq(u8x16::splat(byte)))
    }

    /// Bytes from `from` to `to`.
    #[inline(always)]
    pub(crate) fn between(self, from: u8, to: u8) -> Sixteen {
        // Bytes below wrap around and are greater than any other.
        Sixteen((self.0 - u8x16::splat(from)).simd_le(u8x16::splat(to - from)))
    }

    #[inline(always)]
    pub(crate) fn beyond_ascii(self) -> Sixteen {
        self.between(0x80, 0xFF)
    }

    /// With letters of ASCII made small; other bytes may become others too.
    #[inline(always)]
    pub(crate) fn small(self) -> Sixteen {
        Sixteen(self.0 | u8x16::splat(0x20))
    }

    #[inline(always)]
    pub(crate) fn or(self, other: Sixteen) -> Sixteen {
        Sixteen(self.0 | other.0)
    }
}

/// For each kind the bytes of a text that are of it, the first in the lowest bit; `None` for texts of more than 64 bytes.
#[inline(always)]
pub(crate) fn kinds<const N: usize>(text: &[u8], of: impl Fn(Sixteen) -> [Sixteen; N]) -> Option<[u64; N]> {
    let mut all = [0; N];
    let mut add = |sixteen: &[u8; 16], place: usize| {
        let found = of(Sixteen(u8x16::new(*sixteen)));
        all.iter_mut().zip(found).for_each(|(all, found)| *all |= u64::from(found.0.to_bitmask()) << place);
    };
    let (whole, rest) = text.as_chunks::<16>();
    if text.len() > LONGEST {
        return None;
    }
    whole.iter().zip(0..).for_each(|(sixteen, number)| add(sixteen, 16 * number));
    match text.last_chunk::<16>() {
        // The last ones overlap with those before them.
        Some(last) if !rest.is_empty() => add(last, text.len() - 16),
        None if !rest.is_empty() => {
            let mut filled = [0; 16];
            filled.iter_mut().zip(rest).for_each(|(into, byte)| *into = *byte);
            add(&filled, 0);
            all = all.map(|bits| bits & ((1 << text.len()) - 1));
        }
        _ => {}
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=255_u8 {
            for (length, place) in [(1, 0), (15, 14), (16, 0), (17, 16), (31, 15), (33, 20), (64, 63)] {
                let mut text = vec![b'~'; length];
                text[place] = byte;
                let found = kinds(&text, |bytes| {
                    let digits = bytes.between(b'0', b'9');
                    [bytes.equal(b'@'), digits.or(bytes.small().between(b'a', b'z')), bytes.beyond_ascii()]
                });
                let here = |is: bool| u64::from(is) << place;
                let expected = [byte == b'@', byte.is_ascii_alphanumeric(), !byte.is_ascii()].map(here);
                assert_eq!(found, Some(expected), "{byte} {length} {place}");
            }
        }
        assert_eq!(kinds(b"", |bytes| [bytes.equal(0)]), Some([0]));
        assert_eq!(kinds(&[0; 65], |bytes| [bytes.equal(0)]), None);
    }
}
