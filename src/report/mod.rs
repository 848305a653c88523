//! What the scores of all leads come to, and how well they tell buyers from others.
//!
//! Stands after [`run`](crate::run), whose surveys it counts, and before the commands, which show it. Knows nothing of
//! flags and pages.
//!
//! | module | does |
//! |---|---|
//! | [`asked`] | what names and the outcome on the command line mean: the model with columns that it does not declare |
//! | [`tally`] | what is counted of a block of leads, and of all blocks |
//! | [`dated`] | each lead as of a date of its own |
//! | [`figures`] | from counts to the report |
//! | [`warnings`] | what there is to be said about them |

pub mod asked;
pub mod dated;
pub mod figures;
pub mod tally;
pub mod warnings;

pub use asked::{Asked, Places, Wishes};
pub use figures::{Capacity, Report, report};
pub use tally::{Counting, Tally};
