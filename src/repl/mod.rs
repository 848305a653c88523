//! A session: a model, a lead tried against it, the leads of a file, and answers to what is typed.
//!
//! Stands after all other stages, whose answers it puts side by side, and before [`crate::cli`], which reads what is
//! typed and shows what comes back. Leads are evaluated by the [`mod@reference`](crate::reference) evaluator; nothing is
//! said that was not evaluated.
//!
//! | module | holds |
//! |---|---|
//! | [`session`] | the session: what is tried now, and what was before |
//! | [`opened`] | the model with the files it was read from |
//! | [`subject`], [`carry`] | the lead that is tried; the same for another model |
//! | [`population`] | the leads of a file |
//! | [`answer`] | what comes back |
//! | [`typed`], [`expression`], [`trial`] | lines in the language: leads, changes, events; expressions; rules |
//! | [`commands`] | lines with `:`, one command a file |
//! | [`standing`] | results, and what moved |
//! | [`toward`], [`passage`] | what would meet a condition; when it would end |
//! | [`draw`] | pictures made of letters |
//! | [`complete`], [`hint`], [`highlight`] | help while typing |

pub mod answer;
pub mod carry;
pub mod commands;
pub mod complete;
pub mod draw;
pub mod expression;
pub mod highlight;
pub mod hint;
pub mod opened;
pub mod passage;
pub mod population;
pub mod session;
pub mod standing;
pub mod subject;
#[cfg(test)]
mod tests;
pub mod toward;
pub mod trial;
pub mod typed;

pub use answer::{Answer, Look, Wrong};
pub use opened::Opened;
pub use population::Population;
pub use session::Session;
