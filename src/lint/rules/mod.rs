//! One lint a file, and one line of [`LINTS`] each. Codes by category: `reach` from S101, `overlap` from S201, `time`
//! from S301, `text` from S401, `missing` from S501, `shape` from S601, `privacy` from S701, `data` from S801.

mod never_true;

use super::Lint;

/// All lints, by code.
#[rustfmt::skip]
pub static LINTS: &[&Lint] = &[
    &never_true::NEVER_TRUE,
];
