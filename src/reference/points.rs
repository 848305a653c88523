//! The points of a rule, before limits.

use super::facts::Scope;
use crate::model::Points;
use crate::value::{Decimal, MAX_POINTS, POINT_DECIMALS};

impl<'a> Scope<'a> {
    /// The points of the occurrence `nth`, counted from 0, oldest first. `None` where a computed value is missing, or no
    /// row of a table fits.
    pub fn points(&self, points: &Points, nth: usize) -> Option<Decimal> {
        match points {
            Points::Constant(points) => Some(*points),
            Points::Computed(expr) => {
                let held = self.number(expr)?.clamp(MAX_POINTS.negate(), MAX_POINTS);
                Some(held.round(POINT_DECIMALS))
            }
            Points::Series(series) => self.points(series.get(nth).or(series.last())?, nth),
            Points::Table(table) => self.points(&self.row(table)?.result, nth),
        }
    }
}

/// An exact sum of points. What a rule can give and memory can hold lies far below the limit of the type.
pub(super) fn sum(points: impl IntoIterator<Item = Decimal>) -> Decimal {
    let sum = points.into_iter().fold(0_i128, |sum, points| sum.saturating_add(points.billionths()));
    Decimal::from_billionths(sum)
}
