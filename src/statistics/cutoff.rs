//! What calling everybody from a value on comes to, and which value is best.

use super::{Level, Ranking, Share, share::ratio};
use crate::value::Decimal;

/// Leads with this value or a higher one, against all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cutoff {
    pub from: Decimal,
    /// Those called.
    pub called: Share,
    pub everybody: Share,
}

impl Cutoff {
    /// Of those called, how many bought.
    pub fn precision(&self) -> Option<f64> {
        self.called.rate()
    }

    /// Of those who bought, how many were called.
    pub fn caught(&self) -> Option<f64> {
        ratio(self.called.hits, self.everybody.hits)
    }

    pub fn lift(&self) -> Option<f64> {
        self.called.lift(self.everybody)
    }

    /// The harmonic mean of precision and share caught.
    pub fn f1(&self) -> Option<f64> {
        ratio(2 * self.called.hits, self.called.all + self.everybody.hits)
    }
}

/// Every value as a cut-off, from the highest down.
fn cutoffs(ranking: &Ranking) -> impl Iterator<Item = Cutoff> + '_ {
    let everybody = ranking.total();
    let mut called = Share::default();
    ranking.levels().rev().map(move |Level { value, leads }| {
        called.add(leads);
        Cutoff { from: value, called, everybody }
    })
}

pub fn cutoff_at(ranking: &Ranking, from: Decimal) -> Cutoff {
    let called = cutoffs(ranking).take_while(|cutoff| cutoff.from >= from).last();
    Cutoff { from, called: called.map(|cutoff| cutoff.called).unwrap_or_default(), everybody: ranking.total() }
}

/// The highest value of those with the best F1; `None` where nobody bought.
pub fn best_by_f1(ranking: &Ranking) -> Option<Cutoff> {
    let mut best: Option<Cutoff> = None;
    for cutoff in cutoffs(ranking).filter(|cutoff| cutoff.called.hits > 0) {
        // Compared as fractions, which are exact.
        let better = |best: &Cutoff| {
            let product = |one: &Cutoff, other: &Cutoff| {
                u128::from(one.called.hits) * u128::from(other.called.all + other.everybody.hits)
            };
            product(&cutoff, best) > product(best, &cutoff)
        };
        if best.as_ref().is_none_or(better) {
            best = Some(cutoff);
        }
    }
    best
}

/// The lowest value from which on there are at most `most` leads; `None` where those with the highest value are more.
pub fn for_capacity(ranking: &Ranking, most: u64) -> Option<Cutoff> {
    cutoffs(ranking).take_while(|cutoff| cutoff.called.all <= most).last()
}
