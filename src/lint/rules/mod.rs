//! One lint a file, and one line of [`LINTS`] each. Codes by category: `reach` from S101, `overlap` from S201, `time`
//! from S301, `text` from S401, `missing` from S501, `shape` from S601, `privacy` from S701, `data` from S801.
//! S69. are about allowances.

mod allowance_without_reason;
mod never_true;
mod unknown_lint;
mod unneeded_allowance;

use super::Lint;
#[cfg(test)]
pub(super) use never_true::NEVER_TRUE;

/// All lints, by code.
#[rustfmt::skip]
pub static LINTS: &[&Lint] = &[
    &never_true::NEVER_TRUE,
    &unneeded_allowance::UNNEEDED_ALLOWANCE,
    &allowance_without_reason::ALLOWANCE_WITHOUT_REASON,
    &unknown_lint::UNKNOWN_LINT,
];
