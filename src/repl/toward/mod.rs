//! The smallest changes of a lead that make a condition hold.
//!
//! | step | does |
//! |---|---|
//! | [`candidates`] | changes that some rule would notice: values and events that the model compares with |
//! | [`distance`] | how far a condition is from holding |
//! | `search` | tries single changes, then more at a time, the nearest first |
//! | `example` | where that finds nothing: the example of the analysis, made as small as it goes |
//!
//! Every suggestion has been evaluated, and so has each with one change less, which does not do.

pub mod candidates;
pub mod change;
pub mod distance;
mod example;
mod search;

pub use change::Change;
pub use search::{EVALUATIONS, Found, Suggestion, toward};
