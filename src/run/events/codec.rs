//! How what is kept is written to temporary files: small numbers in few bytes.

use ethnum::I256;

/// Seven bits a byte, lowest first; the high bit says that more follow.
pub(super) fn put(out: &mut Vec<u8>, number: u64) {
    put_wide(out, u128::from(number));
}

fn put_wide(out: &mut Vec<u8>, mut number: u128) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// As [`put`], small magnitudes in few bytes: 0, -1, 1, -2…
pub(super) fn put_signed(out: &mut Vec<u8>, number: i128) {
    put_wide(out, (number << 1 ^ number >> 127) as u128);
}

/// Sixteen bytes.
pub(super) fn put_fingerprint(out: &mut Vec<u8>, fingerprint: u128) {
    out.extend_from_slice(&fingerprint.to_be_bytes());
}

/// Thirty-two bytes.
pub(super) fn put_sum(out: &mut Vec<u8>, sum: I256) {
    out.extend_from_slice(&sum.to_le_bytes());
}

/// Reads what was put; `None` where bytes are missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        u64::try_from(self.wide()?).ok()
    }

    pub(super) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub(super) fn signed(&mut self) -> Option<i128> {
        let number = self.wide()?;
        Some((number >> 1) as i128 ^ -((number & 1) as i128))
    }

    pub(super) fn instant(&mut self) -> Option<i64> {
        i64::try_from(self.signed()?).ok()
    }

    pub(super) fn fingerprint(&mut self) -> Option<u128> {
        Some(u128::from_be_bytes(self.take(16)?.try_into().ok()?))
    }

    pub(super) fn sum(&mut self) -> Option<I256> {
        Some(I256::from_le_bytes(self.take(32)?.try_into().ok()?))
    }

    fn wide(&mut self) -> Option<u128> {
        let mut number = 0_u128;
        for shift in (0..128).step_by(7) {
            let byte = self.byte()?;
            number |= u128::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_read() {
        let mut out = Vec::new();
        let signed = [0, -1, 1, 63, -64, 64, i128::MAX, i128::MIN, i128::from(i64::MIN)];
        signed.iter().for_each(|number| put_signed(&mut out, *number));
        put(&mut out, u64::MAX);
        put_fingerprint(&mut out, 7);
        put_sum(&mut out, I256::from(-3));
        let mut bytes = Bytes(&out);
        assert!(signed.iter().all(|number| bytes.signed() == Some(*number)));
        assert_eq!((bytes.number(), bytes.fingerprint(), bytes.sum()), (Some(u64::MAX), Some(7), Some(I256::from(-3))));
        assert!(bytes.is_empty() && bytes.number().is_none());
    }

    #[test]
    fn small_numbers_take_a_byte() {
        let mut out = Vec::new();
        put_signed(&mut out, -64);
        put(&mut out, 127);
        assert_eq!(out.len(), 2);
    }
}
