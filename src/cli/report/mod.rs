//! `score report`

mod json;
mod page;

use super::common::one_or_more;
use super::inputs::Inputs;
use super::models::ModelFile;
use super::page::{Layout, PageOutput};
use super::progress::Progress;
use super::{Common, Failure, Outcome, memory, models, output};
use crate::data::leads::Leads;
use crate::data::rejects::Rejects;
use crate::diagnostics::nearest;
use crate::model::{Model, ScoreId, Symbol, ThresholdId};
use crate::plan::Plan;
use crate::report::asked::NotAsked;
use crate::report::dated::dated;
use crate::report::figures::Context;
use crate::report::{Asked, Counting, Report, Tally, Wishes, report};
use crate::run::columns::Columns;
use crate::run::leads::LeadFile;
use crate::run::survey::{View, survey};
use crate::run::{Setup, Stop, add_usage};
use crate::value::{Instant, Zone, fold_name};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Show how scores are spread, and how well they tell buyers from others
///
/// Without `--outcome`: how each score is spread, leads by band, how often each rule gives points. With it also conversion
/// and lift by band and by score tenth, AUC, what each cut-off catches, and rules that point the wrong way.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score report examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv \\
    --events examples/b2b-saas/events.csv
  score report examples/course-seller/course-seller.score examples/course-seller/leads.csv \\
    --outcome \"Converted is 1\" --by \"Lead Source\"")]
pub struct Arguments {
    #[command(flatten)]
    model: ModelFile,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: PageOutput,
    /// What it is all for: holds for leads that became customers; over any columns of the leads file
    #[arg(long, value_name = "CONDITION")]
    outcome: Option<String>,
    /// The score whose tenths and cut-offs are shown [default: the last one]
    #[arg(long, value_name = "NAME")]
    score: Option<String>,
    /// Who is qualified: those who meet this threshold [default: the first one]
    #[arg(long, value_name = "NAME")]
    threshold: Option<String>,
    /// How many leads can be called in a week: suggests a cut-off; with `--created`, by how many come in
    #[arg(long, value_name = "N", value_parser = one_or_more, allow_hyphen_values = true)]
    capacity: Option<NonZeroUsize>,
    /// The column with what a customer is worth
    #[arg(long, value_name = "COLUMN", requires = "outcome")]
    amount: Option<String>,
    /// The column with the date on which a lead came in
    #[arg(long, value_name = "COLUMN")]
    created: Option<String>,
    /// The column with the date on which a customer bought
    #[arg(long, value_name = "COLUMN", requires_all = ["outcome", "created"])]
    closed: Option<String>,
    /// Also by the values of this column, define or lookup
    #[arg(long, value_name = "FIELD")]
    by: Option<String>,
    /// Score each lead as of the date in this column, so that what happened later can't leak the answer
    #[arg(long, value_name = "FIELD")]
    as_of_field: Option<String>,
    /// Hold at most this much of events, such as `2GB`; what is more waits in temporary files
    #[arg(long, value_name = "SIZE", value_parser = memory::size, default_value = memory::DEFAULT, allow_hyphen_values = true)]
    memory: u64,
    /// Put bad rows into this file and go on, instead of stopping
    #[arg(long, value_name = "FILE", conflicts_with = "as_of_field")]
    rejects: Option<PathBuf>,
}

/// What was counted, and what is said beside it.
struct Counts {
    tally: Tally,
    leads_read: u64,
    leads_rejected: u64,
    warnings: Vec<String>,
}

