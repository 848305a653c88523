//! The leads and events that a command reads: flags, and what they mean with a model.

use super::output::ReadFile;
use super::progress::Progress;
use super::{Common, Failure};
use crate::data::events::Events;
use crate::data::{DataError, Format, Source};
use crate::diagnostics::nearest;
use crate::model::{EventId, Model, Usage};
use crate::plan::Plan;
use crate::run::events::{self, EventStore};
use crate::value::fold_name;
use std::path::{Path, PathBuf};

/// Flags of commands that read leads.
#[derive(Debug, Clone, clap::Args)]
pub struct Inputs {
    /// Leads: CSV, TSV, NDJSON, JSON or Parquet, also `.gz` and `.zst`; `-` is standard input
    pub leads: PathBuf,
    /// Events in any order, in the same formats; with `TYPE=`, every row is of that type. May be repeated
    #[arg(long, value_name = "[TYPE=]FILE")]
    pub events: Vec<String>,
    /// The format of LEADS, where its name does not tell: csv, tsv, ndjson, json, parquet
    #[arg(long, value_name = "FORMAT", value_parser = input_format)]
    pub leads_format: Option<Format>,
}

/// A format that can be read.
pub fn input_format(name: &str) -> Result<Format, String> {
    Format::named(name)
        .filter(|format| *format != Format::Table)
        .ok_or_else(|| "write csv, tsv, ndjson, json or parquet".to_owned())
}

impl Inputs {
    pub fn leads(&self) -> Source {
        Source { format: self.leads_format, ..source(&self.leads) }
    }

    /// The files that are read, for [`super::output::spare_inputs`].
    pub fn files(&self) -> Vec<ReadFile> {
        let events = self.events.iter().flat_map(|written| {
            let file = written.split_once('=').map(|(_, file)| file);
            std::iter::once(written.as_str()).chain(file).filter(|file| !file.is_empty())
        });
        let events = events.map(|file| (PathBuf::from(file), "events"));
        std::iter::once((self.leads.clone(), "leads")).chain(events).collect()
    }

    /// The event files, typed where the flag says so.
    ///
    /// # Errors
    /// A type that the model does not declare; standard input named twice.
    pub fn event_sources(&self, model: &Model) -> Result<Vec<Source>, Failure> {
        let sources = self.events.iter().map(|written| event_source(model, written)).collect::<Result<Vec<_>, _>>()?;
        let from_stdin = std::iter::once(&self.leads()).chain(&sources).filter(|source| source.path.is_none()).count();
        if from_stdin > 1 {
            return Err(Failure::cannot("standard input `-` can be read only once"));
        }
        Ok(sources)
    }

    /// Reads the event files into what a plan needs of them, holding at most `memory` bytes; `None` where there are none.
    ///
    /// # Errors
    /// [`Failure`]: one of them cannot be read.
    pub fn store_events<'plan>(
        &self,
        plan: &'plan Plan<'plan>,
        common: &Common,
        memory: u64,
    ) -> Result<Option<EventStore<'plan>>, Failure> {
        let sources = self.event_sources(plan.model)?;
        if sources.is_empty() {
            return Ok(None);
        }
        let mut progress = Progress::new(common, "reading events");
        let all = sources.iter().map(size).sum();
        let reading = events::Reading { threads: common.threads, memory };
        EventStore::read(&sources, plan, reading, &mut |read| progress.tick(read, all)).map(Some).map_err(|error| {
            let is_of_temporary_files = matches!(error, DataError::Unwritable { .. });
            let failure = Failure::from(error);
            match is_of_temporary_files {
                true => failure.help(
                    "make room there or name another folder in `TMPDIR`, or hold more of the events: `--memory 4GB`",
                ),
                false => failure,
            }
        })
    }

    /// Reads the event files; `None` where there are none.
    ///
    /// # Errors
    /// [`Failure`]: one of them cannot be read.
    pub fn read_events<'model>(
        &self,
        model: &'model Model,
        usage: &Usage,
        common: &Common,
    ) -> Result<Option<Events<'model>>, Failure> {
        let sources = self.event_sources(model)?;
        if sources.is_empty() {
            return Ok(None);
        }
        let mut progress = Progress::new(common, "reading events");
        let all = sources.iter().map(size).sum();
        Ok(Some(Events::read(&sources, model, usage, &mut |read| progress.tick(read, all))?))
    }
}

/// A file, or standard input for `-`.
pub fn source(path: &Path) -> Source {
    let path = (path.as_os_str() != "-").then(|| path.to_path_buf());
    Source { path, format: None, event: None }
}

fn size(source: &Source) -> Option<u64> {
    let about = std::fs::metadata(source.path.as_ref()?).ok()?;
    about.is_file().then_some(about.len())
}

/// `FILE` or `TYPE=FILE`; a file whose whole name is as written is meant as such.
fn event_source(model: &Model, written: &str) -> Result<Source, Failure> {
    let Some((kind, file)) = written.split_once('=') else { return Ok(source(Path::new(written))) };
    match event(model, kind) {
        Some(event) => Ok(Source { event: Some(event), ..source(Path::new(file)) }),
        None if Path::new(written).exists() || kind.contains(['/', '\\']) => Ok(source(Path::new(written))),
        None => {
            let failure = Failure::cannot(format!("`--events {written}`: the model declares no event `{kind}`"));
            match nearest(kind, model.events.iter().map(|event| event.name.as_str())) {
                Some(near) => Err(failure.help(format!("did you mean `--events {near}={file}`?"))),
                None => Err(failure.help(format!("declare it in the model: `event {kind}`"))),
            }
        }
    }
}

fn event(model: &Model, name: &str) -> Option<EventId> {
    let by_name = model.event_names.get(&fold_name(name)).copied();
    by_name.or_else(|| {
        let position = model.events.iter().position(|event| event.called == name.trim())?;
        Some(EventId(u32::try_from(position).ok()?))
    })
}
