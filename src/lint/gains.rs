//! Whether a rule has points to be won.

use crate::model::{NumberExpr, Points};
use crate::value::Decimal;

/// Whether some of a rule's points are above 0; computed ones are taken to be, unless they are written with a minus.
pub fn gains(points: &Points) -> bool {
    match points {
        Points::Constant(points) => *points > Decimal::ZERO,
        Points::Computed(number) => !matches!(number, NumberExpr::Negate(_)),
        Points::Series(series) => series.iter().any(gains),
        Points::Table(table) => {
            table.rows.iter().chain(&table.otherwise).chain(&table.missing).any(|row| gains(&row.result))
        }
    }
}