/// # Errors
/// [`Failure`]: wrong rules, unreadable files, bad rows, a wish that does not fit.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let layout = arguments.output.layout()?;
    let model = arguments.model.load(&arguments.inputs)?;
    let read = [arguments.inputs.files(), models::files(&model)].concat();
    let outputs = [("--output", arguments.output.output.as_deref()), ("--rejects", arguments.rejects.as_deref())];
    output::spare_inputs(&outputs, &read)?;
    let as_of = common.as_of(&model.zone)?;
    let asked = Asked::new(&model, &arguments.wishes()).map_err(|not| match not {
        NotAsked::Condition(wrong) => Failure::Condition { sources: wrong.sources, diagnostics: wrong.diagnostics },
        NotAsked::Unfit(unfit) => unfit.into(),
    })?;
    let (score, threshold) = (arguments.score(&model)?, arguments.threshold(&model)?);
    let counting = Counting { model: &asked.model, places: asked.places, score, qualified: threshold };
    let counts = match asked.as_of {
        Some(_) => arguments.count_dated(&asked, &counting, as_of, common)?,
        None => arguments.count(&asked, &counting, as_of, common)?,
    };
    let context = Context {
        as_of_field: arguments.as_of_field.as_deref(),
        outcome: arguments.outcome.as_deref(),
        by: arguments.by.as_deref(),
        main: score,
        qualified: threshold,
        capacity: arguments.capacity.map(|calls| calls.get() as u64),
        has_amounts: arguments.amount.is_some(),
        has_dates: arguments.closed.is_some(),
        read_by_rules: &asked.read_by_rules,
        leads_read: counts.leads_read,
        leads_rejected: counts.leads_rejected,
        warnings: counts.warnings,
    };
    let report = report(&asked.model, as_of, &counts.tally, context);
    let color = arguments.output.output.is_none() && common.color_on_stdout();
    output::write(arguments.output.output.as_deref(), shown(&report, &asked.model.zone, layout, color).as_bytes())?;
    Ok(Outcome::Done)
}

fn shown(report: &Report, zone: &Zone, layout: Layout, color: bool) -> String {
    match layout {
        Layout::Json => json::text(report),
        _ => page::page(report, zone).shown(layout, color),
    }
}

