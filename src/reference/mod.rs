//! The reference evaluator: the contract of the language in code, one lead at a time, with the breakdown.
//!
//! Short, plain, obviously right; nothing is ever optimised here. `explain`, `test` and the REPL use it, and every other
//! evaluator is held against it.

mod breakdown;

pub use breakdown::{Breakdown, Entry, EntryKind};
