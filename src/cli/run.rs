//! `score run`

use super::common::one_or_more;
use super::inputs::{Inputs, source};
use super::models::ModelFile;
use super::output::{self, TableOutput};
use super::progress::Progress;
use super::{Common, Failure, Outcome, memory, models, summary};
use crate::data::Format;
use crate::data::previous::PreviousResults;
use crate::data::rejects::Rejects;
use crate::data::table::{Destination, TableWriter};
use crate::model::{Condition, Model};
use crate::plan::{Asked, Plan};
use crate::run::changes::ChangeWriter;
use crate::run::columns::{Columns, Content};
use crate::run::leads::LeadFile;
use crate::run::select::{Select, SortBy};
use crate::run::{self, Outputs, Setup, Stop, condition, keep};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Score every lead
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  score run examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv \\
    --events examples/b2b-saas/events.csv
  score run examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv \\
    --only \"total >= 50\" --top 5 --reasons 3")]
pub struct Arguments {
    #[command(flatten)]
    model: ModelFile,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: TableOutput,
    /// Carry along these input columns, defines and lookups
    #[arg(long, value_name = "NAME", num_args = 1..)]
    keep: Vec<String>,
    /// Write only leads for which this holds, such as `total >= 50 and mql`
    #[arg(long, value_name = "CONDITION")]
    only: Option<String>,
    /// Sort by this column of the output, with `-` before it from the highest down
    #[arg(long, value_name = "[-]COLUMN", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Write only the first N rows; without `--sort`, those with the highest last score
    #[arg(long, value_name = "N", value_parser = one_or_more, allow_hyphen_values = true)]
    top: Option<NonZeroUsize>,
    /// Add the N rules that weigh most in the last score
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = reasons, allow_hyphen_values = true)]
    reasons: usize,
    /// The output of an earlier run: since when thresholds are met, what `stays` and `until` look back to
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Write what differs from `--previous`, a line of JSON for each change
    #[arg(long, value_name = "FILE", requires = "previous")]
    changes: Option<PathBuf>,
    /// Hold at most this much of events, such as `2GB`; what is more waits in temporary files
    #[arg(long, value_name = "SIZE", value_parser = memory::size, default_value = memory::DEFAULT, allow_hyphen_values = true)]
    memory: u64,
    /// Put bad rows into this file and go on, instead of stopping
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

fn reasons(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| *number <= 100);
    number.ok_or_else(|| "write a whole number from 0 to 100".to_owned())
}

/// # Errors
/// [`Failure`]: wrong rules, unreadable files, bad rows.
pub fn run(arguments: Arguments, common: &Common) -> Result<Outcome, Failure> {
    let format = arguments.output.format()?;
    arguments.different_outputs()?;
    let model = arguments.model.load(&arguments.inputs)?;
    arguments.spare_inputs(&model)?;
    let (setup, cells) = arguments.setup(&model, common)?;
    let sort = arguments.sort_by(&setup.columns)?;
    let events = arguments.inputs.store_events(&setup.plan, common, arguments.memory)?;
    let mut leads = LeadFile::open(&arguments.inputs.leads(), &model, &setup.plan.fields, &cells)?;
    let outputs = arguments.outputs(&setup.columns, format, sort)?;
    let mut progress = Progress::new(common, "scoring leads");
    let mut tick = |read, all| progress.tick(read, all);
    let summary = run::run(&setup, &mut leads, events.as_ref(), outputs, &mut tick);
    let summary = summary.map_err(|stop| stopped(stop, arguments.output.destination(), format))?;
    drop(progress);
    if !common.quiet {
        super::say(&summary::text(&model, &summary, common.color_on_stderr()));
    }
    Ok(Outcome::Done)
}

/// Bad rows of leads and events need not stop a run. A file appears when it is whole, a table once all rows are known.
fn stopped(stop: Stop, to: Destination, format: Format) -> Failure {
    match stop.into() {
        Failure::BadRows { rows, more, .. } => {
            let begun = output::place(to).is_none_or(|to| to == Destination::StandardOutput) && format != Format::Table;
            let help = Some("correct them, or put them aside with `--rejects bad-rows.csv`");
            Failure::BadRows { rows, more, begun, help }
        }
        other => other,
    }
}

