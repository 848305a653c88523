//! Tests of the built program and of the library from outside, one file a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod harness;

mod commands;
mod contract;
mod determinism;
mod differential;
mod documentation;
mod examples;
mod failures;
mod impact;
mod layout;
mod messages;
mod plan;
mod real_data;
mod repl;
mod robustness;
mod same_results;
mod stages;
mod starting;
