//! The `score` command: last stage of the chain, and the only one that knows clap, the clock and the terminal.
//!
//! One file a command, each with its `Arguments` and a function `run`. What they share:
//!
//! | module | holds |
//! |---|---|
//! | [`common`] | the flags of every command |
//! | [`inputs`], [`paths`], [`models`], [`revision`] | leads and events, rule files, the model that a command names |
//! | [`output`], [`progress`], [`terminal`] | results to a file or standard output, bars, colours and widths |
//! | [`page`], [`markdown`] | results as a page: for the terminal, Markdown, HTML with charts |
//! | [`failure`], [`interrupt`] | how a command ends |

mod common;
mod failure;
mod inputs;
mod interrupt;
mod markdown;
mod memory;
mod models;
mod output;
mod page;
mod paths;
mod progress;
mod revision;
mod summary;
mod terminal;

mod check;
mod completions;
mod diff;
mod explain;
mod fmt;
mod lint;
mod man;
mod new;
mod plan;
mod repl;
mod report;
mod run;
mod schema;
mod test;

pub use common::Common;
pub use failure::{Failure, Outcome};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::io::Write;
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
    Run(run::Arguments),
    Explain(explain::Arguments),
    Check(check::Arguments),
    Lint(lint::Arguments),
    Fmt(fmt::Arguments),
    Test(test::Arguments),
    Diff(diff::Arguments),
    Report(report::Arguments),
    Plan(plan::Arguments),
    #[command(visible_alias = "try")]
    Repl(repl::Arguments),
    New(new::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
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
        Err(error) => return failure::usage(error),
    };
    let common = Common::new(arguments.flags);
    interrupt::listen();
    failure::exit(dispatch(arguments.command, &common), &common)
}

fn dispatch(command: Command, common: &Common) -> Result<Outcome, Failure> {
    match command {
        Command::Run(arguments) => run::run(arguments, common),
        Command::Explain(arguments) => explain::run(arguments, common),
        Command::Check(arguments) => check::run(arguments, common),
        Command::Lint(arguments) => lint::run(arguments, common),
        Command::Fmt(arguments) => fmt::run(arguments, common),
        Command::Test(arguments) => test::run(arguments, common),
        Command::Diff(arguments) => diff::run(arguments, common),
        Command::Report(arguments) => report::run(arguments, common),
        Command::Plan(arguments) => plan::run(arguments, common),
        Command::Repl(arguments) => repl::run(arguments, common),
        Command::Completions(arguments) => completions::run(arguments, common),
        Command::Man(arguments) => man::run(arguments, common),
        Command::New(arguments) => new::run(arguments, common),
        Command::Schema(arguments) => schema::run(arguments, common),
    }
}

/// Says something beside the results.
fn say(text: &str) {
    // With standard error closed there is nobody to tell; the exit code still does.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
