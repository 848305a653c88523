//! Leads, or events, as typed columns.

mod column;
mod mask;

pub use column::*;
pub use mask::Mask;
