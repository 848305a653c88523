//! What a change of the rules does: to their meaning, and to the leads at hand.
//!
//! Stands after the [`analysis`](crate::analysis), which proves, and [`run`](crate::run), whose surveys of both models it
//! counts; before `score diff`, which shows it.
//!
//! | module | does |
//! |---|---|
//! | [`meaning`] | parts of a model as digests that are equal where the meaning is, whatever the names in between |
//! | [`outline`] | the rules and groups of a model in their places |
//! | [`pairs`] | which rule of the old model is which of the new one |
//! | [`mod@changes`] | what changed, part by part |
//! | [`sample`] | an example lead that both models can take |
//! | [`pools`] | values worth trying: those that the rules name, and their neighbours |
//! | [`mod@verdict`] | proved equal, or an example lead that tells the models apart |
//! | [`attainable`] | what the numbers of a model can come to |
//! | [`said`] | a verdict in words |
//! | [`population`] | what both models say of the same leads |

pub mod attainable;
pub mod changes;
pub mod meaning;
mod names;
pub mod outline;
pub mod pairs;
pub mod pools;
pub mod population;
pub mod said;
pub mod sample;
pub mod verdict;

pub use changes::{Aspect, Change, ChangeKind, Changes, Detail, changes};
pub use pairs::Pairs;
pub use population::{Comparing, Population};
pub use verdict::{Told, Verdict, verdict};
