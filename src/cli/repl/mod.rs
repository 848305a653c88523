//! `score repl`
//!
//! | file | does |
//! |---|---|
//! | `plain` | commands from `--eval` and standard input |
//! | `prompt` | a conversation on a terminal |
//! | `helper` | completion, hints, colours and unfinished lines while typing |
//! | `history` | where lines typed before are kept |

mod helper;
mod history;
mod plain;
mod prompt;

use super::inputs::{Inputs, input_format};
use super::models::{data_instead, unreadable};
use super::{Common, Failure, Outcome, new};
use crate::data::Format;
use crate::repl::opened::Stamps;
use crate::repl::session::ReadLeads;
use crate::repl::{Look, Opened, Population, Session, Wrong};
use crate::source::{Disk, FileSystem, LARGEST_RULE_FILE, Memory};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Try leads against rules, and ask why
///
/// On a terminal, a conversation: type a lead, change a field, ask where its points come from and what would move it;
/// `:help` shows all that can be typed. Elsewhere, commands are read from standard input, one a line or block, and the exit
/// code is 1 if one of them failed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score repl examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv --events examples/b2b-saas/events.csv
  score repl examples/b2b-saas/b2b-saas.score --eval 'lead { title \"CEO\", consent yes }' --eval ':toward mql'")]
pub struct Arguments {
    /// The rule file; what it uses comes along [default: the model that `score new` makes]
    #[arg(value_name = "MODEL")]
    model: Option<PathBuf>,
    /// Leads to pick from: CSV, TSV, NDJSON, JSON or Parquet, also `.gz` and `.zst`
    #[arg(value_name = "LEADS")]
    leads: Option<PathBuf>,
    /// Their events, in the same formats; with `TYPE=`, every row is of that type. May be repeated
    #[arg(long, value_name = "[TYPE=]FILE", requires = "leads")]
    events: Vec<String>,
    /// The format of LEADS, where its name does not tell: csv, tsv, ndjson, json, parquet
    #[arg(long, value_name = "FORMAT", value_parser = input_format)]
    leads_format: Option<Format>,
    /// Do one command and leave; may be repeated
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    eval: Vec<String>,
    /// Keep no lines between sessions, and read none
    #[arg(long)]
    no_history: bool,
}

/// # Errors
/// [`Failure`]: a model or data that cannot be read; rules that are wrong, where nobody can mend them while the session waits.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    refuse_standard_input(&arguments)?;
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && arguments.eval.is_empty();
    let look = Look { color: common.color_on_stdout(), width: super::terminal::width() };
    let (read, stamps) = read_model(arguments.model.as_deref())?;
    let opened = match read {
        Ok(opened) => Ok(opened),
        Err(Wrong::Rules { sources, diagnostics }) => {
            if let Some(failure) = arguments.model.as_deref().and_then(|path| data_instead(path, &diagnostics)) {
                return Err(failure);
            }
            Err(Wrong::Rules { sources, diagnostics })
        }
        Err(other) => return Err(failure(other)),
    };
    let read_leads = arguments.leads.clone().map(|leads| {
        let inputs = Inputs { leads, events: arguments.events.clone(), leads_format: arguments.leads_format };
        reader(inputs)
    });
    let (opened, wrong) = match opened {
        Ok(opened) => (Some(opened), None),
        Err(wrong) if terminal => (None, Some(wrong)),
        Err(wrong) => return Err(failure(wrong)),
    };
    let zone = opened.as_ref().map(|opened| opened.model.zone.clone()).unwrap_or_default();
    let as_of = common.as_of(&zone)?;
    let session = match opened {
        Some(opened) => Session::new(opened, stamps, as_of, look, common.threads, read_leads).map_err(failure)?,
        None => Session::waiting(arguments.model.clone(), stamps, as_of, look, common.threads, read_leads),
    };
    if terminal {
        let history = if arguments.no_history { None } else { history::file() };
        return prompt::run(session, wrong, history.as_deref(), common);
    }
    plain::run(session, &arguments.eval, common)
}

/// Standard input is where commands come from.
fn refuse_standard_input(arguments: &Arguments) -> Result<(), Failure> {
    let files = arguments.model.iter().chain(&arguments.leads).map(|path| path.as_os_str().to_owned());
    let events = arguments.events.iter().map(std::ffi::OsString::from);
    if files.chain(events).any(|file| file == "-") {
        return Err(Failure::cannot("a session reads its commands from standard input, so no file can be `-`")
            .help("save it to a file, and name that"));
    }
    Ok(())
}

/// The model that is named, else the one that `score new` makes.
fn read_model(path: Option<&Path>) -> Result<(Result<Opened, Wrong>, Stamps), Failure> {
    let Some(path) = path else {
        let name = "model.score";
        let files = Memory::default().with(name, new::MODEL);
        let (read, _) = Opened::read(&files, Path::new(name));
        return Ok((read.map(|opened| Opened { path: None, ..opened }), Stamps::default()));
    };
    Disk.read(path, LARGEST_RULE_FILE).map_err(|error| unreadable(path, &error))?;
    Ok(Opened::read(&Disk, path))
}

fn reader(inputs: Inputs) -> ReadLeads {
    Box::new(move |model| {
        let events = inputs.event_sources(model).map_err(|failure| match failure {
            Failure::Cannot { message, help: Some(help) } => Wrong::said(message).help(help),
            Failure::Cannot { message, help: None } => Wrong::said(message),
            _ => Wrong::Interrupted,
        })?;
        Population::read(model, &inputs.leads(), &events)
    })
}

fn failure(wrong: Wrong) -> Failure {
    match wrong {
        Wrong::Rules { sources, diagnostics } => Failure::Rules { sources, diagnostics },
        Wrong::Said { message, help } => Failure::Cannot { message, help },
        Wrong::Interrupted => Failure::Interrupted,
    }
}
