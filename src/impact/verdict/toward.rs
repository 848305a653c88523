//! Leads put together so that a number comes out as wanted.
//!
//! From a lead to begin with, each value of a field and each handful of events is tried by itself: by how much does it
//! change the number? Then those are taken together that add up to what is wanted. What comes of it is measured again:
//! fields and events may have to do with each other. The nearest lead is where the next round begins.

use super::Told;
use super::quantity::Aim;
use super::steps::{Step, Steps, apply};
use super::sums::ways;
use super::telling::Telling;
use crate::impact::pools::Chance;
use crate::impact::sample::Sample;

/// So many leads each search begins with.
const MOST_STARTS: usize = 5;
/// So often the nearest lead is gone on from.
const ROUNDS: usize = 4;
/// So often sums are looked for in another order.
const ORDERS: usize = 4;
/// So many ways to a sum are measured for each.
const MOST_WAYS: usize = 24;

impl Telling<'_, '_> {
    /// Looks for a lead that comes to what is wanted, and tells the models apart.
    pub fn toward(&mut self, aim: &Aim<'_>, starts: &[Sample], steps: &Steps) -> Option<Box<Told>> {
        let mut chance = Chance::new(0xA1A1);
        for start in starts.iter().take(MOST_STARTS) {
            let mut at = start.clone();
            let mut distance = i128::MAX;
            for _ in 0..ROUNDS {
                let nearest = match self.round(aim, &at, steps, &mut chance) {
                    Round::Found(told) => return Some(told),
                    Round::Nearest(nearest) => nearest,
                };
                match nearest.filter(|(nearer, _)| *nearer < distance) {
                    Some((nearer, sample)) => (distance, at) = (nearer, sample),
                    None => break,
                }
            }
        }
        None
    }

    fn round(&mut self, aim: &Aim<'_>, at: &Sample, steps: &Steps, chance: &mut Chance) -> Round {
        let Some(here) = aim.measure(at, self.as_of) else { return Round::Nearest(None) };
        let sets = self.measured(aim, at, steps, here.value.billionths());
        let changes: Vec<Vec<i128>> = sets.iter().map(|set| set.iter().map(|(change, _)| *change).collect()).collect();
        let mut nearest: Option<(i128, Sample)> = None;
        for _ in 0..ORDERS {
            for stretch in &aim.wanted {
                let here = here.value.billionths();
                let low = stretch.low.map_or(i128::MIN / 4, |low| low.billionths().saturating_sub(here));
                let high = stretch.high.map_or(i128::MAX / 4, |high| high.billionths().saturating_sub(here));
                for way in ways(&changes, low, high, MOST_WAYS, chance) {
                    let taken = way.iter().filter_map(|(set, step)| Some(sets.get(*set)?.get(*step)?.1));
                    let sample = apply(at, taken);
                    if let Some(told) = self.tell_either(&sample) {
                        return Round::Found(Box::new(self.shrunk(told)));
                    }
                    let Some(measured) = aim.measure(&sample, self.as_of).filter(|measured| measured.fits) else {
                        continue;
                    };
                    let distance = aim.distance(measured.value);
                    if nearest.as_ref().is_none_or(|(nearest, _)| distance < *nearest) {
                        nearest = Some((distance, sample));
                    }
                }
            }
        }
        Round::Nearest(nearest)
    }

    /// By set, the steps that keep what is given, each with what it changes: one for each change.
    fn measured<'s>(&mut self, aim: &Aim<'_>, at: &Sample, steps: &'s Steps, here: i128) -> Vec<Vec<(i128, &'s Step)>> {
        let mut sets = Vec::new();
        for set in steps.sets() {
            let mut known: Vec<(i128, &Step)> = Vec::new();
            for step in set {
                let Some(measured) = aim.measure(&apply(at, [step]), self.as_of) else { continue };
                let change = measured.value.billionths().saturating_sub(here);
                if measured.fits && change != 0 && !known.iter().any(|(same, _)| *same == change) {
                    known.push((change, step));
                }
            }
            if !known.is_empty() {
                sets.push(known);
            }
        }
        sets
    }
}

enum Round {
    Found(Box<Told>),
    /// With how far it is from what is wanted
    Nearest(Option<(i128, Sample)>),
}