impl Arguments {
    fn wishes(&self) -> Wishes<'_> {
        Wishes {
            outcome: self.outcome.as_deref(),
            amount: self.amount.as_deref(),
            created: self.created.as_deref(),
            closed: self.closed.as_deref(),
            by: self.by.as_deref(),
            as_of_field: self.as_of_field.as_deref(),
        }
    }

    fn score(&self, model: &Model) -> Result<Option<ScoreId>, Failure> {
        let Some(name) = &self.score else {
            return Ok(model.scores.len().checked_sub(1).map(|last| ScoreId(last as u32)));
        };
        match model.names.get(&fold_name(name)) {
            Some(Symbol::Score(id)) => Ok(Some(*id)),
            _ => Err(unknown("--score", name, "score", model.scores.iter().map(|score| score.name.as_str()))),
        }
    }

    fn threshold(&self, model: &Model) -> Result<Option<ThresholdId>, Failure> {
        let Some(name) = &self.threshold else { return Ok((!model.thresholds.is_empty()).then_some(ThresholdId(0))) };
        match model.names.get(&fold_name(name)) {
            Some(Symbol::Threshold(id)) => Ok(Some(*id)),
            _ => {
                let names = model.thresholds.iter().map(|threshold| threshold.name.as_str());
                Err(unknown("--threshold", name, "threshold", names))
            }
        }
    }

    /// By the plan, block by block.
    fn count(
        &self,
        asked: &Asked,
        counting: &Counting<'_>,
        as_of: Instant,
        common: &Common,
    ) -> Result<Counts, Failure> {
        let model = &asked.model;
        let plan = Plan::new(model, as_of, &asked.for_plan());
        let columns = Columns { columns: Vec::new(), reasons: 0 };
        let setup = Setup { model, as_of, plan, columns, previous: None, threads: common.threads };
        let events = self.inputs.store_events(&setup.plan, common, self.memory)?;
        let mut leads = LeadFile::open(&self.inputs.leads(), model, &setup.plan.fields, &[])?;
        expect_columns(asked, leads.header(), &self.inputs.leads().name())?;
        let rejects = self.rejects.as_ref().map(|path| Rejects::create(path)).transpose()?;
        let views = [View { setup: &setup, events: events.as_ref() }];
        let mut tally = Tally::default();
        let mut progress = Progress::new(common, "scoring leads");
        let count = |seen: &crate::run::survey::Seen<'_>| {
            seen.results.first().map(|results| counting.count(results, seen.good)).unwrap_or_default()
        };
        let mut tick = |read, all| progress.tick(read, all);
        let summaries = survey(&views, &mut leads, rejects, count, |counted| tally.merge(counted), &mut tick);
        let summaries = summaries.map_err(|stop| self.stopped(stop))?;
        drop(progress);
        tally.settle();
        let summary = summaries.into_iter().next().unwrap_or_default();
        let (leads_read, leads_rejected) = (summary.leads_read, summary.leads_rejected);
        Ok(Counts { tally, leads_read, leads_rejected, warnings: summary.warnings })
    }

    /// Each lead as of its own date.
    fn count_dated(
        &self,
        asked: &Asked,
        counting: &Counting<'_>,
        as_of: Instant,
        common: &Common,
    ) -> Result<Counts, Failure> {
        let mut usage = asked.model.usage.clone();
        add_usage(&mut usage, asked.usage.clone());
        let events = self.inputs.read_events(&asked.model, &usage, common)?;
        let leads = Leads::open(&self.inputs.leads(), &asked.model, &usage, &[])?;
        let mut progress = Progress::new(common, "scoring leads");
        let mut tick = |read, all| progress.tick(read, all);
        let done = dated(asked, counting, leads, events, as_of, common.threads, &mut tick)?;
        drop(progress);
        let (mut tally, mut warnings) = (done.tally, done.warnings);
        tally.settle();
        if done.without_date > 0 {
            let field = self.as_of_field.as_deref().unwrap_or_default();
            let leads = super::terminal::count(done.without_date, "lead has", "leads have");
            let as_of = asked.model.zone.written(as_of);
            warnings.push(format!("{leads} no date in `{field}`: scored as of {as_of}"));
        }
        Ok(Counts { tally, leads_read: done.leads_read, leads_rejected: 0, warnings })
    }

    fn stopped(&self, stop: Stop) -> Failure {
        match stop.into() {
            Failure::BadRows { rows, more, begun, .. } => {
                let help = Some("correct them, or put them aside with `--rejects bad-rows.csv`");
                Failure::BadRows { rows, more, begun, help }
            }
            other => other,
        }
    }
}

fn unknown<'a>(flag: &str, name: &str, what: &str, names: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let failure = Failure::cannot(format!("`{flag} {name}`: the model has no {what} `{name}`"));
    let listed: Vec<String> = names.clone().map(|name| format!("`{name}`")).collect();
    match (nearest(name, names), listed.is_empty()) {
        (Some(near), _) => failure.help(format!("did you mean `{flag} {near}`?")),
        (None, false) => failure.help(format!("it has {}", listed.join(", "))),
        (None, true) => failure,
    }
}

/// A column that only the command line names must be there.
fn expect_columns(asked: &Asked, header: Option<&[String]>, file: &str) -> Result<(), Failure> {
    let Some(header) = header else { return Ok(()) };
    let Some(absent) = asked.columns.iter().find(|column| !header.iter().any(|name| name.trim() == column.trim()))
    else {
        return Ok(());
    };
    let failure = Failure::cannot(format!("`{file}` has no column `{absent}`, and the model declares no such field"));
    match nearest(absent, header.iter().map(String::as_str)) {
        Some(near) => Err(failure.help(format!("did you mean `{near}`?"))),
        None => {
            let named: Vec<String> = header.iter().take(12).map(|name| format!("`{name}`")).collect();
            let more = if header.len() > 12 { ", …" } else { "" };
            Err(failure.help(format!("its columns are {}{more}", named.join(", "))))
        }
    }
}
