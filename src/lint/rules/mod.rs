//! One lint a file.

use super::Lint;

/// All lints, by code.
pub static LINTS: &[&Lint] = &[];
