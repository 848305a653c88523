//! Exact decimal numbers: 128 bits, 9 decimals.

pub(super) mod scan;

use ethnum::I256;
use std::fmt;

/// A number in billionths. Every operation is exact before one rounding to 9 decimals, half away from zero; a result
/// that does not fit is `None`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

/// Decimals that points and scores hold.
pub const POINT_DECIMALS: u32 = 4;
/// The largest magnitude of a rule's points.
pub const MAX_POINTS: Decimal = Decimal::whole(1_000_000);

impl Decimal {
    pub const ZERO: Decimal = Decimal(0);
    pub const ONE: Decimal = Decimal::whole(1);

    const UNIT: i128 = 1_000_000_000;

    pub const fn whole(number: i64) -> Decimal {
        Decimal(number as i128 * Decimal::UNIT)
    }

    pub const fn from_billionths(billionths: i128) -> Decimal {
        Decimal(billionths)
    }

    pub const fn billionths(self) -> i128 {
        self.0
    }

    /// Reads `1234.5`, `-3`, `1e3`, `+2`, `.5`, `007`; digits past the ninth decimal are rounded. `None` for anything
    /// else (`5.`, `1_000`, `NaN`, blanks around it) or a number too large.
    pub fn parse(text: &str) -> Option<Decimal> {
        scan::scan(text).ok()
    }

    // not the operators of the language: these can fail
    #[allow(clippy::should_implement_trait)]
    pub fn add(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_add(other.0).map(Decimal)
    }

    pub fn subtract(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_sub(other.0).map(Decimal)
    }

    pub fn multiply(self, other: Decimal) -> Option<Decimal> {
        self.ratio(other.0, Decimal::UNIT)
    }

    /// `None` also for division by zero.
    pub fn divide(self, other: Decimal) -> Option<Decimal> {
        self.ratio(Decimal::UNIT, other.0)
    }

    /// `percent` of `self`, in one rounding: `whole(30)` for 30 %.
    pub fn percent(self, percent: Decimal) -> Option<Decimal> {
        self.ratio(percent.0, 100 * Decimal::UNIT)
    }

    /// `self * numerator / denominator` in one rounding. `None` also where the denominator is 0.
    pub fn ratio(self, numerator: i128, denominator: i128) -> Option<Decimal> {
        if let Some(product) = self.0.checked_mul(numerator) {
            return divide_rounded(product, denominator).map(Decimal);
        }
        let product = I256::from(self.0).checked_mul(I256::from(numerator))?;
        divide_rounded_wide(product, I256::from(denominator)).map(Decimal)
    }

    /// `self * numerator / denominator` in one rounding to `decimals` (0 to 9); `None` as for [`Decimal::ratio`].
    pub fn ratio_rounded(self, numerator: i128, denominator: i128, decimals: u32) -> Option<Decimal> {
        let step = step(decimals);
        let product = I256::from(self.0).checked_mul(I256::from(numerator))?;
        let steps = divide_rounded_wide(product, I256::from(denominator).checked_mul(I256::from(step))?)?;
        steps.checked_mul(step).map(Decimal)
    }

    pub fn negate(self) -> Decimal {
        Decimal(self.0.saturating_neg())
    }

    pub fn abs(self) -> Decimal {
        Decimal(self.0.saturating_abs())
    }

    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub fn is_whole(self) -> bool {
        match i64::try_from(self.0) {
            Ok(small) => small % SMALL_UNIT == 0,
            Err(_) => self.0 % Decimal::UNIT == 0,
        }
    }

    /// Rounded to `decimals` (0 to 9), half away from zero.
    pub fn round(self, decimals: u32) -> Decimal {
        let step = step(decimals);
        // Most numbers are small and round already; dividing 128 bits takes many times as long.
        if let (Ok(small), Ok(step)) = (i64::try_from(self.0), i64::try_from(step))
            && small % step == 0
        {
            return self;
        }
        let steps = divide_rounded(self.0, step).unwrap_or(0);
        // only within one step of the largest number there is can this not fit; there it is cut
        Decimal(steps.checked_mul(step).unwrap_or(self.0 / step * step))
    }

