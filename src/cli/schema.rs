//! `score schema`

use super::{Common, Failure, Outcome};

/// Lead and event declarations read off real data
#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_arguments: Arguments, _common: &Common) -> Result<Outcome, Failure> {
    Ok(Outcome::Done)
}
