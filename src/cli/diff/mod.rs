//! `score diff`

mod fail_if;
mod json;
mod page;

use super::inputs::{Inputs, input_format, source};
use super::page::{Layout, PageOutput};
use super::progress::Progress;
use super::revision::{self, Revision};
use super::terminal::{Paint, safe};
use super::{Common, Failure, Outcome, memory, models, output};
use crate::data::Format;
use crate::data::previous::PreviousResults;
use crate::data::rejects::Rejects;
use crate::impact::{Comparing, Population, Verdict, changes, verdict};
use crate::model::Model;
use crate::plan::{Asked, Plan};
use crate::run::columns::Columns;
use crate::run::leads::LeadFile;
use crate::run::survey::{Seen, View, survey};
use crate::run::{Setup, Stop};
use crate::value::{Instant, Zone};
use fail_if::Limit;
use std::path::{Path, PathBuf};

/// Show what a change of the rules does
///
/// What changed in meaning, rule by rule; a change of layout is no change. Whether the two models can ever differ: proved
/// equal, or an example lead. With leads: how many change score, band and threshold, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score diff examples/b2b-germany/b2b-germany.score examples/b2b-saas/b2b-saas.score
  score diff examples/b2b-saas/b2b-saas.score examples/b2b-saas/b2b-saas.score \\
    examples/b2b-saas/leads.csv --events examples/b2b-saas/events.csv --fail-if \"entered mql > 5%\"")]
pub struct Arguments {
    /// The rule file as it was; `git:REV:PATH` reads it, and what it uses, from a revision of the repository
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The rule file as it is now; also `git:REV:PATH`
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Leads: CSV, TSV, NDJSON, JSON or Parquet, also `.gz` and `.zst`; `-` is standard input
    #[arg(value_name = "LEADS")]
    leads: Option<PathBuf>,
    /// Events in any order, in the same formats; with `TYPE=`, every row is of that type. May be repeated
    #[arg(long, value_name = "[TYPE=]FILE", requires = "leads")]
    events: Vec<String>,
    /// The format of LEADS, where its name does not tell: csv, tsv, ndjson, json, parquet
    #[arg(long, value_name = "FORMAT", requires = "leads", value_parser = input_format)]
    leads_format: Option<Format>,
    #[command(flatten)]
    output: PageOutput,
    /// End with exit code 1 where the change does more: `entered mql > 5%`, `left mql > 20`, `moved fit > 10%` (another
    /// score), `band total > 3%` (another band). May be repeated
    #[arg(long, value_name = "LIMIT", requires = "leads", value_parser = fail_if::limit)]
    fail_if: Vec<Limit>,
    /// The output of an earlier run: what `stays` and `until` of both models look back to
    #[arg(long, value_name = "FILE", requires = "leads")]
    previous: Option<PathBuf>,
    /// Hold at most this much of events, such as `2GB`; what is more waits in temporary files
    #[arg(long, value_name = "SIZE", value_parser = memory::size, default_value = memory::DEFAULT, allow_hyphen_values = true)]
    memory: u64,
    /// Put bad rows into this file and go on, instead of stopping
    #[arg(long, value_name = "FILE", requires = "leads")]
    rejects: Option<PathBuf>,
}

/// # Errors
/// [`Failure`]: wrong rules, unreadable files, bad rows, a limit that names nothing.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let layout = arguments.output.layout()?;
    let (old, new) = (load(&arguments.old)?, load(&arguments.new)?);
    let inputs = arguments.inputs();
    let mut read = [models::files(&old), models::files(&new)].concat();
    read.extend(inputs.iter().flat_map(Inputs::files));
    read.extend(arguments.previous.clone().map(|path| (path, "previous results")));
    let outputs = [("--output", arguments.output.output.as_deref()), ("--rejects", arguments.rejects.as_deref())];
    output::spare_inputs(&outputs, &read)?;
    let as_of = common.as_of(&new.zone)?;
    let changes = changes(&old, &new);
    let verdict = verdict(&changes, as_of);
    let population = match &inputs {
        Some(inputs) => Some(arguments.population(inputs, &changes, as_of, common)?),
        None => None,
    };
    let shown = Shown {
        old: arguments.old.display().to_string(),
        new: arguments.new.display().to_string(),
        as_of,
        zone: &new.zone,
        changes: &changes.changes,
        verdict: &verdict,
        population: population.as_ref(),
    };
    let exceeded = match &population {
        Some(population) => {
            let limits = arguments.fail_if.iter().map(|limit| limit.exceeded(population));
            limits.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect::<Vec<_>>()
        }
        None => Vec::new(),
    };
    let color = arguments.output.output.is_none() && common.color_on_stdout();
    let text = match layout {
        Layout::Json => json::text(&shown, &exceeded),
        _ => page::page(&shown, &exceeded).shown(layout, color),
    };
    output::write(arguments.output.output.as_deref(), text.as_bytes())?;
    let paint = Paint(common.color_on_stderr());
    exceeded.iter().for_each(|said| super::say(&format!("{}: {}\n", paint.red("too much"), safe(said))));
    Ok(if exceeded.is_empty() { Outcome::Done } else { Outcome::FallsShort })
}

