//! How well a value tells those who bought from the others.

use super::{Level, Share};

/// Of all pairs of a lead who bought and one who did not: how often the first has the higher value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discrimination {
    /// The area under the curve: 0.5 tells nothing, 1 everything. A pair of equals counts half.
    pub auc: f64,
    /// How many standard deviations it lies above what chance gives (below: negative).
    pub deviations: f64,
}

/// `levels` ascending. `None` where nobody bought, or everybody.
pub fn discrimination(levels: impl Iterator<Item = Level>) -> Option<Discrimination> {
    let mut below = Share::default();
    // Twice the pairs in which who bought is higher, equals once
    let mut higher: u128 = 0;
    let mut ties = 0.0;
    for Level { leads, .. } in levels {
        higher += u128::from(leads.hits) * (2 * u128::from(below.misses()) + u128::from(leads.misses()));
        let count = leads.all as f64;
        ties += count * (count * count - 1.0);
        below.add(leads);
    }
    let pairs = u128::from(below.hits) * u128::from(below.misses());
    if pairs == 0 {
        return None;
    }
    let auc = higher as f64 / (2.0 * pairs as f64);
    // The variance of the rank sum (Mann and Whitney), less what equals take from it
    let all = below.all as f64;
    let variance = pairs as f64 / 12.0 * (all + 1.0 - ties / (all * (all - 1.0)));
    let difference = (auc - 0.5) * pairs as f64;
    let deviations = if variance > 0.0 { difference / variance.sqrt() } else { 0.0 };
    Some(Discrimination { auc, deviations })
}
