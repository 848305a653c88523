//! A stretch of numbers, both ends included: numbers have 9 decimals, so every stretch has such ends or none.

use crate::value::Decimal;

/// `None` is no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Interval {
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
}

impl Interval {
    pub const ALL: Interval = Interval { low: None, high: None };
    pub const ZERO: Interval = Interval::exactly(Decimal::ZERO);
    pub const FROM_ZERO: Interval = Interval { low: Some(Decimal::ZERO), high: None };

    pub const fn exactly(value: Decimal) -> Interval {
        Interval { low: Some(value), high: Some(value) }
    }

    pub const fn between(low: Decimal, high: Decimal) -> Interval {
        Interval { low: Some(low), high: Some(high) }
    }

    pub fn is_bounded(self) -> bool {
        self.low.is_some() && self.high.is_some()
    }

    /// The one number in it.
    pub fn single(self) -> Option<Decimal> {
        self.low.filter(|low| self.high == Some(*low))
    }

    /// The highest end, or the lowest.
    pub fn end(self, highest: bool) -> Option<Decimal> {
        if highest { self.high } else { self.low }
    }

    pub fn hull(self, other: Interval) -> Interval {
        Interval {
            low: self.low.zip(other.low).map(|(one, two)| one.min(two)),
            high: self.high.zip(other.high).map(|(one, two)| one.max(two)),
        }
    }

    /// What lies in both; where nothing does, an end of one of them.
    pub fn meet(self, other: Interval) -> Interval {
        let low = [self.low, other.low].into_iter().flatten().max();
        let high = [self.high, other.high].into_iter().flatten().min();
        match (low, high) {
            (Some(low), Some(high)) if low > high => Interval::exactly(high),
            _ => Interval { low, high },
        }
    }

    pub fn plus(self, other: Interval) -> Interval {
        let add = |(one, two): (Decimal, Decimal)| one.add(two);
        Interval { low: self.low.zip(other.low).and_then(add), high: self.high.zip(other.high).and_then(add) }
    }

    pub fn negated(self) -> Interval {
        Interval { low: self.high.map(Decimal::negate), high: self.low.map(Decimal::negate) }
    }

    /// Both ends known: the extremes of the four products. Otherwise by sign alone.
    pub fn times(self, other: Interval) -> Interval {
        if let Some(products) = self.pairs(other, |one, two| one.multiply(two)) {
            return products;
        }
        if self == Interval::ZERO || other == Interval::ZERO {
            return Interval::ZERO;
        }
        let positive = |interval: Interval| interval.low.is_some_and(|low| !low.is_negative());
        let signs = [positive(self), positive(other), positive(self.negated()), positive(other.negated())];
        match signs {
            [true, true, _, _] => Interval { low: Interval::smallest_product(self.low, other.low), high: None },
            [_, _, true, true] => Interval::FROM_ZERO,
            [true, _, _, true] | [_, true, true, _] => Interval::FROM_ZERO.negated(),
            _ => Interval::ALL,
        }
    }

    fn smallest_product(one: Option<Decimal>, two: Option<Decimal>) -> Option<Decimal> {
        one.zip(two).and_then(|(one, two)| one.multiply(two)).or(Some(Decimal::ZERO))
    }

    /// Everything, where the divisor may be 0 or an end is open.
    pub fn divided_by(self, other: Interval) -> Interval {
        let spans_zero =
            other.low.is_none_or(|low| low <= Decimal::ZERO) && other.high.is_none_or(|high| high >= Decimal::ZERO);
        if spans_zero {
            return Interval::ALL;
        }
        self.pairs(other, |one, two| one.divide(two)).unwrap_or(Interval::ALL)
    }

    fn pairs(self, other: Interval, combine: fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Interval> {
        let (a, b, c, d) = (self.low?, self.high?, other.low?, other.high?);
        let results = [combine(a, c)?, combine(a, d)?, combine(b, c)?, combine(b, d)?];
        Some(Interval { low: results.iter().min().copied(), high: results.iter().max().copied() })
    }

    /// Both ends through a function that never falls.
    pub fn through(self, rising: impl Fn(Decimal) -> Option<Decimal>) -> Interval {
        Interval { low: self.low.and_then(&rising), high: self.high.and_then(&rising) }
    }

    /// Held between limits.
    pub fn clamped(self, lowest: Option<Decimal>, highest: Option<Decimal>) -> Interval {
        let clamp = |value: Decimal| {
            let held = highest.map_or(value, |highest| value.min(highest));
            lowest.map_or(held, |lowest| held.max(lowest))
        };
        Interval { low: self.low.map(clamp).or(lowest), high: self.high.map(clamp).or(highest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(low: i64, high: i64) -> Interval {
        Interval::between(Decimal::whole(low), Decimal::whole(high))
    }

    #[test]
    fn products_by_their_extremes() {
        // -2 * 5 = -10, -2 * -1 = 2, 3 * 5 = 15, 3 * -1 = -3
        assert_eq!(of(-2, 3).times(of(-1, 5)), of(-10, 15));
        let from_two = Interval { low: Some(Decimal::whole(2)), high: None };
        assert_eq!(from_two.times(of(3, 4)), Interval { low: Some(Decimal::whole(6)), high: None });
        assert_eq!(from_two.times(of(-4, -3)).high, Some(Decimal::ZERO));
        assert_eq!(Interval::ALL.times(of(1, 2)), Interval::ALL);
    }

    #[test]
    fn quotients_where_the_divisor_is_not_zero() {
        assert_eq!(of(10, 20).divided_by(of(2, 5)), of(2, 10));
        assert_eq!(of(10, 20).divided_by(of(-1, 5)), Interval::ALL);
    }

    #[test]
    fn a_limit_bounds_what_is_open() {
        assert_eq!(Interval::FROM_ZERO.clamped(None, Some(Decimal::whole(9))), of(0, 9));
        assert_eq!(of(10, 20).clamped(Some(Decimal::ZERO), Some(Decimal::whole(9))), of(9, 9));
    }
}
