//! The leads in ten parts of one size, by their value.

use super::{Ranking, Share};
use crate::value::Decimal;

/// One of ten parts; the first has the highest values. Leads with one value are never parted, so parts differ a little in
/// size, and where very many have one value some tenths have nobody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenth {
    /// 1 to 10
    pub number: usize,
    pub lowest: Decimal,
    pub highest: Decimal,
    pub leads: Share,
}

/// Only those that have somebody. Leads of one value go where the middle one of them belongs.
pub fn tenths(ranking: &Ranking) -> Vec<Tenth> {
    let all = ranking.total().all;
    let mut before = 0;
    let mut tenths: Vec<Tenth> = Vec::new();
    for level in ranking.levels().rev() {
        // the middle of this level, in twentieths of all
        let middle = u128::from(before) * 2 + u128::from(level.leads.all);
        let number = (middle * 10 / (u128::from(all.max(1)) * 2)).min(9) as usize + 1;
        before += level.leads.all;
        match tenths.last_mut() {
            Some(last) if last.number == number => {
                last.lowest = level.value;
                last.leads.add(level.leads);
            }
            _ => tenths.push(Tenth { number, lowest: level.value, highest: level.value, leads: level.leads }),
        }
    }
    tenths
}
