//! The evaluator against values worked out by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub(crate) mod build;
mod events;
mod explanations;
mod results;
mod rules;
