//! `score schema`

use super::inputs::{Inputs, source};
use super::progress::Progress;
use super::{Common, Failure, Outcome, output};
use crate::schema::{EventFile, declarations};
use std::path::{Path, PathBuf};

/// Write `lead` and `event` declarations that fit real data
///
/// Reads every row: types, values of columns with few of them, placeholders such as "N/A", forms of dates, the key. What
/// comes out checks clean and reads those files: save it as a rule file and add scores.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score schema examples/b2b-saas/leads.csv
  score schema examples/b2b-saas/leads.csv --events examples/b2b-saas/events.csv")]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// # Errors
/// [`Failure`]: a file cannot be read or written.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    output::spare_inputs(&[("--output", arguments.output.as_deref())], &arguments.inputs.files())?;
    let leads = arguments.inputs.leads();
    let events: Vec<EventFile> = arguments.inputs.events.iter().map(|written| event_file(written)).collect();
    let from_stdin = std::iter::once(&leads).chain(events.iter().map(|file| &file.source));
    if from_stdin.filter(|source| source.path.is_none()).count() > 1 {
        return Err(Failure::cannot("standard input `-` can be read only once"));
    }
    let mut progress = Progress::new(common, "reading");
    let text = declarations(&leads, &events, &mut |read, all| progress.tick(read, all))?;
    drop(progress);
    output::write(arguments.output.as_deref(), text.as_bytes())?;
    Ok(Outcome::Done)
}

/// `FILE` or `TYPE=FILE`; a file whose whole name is as written is meant as such.
fn event_file(written: &str) -> EventFile {
    let whole = EventFile { source: source(Path::new(written)), kind: None };
    match written.split_once('=') {
        Some((kind, file))
            if !kind.trim().is_empty() && !kind.contains(['/', '\\']) && !Path::new(written).exists() =>
        {
            EventFile { source: source(Path::new(file)), kind: Some(kind.trim().to_owned()) }
        }
        Some(_) | None => whole,
    }
}
