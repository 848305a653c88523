//! A stretch of numbers, both ends included: numbers have 9 decimals, so every stretch has such ends or none.

use crate::value::Decimal;

/// Both ends in billionths, so that it is small: what is known of nodes is copied at every step of a search. No end lies as
/// far out as [`OPEN`], which is no bound; what comes to more is as good as open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Interval {
    low: i128,
    high: i128,
}

/// The end above of a stretch that has none; the one below is its negative.
const OPEN: i128 = i128::MAX;

impl Interval {
    pub const ALL: Interval = Interval { low: -OPEN, high: OPEN };
    pub const ZERO: Interval = Interval::exactly(Decimal::ZERO);
    pub const FROM_ZERO: Interval = Interval::from(Decimal::ZERO);

    /// `None` is no bound.
    pub fn new(low: Option<Decimal>, high: Option<Decimal>) -> Interval {
        Interval { low: low.map_or(-OPEN, low_end), high: high.map_or(OPEN, high_end) }
    }

    pub const fn exactly(value: Decimal) -> Interval {
        Interval::between(value, value)
    }

    pub const fn between(low: Decimal, high: Decimal) -> Interval {
        Interval { low: low_end(low), high: high_end(high) }
    }

    /// All that is not below.
    pub const fn from(low: Decimal) -> Interval {
        Interval { low: low_end(low), high: OPEN }
    }

    /// `None` is no bound.
    pub fn low(self) -> Option<Decimal> {
        (self.low != -OPEN).then_some(Decimal::from_billionths(self.low))
    }

    /// `None` is no bound.
    pub fn high(self) -> Option<Decimal> {
        (self.high != OPEN).then_some(Decimal::from_billionths(self.high))
    }

    pub fn is_bounded(self) -> bool {
        self.low != -OPEN && self.high != OPEN
    }

    /// The one number in it.
    pub fn single(self) -> Option<Decimal> {
        (self.low == self.high).then_some(Decimal::from_billionths(self.low))
    }

    /// The highest end, or the lowest.
    pub fn end(self, highest: bool) -> Option<Decimal> {
        if highest { self.high() } else { self.low() }
    }

    /// Whether all of it lies below all of the other.
    pub fn is_below(self, other: Interval) -> bool {
        self.high < other.low
    }

    /// Whether nothing of it lies above anything of the other.
    pub fn is_never_above(self, other: Interval) -> bool {
        self.high <= other.low
    }

    pub fn hull(self, other: Interval) -> Interval {
        Interval { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What lies in both; where nothing does, an end of one of them.
    pub fn meet(self, other: Interval) -> Interval {
        let high = self.high.min(other.high);
        let low = self.low.max(other.low);
        Interval { low: low.min(high), high }
    }

    pub fn plus(self, other: Interval) -> Interval {
        let sum = |one: i128, two: i128, open: i128| match one == open || two == open {
            true => None,
            false => one.checked_add(two).map(Decimal::from_billionths),
        };
        Interval::new(sum(self.low, other.low, -OPEN), sum(self.high, other.high, OPEN))
    }

    pub fn negated(self) -> Interval {
        Interval { low: -self.high, high: -self.low }
    }

    /// Both ends known: the extremes of the four products. Otherwise by sign alone.
    pub fn times(self, other: Interval) -> Interval {
        if let Some(products) = self.pairs(other, |one, two| one.multiply(two)) {
            return products;
        }
        if self == Interval::ZERO || other == Interval::ZERO {
            return Interval::ZERO;
        }
        let positive = |interval: Interval| interval.low >= 0;
        let signs = [positive(self), positive(other), positive(self.negated()), positive(other.negated())];
        match signs {
            [true, true, _, _] => Interval::new(Interval::smallest_product(self.low(), other.low()), None),
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
        let spans_zero = other.low <= 0 && other.high >= 0;
        if spans_zero {
            return Interval::ALL;
        }
        self.pairs(other, |one, two| one.divide(two)).unwrap_or(Interval::ALL)
    }

    fn pairs(self, other: Interval, combine: fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Interval> {
        let (a, b, c, d) = (self.low()?, self.high()?, other.low()?, other.high()?);
        let results = [combine(a, c)?, combine(a, d)?, combine(b, c)?, combine(b, d)?];
        Some(Interval::new(results.iter().min().copied(), results.iter().max().copied()))
    }

    /// Both ends through a function that never falls.
    pub fn through(self, rising: impl Fn(Decimal) -> Option<Decimal>) -> Interval {
        Interval::new(self.low().and_then(&rising), self.high().and_then(&rising))
    }

    /// Held between limits.
    pub fn clamped(self, lowest: Option<Decimal>, highest: Option<Decimal>) -> Interval {
        let clamp = |value: Decimal| {
            let held = highest.map_or(value, |highest| value.min(highest));
            lowest.map_or(held, |lowest| held.max(lowest))
        };
        Interval::new(self.low().map(clamp).or(lowest), self.high().map(clamp).or(highest))
    }
}

/// What does not fit is open below.
const fn low_end(value: Decimal) -> i128 {
    match value.billionths() {
        i128::MIN => -OPEN,
        OPEN => OPEN - 1,
        end => end,
    }
}

/// What does not fit is open above.
const fn high_end(value: Decimal) -> i128 {
    if value.billionths() <= -OPEN { -OPEN + 1 } else { value.billionths() }
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
        let from_two = Interval::from(Decimal::whole(2));
        assert_eq!(from_two.times(of(3, 4)), Interval::from(Decimal::whole(6)));
        assert_eq!(from_two.times(of(-4, -3)).high(), Some(Decimal::ZERO));
        assert_eq!(Interval::ALL.times(of(1, 2)), Interval::ALL);
    }

    #[test]
    fn quotients_where_the_divisor_is_not_zero() {
        assert_eq!(of(10, 20).divided_by(of(2, 5)), of(2, 10));
        assert_eq!(of(10, 20).divided_by(of(-1, 5)), Interval::ALL);
    }

    #[test]
    fn what_does_not_fit_is_open() {
        let [least, most] = [i128::MIN, i128::MAX].map(|end| Interval::exactly(Decimal::from_billionths(end)));
        assert_eq!((most.high(), least.low()), (None, None));
        assert!(most.low() < Some(Decimal::from_billionths(i128::MAX)) && most.low().is_some());
        assert_eq!(most.plus(of(1, 1)).high(), None);
        assert_eq!(most.negated().plus(of(-1, -1)).low(), None);
        assert!(!least.is_never_above(Interval::ALL) && !Interval::ALL.is_never_above(most));
    }

    #[test]
    fn sums_are_open_where_one_is() {
        assert_eq!(of(1, 3).plus(of(-4, 5)), of(-3, 8));
        assert_eq!(of(1, 3).plus(Interval::from(Decimal::ZERO)), Interval::from(Decimal::ONE));
        assert_eq!(Interval::ALL.plus(of(1, 3)), Interval::ALL);
    }

    #[test]
    fn a_limit_bounds_what_is_open() {
        assert_eq!(Interval::FROM_ZERO.clamped(None, Some(Decimal::whole(9))), of(0, 9));
        assert_eq!(of(10, 20).clamped(Some(Decimal::ZERO), Some(Decimal::whole(9))), of(9, 9));
    }
}
