//! Classes of numbers: the constants they are compared with, and what lies between.

use super::{Classes, Making, Sample};
use crate::analysis::estimate::Estimate;
use crate::analysis::graph::Aspect;
use crate::analysis::interval::Interval;
use crate::value::{Decimal, Value};
use std::collections::BTreeSet;

/// The step from one number to the next.
const STEP: Decimal = Decimal::from_billionths(1);

impl Making<'_, '_> {
    pub(super) fn numbers(&self, declared: Interval, may_be_missing: bool) -> Classes {
        let missing = may_be_missing.then(|| (Sample::Missing, self.missing()));
        let known = self.stretches(declared).into_iter().map(|stretch| {
            let value = Value::Number(representative(stretch));
            let mut estimates = self.estimates(&value);
            for (estimate, aspect) in estimates.iter_mut().zip(&self.asked.aspects) {
                if *aspect == Aspect::Value {
                    *estimate = Estimate::known(stretch);
                }
            }
            (Sample::Value(value), estimates)
        });
        missing.into_iter().chain(known).collect()
    }

    /// Each cut, and what lies between two of them, inside the declared range.
    fn stretches(&self, declared: Interval) -> Vec<Interval> {
        let mut cuts: BTreeSet<Decimal> = self.asked.cuts.iter().map(|(_, at)| *at).collect();
        cuts.extend(&self.hints().edges);
        if self.asked.in_arithmetic {
            let beside: Vec<Decimal> =
                cuts.iter().flat_map(|cut| [cut.subtract(STEP), cut.add(STEP)]).flatten().collect();
            cuts.extend(beside);
        }
        cuts.extend([declared.low(), declared.high()].into_iter().flatten());
        let cuts = cuts.into_iter().filter(|cut| {
            declared.low().is_none_or(|low| *cut >= low) && declared.high().is_none_or(|high| *cut <= high)
        });
        let mut stretches = Vec::new();
        let mut from = declared.low();
        for cut in cuts {
            let before = cut.subtract(STEP).filter(|high| from.is_none_or(|from| from <= *high));
            stretches.extend(before.map(|high| Interval::new(from, Some(high))));
            stretches.push(Interval::exactly(cut));
            from = cut.add(STEP);
        }
        if declared.high().is_none_or(|high| from.is_none_or(|from| from <= high)) {
            stretches.push(Interval::new(from, declared.high()));
        }
        stretches
    }
}

/// A number of a stretch that people would write: a whole one where there is one.
fn representative(stretch: Interval) -> Decimal {
    let whole = |value: Decimal| {
        Decimal::whole(1).billionths().checked_mul(value.billionths().div_euclid(Decimal::ONE.billionths()))
    };
    let above = |value: Decimal| whole(value).and_then(|floor| Decimal::from_billionths(floor).add(Decimal::ONE));
    let at_or_above = |value: Decimal| if value.is_whole() { Some(value) } else { above(value) };
    match (stretch.low(), stretch.high()) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => {
            let middle = low.add(high).and_then(|sum| sum.divide(Decimal::whole(2)));
            let middle_whole = middle.and_then(at_or_above).filter(|value| *value >= low && *value <= high);
            let first_whole = at_or_above(low).filter(|value| *value <= high);
            middle_whole.or(first_whole).or(middle.filter(|value| *value >= low && *value <= high)).unwrap_or(low)
        }
        (Some(low), None) => at_or_above(low).unwrap_or(low),
        (None, Some(high)) => whole(high).map_or(high, Decimal::from_billionths),
        (None, None) => Decimal::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn representatives_are_whole_where_they_can_be() {
        let between =
            |low: i128, high: i128| Interval::between(Decimal::from_billionths(low), Decimal::from_billionths(high));
        // From just above 10 to just below 50: the whole number at or above the middle, 30.
        assert_eq!(representative(between(10_000_000_001, 49_999_999_999)), Decimal::whole(30));
        // From just above 1 to just below 2 there is none: 1.5.
        assert_eq!(representative(between(1_000_000_001, 1_999_999_999)).to_string(), "1.5");
        let above = Interval::from(Decimal::from_billionths(1_000_000_001));
        assert_eq!(representative(above), Decimal::whole(2));
    }
}
