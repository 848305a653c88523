//! `score explain`

mod json;
mod markdown;
mod table;

use super::inputs::{Inputs, source};
use super::models::ModelFile;
use super::progress::Progress;
use super::terminal::{Paint, safe};
use super::{Common, Failure, Outcome, models, output};
use crate::data::BadRow;
use crate::data::events::Events;
use crate::data::leads::{LeadRow, Leads};
use crate::data::previous::PreviousResults;
use crate::diagnostics::nearest;
use crate::model::Model;
use crate::run::BAD_ROWS_TOLD;
use crate::run::explanation::{Explanation, Job, explain};

use std::collections::HashMap;
use std::path::PathBuf;

/// Show where each point of a lead comes from
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score explain examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv \\
    --events examples/b2b-saas/events.csv --id L0001
  score explain examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv \\
    --id L0001 L0002 --all --format markdown")]
pub struct Arguments {
    #[command(flatten)]
    model: ModelFile,
    #[command(flatten)]
    inputs: Inputs,
    /// The keys of the leads to explain
    #[arg(long, value_name = "KEY", num_args = 1.., required = true)]
    id: Vec<String>,
    /// Also the rules that gave nothing, each with what kept it from doing so
    #[arg(long)]
    all: bool,
    /// The output of an earlier run: what `stays` and `until` look back to
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Layout,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Layout {
    Table,
    Json,
    Markdown,
}

/// # Errors
/// [`Failure`]: wrong rules, unreadable files, an unknown lead, bad rows of an explained lead.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let model = arguments.model.load(&arguments.inputs)?;
    let mut read = [arguments.inputs.files(), models::files(&model)].concat();
    read.extend(arguments.previous.clone().map(|path| (path, "previous results")));
    output::spare_inputs(&[("--output", arguments.output.as_deref())], &read)?;
    let as_of = common.as_of(&model.zone)?;
    let previous = match &arguments.previous {
        Some(path) => PreviousResults::read(&source(path), &model)?,
        None => PreviousResults::default(),
    };
    if !common.quiet {
        let paint = Paint(common.color_on_stderr());
        let warnings = previous.warnings(as_of);
        warnings.iter().for_each(|text| super::say(&format!("{}: {}\n", paint.yellow("warning"), safe(text))));
    }
    let mut events = arguments.inputs.read_events(&model, &model.usage, common)?;
    let leads = Leads::open(&arguments.inputs.leads(), &model, &model.usage, &[])?;
    let found = find(leads, events.as_mut(), &arguments.id, common)?;
    let explained: Vec<Explanation> =
        found.iter().map(|job| explain(&model, job, previous.of(&job.lead.key), as_of, arguments.all)).collect();
    let color = arguments.output.is_none() && common.color_on_stdout();
    output::write(arguments.output.as_deref(), shown(&arguments, &model, &explained, color).as_bytes())?;
    Ok(Outcome::Done)
}

fn shown(arguments: &Arguments, model: &Model, explained: &[Explanation], color: bool) -> String {
    match arguments.format {
        Layout::Table => table::text(model, explained, color),
        Layout::Json => json::text(explained),
        Layout::Markdown => markdown::text(model, explained),
    }
}

/// What a search through the leads file met.
#[derive(Default)]
struct Search {
    found: HashMap<String, Job>,
    /// Every key, for suggestions; only while some key is still missing.
    others: Vec<String>,
    bad: Vec<BadRow>,
}

/// The leads of these keys with their events, in the order of the keys.
fn find(
    mut leads: Leads<'_>,
    mut events: Option<&mut Events<'_>>,
    keys: &[String],
    common: &Common,
) -> Result<Vec<Job>, Failure> {
    let mut keys: Vec<&str> = keys.iter().map(|key| key.trim()).collect();
    let mut seen = std::collections::HashSet::new();
    keys.retain(|key| seen.insert(*key));
    let mut search =
        Search { bad: events.as_ref().map(|events| events.broken().to_vec()).unwrap_or_default(), ..Search::default() };
    let broken = search.bad.len();
    let mut progress = Progress::new(common, "looking for leads");
    while search.found.len() < keys.len() {
        let (read, all) = leads.progress();
        progress.tick(read, all)?;
        match leads.next()? {
            None => break,
            Some(LeadRow::Bad(row)) => search.bad.push(row),
            Some(LeadRow::Lead(lead)) if keys.contains(&lead.lead.key.as_str()) => {
                let of_lead = events.as_mut().map(|events| events.take(&lead)).unwrap_or_default();
                stop_for(of_lead.bad)?;
                let job = Job { lead: lead.lead, events: of_lead.events };
                search.found.insert(job.lead.key.clone(), job);
            }
            Some(LeadRow::Lead(lead)) => search.others.push(lead.lead.key),
        }
    }
    drop(progress);
    if broken > 0 {
        stop_for(search.bad.drain(..broken).collect())?;
    }
    let Some(missing) = keys.iter().find(|key| !search.found.contains_key(**key)) else {
        return Ok(keys.iter().filter_map(|key| search.found.remove(*key)).collect());
    };
    // The lead may stand in a row that could not be read.
    stop_for(search.bad)?;
    let failure = Failure::cannot(format!("there is no lead `{}` in the leads file", safe(missing)));
    Err(match (near_keys(missing, &search.others).as_slice(), search.others.as_slice()) {
        ([], []) => failure,
        ([], others) => failure.help(format!("its keys are such as {}", quoted(others.iter().take(3)).join(", "))),
        (near, _) => failure.help(format!("did you mean {}?", near.join(" or "))),
    })
}

fn stop_for(mut bad: Vec<BadRow>) -> Result<(), Failure> {
    if bad.is_empty() {
        return Ok(());
    }
    let more = bad.len() > BAD_ROWS_TOLD;
    bad.truncate(BAD_ROWS_TOLD);
    Err(Failure::BadRows { rows: bad, more, begun: false, help: None })
}

/// Up to three keys that are nearly as written; too short a key is near to any other.
fn near_keys(missing: &str, others: &[String]) -> Vec<String> {
    if missing.chars().count() < 4 {
        return Vec::new();
    }
    let mut left: Vec<&str> = others.iter().map(String::as_str).collect();
    let mut near = Vec::new();
    while near.len() < 3
        && let Some(next) = nearest(missing, left.iter().copied())
    {
        near.push(next.to_owned());
        left.retain(|other| *other != next);
    }
    quoted(near.iter())
}

fn quoted<'a>(keys: impl Iterator<Item = &'a String>) -> Vec<String> {
    keys.map(|key| format!("`{}`", safe(key))).collect()
}
