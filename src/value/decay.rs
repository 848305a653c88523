//! How points fade with age.

use super::{Decimal, Duration, Instant, Zone};

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
    numerator: i128,
    denominator: i128,
}

impl Decay {
    /// The factor at `as_of` for something that happened at `at`, not later than `as_of`.
    pub fn factor(&self, at: Instant, as_of: Instant, zone: &Zone) -> Factor {
        todo!()
    }
}

impl Factor {
    pub const ONE: Factor = Factor { numerator: 1, denominator: 1 };

    /// The points that are left, rounded once to 4 decimals, half away from zero.
    pub fn of(self, points: Decimal) -> Decimal {
        todo!()
    }
}
