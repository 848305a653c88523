//! The points of rules, before limits.

use super::values::Values;
use crate::plan::{NumberId, PointsNode};
use crate::value::{Decimal, MAX_POINTS, POINT_DECIMALS};

/// The points of the occurrence `nth`, counted from 0, oldest first, for one row of either scope; `None` where a
/// computed value is missing, or no row of a table fits. Tables and series nest to a depth that the checker bounds.
pub fn points(node: &PointsNode, values: &Values<'_>, row: usize, nth: usize) -> Option<Decimal> {
    match node {
        PointsNode::Constant(points) => Some(*points),
        PointsNode::Computed(number) => computed(*number, values, row),
        PointsNode::Series(series) => points(series.get(nth).or(series.last())?, values, row, nth),
        PointsNode::Table { subject, rows, missing, otherwise } => {
            let column = values.classes(*subject)?;
            let class = column.classes.get(row).copied()?;
            let answers = column.answers.get(class as usize)?;
            let found = rows.iter().find(|(question, _)| question.holds(answers)).map(|(_, row)| row);
            let missing = missing.as_deref().filter(|_| class == 0);
            points(found.or(missing).or(otherwise.as_deref())?, values, row, nth)
        }
    }
}

fn computed(number: NumberId, values: &Values<'_>, row: usize) -> Option<Decimal> {
    let column = values.number(number)?;
    let known = column.known.get(row);
    column.values.get(row).filter(|_| known).copied().map(held)
}

/// Held within ±1,000,000, then rounded to 4 decimals.
pub(super) fn held(points: Decimal) -> Decimal {
    super::rounding::rounded(points.clamp(MAX_POINTS.negate(), MAX_POINTS), POINT_DECIMALS)
}

/// What a table whose rows are all constants gives for a class; `None` where some row is not.
pub(super) fn constant_of_class(node: &PointsNode, answers: &[u64], is_missing: bool) -> Option<Option<Decimal>> {
    let PointsNode::Table { rows, missing, otherwise, .. } = node else { return None };
    let found = rows.iter().find(|(question, _)| question.holds(answers)).map(|(_, row)| row);
    let missing = missing.as_deref().filter(|_| is_missing);
    match found.or(missing).or(otherwise.as_deref()) {
        None => Some(None),
        Some(PointsNode::Constant(points)) => Some(Some(*points)),
        Some(_) => None,
    }
}

/// Whether a table's rows are all constants.
pub(super) fn is_constant_table(node: &PointsNode) -> bool {
    let PointsNode::Table { rows, missing, otherwise, .. } = node else { return false };
    let mut all = rows.iter().map(|(_, row)| row).chain(missing.as_deref()).chain(otherwise.as_deref());
    all.all(|row| matches!(row, PointsNode::Constant(_)))
}
