//! `score man`

use super::models::io_reason;
use super::{Common, Failure, Outcome, output};
use crate::diagnostics::nearest;
use clap_mangen::Man;
use std::path::PathBuf;

/// Write the manual pages
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score man run
  score man --output target/man")]
pub struct Arguments {
    /// The page of this command instead of that of `score`
    command: Option<String>,
    /// Write all pages into this folder
    #[arg(long, short, value_name = "FOLDER", conflicts_with = "command")]
    output: Option<PathBuf>,
}

/// # Errors
/// [`Failure::Cannot`]: no such command, or a folder that cannot be written.
pub fn run(arguments: Arguments, _common: &Common) -> Result<Outcome, Failure> {
    let pages = pages();
    if let Some(folder) = &arguments.output {
        let failed = |error| Failure::cannot(format!("cannot make `{}`: {}", folder.display(), io_reason(&error)));
        std::fs::create_dir_all(folder).map_err(failed)?;
        for (name, page) in &pages {
            output::write(Some(&folder.join(format!("{name}.1"))), page)?;
        }
        return Ok(Outcome::Done);
    }
    let wanted = arguments.command.as_ref().map_or_else(|| "score".to_owned(), |command| format!("score-{command}"));
    match pages.iter().find(|(name, _)| *name == wanted) {
        Some((_, page)) => output::write(None, page)?,
        None => return Err(unknown(&arguments.command.unwrap_or_default(), &pages)),
    }
    Ok(Outcome::Done)
}

fn unknown(command: &str, pages: &[(String, Vec<u8>)]) -> Failure {
    let failure = Failure::cannot(format!("there is no command `{command}`"));
    let commands = pages.iter().filter_map(|(name, _)| name.strip_prefix("score-"));
    match nearest(command, commands) {
        Some(near) => failure.help(format!("did you mean `score man {near}`?")),
        None => failure.help("`score --help` lists the commands"),
    }
}

/// The page of the program, then one for each command, by name.
fn pages() -> Vec<(String, Vec<u8>)> {
    let mut program = super::command();
    program.build();
    let commands = program.get_subcommands().filter(|command| command.get_name() != "help");
    let pages = commands.map(|command| (format!("score-{}", command.get_name()), page(command.clone())));
    std::iter::once(("score".to_owned(), page(program.clone()))).chain(pages).collect()
}

fn page(command: clap::Command) -> Vec<u8> {
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = Man::new(command).render(&mut page);
    page
}
