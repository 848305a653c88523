//! Numbers a whole number of steps apart, between two ends.

use super::Stretch;
use crate::value::Decimal;
use std::collections::BTreeSet;

/// `offset` and every whole number of `step`s more or less, in billionths, between the ends (`None`: no end).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stepped {
    low: Option<i128>,
    high: Option<i128>,
    /// At least 1
    step: i128,
    /// 0 or more, less than the step
    offset: i128,
}

/// What is larger is no end: sums of such ends fit.
const LARGEST: i128 = 1 << 120;

impl Stepped {
    pub fn any() -> Stepped {
        Stepped { low: None, high: None, step: 1, offset: 0 }
    }

    /// `step` and `offset` in billionths.
    pub fn new(low: Option<Decimal>, high: Option<Decimal>, step: i128, offset: i128) -> Stepped {
        Stepped::between(low.map(Decimal::billionths), high.map(Decimal::billionths), step, offset)
    }

    fn between(low: Option<i128>, high: Option<i128>, step: i128, offset: i128) -> Stepped {
        let step = step.checked_abs().filter(|step| *step > 0).unwrap_or(1);
        let end = |end: Option<i128>| end.filter(|end| (-LARGEST..=LARGEST).contains(end));
        Stepped { low: end(low), high: end(high), step, offset: offset.rem_euclid(step) }
    }

    /// Some numbers and what lies between them in their largest common step.
    pub fn around(few: &BTreeSet<Decimal>) -> Stepped {
        let (first, last) = (few.first().copied().unwrap_or_default(), few.last().copied().unwrap_or_default());
        let apart = few.iter().map(|value| value.billionths().saturating_sub(first.billionths()));
        Stepped::new(Some(first), Some(last), apart.fold(0, divisor), first.billionths())
    }

    /// Each of them, where there are no more than this.
    pub fn listed(self, most: i128) -> Option<BTreeSet<Decimal>> {
        let (low, high) = (self.low?, self.high?);
        if high.saturating_sub(low) / self.step >= most {
            return None;
        }
        let first = low.checked_add((self.offset - low.rem_euclid(self.step)).rem_euclid(self.step))?;
        let all = std::iter::successors(Some(first), |value| value.checked_add(self.step));
        Some(all.take_while(|value| *value <= high).map(Decimal::from_billionths).collect())
    }

    /// The one number in it.
    fn single(self) -> Option<i128> {
        self.low.filter(|low| self.high == Some(*low))
    }

    /// The step of everything that is in one of two.
    fn common(self, other: Stepped) -> i128 {
        // A single number has no step of its own.
        let step = |of: Stepped| if of.single().is_some() { 0 } else { of.step };
        let start = |of: Stepped| of.single().unwrap_or(of.offset);
        divisor(divisor(step(self), step(other)), start(self).saturating_sub(start(other)))
    }

    pub fn or(self, other: Stepped) -> Stepped {
        let low = self.low.zip(other.low).map(|(one, two)| one.min(two));
        let high = self.high.zip(other.high).map(|(one, two)| one.max(two));
        Stepped::between(low, high, self.common(other), self.single().unwrap_or(self.offset))
    }

    pub fn plus(self, other: Stepped) -> Stepped {
        let add = |one: Option<i128>, two: Option<i128>| one.zip(two).and_then(|(one, two)| one.checked_add(two));
        let step = |of: Stepped| if of.single().is_some() { 0 } else { of.step };
        let start = |of: Stepped| of.single().unwrap_or(of.offset);
        let offset = start(self).checked_add(start(other));
        let step = if offset.is_some() { divisor(step(self), step(other)) } else { 1 };
        Stepped::between(add(self.low, other.low), add(self.high, other.high), step, offset.unwrap_or(0))
    }

    /// Any number of them added up, and 0.
    pub fn any_times(self) -> Stepped {
        let (low, high) = (self.low.filter(|low| *low >= 0), self.high.filter(|high| *high <= 0));
        Stepped::between(low.map(|_| 0), high.map(|_| 0), divisor(self.step, self.offset), 0)
    }

    pub fn negated(self) -> Stepped {
        let turned = |end: Option<i128>| end.map(|end| -end);
        Stepped::between(turned(self.high), turned(self.low), self.step, -self.offset)
    }

