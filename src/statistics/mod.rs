//! Figures about many leads at once: how values are spread, and how well they tell those who bought from the others.
//!
//! Pure arithmetic, beside the chain: it knows nothing of models, files or commands. What grows with the number of leads
//! is a [`Ranking`] alone, by 12 bytes for each different value.
//!
//! | module | says |
//! |---|---|
//! | [`ranking`] | which values there are, how often, and how often with the outcome |
//! | [`share`] | how many of some leads bought, and what that is against all of them |
//! | [`mod@discrimination`] | how well a value tells buyers from others: the area under the curve |
//! | [`cutoff`] | what calling everybody above a value comes to, and which value is best |
//! | [`mod@bars`] | values in bars of one round width |
//! | [`mod@tenths`] | the leads in ten parts of one size |

pub mod bars;
pub mod cutoff;
pub mod discrimination;
pub mod ranking;
pub mod share;
pub mod tenths;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use bars::{Bar, bars};
pub use cutoff::{Cutoff, best_by_f1, cutoff_at, for_capacity};
pub use discrimination::{Discrimination, discrimination};
pub use ranking::{Level, Ranking, RankingPart};
pub use share::Share;
pub use tenths::{Tenth, tenths};