impl Arguments {
    /// What to do with each lead; the columns to carry along.
    fn setup<'model>(&self, model: &'model Model, common: &Common) -> Result<(Setup<'model>, Vec<String>), Failure> {
        let as_of = common.as_of(&model.zone)?;
        let kept = keep::resolve(model, &self.keep)?;
        let asked = Asked { only: self.only(model)?, kept: kept.values, rules: self.reasons > 0 };
        let plan = Plan::new(model, as_of, &asked);
        let columns = Columns::new(model, self.reasons, kept.columns)?;
        let previous = self.previous.as_ref().map(|path| PreviousResults::read(&source(path), model)).transpose()?;
        let setup = Setup { model, as_of, plan, columns, previous, threads: common.threads };
        Ok((setup, kept.cells))
    }

    fn only(&self, model: &Model) -> Result<Option<Condition>, Failure> {
        let Some(text) = &self.only else { return Ok(None) };
        let read = condition::read(model, "--only", text);
        read.map(|(condition, _)| Some(condition))
            .map_err(|wrong| Failure::Condition { sources: wrong.sources, diagnostics: wrong.diagnostics })
    }

    /// `--sort`; for `--top` alone, the last score from the highest down.
    fn sort_by(&self, columns: &Columns) -> Result<Option<SortBy>, Failure> {
        let Some(written) = &self.sort else {
            let last_score = columns.columns.iter().rposition(|(_, content)| matches!(content, Content::Score(_)));
            return Ok(last_score.filter(|_| self.top.is_some()).map(|column| SortBy { column, descending: true }));
        };
        // A column may itself begin with `-`.
        if let Ok(column) = columns.position(written) {
            return Ok(Some(SortBy { column, descending: false }));
        }
        let (name, descending) = written.strip_prefix('-').map_or((written.as_str(), false), |name| (name, true));
        Ok(Some(SortBy { column: columns.position(name)?, descending }))
    }

    fn outputs(&self, columns: &Columns, format: Format, sort: Option<SortBy>) -> Result<Outputs, Failure> {
        let rejects = self.rejects.as_ref().map(|path| Rejects::create(path)).transpose()?;
        let to = self.changes.as_ref().map(|path| output::destination(Some(path)));
        let changes = to.map(|to| ChangeWriter::create(&to)).transpose()?;
        let writer = TableWriter::create(&self.output.destination(), format, &columns.written())?;
        Ok(Outputs { rows: Select::new(writer, sort, self.top.map(NonZeroUsize::get)), changes, rejects })
    }

    /// Refuses to write over what is read; only the previous results may give way to the new ones.
    fn spare_inputs(&self, model: &Model) -> Result<(), Failure> {
        let mut inputs = [self.inputs.files(), models::files(model)].concat();
        output::spare_inputs(&[("--output", self.output.output.as_deref())], &inputs)?;
        inputs.extend(self.previous.clone().map(|path| (path, "previous results")));
        let outputs = [("--changes", self.changes.as_deref()), ("--rejects", self.rejects.as_deref())];
        output::spare_inputs(&outputs, &inputs)
    }

    /// Refuses to write two things into one file.
    fn different_outputs(&self) -> Result<(), Failure> {
        let output = Some(("--output", self.output.destination()));
        let changes = self.changes.as_deref().map(|path| ("--changes", output::destination(Some(path))));
        let rejects = self.rejects.clone().map(|path| ("--rejects", Destination::File(path)));
        let all = output.into_iter().chain(changes).chain(rejects);
        let named: Vec<(&str, Destination)> = all.filter_map(|(flag, to)| Some((flag, output::place(to)?))).collect();
        for (place, (flag, to)) in named.iter().enumerate() {
            if let Some((other, _)) = named.iter().take(place).find(|(_, other)| other == to) {
                return Err(Failure::cannot(format!("`{other}` and `{flag}` would write to the same place"))
                    .help("name a file for each of them"));
            }
        }
        Ok(())
    }
}