    /// By its ends alone.
    pub fn times(self, other: Stepped) -> Stepped {
        let ends = |of: Stepped| Some([Decimal::from_billionths(of.low?), Decimal::from_billionths(of.high?)]);
        let Some((one, two)) = ends(self).zip(ends(other)) else { return Stepped::any() };
        let products = one.iter().flat_map(|one| two.iter().map(|two| one.multiply(*two)));
        let Some(products) = products.collect::<Option<BTreeSet<Decimal>>>() else { return Stepped::any() };
        Stepped::new(products.first().copied(), products.last().copied(), 1, 0)
    }

    /// Everything, where the divisor may be 0 or an end is open.
    pub fn divided(self, other: Stepped) -> Stepped {
        let ends = |of: Stepped| Some([Decimal::from_billionths(of.low?), Decimal::from_billionths(of.high?)]);
        let Some((one, two)) = ends(self).zip(ends(other)) else { return Stepped::any() };
        if two[0] <= Decimal::ZERO && two[1] >= Decimal::ZERO {
            return Stepped::any();
        }
        let quotients = one.iter().flat_map(|one| two.iter().map(|two| one.divide(*two)));
        let Some(quotients) = quotients.collect::<Option<BTreeSet<Decimal>>>() else { return Stepped::any() };
        Stepped::new(quotients.first().copied(), quotients.last().copied(), 1, 0)
    }

    /// A share of each, rounded; each keeps its step where it stays a whole number of what is rounded to.
    pub fn ratio(self, numerator: i128, denominator: i128, decimals: u32) -> Stepped {
        let unit = unit(decimals);
        let share = |end: Option<i128>| {
            let of = Decimal::from_billionths(end?).ratio_rounded(numerator, denominator, decimals);
            of.map(Decimal::billionths)
        };
        let (mut low, mut high) = (share(self.low), share(self.high));
        if numerator < 0 {
            (low, high) = (high, low);
        }
        let exact = |of: i128| {
            let product = of.checked_mul(numerator)?;
            (denominator != 0 && product % denominator == 0 && product / denominator % unit == 0)
                .then(|| product / denominator)
        };
        match (exact(self.step), exact(self.offset)) {
            (Some(step), Some(offset)) if step != 0 => Stepped::between(low, high, step, offset),
            _ => Stepped::between(low, high, unit, 0),
        }
    }

    pub fn held(self, lowest: Option<Decimal>, highest: Option<Decimal>) -> Stepped {
        let mut held = self;
        if let Some(highest) = highest.map(Decimal::billionths) {
            held = held.capped(highest);
        }
        if let Some(lowest) = lowest.map(Decimal::billionths) {
            held = held.negated().capped(-lowest).negated();
        }
        held
    }

    /// What lies above is this instead.
    fn capped(self, highest: i128) -> Stepped {
        if self.high.is_some_and(|high| high <= highest) {
            return self;
        }
        if self.low.is_some_and(|low| low >= highest) {
            return Stepped::between(Some(highest), Some(highest), self.step, highest);
        }
        let step = divisor(self.step, highest.saturating_sub(self.offset));
        Stepped::between(self.low, Some(highest), step, self.offset)
    }

    pub fn are_round(self, decimals: u32) -> bool {
        let unit = unit(decimals);
        self.step % unit == 0 && self.offset % unit == 0
    }

    pub fn rounded(self, decimals: u32) -> Stepped {
        let unit = unit(decimals);
        if self.are_round(decimals) {
            return self;
        }
        let round = |end: Option<i128>| Some(Decimal::from_billionths(end?).round(decimals).billionths());
        Stepped::between(round(self.low), round(self.high), unit, 0)
    }

    pub fn within(self, low: Option<Decimal>, high: Option<Decimal>) -> Stepped {
        let low = [self.low, low.map(Decimal::billionths)].into_iter().flatten().max();
        let high = [self.high, high.map(Decimal::billionths)].into_iter().flatten().min();
        Stepped { low, high, ..self }
    }