    /// How many decimals it is written with, 0 to 9.
    pub fn decimals(self) -> u32 {
        (0..DECIMALS).find(|decimals| self.0 % step(*decimals) == 0).unwrap_or(DECIMALS)
    }

    /// The whole number, where it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        let wide = || if self.is_whole() { i64::try_from(self.0 / Decimal::UNIT).ok() } else { None };
        self.small_whole().or_else(wide)
    }

    /// The whole number, where it is one of at most ten digits or so.
    pub fn small_whole(self) -> Option<i64> {
        i64::try_from(self.0).ok().filter(|small| small % SMALL_UNIT == 0).map(|small| small / SMALL_UNIT)
    }

    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Decimal::UNIT as f64
    }

    /// The least number above it; the largest there is stays itself.
    pub fn next_above(self) -> Decimal {
        Decimal(self.0.saturating_add(1))
    }

    /// The greatest whole number that is not above it.
    pub fn floor(self) -> i128 {
        match i64::try_from(self.0) {
            Ok(small) => i128::from(small.div_euclid(SMALL_UNIT)),
            Err(_) => self.0.div_euclid(Decimal::UNIT),
        }
    }

    /// Appends it as it is shown.
    pub fn write(self, into: &mut Vec<u8>) {
        // Most numbers are small; dividing 128 bits takes many times as long.
        match self.small_whole() {
            Some(small) => write_whole(small, into),
            None => into.extend_from_slice(self.to_string().as_bytes()),
        }
    }
}

