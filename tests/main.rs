//! Tests of the built program and of the library from outside, one file a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod harness;
