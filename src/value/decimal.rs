//! Exact decimal numbers: 128 bits, 9 decimals.

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

    /// Reads `1234.5`, `-3`, `1e3`, `+2`; digits past the ninth decimal are rounded. `None` for anything else or a
    /// number too large.
    pub fn parse(text: &str) -> Option<Decimal> {
        todo!()
    }

    pub fn add(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_add(other.0).map(Decimal)
    }

    pub fn subtract(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_sub(other.0).map(Decimal)
    }

    pub fn multiply(self, other: Decimal) -> Option<Decimal> {
        todo!()
    }

    /// `None` also for division by zero.
    pub fn divide(self, other: Decimal) -> Option<Decimal> {
        todo!()
    }

    /// `percent` of `self`, in one rounding: `whole(30)` for 30 %.
    pub fn percent(self, percent: Decimal) -> Option<Decimal> {
        todo!()
    }

    /// `self * numerator / denominator` in one rounding.
    pub fn ratio(self, numerator: i128, denominator: i128) -> Option<Decimal> {
        todo!()
    }

    pub fn negate(self) -> Decimal {
        Decimal(-self.0)
    }

    pub fn abs(self) -> Decimal {
        Decimal(self.0.abs())
    }

    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub fn is_whole(self) -> bool {
        self.0 % Decimal::UNIT == 0
    }

    /// Rounded to `decimals` (0 to 9), half away from zero.
    pub fn round(self, decimals: u32) -> Decimal {
        todo!()
    }

    /// How many decimals it is written with, 0 to 9.
    pub fn decimals(self) -> u32 {
        todo!()
    }

    /// The whole number, where it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        if self.is_whole() { i64::try_from(self.0 / Decimal::UNIT).ok() } else { None }
    }

    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Decimal::UNIT as f64
    }
}

/// The shortest form: `20`, `12.5`, `-0.0001`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
