//! Values with and without the outcome, in order, in a few bytes each.

use super::Share;
use crate::value::Decimal;

/// Parts are put aside until they are as many as this, or a quarter of all.
const FEWEST_PENDING: usize = 1 << 16;
/// Billionths in the steps that values are kept in: scores hold 4 decimals.
const STEP: i128 = 100_000;
/// What a step can be at most, so that it and the outcome fit into 64 bits.
const MOST: i128 = (i64::MAX / 4) as i128;

/// How often each value was met, with the outcome and without.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    /// Twice the value in ten-thousandths, and one more with the outcome; ascending.
    keys: Vec<i64>,
    /// How often each.
    counts: Vec<u32>,
    pending: Vec<(i64, u32)>,
}

/// The values of a few leads.
#[derive(Debug, Clone, Default)]
pub struct RankingPart {
    keys: Vec<i64>,
}

/// A value, with the leads that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    pub value: Decimal,
    pub leads: Share,
}

impl RankingPart {
    /// A value is rounded to 4 decimals.
    pub fn push(&mut self, value: Decimal, hit: bool) {
        self.keys.push(key(value, hit));
    }

    fn counted(mut self) -> Vec<(i64, u32)> {
        self.keys.sort_unstable();
        let mut counted: Vec<(i64, u32)> = Vec::new();
        for key in self.keys {
            match counted.last_mut() {
                Some((last, count)) if *last == key => *count += 1,
                _ => counted.push((key, 1)),
            }
        }
        counted
    }

    /// Sorted and counted, to be added to all.
    pub fn into_ranking(self) -> Ranking {
        let (keys, counts) = self.counted().into_iter().unzip();
        Ranking { keys, counts, pending: Vec::new() }
    }
}

impl Ranking {
    /// Adds the values of another one. What comes of it does not depend on how leads were divided.
    pub fn add(&mut self, part: Ranking) {
        self.pending.extend(part.keys.into_iter().zip(part.counts));
        self.pending.extend(part.pending);
        if self.pending.len() >= FEWEST_PENDING.max(self.keys.len() / 4) {
            self.settle();
        }
    }

    /// Brings what was put aside in order. The two lists are merged from their ends, in place: memory is never held twice.
    pub fn settle(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        pending.sort_unstable();
        pending.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        pending.retain(|(key, count)| match self.keys.binary_search(key) {
            Ok(place) => {
                if let Some(known) = self.counts.get_mut(place) {
                    *known = known.saturating_add(*count);
                }
                false
            }
            Err(_) => true,
        });
        let (old, new) = (self.keys.len(), pending.len());
        self.keys.reserve_exact(new);
        self.counts.reserve_exact(new);
        self.keys.resize(old + new, 0);
        self.counts.resize(old + new, 0);
        let mut from = old;
        for place in (0..old + new).rev() {
            let before =
                from.checked_sub(1).and_then(|before| Some((*self.keys.get(before)?, *self.counts.get(before)?)));
            let next = match (before, pending.last()) {
                (Some(before), Some(last)) if before.0 > last.0 => Some(before),
                (Some(before), None) => Some(before),
                _ => None,
            };
            let (key, count) = match next {
                Some(before) => {
                    from -= 1;
                    before
                }
                None => pending.pop().unwrap_or_default(),
            };
            if let (Some(to_key), Some(to_count)) = (self.keys.get_mut(place), self.counts.get_mut(place)) {
                (*to_key, *to_count) = (key, count);
            }
        }
    }

    /// The different values, ascending. Call [`Ranking::settle`] before.
    pub fn levels(&self) -> impl DoubleEndedIterator<Item = Level> + '_ {
        debug_assert!(self.pending.is_empty(), "a ranking is settled before it is read");
        let mut at = 0;
        let mut end = self.keys.len();
        let level = move |place: usize| {
            let key = *self.keys.get(place)?;
            Some((key.div_euclid(2), key.rem_euclid(2) == 1, u64::from(*self.counts.get(place)?)))
        };
        Levels {
            next: move |from_end: bool| {
                let (first, second) =
                    if from_end { (end.checked_sub(1)?, end.checked_sub(2)) } else { (at, Some(at + 1)) };
                if at >= end {
                    return None;
                }
                let (value, hit, count) = level(first)?;
                let other = second.filter(|second| *second >= at && *second < end).and_then(level);
                let other = other.filter(|(other, _, _)| *other == value);
                let used = 1 + usize::from(other.is_some());
                if from_end {
                    end -= used
                } else {
                    at += used
                }
                let hits = [Some((value, hit, count)), other].into_iter().flatten();
                let leads = hits.fold(Share::default(), |sum, (_, hit, count)| Share {
                    all: sum.all + count,
                    hits: sum.hits + if hit { count } else { 0 },
                });
                Some(Level { value: Decimal::from_billionths(i128::from(value) * STEP), leads })
            },
        }
    }

    pub fn total(&self) -> Share {
        let mut total = Share::default();
        self.levels().for_each(|level| total.add(level.leads));
        total
    }

    pub fn lowest(&self) -> Option<Decimal> {
        self.levels().next().map(|level| level.value)
    }

    pub fn highest(&self) -> Option<Decimal> {
        self.levels().next_back().map(|level| level.value)
    }

    /// The value below which this part of the leads lies (0 to 1): the least value that so many have or are below.
    pub fn quantile(&self, part: f64) -> Option<Decimal> {
        let wanted = (self.total().all as f64 * part).ceil().max(1.0) as u64;
        let mut below = 0;
        let mut levels = self.levels();
        levels
            .find(|level| {
                below += level.leads.all;
                below >= wanted
            })
            .map(|level| level.value)
    }

    pub fn mean(&self) -> Option<f64> {
        let (mut sum, mut all) = (0.0, 0_u64);
        for level in self.levels() {
            sum += level.value.to_f64() * level.leads.all as f64;
            all += level.leads.all;
        }
        (all > 0).then(|| sum / all as f64)
    }
}

/// Levels from both ends.
struct Levels<F> {
    next: F,
}

impl<F: FnMut(bool) -> Option<Level>> Iterator for Levels<F> {
    type Item = Level;

    fn next(&mut self) -> Option<Level> {
        (self.next)(false)
    }
}

impl<F: FnMut(bool) -> Option<Level>> DoubleEndedIterator for Levels<F> {
    fn next_back(&mut self) -> Option<Level> {
        (self.next)(true)
    }
}

fn key(value: Decimal, hit: bool) -> i64 {
    let billionths = value.billionths();
    let half = if billionths < 0 { -STEP / 2 } else { STEP / 2 };
    // Most values are small: dividing 64 bits is many times as quick.
    let steps = match i64::try_from(billionths) {
        Ok(small) => small.saturating_add(half as i64) / STEP as i64,
        Err(_) => (billionths.saturating_add(half) / STEP).clamp(-MOST, MOST) as i64,
    };
    steps * 2 + i64::from(hit)
}
