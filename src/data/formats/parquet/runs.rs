//! Small numbers as Parquet keeps levels, places in a dictionary and some booleans: runs of one value, and groups of
//! eight packed bit by bit.

/// What is left of such numbers. `None` from any of its functions: they are not as they should be.
pub(super) struct Runs<'page> {
    bytes: &'page [u8],
    width: u32,
    run: Run<'page>,
}

enum Run<'page> {
    /// So many times this value.
    Same { value: u32, left: usize },
    /// Packed values, from this one on.
    Packed { bytes: &'page [u8], next: usize, left: usize },
}

impl<'page> Runs<'page> {
    /// Numbers of `width` bits each.
    pub(super) fn new(bytes: &'page [u8], width: u32) -> Option<Runs<'page>> {
        (width <= 32).then_some(Runs { bytes, width, run: Run::Same { value: 0, left: 0 } })
    }

    fn left(&self) -> usize {
        match self.run {
            Run::Same { left, .. } | Run::Packed { left, .. } => left,
        }
    }

    fn next_run(&mut self) -> Option<()> {
        let (mut header, mut shift) = (0_u64, 0);
        loop {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            header |= u64::from(byte & 0x7F).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let count = usize::try_from(header >> 1).ok().filter(|count| *count > 0)?;
        if header & 1 == 0 {
            let (value, rest) = self.bytes.split_at_checked(self.width.div_ceil(8) as usize)?;
            let value = value.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte));
            self.bytes = rest;
            self.run = Run::Same { value, left: count };
        } else {
            // Writers may leave away what nobody will read of the last group.
            let length = count.checked_mul(self.width as usize)?;
            let (bytes, rest) = self.bytes.split_at(length.min(self.bytes.len()));
            self.bytes = rest;
            self.run = Run::Packed { bytes, next: 0, left: count.checked_mul(8)? };
        }
        Some(())
    }

    /// Goes over `count` numbers.
    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.left() == 0 {
                self.next_run()?;
            }
            let now = count.min(self.left());
            match &mut self.run {
                Run::Same { left, .. } => *left -= now,
                Run::Packed { next, left, .. } => {
                    *next += now;
                    *left -= now;
                }
            }
            count -= now;
        }
        Some(())
    }

    /// Adds the next `count` numbers.
    pub(super) fn read(&mut self, mut count: usize, into: &mut Vec<u32>) -> Option<()> {
        while count > 0 {
            if self.left() == 0 {
                self.next_run()?;
            }
            let now = count.min(self.left());
            match &mut self.run {
                Run::Same { value, left } => {
                    into.resize(into.len() + now, *value);
                    *left -= now;
                }
                Run::Packed { bytes, next, left } => {
                    unpack(bytes, self.width as usize, *next, now, into)?;
                    *next += now;
                    *left -= now;
                }
            }
            count -= now;
        }
        Some(())
    }

    /// The next `count` numbers, of one bit each.
    pub(super) fn flags(&mut self, mut count: usize) -> Option<Vec<bool>> {
        let mut flags = Vec::with_capacity(count + 8);
        while count > 0 {
            if self.left() == 0 {
                self.next_run()?;
            }
            let now = count.min(self.left());
            match &mut self.run {
                Run::Same { value, left } => {
                    flags.resize(flags.len() + now, *value == 1);
                    *left -= now;
                }
                Run::Packed { bytes, next, left } => {
                    push_bits(bytes, *next, now, &mut flags)?;
                    *next += now;
                    *left -= now;
                }
            }
            count -= now;
        }
        Some(flags)
    }
}

/// Adds `count` bits, from bit `first` on.
pub(super) fn push_bits(bytes: &[u8], first: usize, count: usize, into: &mut Vec<bool>) -> Option<()> {
    let needed = bytes.get(first / 8..(first + count).div_ceil(8))?;
    let length = into.len() + count;
    let (ahead, begin) = (first % 8, into.len());
    for byte in needed {
        into.extend_from_slice(&[0, 1, 2, 3, 4, 5, 6, 7].map(|bit| byte >> bit & 1 == 1));
    }
    if ahead > 0 {
        into.drain(begin..begin + ahead);
    }
    into.truncate(length);
    Some(())
}

fn unpack(bytes: &[u8], width: usize, first: usize, count: usize, into: &mut Vec<u32>) -> Option<()> {
    if bytes.len() * 8 < (first + count) * width {
        return None;
    }
    let mask = (1_u64 << width) - 1;
    let mut bit = first * width;
    let mut count = count;
    // Four at once while they and the bits before them fit into eight bytes.
    while 4 * width + 7 <= 64
        && count >= 4
        && let Some(eight) = bytes.get(bit / 8..).and_then(<[u8]>::first_chunk::<8>)
    {
        let word = u64::from_le_bytes(*eight) >> (bit % 8);
        into.extend_from_slice(&[0, 1, 2, 3].map(|place| (word >> (place * width) & mask) as u32));
        bit += 4 * width;
        count -= 4;
    }
    into.extend((0..count).map(|_| {
        let rest = bytes.get(bit / 8..).unwrap_or_default();
        let word = match rest.first_chunk::<8>() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        let number = word >> (bit % 8) & mask;
        bit += width;
        number as u32
    }));
    Some(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Three times 5 in three bits; then eight packed: 0 to 7, the example of the format's own description.
    const BYTES: [u8; 6] = [3 << 1, 5, 1 << 1 | 1, 0b1000_1000, 0b1100_0110, 0b1111_1010];

    #[test]
    fn runs_and_groups_are_read_from_any_place() {
        let all = [5, 5, 5, 0, 1, 2, 3, 4, 5, 6, 7];
        for skipped in 0..all.len() {
            let mut runs = Runs::new(&BYTES, 3).unwrap();
            runs.skip(skipped).unwrap();
            let mut read = Vec::new();
            runs.read(all.len() - skipped, &mut read).unwrap();
            assert_eq!(read, all[skipped..]);
            assert!(runs.read(1, &mut read).is_none());
        }
    }

    #[test]
    fn numbers_of_any_width_are_unpacked_from_any_place() {
        for width in 1..=32_usize {
            let number = |place: usize| ((place as u64 * 0x9E37_79B9) >> 3 & ((1 << width) - 1)) as u32;
            let bit = |at: usize| number(at / width) >> (at % width) & 1;
            let byte = |at: usize| (0..8).fold(0, |byte, place| byte | (bit(8 * at + place) as u8) << place);
            let bytes: Vec<u8> = (0..5 * width).map(byte).collect();
            for first in 0..9 {
                let mut read = Vec::new();
                unpack(&bytes, width, first, 40 - first, &mut read).unwrap();
                assert_eq!(read, (first..40).map(number).collect::<Vec<_>>(), "{width} bits from {first}");
            }
        }
    }

    #[test]
    fn flags_are_single_bits() {
        // Twice yes, then 0b1010_0101 from the lowest bit on.
        let bytes = [2 << 1, 1, 1 << 1 | 1, 0b1010_0101];
        let mut runs = Runs::new(&bytes, 1).unwrap();
        runs.skip(1).unwrap();
        assert_eq!(runs.flags(4).unwrap(), [true, true, false, true]);
        assert_eq!(runs.flags(5).unwrap(), [false, false, true, false, true]);
        assert!(runs.flags(1).is_none());
    }
}