/// Appends the digits of a whole number; those of an `i64` of billionths have at most ten.
fn write_whole(number: i64, into: &mut Vec<u8>) {
    if number < 0 {
        into.push(b'-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0; 20];
    let mut first = digits.len();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        first -= 1;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    into.extend_from_slice(digits.get(first..).unwrap_or_default());
}

/// Decimals that a [`Decimal`] holds.
const DECIMALS: u32 = 9;
/// [`Decimal::UNIT`] in 64 bits.
const SMALL_UNIT: i64 = 1_000_000_000;

/// One unit of the given decimal, in billionths; more than 9 decimals count as 9.
fn step(decimals: u32) -> i128 {
    10_i128.pow(DECIMALS.saturating_sub(decimals))
}

/// The quotient rounded half away from zero; `None` for division by zero and a quotient that does not fit.
fn divide_rounded(dividend: i128, divisor: i128) -> Option<i128> {
    // Most numbers are small; dividing 128 bits takes many times as long.
    if let (Ok(small), Ok(by)) = (i64::try_from(dividend), i64::try_from(divisor))
        && let (Some(quotient), Some(remainder)) = (small.checked_div(by), small.checked_rem(by))
    {
        let is_nearer = remainder.unsigned_abs() < by.unsigned_abs() - remainder.unsigned_abs();
        let away = if (small < 0) == (by < 0) { 1 } else { -1 };
        return Some(i128::from(quotient) + if is_nearer { 0 } else { away });
    }
    let quotient = dividend.checked_div(divisor)?;
    let remainder = dividend.checked_rem(divisor)?.unsigned_abs();
    if remainder < divisor.unsigned_abs() - remainder {
        return Some(quotient);
    }
    quotient.checked_add(if (dividend < 0) == (divisor < 0) { 1 } else { -1 })
}

/// As [`divide_rounded`], from and through 256 bits.
fn divide_rounded_wide(dividend: I256, divisor: I256) -> Option<i128> {
    let quotient = dividend.checked_div(divisor)?;
    let remainder = dividend.checked_rem(divisor)?.unsigned_abs();
    let away = if (dividend < I256::ZERO) == (divisor < I256::ZERO) { I256::ONE } else { I256::MINUS_ONE };
    let up = remainder >= divisor.unsigned_abs() - remainder;
    i128::try_from(if up { quotient.checked_add(away)? } else { quotient }).ok()
}

/// The shortest form: `20`, `12.5`, `-0.0001`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let unit = Decimal::UNIT.unsigned_abs();
        let (whole, billionths) = (magnitude / unit, magnitude % unit);
        if billionths == 0 {
            return f.pad_integral(self.0 >= 0, "", &whole.to_string());
        }
        let written = format!("{whole}.{billionths:09}");
        f.pad_integral(self.0 >= 0, "", written.trim_end_matches('0'))
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn reads_and_writes_the_shortest_form() {
        for (text, shown) in [
            ("20", "20"),
            ("12.50", "12.5"),
            ("-0.0001", "-0.0001"),
            ("+2", "2"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            (".5", "0.5"),
            ("007", "7"),
            ("-0", "0"),
            ("0e999999999999999999999", "0"),
            ("1e-400", "0"),
            ("0.0000000005", "0.000000001"),
            ("-0.0000000005", "-0.000000001"),
            ("0.00000000049999", "0"),
            ("1.9999999995", "2"),
        ] {
            assert_eq!(decimal(text).to_string(), shown, "{text}");
        }
    }

    #[test]
    fn quotients_are_the_same_through_all_widths() {
        let numbers = [0, 1, -1, 2, 5, -5, 7, 15, -25, i64::MIN, i64::MAX].map(i128::from);
        for (dividend, divisor) in numbers.iter().flat_map(|one| numbers.map(|other| (*one, other))) {
            let wide = divide_rounded_wide(I256::from(dividend), I256::from(divisor));
            assert_eq!(divide_rounded(dividend, divisor), wide, "{dividend} / {divisor}");
        }
    }

    #[test]
    fn each_operation_rounds_once_half_away_from_zero() {
        let third = decimal("10").divide(decimal("3")).unwrap();
        assert_eq!(third.to_string(), "3.333333333");
        assert_eq!(third.multiply(decimal("3")).unwrap().to_string(), "9.999999999");
        assert_eq!(decimal("-1").divide(decimal("2000000000")).unwrap().to_string(), "-0.000000001");
        assert_eq!(decimal("0.000000001").multiply(decimal("0.5")).unwrap().to_string(), "0.000000001");
        assert_eq!(decimal("0.000000001").multiply(decimal("-0.4")).unwrap(), Decimal::ZERO);
        assert_eq!(decimal("45.5").percent(decimal("30")).unwrap().to_string(), "13.65");
    }

    #[test]
    fn products_beyond_128_bits_are_exact_on_the_way() {
        // 10^20 * 10^9 is 10^29, in billionths 10^29 * 10^29 = 10^58 before the division
        let large = decimal("1e20");
        assert_eq!(large.multiply(decimal("1e9")).unwrap(), decimal("1e29"));
        assert_eq!(large.divide(large).unwrap(), Decimal::ONE);
    }

    #[test]
    fn what_does_not_fit_is_none() {
        let largest = Decimal::from_billionths(i128::MAX);
        assert_eq!(largest.add(Decimal::ONE), None);
        assert_eq!(largest.multiply(Decimal::whole(2)), None);
        assert_eq!(Decimal::ONE.divide(Decimal::ZERO), None);
        assert_eq!(largest.divide(decimal("0.1")), None);
        assert!(largest.round(0).is_whole());
    }

    #[test]
    fn rounds_to_decimals() {
        for (text, decimals, rounded) in
            [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.49999", 0, "2"), ("1.00005", 4, "1.0001"), ("1.5", 9, "1.5")]
        {
            assert_eq!(decimal(text).round(decimals).to_string(), rounded);
        }
        assert_eq!(
            (decimal("12.50").decimals(), Decimal::ZERO.decimals(), decimal("0.000000001").decimals()),
            (1, 0, 9)
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(billionths in any::<i64>()) {
            let number = Decimal::from_billionths(i128::from(billionths) * 1_000_003);
            prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
        }
    }
}
