//! The leads of `--data`, evaluated and counted.

use crate::cli::inputs::{self, Inputs};
use crate::cli::output::ReadFile;
use crate::cli::paths::Loaded;
use crate::cli::progress::Progress;
use crate::cli::{Common, Failure};
use crate::data::Format;
use crate::data::leads::{LeadRow, Leads};
use crate::lint::data::Counted;
use crate::model::{Condition, Model};
use crate::run::{BAD_ROWS_TOLD, add_usage, condition};
use crate::value::Instant;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Data")]
pub struct DataFlags {
    /// Also hold the rules against these leads: rules that never fire, values that never occur
    #[arg(long, value_name = "LEADS")]
    data: Option<PathBuf>,
    /// Their events, as with `score run`
    #[arg(long, value_name = "[TYPE=]FILE", requires = "data")]
    events: Vec<String>,
    /// The format of the leads, where their name does not tell: csv, tsv, ndjson, json, parquet
    #[arg(long, value_name = "FORMAT", requires = "data", value_parser = inputs::input_format)]
    leads_format: Option<Format>,
    /// What it is all for: holds for leads that became customers
    #[arg(long, value_name = "CONDITION", requires = "data")]
    outcome: Option<String>,
}

impl DataFlags {
    fn inputs(&self) -> Option<Inputs> {
        let leads = self.data.clone()?;
        Some(Inputs { leads, events: self.events.clone(), leads_format: self.leads_format })
    }

    /// The files that are read, for [`crate::cli::output::spare_inputs`].
    pub fn files(&self) -> Vec<ReadFile> {
        self.inputs().map(|inputs| inputs.files()).unwrap_or_default()
    }

    /// # Errors
    /// There are leads, and more than one model they could be meant for; or both are standard input.
    pub fn fits(&self, models: &[Loaded]) -> Result<(), Failure> {
        let Some(data) = &self.data else { return Ok(()) };
        if models.len() > 1 {
            return Err(Failure::cannot(format!("`--data` is for one model, and here are {}", models.len()))
                .help(format!("name the one that scores `{}`", data.display())));
        }
        let is_input = |(path, _): &ReadFile| path.as_os_str() == "-";
        let rules_are_input = models.iter().any(|model| model.program.paths.first().is_some_and(|path| !path.exists()));
        if rules_are_input && self.files().iter().any(is_input) {
            return Err(Failure::cannot("standard input `-` can be read only once"));
        }
        Ok(())
    }

    /// Reads and evaluates every lead; `None` without `--data`.
    ///
    /// # Errors
    /// Files that cannot be read, rows that are bad, an outcome that is no condition over the model.
    pub fn count(&self, model: &Model, as_of: Instant, common: &Common) -> Result<Option<Counted>, Failure> {
        let Some(inputs) = self.inputs() else { return Ok(None) };
        let mut usage = model.usage.clone();
        let outcome = self.outcome.as_ref().map(|text| outcome(model, text)).transpose()?;
        let outcome = outcome.map(|(condition, more)| {
            add_usage(&mut usage, more);
            condition
        });
        let mut events = inputs.read_events(model, &usage, common)?;
        let mut leads = Leads::open(&inputs.leads(), model, &usage, &[])?;
        let mut counted = Counted::new(model, events.is_some(), outcome.is_some());
        let mut progress = Progress::new(common, "looking at the leads");
        let mut bad = events.as_ref().map(|events| events.broken().to_vec()).unwrap_or_default();
        while bad.len() <= BAD_ROWS_TOLD {
            let (read, all) = leads.progress();
            progress.tick(read, all)?;
            match leads.next()? {
                None => break,
                Some(LeadRow::Bad(row)) => bad.push(row),
                Some(LeadRow::Lead(lead)) => {
                    let mine = events.as_mut().map(|events| events.take(&lead)).unwrap_or_default();
                    bad.extend(mine.bad);
                    counted.count(model, &lead.lead, &mine.events, as_of, outcome.as_ref());
                }
            }
        }
        if !bad.is_empty() {
            let more = bad.len() > BAD_ROWS_TOLD;
            bad.truncate(BAD_ROWS_TOLD);
            return Err(Failure::BadRows { rows: bad, more, begun: false, help: None });
        }
        if let Some(events) = &events {
            counted.undeclared_events = events.counts().undeclared.into_iter().collect();
        }
        Ok(Some(counted))
    }
}

fn outcome(model: &Model, text: &str) -> Result<(Condition, crate::model::Usage), Failure> {
    condition::read(model, "--outcome", text)
        .map_err(|wrong| Failure::Condition { sources: wrong.sources, diagnostics: wrong.diagnostics })
}
