//! A bit for each row, 64 a word.

/// Bits behind the last row are always 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mask {
    words: Vec<u64>,
    rows: usize,
}

impl Mask {
    pub fn new(rows: usize, bit: bool) -> Mask {
        let mut mask = Mask { words: vec![if bit { u64::MAX } else { 0 }; rows.div_ceil(64)], rows };
        mask.trim();
        mask
    }

    pub fn of(bits: impl ExactSizeIterator<Item = bool>) -> Mask {
        let mut mask = Mask::new(bits.len(), false);
        mask.fill(bits);
        mask
    }

    /// One bit for each flag.
    pub fn of_flags(flags: &[bool]) -> Mask {
        // Multiplying brings the lowest bits of eight bytes together in the highest byte.
        const TOGETHER: u64 = 0x0102_0408_1020_4080;
        let eight = |flags: &[bool; 8]| u64::from_le_bytes(flags.map(u8::from)).wrapping_mul(TOGETHER) >> 56;
        let mut mask = Mask::new(flags.len(), false);
        for (word, flags) in mask.words.iter_mut().zip(flags.chunks(64)) {
            let (eights, rest) = flags.as_chunks::<8>();
            let whole = eights.iter().rev().fold(0, |word, flags| word << 8 | eight(flags));
            let last = rest.iter().rev().fold(0, |word, flag| word << 1 | u64::from(*flag));
            *word = whole | last.checked_shl(8 * eights.len() as u32).unwrap_or(0);
        }
        mask
    }

    /// Of whole words; what is missing is 0, bits behind the last row are dropped.
    pub fn from_words(mut words: Vec<u64>, rows: usize) -> Mask {
        words.resize(rows.div_ceil(64), 0);
        let mut mask = Mask { words, rows };
        mask.trim();
        mask
    }

    pub fn into_words(self) -> Vec<u64> {
        self.words
    }

    /// Writes the bits of all rows, from the first on; rows that `bits` does not reach have 0.
    pub fn fill(&mut self, mut bits: impl Iterator<Item = bool>) {
        let mut rest = self.rows;
        for word in &mut self.words {
            let count = rest.min(64);
            rest -= count;
            let mut filled = 0;
            for (place, bit) in bits.by_ref().take(count).enumerate() {
                filled |= u64::from(bit) << place;
            }
            *word = filled;
        }
    }

    /// For every row at once: the bits of this mask and of another, 64 a word.
    pub fn zip_words(&mut self, other: &Mask, combine: impl Fn(u64, u64) -> u64) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word = combine(*word, *other));
        self.trim();
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn get(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub fn set(&mut self, row: usize, bit: bool) {
        if row < self.rows
            && let Some(word) = self.words.get_mut(row / 64)
        {
            *word = *word & !(1 << (row % 64)) | u64::from(bit) << (row % 64);
        }
    }

    /// Keeps those of its rows that are wanted.
    pub fn retain(&mut self, wanted: impl Fn(usize) -> bool) {
        for (place, word) in self.words.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                *word &= !(u64::from(!wanted(place * 64 + bit as usize)) << bit);
                rest &= rest - 1;
            }
        }
    }

    pub fn and(&mut self, other: &Mask) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    pub fn or(&mut self, other: &Mask) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    pub fn and_not(&mut self, other: &Mask) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    pub fn not(&mut self) {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
    }

    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub fn any(&self) -> bool {
        self.words.iter().any(|word| *word != 0)
    }

    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Whoever writes bits behind the last row breaks the promise that they are 0.
    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    pub fn all(&self) -> bool {
        self.count() == self.rows as u64
    }

    /// The rows whose bit is set, ascending, one call each.
    pub fn each(&self, mut call: impl FnMut(usize)) {
        for (place, word) in self.words.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                call(place * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }

    /// The rows whose bit is set, ascending.
    pub fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(place, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(place * 64 + bit)
            })
        })
    }

    fn trim(&mut self) {
        let used = self.rows % 64;
        if used > 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_behind_the_last_row_are_0() {
        let mut mask = Mask::new(70, true);
        assert_eq!(mask.count(), 70);
        mask.set(3, false);
        mask.not();
        assert_eq!(mask.ones().collect::<Vec<_>>(), [3]);
        mask.set(70, true);
        assert_eq!(mask.count(), 1);
    }

    #[test]
    fn masks_combine() {
        let even = Mask::of((0..100).map(|n| n % 2 == 0));
        let third = Mask::of((0..100).map(|n| n % 3 == 0));
        let (mut both, mut either, mut only) = (even.clone(), even.clone(), even.clone());
        both.and(&third);
        either.or(&third);
        only.and_not(&third);
        assert_eq!((both.count(), either.count(), only.count()), (17, 67, 33));
        assert!(both.get(6) && !both.get(3) && !Mask::new(5, false).any());
        let mut rows = Vec::new();
        both.each(|row| rows.push(row));
        assert_eq!(rows, both.ones().collect::<Vec<_>>());
        assert_eq!(Mask::from_words(both.clone().into_words(), 100), both);
        assert!(Mask::new(130, true).all() && !even.all());
        let third: Vec<bool> = (0..150).map(|n| n % 3 == 0).collect();
        for rows in [0, 1, 7, 8, 9, 63, 64, 65, 71, 72, 128, 150] {
            assert_eq!(Mask::of_flags(&third[..rows]), Mask::of(third[..rows].iter().copied()));
        }
    }
}
