//! Which steps add up to a wanted sum, when of each set one step at most is taken.

use crate::impact::pools::Chance;
use std::collections::BTreeMap;

/// So many sums are followed from one set to the next.
const MOST_SUMS: usize = 1_500;

/// So many sums on either side are next to what is wanted.
const NEAREST: usize = 2;

/// A step of one set: the place of the set, the place of the step in it.
pub(super) type Taken = (usize, usize);

/// How a sum came about: the sum before, and the step.
type Origin = Option<(i128, Taken)>;

/// Ways to come to a sum from `low` to `high`, each another sum; to those next to it, where there is none. `sets` says by how much each step changes it. The sets
/// are gone through in an order of chance, so that asking again gives other ways.
pub(super) fn ways(sets: &[Vec<i128>], low: i128, high: i128, most: usize, chance: &mut Chance) -> Vec<Vec<Taken>> {
    let order = shuffled(sets.len(), chance);
    let mut layers: Vec<BTreeMap<i128, Origin>> = vec![BTreeMap::from([(0, None)])];
    for set in order {
        let steps = sets.get(set).map_or(&[][..], |steps| &steps[..]);
        let before = layers.last().map(|sums| sums.keys().copied().collect::<Vec<_>>()).unwrap_or_default();
        // Taking none comes first: the fewer steps, the better.
        let mut sums: BTreeMap<i128, Origin> = before.iter().map(|sum| (*sum, None)).collect();
        for step in shuffled(steps.len(), chance) {
            let Some(change) = steps.get(step) else { continue };
            for sum in &before {
                let Some(next) = sum.checked_add(*change) else { continue };
                sums.entry(next).or_insert(Some((*sum, (set, step))));
            }
        }
        layers.push(thinned(sums, low, high));
    }
    let Some(last) = layers.last() else { return Vec::new() };
    let mut reached: Vec<i128> = last.range(low..=high.max(low)).map(|(sum, _)| *sum).collect();
    if reached.is_empty() {
        let (below, above) = (last.range(..low).rev().take(NEAREST), last.range(low..).take(NEAREST));
        reached = below.chain(above).map(|(sum, _)| *sum).collect();
    }
    let apart = (reached.len() / most.max(1)).max(1);
    reached.into_iter().step_by(apart).take(most).map(|sum| way_back(&layers, sum)).collect()
}

fn shuffled(count: usize, chance: &mut Chance) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for place in (1..count).rev() {
        order.swap(place, chance.below(place + 1));
    }
    order
}

/// As many as are followed: all round numbers before others, spread over the whole.
fn thinned(sums: BTreeMap<i128, Origin>, low: i128, high: i128) -> BTreeMap<i128, Origin> {
    if sums.len() <= MOST_SUMS {
        return sums;
    }
    let mut by_roundness: Vec<(i128, Origin)> = sums.into_iter().collect();
    by_roundness.sort_by_key(|(sum, _)| (!(low..=high).contains(sum), roundness(*sum)));
    let round = by_roundness.iter().take(MOST_SUMS / 2).copied().collect::<Vec<_>>();
    let rest = by_roundness.get(MOST_SUMS / 2..).unwrap_or_default();
    let apart = (rest.len() / (MOST_SUMS / 2)).max(1);
    round.into_iter().chain(rest.iter().step_by(apart).copied()).collect()
}

/// How many of its decimals are needed: the fewer, the rounder.
fn roundness(sum: i128) -> u32 {
    let mut rest = sum;
    let mut zeros = 0;
    while rest != 0 && rest % 10 == 0 && zeros < 12 {
        rest /= 10;
        zeros += 1;
    }
    if sum == 0 { 0 } else { 12 - zeros }
}

fn way_back(layers: &[BTreeMap<i128, Origin>], mut sum: i128) -> Vec<Taken> {
    let mut way = Vec::new();
    for layer in layers.iter().rev() {
        if let Some(Some((before, taken))) = layer.get(&sum) {
            way.push(*taken);
            sum = *before;
        }
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_and_the_way_to_it() {
        let sets = [vec![20, 5], vec![15], vec![-2], vec![7, 8]];
        let sum = |way: &[Taken]| way.iter().map(|(set, step)| sets[*set][*step]).sum::<i128>();
        // 20 + 15 - 2 + 8, and no other: 20 + 15 + 7 is 42, 20 + 15 + 8 is 43
        let found = ways(&sets, 41, 41, 10, &mut Chance::new(1));
        assert_eq!(found.iter().map(|way| sum(way)).collect::<Vec<_>>(), [41]);
        // 20 + 15 + 8 is the most there is, 20 + 15 + 7 is next to it.
        let found = ways(&sets, 44, 50, 10, &mut Chance::new(1));
        assert_eq!(found.iter().map(|way| sum(way)).collect::<Vec<_>>(), [43, 42]);
    }
}