/// All that is shown.
struct Shown<'a> {
    old: String,
    new: String,
    as_of: Instant,
    zone: &'a Zone,
    changes: &'a [crate::impact::Change],
    verdict: &'a Verdict,
    population: Option<&'a Population>,
}

/// A file of this computer, or of a revision.
fn load(path: &Path) -> Result<Model, Failure> {
    match revision::parts(path) {
        Some((revision, path)) if !path.as_os_str().is_empty() => {
            let files = Revision::open(revision)?;
            models::load_from(&files, path)
        }
        _ => models::load(path),
    }
}

impl Arguments {
    fn inputs(&self) -> Option<Inputs> {
        let leads = self.leads.clone()?;
        Some(Inputs { leads, events: self.events.clone(), leads_format: self.leads_format })
    }

    /// What to ask of each lead.
    fn setup<'model>(&self, model: &'model Model, as_of: Instant, common: &Common) -> Result<Setup<'model>, Failure> {
        let plan = Plan::new(model, as_of, &Asked { rules: true, ..Asked::default() });
        let columns = Columns { columns: Vec::new(), reasons: 0 };
        let previous = self.previous.as_ref().map(|path| PreviousResults::read(&source(path), model)).transpose()?;
        Ok(Setup { model, as_of, plan, columns, previous, threads: common.threads })
    }

    /// Runs both models over the leads, block by block.
    fn population(
        &self,
        inputs: &Inputs,
        changes: &crate::impact::Changes<'_>,
        as_of: Instant,
        common: &Common,
    ) -> Result<Population, Failure> {
        let setups = [changes.old.model, changes.new.model].map(|model| self.setup(model, as_of, common));
        let [old, new] = setups;
        let setups = [old?, new?];
        let [old, new] = &setups;
        // Both hold their own.
        let memory = self.memory / 2;
        let events = [inputs.store_events(&old.plan, common, memory)?, inputs.store_events(&new.plan, common, memory)?];
        let [of_old, of_new] = &events;
        let views = [View { setup: old, events: of_old.as_ref() }, View { setup: new, events: of_new.as_ref() }];
        let models = [(old.model, &old.plan.fields), (new.model, &new.plan.fields)];
        let Some(mut leads) = LeadFile::open_for_all(&inputs.leads(), &models)? else {
            return Ok(Population::default());
        };
        let rejects = self.rejects.as_ref().map(|path| Rejects::create(path)).transpose()?;
        let comparing = Comparing::new(changes);
        let mut population = Population::default();
        let mut progress = Progress::new(common, "scoring leads");
        let mut tick = |read, all| progress.tick(read, all);
        let count = |seen: &Seen<'_>| comparing.count(seen);
        let summaries = survey(&views, &mut leads, rejects, count, |counted| population.merge(counted), &mut tick);
        let summaries = summaries.map_err(stopped)?;
        drop(progress);
        if !common.quiet {
            let paint = Paint(common.color_on_stderr());
            let mut said: Vec<&String> = Vec::new();
            for warning in summaries.iter().flat_map(|summary| &summary.warnings) {
                if !said.contains(&warning) {
                    super::say(&format!("{}: {}\n", paint.yellow("warning"), safe(warning)));
                    said.push(warning);
                }
            }
        }
        Ok(population)
    }
}

fn stopped(stop: Stop) -> Failure {
    match stop.into() {
        Failure::BadRows { rows, more, begun, .. } => {
            let help = Some("correct them, or put them aside with `--rejects bad-rows.csv`");
            Failure::BadRows { rows, more, begun, help }
        }
        other => other,
    }
}
