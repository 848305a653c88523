//! The `score` command: last stage of the chain, and the only one that knows clap, the clock and the terminal.
//!
//! One file a command, each with its `Arguments` and a function `run`; what they share is in [`common`], [`failure`],
//! [`output`], [`models`], [`paths`], [`progress`] and [`interrupt`].

mod common;
mod failure;

mod new;
mod schema;

pub use common::Common;
pub use failure::{Failure, Outcome};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;
use std::sync::LazyLock;

/// The stack of the thread that does the work, in bytes: deep but legal nesting never overflows it.
const STACK: usize = 256 * 1024 * 1024;

/// Lead scoring written as text.
#[derive(Debug, Parser)]
#[command(name = "score", version = VERSION.as_str(), max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    flags: common::Flags,
}

/// One variant a command, in the order of the help.
#[derive(Debug, Subcommand)]
enum Command {
    New(new::Arguments),
    Schema(schema::Arguments),
}

static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!("{} (time-zone data {})", env!("CARGO_PKG_VERSION"), crate::value::time_zone_data_version())
});

/// The command line as clap knows it, for parsing, completions and manual pages.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Does what the command line says.
pub fn main() -> ExitCode {
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(work);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        Ok(Err(_)) | Err(_) => ExitCode::from(failure::CANNOT),
    }
}

fn work() -> ExitCode {
    let arguments = match command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => return failure::usage(&error),
    };
    let common = Common::new(arguments.flags);
    failure::exit(dispatch(arguments.command, &common), &common)
}

fn dispatch(command: Command, common: &Common) -> Result<Outcome, Failure> {
    match command {
        Command::New(arguments) => new::run(arguments, common),
        Command::Schema(arguments) => schema::run(arguments, common),
    }
}
