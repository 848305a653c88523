//! Rounding and weighing, the quick way where numbers are small; the results are those of [`Decimal`].

use crate::value::{Decimal, POINT_DECIMALS};

/// As [`Decimal::round`].
pub(super) fn rounded(number: Decimal, decimals: u32) -> Decimal {
    const STEPS: [i64; 10] = [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    let (Ok(billionths), Some(step)) = (i64::try_from(number.billionths()), STEPS.get(decimals as usize)) else {
        return number.round(decimals);
    };
    let rest = billionths % step;
    if rest == 0 {
        return number;
    }
    let away = if rest.abs() >= step - rest.abs() { rest.signum() * step } else { 0 };
    Decimal::from_billionths(i128::from(billionths - rest) + i128::from(away))
}

/// `counts 30%`: that share of points, in one rounding to the decimals of points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    percent: Decimal,
    /// The share as a fraction in lowest terms, its denominator times a ten-thousandth; where both are small.
    fraction: Option<(i64, i64)>,
}

/// A ten-thousandth, in billionths.
const STEP: i128 = 100_000;

impl Share {
    pub fn new(percent: Decimal) -> Share {
        let whole = 100 * Decimal::ONE.billionths();
        let common = common_divisor(percent.billionths(), whole).max(1);
        let numerator = i64::try_from(percent.billionths() / common);
        let denominator = i64::try_from(whole / common * STEP);
        Share { percent, fraction: numerator.ok().zip(denominator.ok()) }
    }

    pub fn of(&self, points: Decimal) -> Decimal {
        if points == Decimal::ZERO {
            return points;
        }
        self.quickly(points).unwrap_or_else(|| self.exactly(points))
    }

    fn quickly(&self, points: Decimal) -> Option<Decimal> {
        let (numerator, denominator) = self.fraction?;
        let product = i64::try_from(points.billionths()).ok()?.checked_mul(numerator)?;
        let (steps, rest) = (product / denominator, (product % denominator).abs());
        let away = if rest >= denominator - rest { product.signum() } else { 0 };
        Some(Decimal::from_billionths(i128::from(steps + away) * STEP))
    }

    fn exactly(&self, points: Decimal) -> Decimal {
        let hundred = 100 * Decimal::ONE.billionths();
        points.ratio_rounded(self.percent.billionths(), hundred, POINT_DECIMALS).unwrap_or(points)
    }
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
    }
}
