//! Sums of points: in 64 bits for as long as these surely hold them, which is nearly always.

use super::lookups::added;
use super::spare::Spare;
use crate::plan::LookupEntry;
use crate::run::batch::Mask;
use crate::value::Decimal;

/// Points below this, in billionths, are narrow; it is more than a rule gives at most, 1,000,000.
const NARROW: u128 = 1 << 50;
/// As many narrow points are added in 64 bits.
const MOST: u32 = 1 << 12;

/// For each row a sum, 0 at first.
pub(super) struct Sums {
    /// Narrow points added lately, in billionths.
    narrow: Vec<i64>,
    count: u32,
    /// All others; none where all were narrow so far.
    wide: Vec<Decimal>,
}

impl Sums {
    pub fn new(rows: usize, spare: &mut Spare) -> Sums {
        Sums { narrow: spare.narrow(rows), count: 0, wide: Vec::new() }
    }

    /// Adds the same points in all rows of a mask.
    pub fn add_where(&mut self, mask: &Mask, points: Decimal, spare: &mut Spare) {
        if is_narrow(points) {
            self.make_room(spare);
            add_where(&mut self.narrow, mask, points.billionths() as i64);
        } else {
            let sums = self.wide(spare);
            mask.each(|row| {
                if let Some(sum) = sums.get_mut(row) {
                    *sum = added(*sum, points);
                }
            });
        }
    }

    /// Adds the points of each row.
    pub fn add_column(&mut self, points: &[Decimal], spare: &mut Spare) {
        self.wide(spare).iter_mut().zip(points).for_each(|(sum, points)| *sum = added(*sum, *points));
    }

    /// Adds the points of each row's class.
    pub fn add_classes(&mut self, classes: &[u32], entries: &[LookupEntry], spare: &mut Spare) {
        if entries.len() <= classes.len() && entries.iter().all(|entry| is_narrow(entry.points)) {
            self.make_room(spare);
            for (sum, class) in self.narrow.iter_mut().zip(classes) {
                *sum += entries.get(*class as usize).map_or(0, |entry| entry.points.billionths() as i64);
            }
        } else {
            for (sum, class) in self.wide(spare).iter_mut().zip(classes) {
                *sum = added(*sum, entries.get(*class as usize).map_or(Decimal::ZERO, |entry| entry.points));
            }
        }
    }

    /// The sums.
    pub fn total(mut self, spare: &mut Spare) -> Vec<Decimal> {
        if self.wide.is_empty() {
            self.wide = spare.decimals(0);
            self.wide.extend(self.narrow.iter().map(|sum| Decimal::from_billionths(i128::from(*sum))));
        } else {
            self.widen();
        }
        spare.keep_narrow(self.narrow);
        self.wide
    }

    /// For one more column of narrow points.
    fn make_room(&mut self, spare: &mut Spare) {
        if self.count == MOST {
            self.wide(spare);
            self.widen();
            self.narrow.fill(0);
            self.count = 0;
        }
        self.count += 1;
    }

    fn wide(&mut self, spare: &mut Spare) -> &mut [Decimal] {
        if self.wide.is_empty() {
            self.wide = spare.decimals(self.narrow.len());
        }
        &mut self.wide
    }

    fn widen(&mut self) {
        for (sum, narrow) in self.wide.iter_mut().zip(&self.narrow) {
            *sum = added(*sum, Decimal::from_billionths(i128::from(*narrow)));
        }
    }
}

fn is_narrow(points: Decimal) -> bool {
    points.billionths().unsigned_abs() < NARROW
}

fn add_where(sums: &mut [i64], mask: &Mask, points: i64) {
    /// From here on going through all rows of a word is quicker than looking for its bits.
    const MANY: u32 = 16;
    for (sums, word) in sums.chunks_mut(64).zip(mask.words()) {
        if word.count_ones() < MANY {
            let mut rest = *word;
            while rest != 0 {
                if let Some(sum) = sums.get_mut(rest.trailing_zeros() as usize) {
                    *sum += points;
                }
                rest &= rest - 1;
            }
        } else {
            for (place, sum) in sums.iter_mut().enumerate() {
                *sum += points & -((word >> place & 1) as i64);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points that no rule gives, but a group may.
    const LARGE: Decimal = Decimal::whole(5_000_000_000_000);

    #[test]
    fn points_are_added_in_full_and_in_sparse_words() {
        for full in [true, false] {
            for points in [Decimal::whole(-3), LARGE] {
                let mask = Mask::of((0..100).map(|row| full || row % 9 == 0));
                let spare = &mut Spare::default();
                let mut sums = Sums::new(100, spare);
                sums.add_where(&mask, points, spare);
                sums.add_where(&mask, Decimal::ONE, spare);
                let both = added(points, Decimal::ONE);
                let expected: Vec<Decimal> =
                    (0..100).map(|row| if mask.get(row) { both } else { Decimal::ZERO }).collect();
                assert_eq!(sums.total(spare), expected);
            }
        }
    }

    #[test]
    fn classes_and_columns_too() {
        let spare = &mut Spare::default();
        for large in [Decimal::whole(7), LARGE] {
            let mut sums = Sums::new(3, spare);
            let entries = [Decimal::ZERO, large].map(|points| LookupEntry { points, place: Some(0) });
            sums.add_classes(&[1, 0, 1], &entries, spare);
            sums.add_column(&[1, 2, 3].map(Decimal::whole), spare);
            let expected = [added(large, Decimal::ONE), Decimal::whole(2), added(large, Decimal::whole(3))];
            assert_eq!(sums.total(spare), expected);
        }
    }

    #[test]
    fn more_than_64_bits_hold() {
        // 10,000 times 1,000,000 points are 10^10, in billionths 10^19; 64 bits hold 9.2 * 10^18.
        let spare = &mut Spare::default();
        let mut sums = Sums::new(2, spare);
        let first = Mask::of([true, false].into_iter());
        (0..10_000).for_each(|_| sums.add_where(&first, Decimal::whole(1_000_000), spare));
        assert_eq!(sums.total(spare), [Decimal::whole(10_000_000_000), Decimal::ZERO]);
    }
}