    /// Each cut, and each piece before, between and after cuts, that holds one of them; with one that it holds.
    pub fn pieces(self, cuts: &BTreeSet<Decimal>) -> Vec<(Stretch, Decimal)> {
        let mut pieces = Vec::new();
        let mut after: Option<i128> = None;
        for cut in cuts.iter().map(|cut| cut.billionths()) {
            pieces.push((after, cut.checked_sub(1)));
            pieces.push((Some(cut), Some(cut)));
            after = cut.checked_add(1);
        }
        pieces.push((after, None));
        let end = |end: Option<i128>| end.map(Decimal::from_billionths);
        let held = pieces.into_iter().filter_map(|(low, high)| {
            let one = self.one_between(low, high)?;
            Some((Stretch { low: end(low), high: end(high) }, one))
        });
        held.collect()
    }

    /// One of them that lies between these, both included.
    fn one_between(self, from: Option<i128>, to: Option<i128>) -> Option<Decimal> {
        let low = [self.low, from].into_iter().flatten().max();
        let high = [self.high, to].into_iter().flatten().min();
        let found = match (low, high) {
            (Some(low), _) => low.checked_add((self.offset - low.rem_euclid(self.step)).rem_euclid(self.step))?,
            (None, Some(high)) => high.checked_sub((high.rem_euclid(self.step) - self.offset).rem_euclid(self.step))?,
            (None, None) => self.offset,
        };
        high.is_none_or(|high| found <= high).then(|| Decimal::from_billionths(found))
    }
}

/// The largest common divisor; that of 0 and another is the other.
fn divisor(one: i128, two: i128) -> i128 {
    let (mut one, mut two) = (one.checked_abs().unwrap_or(1), two.checked_abs().unwrap_or(1));
    while two != 0 {
        (one, two) = (two, one % two);
    }
    one
}

/// What is rounded to so many decimals, in billionths.
fn unit(decimals: u32) -> i128 {
    10_i128.pow(9_u32.saturating_sub(decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stepped(low: i64, high: i64, step: i64, offset: i64) -> Stepped {
        let billionths = |number| Decimal::whole(number).billionths();
        Stepped::new(Some(Decimal::whole(low)), Some(Decimal::whole(high)), billionths(step), billionths(offset))
    }

    #[test]
    fn sums_keep_the_common_step() {
        // 3, 13, 23 and 0, 15, 30: 5 apart from 3 on
        assert_eq!(stepped(3, 23, 10, 3).plus(stepped(0, 30, 15, 0)), stepped(3, 53, 5, 3));
        // 3, 13, 23 or 8, 28: 5 apart
        assert_eq!(stepped(3, 23, 10, 3).or(stepped(8, 28, 20, 8)), stepped(3, 28, 5, 3));
    }

    #[test]
    fn a_limit_off_the_steps_makes_them_smaller() {
        // 0, 10, 20, 24
        assert_eq!(stepped(0, 100, 10, 0).held(None, Some(Decimal::whole(24))), stepped(0, 24, 2, 0));
        assert_eq!(stepped(0, 100, 10, 0).held(Some(Decimal::whole(5)), None), stepped(5, 100, 5, 0));
        assert_eq!(stepped(50, 100, 10, 0).held(None, Some(Decimal::whole(7))), stepped(7, 7, 10, 7));
    }

    #[test]
    fn pieces_without_any_of_them_are_left_out() {
        // -12, -11 … 0 lie in: below -10, at -10, above it; nothing lies above 5
        let cuts = BTreeSet::from([Decimal::whole(-10), Decimal::whole(5)]);
        let ones: Vec<Decimal> = stepped(-12, 0, 1, 0).pieces(&cuts).into_iter().map(|(_, one)| one).collect();
        assert_eq!(ones, [-12, -10, -9].map(Decimal::whole));
    }

    #[test]
    fn shares_are_whole_steps_where_they_can_be() {
        // 30 % of 0, 50, 100 are 0, 15, 30
        let share = |of: Stepped, percent: i64| {
            of.ratio(Decimal::whole(percent).billionths(), Decimal::whole(100).billionths(), 4)
        };
        assert_eq!(share(stepped(0, 100, 50, 0), 30), stepped(0, 30, 15, 0));
        assert_eq!(share(stepped(0, 100, 50, 0), -30), stepped(-30, 0, 15, 0));
    }
}
