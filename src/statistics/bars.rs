//! Values in bars of one round width.

use super::{Level, Ranking, Share};
use crate::value::Decimal;

/// Billionths in a ten-thousandth, the least width.
const STEP: i128 = 100_000;

/// A bar: from `from` (included) to `to` (excluded, but where `closed`: the highest value stands on the edge).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    pub from: Decimal,
    pub to: Decimal,
    pub closed: bool,
    pub leads: Share,
}

/// At most `most` bars (two at least) of one round width (1, 2, 5, 10… or parts of 1) from the lowest value to the highest.
pub fn bars(ranking: &Ranking, most: usize) -> Vec<Bar> {
    let (Some(lowest), Some(highest)) = (ranking.lowest(), ranking.highest()) else { return Vec::new() };
    let width = round_width(lowest, highest, most.max(2) as i128);
    let first = lowest.billionths().div_euclid(width);
    let count = usize::try_from(highest.billionths().div_euclid(width) - first + 1).unwrap_or(1);
    let edge = |number: usize| Decimal::from_billionths((first + number as i128).saturating_mul(width));
    let blank = |number| Bar { from: edge(number), to: edge(number + 1), closed: false, leads: Share::default() };
    let mut bars: Vec<Bar> = (0..count).map(blank).collect();
    for Level { value, leads } in ranking.levels() {
        let place = usize::try_from(value.billionths().div_euclid(width) - first).ok();
        if let Some(bar) = place.and_then(|place| bars.get_mut(place)) {
            bar.leads.add(leads);
        }
    }
    // Where the last bar holds nothing but its lower edge, as with a score `to 100`, the one before it takes that in.
    if let [.., before, last] = bars.as_mut_slice()
        && last.from == highest
        && width > Decimal::ONE.billionths()
    {
        before.leads.add(last.leads);
        before.closed = true;
        bars.pop();
    }
    bars
}

fn round_width(lowest: Decimal, highest: Decimal, most: i128) -> i128 {
    let spread = highest.billionths() - lowest.billionths();
    let whole = lowest.is_whole() && highest.is_whole() && spread > 0;
    let mut power = if whole { Decimal::ONE.billionths() } else { STEP };
    loop {
        for width in [power, power.saturating_mul(2), power.saturating_mul(5)] {
            if highest.billionths().div_euclid(width) - lowest.billionths().div_euclid(width) < most {
                return width;
            }
        }
        power = power.saturating_mul(10);
    }
}
