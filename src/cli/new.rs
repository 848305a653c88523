//! `score new`

use super::{Common, Failure, Outcome};

/// A starting model
#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_arguments: Arguments, _common: &Common) -> Result<Outcome, Failure> {
    Ok(Outcome::Done)
}
