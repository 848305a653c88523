//! How a score is spread, in bounded memory.

use crate::value::Decimal;
use std::collections::BTreeMap;

/// More buckets than this are made coarser.
const BUCKETS: usize = 4096;
const UNIT: i128 = Decimal::ONE.billionths();

/// Counts of values by whole-numbered buckets `width` wide.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    width: i128,
    buckets: BTreeMap<i128, u64>,
    pub count: u64,
    pub lowest: Option<Decimal>,
    pub highest: Option<Decimal>,
}

/// A bar: from `from` (included) to `to` (excluded, but where it is the highest value and the bar is the last).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    pub from: i128,
    pub to: i128,
    pub count: u64,
    /// Whether `to` is included.
    pub closed: bool,
}

impl Default for Histogram {
    fn default() -> Histogram {
        Histogram { width: 1, buckets: BTreeMap::new(), count: 0, lowest: None, highest: None }
    }
}

impl Histogram {
    pub fn add(&mut self, value: Decimal) {
        self.add_many(value, 1);
    }

    /// Adds many values: small whole ones, which most are, are counted first.
    pub fn add_all(&mut self, values: impl Iterator<Item = Decimal>) {
        /// The lowest whole number that is small, and how many are.
        const LOWEST: i64 = -1_000;
        const SMALL: usize = 3_000;
        let mut counts = [0_u64; SMALL];
        for value in values {
            let small = value.small_whole().and_then(|whole| usize::try_from(whole - LOWEST).ok());
            match small.and_then(|place| counts.get_mut(place)) {
                Some(count) => *count += 1,
                None => self.add(value),
            }
        }
        for (whole, count) in (LOWEST..).zip(counts).filter(|(_, count)| *count > 0) {
            self.add_many(Decimal::whole(whole), count);
        }
    }

    /// Adds a value `count` times.
    pub fn add_many(&mut self, value: Decimal, count: u64) {
        let whole = value.floor();
        let bucket = if self.width == 1 { whole } else { whole.div_euclid(self.width) };
        *self.buckets.entry(bucket).or_default() += count;
        self.count += count;
        self.lowest = Some(self.lowest.map_or(value, |lowest| lowest.min(value)));
        self.highest = Some(self.highest.map_or(value, |highest| highest.max(value)));
        while self.buckets.len() > BUCKETS {
            self.coarsen();
        }
    }

    /// Adds all values of another one; the outcome does not depend on how values were divided between the two.
    pub fn merge(&mut self, mut other: Histogram) {
        while self.width < other.width {
            self.coarsen();
        }
        while other.width < self.width {
            other.coarsen();
        }
        for (bucket, count) in other.buckets {
            *self.buckets.entry(bucket).or_default() += count;
        }
        self.count += other.count;
        self.lowest = [self.lowest, other.lowest].into_iter().flatten().min();
        self.highest = [self.highest, other.highest].into_iter().flatten().max();
        while self.buckets.len() > BUCKETS {
            self.coarsen();
        }
    }

    fn coarsen(&mut self) {
        self.width = self.width.saturating_mul(10);
        let mut coarse = BTreeMap::new();
        for (bucket, count) in &self.buckets {
            *coarse.entry(bucket.div_euclid(10)).or_default() += count;
        }
        self.buckets = coarse;
    }

    /// At most `most` bars (at least 2) of one round width (1, 2, 5, 10, 20…) from the lowest value to the highest.
    pub fn bars(&self, most: usize) -> Vec<Bar> {
        let (Some((first, _)), Some((last, _))) = (self.buckets.first_key_value(), self.buckets.last_key_value())
        else {
            return Vec::new();
        };
        let step = step(*first, *last, i128::try_from(most.max(2)).unwrap_or(2));
        let mut counts: BTreeMap<i128, u64> = BTreeMap::new();
        for (bucket, count) in &self.buckets {
            *counts.entry(bucket.div_euclid(step)).or_default() += count;
        }
        let width = self.width.saturating_mul(step);
        let mut bars: Vec<Bar> = (first.div_euclid(step)..=last.div_euclid(step))
            .map(|bar| Bar {
                from: bar.saturating_mul(width),
                to: bar.saturating_add(1).saturating_mul(width),
                count: counts.get(&bar).copied().unwrap_or_default(),
                closed: false,
            })
            .collect();
        self.close(&mut bars);
        bars
    }

    /// Where the last bar holds nothing but its lower edge, as with a score `to 100`, the one before it takes that in.
    fn close(&self, bars: &mut Vec<Bar>) {
        let is_edge =
            |bar: &Bar| self.highest.is_some_and(|highest| highest.billionths() == bar.from.saturating_mul(UNIT));
        if let [.., before, last] = bars.as_mut_slice()
            && last.to - last.from > 1
            && is_edge(last)
        {
            before.count += last.count;
            before.closed = true;
            bars.pop();
        }
    }
}

/// The smallest of 1, 2, 5, 10, 20… in which first to last fit into `most` bars.
fn step(first: i128, last: i128, most: i128) -> i128 {
    let mut power: i128 = 1;
    loop {
        for step in [power, power.saturating_mul(2), power.saturating_mul(5)] {
            if last.div_euclid(step) - first.div_euclid(step) < most {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_round_edges_and_hold_every_value() {
        let mut histogram = Histogram::default();
        for value in [0, 3, 9, 10, 47, 60] {
            histogram.add(Decimal::whole(value));
        }
        let bars: Vec<_> = histogram.bars(10).into_iter().map(|bar| (bar.from, bar.to, bar.count)).collect();
        // 0 to 60 in steps of 5 would be 13 bars, in steps of 10 it is 7, and the last would hold the 60 alone.
        assert_eq!(bars, [(0, 10, 3), (10, 20, 1), (20, 30, 0), (30, 40, 0), (40, 50, 1), (50, 60, 1)]);
    }

    #[test]
    fn fractions_and_negative_values_go_down() {
        let mut histogram = Histogram::default();
        histogram.add(Decimal::from_billionths(-500_000_000));
        histogram.add(Decimal::from_billionths(500_000_000));
        assert_eq!(
            histogram.bars(10),
            [Bar { from: -1, to: 0, count: 1, closed: false }, Bar { from: 0, to: 1, count: 1, closed: false }]
        );
    }

    #[test]
    fn memory_is_bounded() {
        let mut histogram = Histogram::default();
        (0..20_000).for_each(|value| histogram.add(Decimal::whole(value)));
        assert!(histogram.buckets.len() <= BUCKETS);
        assert_eq!(histogram.bars(10).iter().map(|bar| bar.count).sum::<u64>(), 20_000);
    }
}
