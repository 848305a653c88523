//! A set of numbers that holds all that something can come to, and perhaps more.

use super::stepped::Stepped;
use crate::value::Decimal;
use std::collections::BTreeSet;

/// More numbers than this are told by their ends and their step.
const MOST_FEW: usize = 4_096;
/// Steps between two ends that are told one by one.
const MOST_LISTED: i128 = 512;
/// More sums than this are not worked out one by one.
const MOST_PAIRS: usize = 200_000;

/// Of whatever is worked out with them: nothing outside is ever attained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// Just these
    Few(BTreeSet<Decimal>),
    Stepped(Stepped),
}

impl Values {
    /// Nothing: it is never known.
    pub fn none() -> Values {
        Values::Few(BTreeSet::new())
    }

    pub fn any() -> Values {
        Values::Stepped(Stepped::any())
    }

    pub fn exactly(value: Decimal) -> Values {
        Values::Few(BTreeSet::from([value]))
    }

    pub fn of(values: impl IntoIterator<Item = Decimal>) -> Values {
        Values::Few(values.into_iter().collect()).bounded()
    }

    /// All multiples of a step between two ends; `None` is no end.
    pub fn steps(low: Option<Decimal>, high: Option<Decimal>, step: Decimal) -> Values {
        Values::Stepped(Stepped::new(low, high, step.billionths(), 0))
    }

    /// `of` times each whole number from 0 to `most`; `None`: without end.
    pub fn multiples(of: Decimal, most: Option<u64>) -> Values {
        if of == Decimal::ZERO {
            return Values::exactly(Decimal::ZERO);
        }
        let times = |count: u64| of.billionths().checked_mul(i128::from(count)).map(Decimal::from_billionths);
        match most {
            Some(most) if most < MOST_FEW as u64 => Values::of((0..=most).filter_map(times)),
            _ => {
                let end = most.and_then(times);
                let (low, high) = match of.is_negative() {
                    true => (end, Some(Decimal::ZERO)),
                    false => (Some(Decimal::ZERO), end),
                };
                Values::steps(low, high, of.abs())
            }
        }
    }

    /// Told by ends and step where there are too many, else one by one.
    fn bounded(self) -> Values {
        match &self {
            Values::Few(few) if few.len() > MOST_FEW => Values::Stepped(Stepped::around(few)),
            Values::Few(_) => self,
            Values::Stepped(stepped) => stepped.listed(MOST_LISTED).map_or(self, Values::Few),
        }
    }

    /// By ends and step; `None` where there is nothing.
    pub fn stepped(&self) -> Option<Stepped> {
        match self {
            Values::Few(few) if few.is_empty() => None,
            Values::Few(few) => Some(Stepped::around(few)),
            Values::Stepped(stepped) => Some(*stepped),
        }
    }

    pub fn or(&self, other: &Values) -> Values {
        if let (Values::Few(one), Values::Few(two)) = (self, other) {
            return Values::of(one.union(two).copied());
        }
        match (self.stepped(), other.stepped()) {
            (Some(one), Some(two)) => Values::Stepped(one.or(two)).bounded(),
            (one, two) => one.or(two).map_or_else(Values::none, Values::Stepped).bounded(),
        }
    }

    /// Or nothing at all: 0 points.
    pub fn or_zero(&self) -> Values {
        self.or(&Values::exactly(Decimal::ZERO))
    }

    pub fn plus(&self, other: &Values) -> Values {
        self.pairs(other, Decimal::add, Stepped::plus)
    }

    pub fn negated(&self) -> Values {
        self.each(|value| Some(value.negate()), Stepped::negated)
    }

    pub fn times(&self, other: &Values) -> Values {
        self.pairs(other, Decimal::multiply, Stepped::times)
    }

    /// Each of one with each of the other; where it comes to nothing, it is missing.
    pub fn pairs(
        &self,
        other: &Values,
        combine: fn(Decimal, Decimal) -> Option<Decimal>,
        wide: fn(Stepped, Stepped) -> Stepped,
    ) -> Values {
        if let (Values::Few(one), Values::Few(two)) = (self, other)
            && one.len().saturating_mul(two.len()) <= MOST_PAIRS
        {
            return Values::of(one.iter().flat_map(|one| two.iter().filter_map(move |two| combine(*one, *two))));
        }
        match (self.stepped(), other.stepped()) {
            (Some(one), Some(two)) => Values::Stepped(wide(one, two)).bounded(),
            _ => Values::none(),
        }
    }

    pub fn percent(&self, percent: Decimal) -> Values {
        let hundred = Decimal::whole(100).billionths();
        self.each(|value| value.percent(percent), |stepped| stepped.ratio(percent.billionths(), hundred, 9))
    }

