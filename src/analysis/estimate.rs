//! What is known of the value of an expression while some of what it reads is still open.

use super::interval::Interval;
use crate::model::Compare;

/// Whether something holds, as far as it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Truth {
    No,
    Maybe,
    Yes,
}

impl Truth {
    pub fn of(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }

    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    pub fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Maybe => Truth::Maybe,
            Truth::Yes => Truth::No,
        }
    }

    /// Either of the two, one does not know which.
    pub fn hull(self, other: Truth) -> Truth {
        if self == other { self } else { Truth::Maybe }
    }
}

/// Of a condition: whether it holds. Of a number: whether it is known, and between what it lies where it is. Of points:
/// whether they take part in a choice, and between what they lie (0 where they do not).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Estimate {
    pub truth: Truth,
    pub interval: Interval,
}

impl Estimate {
    pub const MISSING: Estimate = Estimate { truth: Truth::No, interval: Interval::ZERO };
    pub const ANY: Estimate = Estimate { truth: Truth::Maybe, interval: Interval::ALL };

    pub fn truth(truth: Truth) -> Estimate {
        Estimate { truth, interval: Interval::ZERO }
    }

    pub fn known(interval: Interval) -> Estimate {
        Estimate { truth: Truth::Yes, interval }
    }

    /// One of the two; where one is missing, numbers are those of the other.
    pub fn hull(self, other: Estimate) -> Estimate {
        let interval = match (self.truth, other.truth) {
            (Truth::No, _) => other.interval,
            (_, Truth::No) => self.interval,
            _ => self.interval.hull(other.interval),
        };
        Estimate { truth: self.truth.hull(other.truth), interval }
    }

    /// One of the two, as points, which are 0 where they do not take part.
    pub fn points_hull(self, other: Estimate) -> Estimate {
        Estimate { truth: self.truth.hull(other.truth), interval: self.interval.hull(other.interval) }
    }

    /// An operation on two numbers: missing where either is, perhaps missing where the result may be too large.
    pub fn combine(self, other: Estimate, operation: fn(Interval, Interval) -> Interval) -> Estimate {
        let truth = self.truth.and(other.truth);
        if truth == Truth::No {
            return Estimate::MISSING;
        }
        let interval = operation(self.interval, other.interval);
        let fits = self.interval.is_bounded() && other.interval.is_bounded() && interval.is_bounded();
        Estimate { truth: if fits { truth } else { truth.and(Truth::Maybe) }, interval }
    }

    pub fn map(self, change: impl FnOnce(Interval) -> Interval) -> Estimate {
        Estimate { interval: change(self.interval), ..self }
    }

    pub fn compare(self, compare: Compare, other: Estimate) -> Truth {
        let known = self.truth.and(other.truth);
        known.and(compare_intervals(self.interval, compare, other.interval))
    }
}

fn compare_intervals(left: Interval, compare: Compare, right: Interval) -> Truth {
    match compare {
        Compare::Less if left.is_below(right) => Truth::Yes,
        Compare::Less if right.is_never_above(left) => Truth::No,
        Compare::LessOrEqual if left.is_never_above(right) => Truth::Yes,
        Compare::LessOrEqual if right.is_below(left) => Truth::No,
        Compare::Greater | Compare::GreaterOrEqual => compare_intervals(right, mirrored(compare), left),
        Compare::Equal if left.single().is_some() && left == right => Truth::Yes,
        Compare::Equal if left.is_below(right) || right.is_below(left) => Truth::No,
        _ => Truth::Maybe,
    }
}

/// With the sides exchanged.
pub(super) fn mirrored(compare: Compare) -> Compare {
    match compare {
        Compare::Equal => Compare::Equal,
        Compare::Less => Compare::Greater,
        Compare::LessOrEqual => Compare::GreaterOrEqual,
        Compare::Greater => Compare::Less,
        Compare::GreaterOrEqual => Compare::LessOrEqual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Decimal;

    fn of(low: i64, high: i64) -> Estimate {
        Estimate::known(Interval::between(Decimal::whole(low), Decimal::whole(high)))
    }

    #[test]
    fn comparisons_are_decided_where_they_can_be() {
        for (left, compare, right, truth) in [
            (of(1, 3), Compare::Less, of(4, 5), Truth::Yes),
            (of(1, 3), Compare::Less, of(3, 5), Truth::Maybe),
            (of(3, 3), Compare::LessOrEqual, of(3, 5), Truth::Yes),
            (of(3, 4), Compare::Less, of(1, 3), Truth::No),
            (of(3, 4), Compare::GreaterOrEqual, of(1, 3), Truth::Yes),
            (of(3, 3), Compare::Equal, of(3, 3), Truth::Yes),
            (of(3, 4), Compare::Equal, of(5, 6), Truth::No),
            (Estimate::MISSING, Compare::Equal, of(0, 0), Truth::No),
        ] {
            assert_eq!(left.compare(compare, right), truth, "{left:?} {compare:?} {right:?}");
        }
    }
}
