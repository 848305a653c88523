//! How points fade with age.

use super::{Decimal, Duration, Instant, POINT_DECIMALS, TimeUnit, Zone, moment::month_number};
use ethnum::I256;

/// `decay half-life 30 days after 7 days down to 20%`
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decay {
    pub curve: Curve,
    pub after: Option<Duration>,
    /// Percent, 0 to 100.
    pub down_to: Option<Decimal>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Curve {
    /// 2^(-age/D). D is exact.
    HalfLife(Duration),
    /// 1 - age/D, to 0. D is exact.
    Linear(Duration),
    /// 1 - n * P%, not below 0, n the steps taken. A calendar D steps at the instant, plus `after`, plus n times D.
    OfOriginal { percent: Decimal, every: Duration },
    /// (1 - P%)^n. Likewise.
    OfWhatIsLeft { percent: Decimal, every: Duration },
}

/// What is left of the points: an exact fraction between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    /// 0 to the denominator
    numerator: i128,
    /// Above 0
    denominator: i128,
}

impl Decay {
    /// The factor at `as_of` for something that happened at `at`, not later than `as_of`.
    pub fn factor(&self, at: Instant, as_of: Instant, zone: &Zone) -> Factor {
        let start = match self.after {
            Some(after) => at.plus(after, zone),
            None => Some(at),
        };
        // points that begin to fade after the end of time, or after `as of`, are whole
        let factor = match start {
            Some(start) if start < as_of => self.curve.factor(start, as_of, zone),
            _ => Factor::ONE,
        };
        match self.down_to {
            Some(percent) => factor.at_least(Factor::percent(percent)),
            None => factor,
        }
    }
}

impl Curve {
    /// The factor for an age that counts from `start`, which lies before `as_of`.
    fn factor(&self, start: Instant, as_of: Instant, zone: &Zone) -> Factor {
        let age = i128::from(as_of.0) - i128::from(start.0);
        match *self {
            Curve::HalfLife(half) => half.exact().map_or(Factor::ONE, |half| half_life(age, i128::from(half))),
            Curve::Linear(over) => over.exact().map_or(Factor::ONE, |over| {
                Factor { numerator: i128::from(over) - age, denominator: i128::from(over) }.within_bounds()
            }),
            Curve::OfOriginal { percent, every } => {
                let Factor { numerator, denominator } = Factor::percent(percent);
                let lost = numerator.saturating_mul(i128::from(steps_taken(start, as_of, every, zone)));
                Factor { numerator: denominator.saturating_sub(lost), denominator }.within_bounds()
            }
            Curve::OfWhatIsLeft { percent, every } => what_is_left(percent, steps_taken(start, as_of, every, zone)),
        }
    }
}

/// 2^(-age/half): the floating-point number that the portable `exp2` gives, taken exactly down to 2^-100.
fn half_life(age: i128, half: i128) -> Factor {
    const DENOMINATOR: i128 = 1 << 100;
    let left = libm::exp2(-(age as f64 / half as f64));
    Factor { numerator: (left * DENOMINATOR as f64) as i128, denominator: DENOMINATOR }.within_bounds()
}

/// (1 - P%)^steps by repeated multiplication, squaring so that a billion steps take thirty; in decimals, so that short
/// powers of written percentages are exact: each product is rounded to 18 of them, half up.
fn what_is_left(percent: Decimal, steps: u64) -> Factor {
    const SCALE: i128 = 1_000_000_000_000_000_000;
    let multiply = |one: i128, two: i128| (one * two + SCALE / 2) / SCALE;
    let lost = Factor::percent(percent);
    let mut power = SCALE - lost.numerator * (SCALE / lost.denominator);
    let mut left = SCALE;
    let mut remaining = steps;
    while remaining > 0 && left > 0 {
        if remaining % 2 == 1 {
            left = multiply(left, power);
        }
        power = multiply(power, power);
        remaining /= 2;
    }
    Factor { numerator: left, denominator: SCALE }
}

/// How many whole steps of `every` lie between `start` and `as_of`; a step is taken at exactly its end.
fn steps_taken(start: Instant, as_of: Instant, every: Duration, zone: &Zone) -> u64 {
    let steps = match (every.exact(), every.months()) {
        (Some(exact), _) => (i128::from(as_of.0) - i128::from(start.0)).checked_div(i128::from(exact)).unwrap_or(0),
        (None, Some(months)) if months > 0 => i128::from(calendar_steps_taken(start, as_of, months, zone)),
        _ => 0,
    };
    u64::try_from(steps).unwrap_or(0)
}

/// Estimated by the months on the calendar, which is at most one step off, then set right. Each step counts from the
/// start, so that the 31st of January comes by way of the 28th of February to the 31st of March.
fn calendar_steps_taken(start: Instant, as_of: Instant, months: i64, zone: &Zone) -> i64 {
    let is_taken = |steps: i64| {
        let count = steps.saturating_mul(months);
        start.plus(Duration { count, unit: TimeUnit::Month }, zone).is_some_and(|step| step <= as_of)
    };
    let mut steps = ((month_number(as_of.local(zone)) - month_number(start.local(zone))) / months).max(0);
    while steps > 0 && !is_taken(steps) {
        steps -= 1;
    }
    while is_taken(steps + 1) {
        steps += 1;
    }
    steps
}

impl Factor {
    pub const ONE: Factor = Factor { numerator: 1, denominator: 1 };

    /// The points that are left, rounded once to 4 decimals, half away from zero.
    pub fn of(self, points: Decimal) -> Decimal {
        self.of_quickly(points).unwrap_or_else(|| self.of_exactly(points))
    }

    fn of_exactly(self, points: Decimal) -> Decimal {
        // a part of what fits, fits
        points.ratio_rounded(self.numerator, self.denominator, POINT_DECIMALS).unwrap_or(points)
    }

    /// In floating point, where that leaves no doubt about the rounding: up to a billion ten thousandths the error is
    /// below a millionth of one, and only what lies within a thousandth of a half is in doubt.
    fn of_quickly(self, points: Decimal) -> Option<Decimal> {
        const STEP: i128 = 100_000;
        let left = points.billionths() as f64 / STEP as f64 * (self.numerator as f64 / self.denominator as f64);
        let nearest = left.round();
        let is_sure = (left - nearest).abs() < 0.499 && left.abs() < 1e9;
        is_sure.then_some(Decimal::from_billionths(nearest as i64 as i128 * STEP))
    }

    fn percent(percent: Decimal) -> Factor {
        Factor { numerator: percent.billionths(), denominator: Decimal::whole(100).billionths() }.within_bounds()
    }

    fn within_bounds(self) -> Factor {
        Factor { numerator: self.numerator.clamp(0, self.denominator), denominator: self.denominator }
    }

    fn at_least(self, floor: Factor) -> Factor {
        let product = |one: i128, two: i128| I256::from(one) * I256::from(two);
        let is_lower = product(self.numerator, floor.denominator) < product(floor.numerator, self.denominator);
        if is_lower { floor } else { self }
    }
}

#[cfg(test)]
mod tests;