    /// `counts 30%`
    pub fn weighed(&self, percent: Decimal, decimals: u32) -> Values {
        let (numerator, hundred) = (percent.billionths(), Decimal::whole(100).billionths());
        let share = |value: Decimal| Some(value.ratio_rounded(numerator, hundred, decimals).unwrap_or(value));
        self.each(share, |stepped| stepped.ratio(numerator, hundred, decimals))
    }

    pub fn held(&self, lowest: Option<Decimal>, highest: Option<Decimal>) -> Values {
        self.each(|value| Some(held(value, lowest, highest)), |stepped| stepped.held(lowest, highest))
    }

    pub fn rounded(&self, decimals: u32) -> Values {
        self.each(|value| Some(value.round(decimals)), |stepped| stepped.rounded(decimals))
    }

    /// Whether rounding to so many decimals changes none of them, as far as is known.
    pub fn are_round(&self, decimals: u32) -> bool {
        match self {
            Values::Few(few) => few.iter().all(|value| value.round(decimals) == *value),
            Values::Stepped(stepped) => stepped.are_round(decimals),
        }
    }

    /// Those that do not lie past ends that are known otherwise.
    pub fn within(&self, low: Option<Decimal>, high: Option<Decimal>) -> Values {
        let is_inside =
            |value: &&Decimal| low.is_none_or(|low| low <= **value) && high.is_none_or(|high| **value <= high);
        match self {
            Values::Few(few) => Values::Few(few.iter().filter(is_inside).copied().collect()),
            Values::Stepped(stepped) => Values::Stepped(stepped.within(low, high)).bounded(),
        }
    }

    fn each(&self, map: impl Fn(Decimal) -> Option<Decimal>, wide: impl Fn(Stepped) -> Stepped) -> Values {
        match self {
            Values::Few(few) => Values::of(few.iter().filter_map(|value| map(*value))),
            Values::Stepped(stepped) => Values::Stepped(wide(*stepped)).bounded(),
        }
    }

    /// Where something is so that changes at the cuts alone, as stretches: none where it never is.
    pub fn stretches(&self, cuts: &BTreeSet<Decimal>, is_so: impl Fn(Decimal) -> bool) -> Vec<Stretch> {
        match self {
            Values::Few(few) => {
                let mut found: Vec<Stretch> = Vec::new();
                let mut goes_on = false;
                for value in few {
                    let is_so = is_so(*value);
                    match found.last_mut().filter(|_| goes_on && is_so) {
                        Some(last) => last.high = Some(*value),
                        None if is_so => found.push(Stretch { low: Some(*value), high: Some(*value) }),
                        None => {}
                    }
                    goes_on = is_so;
                }
                found
            }
            Values::Stepped(stepped) => {
                let pieces = stepped.pieces(cuts).into_iter();
                pieces.filter(|(_, one)| is_so(*one)).map(|(piece, _)| piece).collect()
            }
        }
    }
}

/// From one number to another, both included; `None`: without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
}

/// Brought inside limits.
pub fn held(value: Decimal, lowest: Option<Decimal>, highest: Option<Decimal>) -> Decimal {
    let value = highest.map_or(value, |highest| value.min(highest));
    lowest.map_or(value, |lowest| value.max(lowest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn few(values: &[i64]) -> Values {
        Values::of(values.iter().map(|value| Decimal::whole(*value)))
    }

    #[test]
    fn sums_of_a_few_are_each_of_them() {
        assert_eq!(few(&[0, 20]).plus(&few(&[0, 5, -2])), few(&[0, 5, -2, 20, 25, 18]));
        assert_eq!(few(&[0, 20, 45]).held(None, Some(Decimal::whole(40))), few(&[0, 20, 40]));
        assert_eq!(few(&[1]).plus(&Values::none()), Values::none());
    }

    #[test]
    fn a_cut_between_two_steps_is_met_by_nothing() {
        // 0, 5, 10, … without end: nothing lies above 50 and below 55
        let fives = Values::multiples(Decimal::whole(5), None);
        let cuts = BTreeSet::from([Decimal::whole(51), Decimal::whole(54)]);
        let between = |value: Decimal| value >= Decimal::whole(51) && value <= Decimal::whole(54);
        assert_eq!(fives.stretches(&cuts, between), []);
        // With 12 beside them there is 52.
        let more = fives.plus(&few(&[0, 12]));
        assert!(!more.stretches(&cuts, between).is_empty());
    }

    #[test]
    fn a_few_in_a_row_are_one_stretch() {
        let above = few(&[0, 5, 40, 45, 50]).stretches(&BTreeSet::new(), |value| value > Decimal::whole(40));
        assert_eq!(above, [Stretch { low: Some(Decimal::whole(45)), high: Some(Decimal::whole(50)) }]);
    }
}
