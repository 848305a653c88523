//! Rounding, and multiplying by constants, the quick way where numbers are small; the results are those of [`Decimal`].

use crate::value::{Decimal, POINT_DECIMALS};

/// As [`Decimal::round`].
pub(super) fn rounded(number: Decimal, decimals: u32) -> Decimal {
    let quickly = match decimals {
        0 => to_step::<1_000_000_000>,
        1 => to_step::<100_000_000>,
        2 => to_step::<10_000_000>,
        3 => to_step::<1_000_000>,
        POINT_DECIMALS => to_step::<100_000>,
        _ => return number.round(decimals),
    };
    i64::try_from(number.billionths()).map_or_else(|_| number.round(decimals), quickly)
}

/// To a multiple of so many billionths.
fn to_step<const STEP: i64>(billionths: i64) -> Decimal {
    let rest = billionths % STEP;
    let away = i64::from(rest.abs() >= STEP - rest.abs()) * rest.signum();
    Decimal::from_billionths(i128::from(billionths - rest) + i128::from(away * STEP))
}

/// A number times a constant fraction, in one rounding to a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    numerator: i64,
    denominator: i64,
    /// In billionths.
    step: i64,
}

impl Fraction {
    /// In lowest terms; `None` where these are not small, or there is no such fraction.
    pub fn new(numerator: i128, denominator: i128, step: i64) -> Option<Fraction> {
        let common = common_divisor(numerator, denominator);
        if denominator <= 0 || common == 0 {
            return None;
        }
        let denominator = (denominator / common).checked_mul(i128::from(step))?;
        let (numerator, denominator) = (i64::try_from(numerator / common), i64::try_from(denominator));
        Some(Fraction { numerator: numerator.ok()?, denominator: denominator.ok()?, step })
    }

    /// `None` where the number is not small: then it takes the long way.
    pub fn of(&self, number: Decimal) -> Option<Decimal> {
        let product = i64::try_from(number.billionths()).ok()?.checked_mul(self.numerator)?;
        let (steps, rest) = (product / self.denominator, (product % self.denominator).unsigned_abs());
        let away = if rest >= self.denominator.unsigned_abs() - rest { product.signum() } else { 0 };
        Some(Decimal::from_billionths(i128::from(steps + away) * i128::from(self.step)))
    }
}

/// `counts 30%`: that share of points, in one rounding to the decimals of points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    percent: Decimal,
    fraction: Option<Fraction>,
}

const HUNDRED: i128 = 100 * Decimal::ONE.billionths();

impl Share {
    pub fn new(percent: Decimal) -> Share {
        Share { percent, fraction: Fraction::new(percent.billionths(), HUNDRED, 100_000) }
    }

    pub fn of(&self, points: Decimal) -> Decimal {
        if points == Decimal::ZERO {
            return points;
        }
        self.fraction.and_then(|fraction| fraction.of(points)).unwrap_or_else(|| self.exactly(points))
    }

    fn exactly(&self, points: Decimal) -> Decimal {
        points.ratio_rounded(self.percent.billionths(), HUNDRED, POINT_DECIMALS).unwrap_or(points)
    }
}

/// `30% of` a number
pub(super) fn percent(percent: Decimal) -> impl Fn(Decimal) -> Option<Decimal> {
    let fraction = Fraction::new(percent.billionths(), HUNDRED, 1);
    move |number| fraction.and_then(|fraction| fraction.of(number)).or_else(|| number.percent(percent))
}

/// A number times a constant
pub(super) fn times(factor: Decimal) -> impl Fn(Decimal) -> Option<Decimal> {
    let fraction = Fraction::new(factor.billionths(), Decimal::ONE.billionths(), 1);
    move |number| fraction.and_then(|fraction| fraction.of(number)).or_else(|| number.multiply(factor))
}

/// A number by a constant, which is not 0
pub(super) fn by(divisor: Decimal) -> impl Fn(Decimal) -> Option<Decimal> {
    let fraction = Fraction::new(Decimal::ONE.billionths(), divisor.billionths(), 1);
    move |number| fraction.and_then(|fraction| fraction.of(number)).or_else(|| number.divide(divisor))
}

/// By Euclid.
fn common_divisor(one: i128, other: i128) -> i128 {
    let (mut large, mut small) = (one.saturating_abs(), other.saturating_abs());
    while small != 0 {
        (large, small) = (small, large % small);
    }
    large
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rounds_as_decimals_do(billionths in any::<i64>(), decimals in 0_u32..10) {
            for number in [billionths, billionths / 1_000_000, billionths / 50_000 * 50_000] {
                let number = Decimal::from_billionths(i128::from(number));
                prop_assert_eq!(rounded(number, decimals), number.round(decimals));
            }
        }

        #[test]
        fn weighs_as_decimals_do(points in -10_000_000_000_i64..10_000_000_000, percent in 0_i64..2_000_000) {
            let points = Decimal::from_billionths(i128::from(points) * 100_000);
            for percent in [i128::from(percent) * 100_000, i128::from(percent) * 500_000_000, i128::from(percent)] {
                let share = Share::new(Decimal::from_billionths(percent));
                prop_assert_eq!(share.of(points), share.exactly(points));
            }
        }

        #[test]
        fn constants_calculate_as_decimals_do(number in any::<i64>(), constant in any::<i64>(), scale in 0_u32..16) {
            let small = |number: i64| i128::from(number / 10_i64.pow(scale));
            for unit in [1, 1_000_000_000] {
                let number = Decimal::from_billionths(small(number) * unit);
                let constant = Decimal::from_billionths(small(constant) * unit);
                prop_assert_eq!(percent(constant)(number), number.percent(constant));
                prop_assert_eq!(times(constant)(number), number.multiply(constant));
                if constant != Decimal::ZERO {
                    prop_assert_eq!(by(constant)(number), number.divide(constant));
                }
            }
        }
    }
}
