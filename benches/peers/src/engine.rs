//! This engine, from rows in memory to scores.

use crate::{Failure, Peer};
use scorelang::data::Source;
use scorelang::data::leads::{LeadRow, Leads};
use scorelang::model::{Lead, Model};
use scorelang::plan::{Asked, Plan};
use scorelang::run::evaluate::{BatchResults, LeadEvents, NoEvents, evaluate_batches};
use scorelang::source::Disk;
use scorelang::value::Instant;
use std::path::Path;

/// 2026-11-01T00:00Z in microseconds.
const AS_OF: Instant = Instant(1_793_491_200_000_000);
/// Leads that are evaluated together.
const BATCH: usize = 4096;

/// The plan lives as long as the program, which ends with the measurement.
pub struct Engine {
    plan: &'static Plan<'static>,
    leads: Vec<Lead>,
}

impl Engine {
    pub fn new(model: &Path, leads: &Path, rows: usize) -> Result<Engine, Failure> {
        let model = scorelang::compile(&Disk, model).map_err(|_| "the model does not compile")?;
        let mut list = Vec::new();
        let mut reader =
            Leads::open(&Source::file(leads), &model, &model.usage, &[]).map_err(|error| format!("{error:?}"))?;
        while list.len() < rows {
            match reader.next().map_err(|error| format!("{error:?}"))? {
                Some(LeadRow::Lead(read)) => list.push(read.lead),
                Some(LeadRow::Bad(_)) => return Err("a bad row".into()),
                None => break,
            }
        }
        drop(reader);
        let model: &'static Model = Box::leak(Box::new(model));
        let plan = Box::leak(Box::new(Plan::new(model, AS_OF, &Asked::default())));
        Ok(Engine { plan, leads: list })
    }

    /// Leads in memory, one value beside the other, into columns and through the plan.
    fn scores(&self) -> Vec<i64> {
        let no_events = |_: &[&Lead]| Box::new(NoEvents { plan: self.plan }) as Box<dyn LeadEvents>;
        let batches = evaluate_batches(self.plan, &self.leads, &no_events, &[], BATCH);
        let score = |score: Option<scorelang::value::Decimal>| score.and_then(|score| score.to_i64()).unwrap_or(i64::MIN);
        let scores = |batch: &BatchResults| (0..batch.rows).map(|row| score(batch.scores[0].get(row))).collect::<Vec<_>>();
        batches.iter().flat_map(scores).collect()
    }
}

impl Peer for Engine {
    fn name(&self) -> &'static str {
        "score"
    }

    fn evaluate(&mut self) -> Result<Vec<i64>, Failure> {
        Ok(self.scores())
    }
}

/// The model's limits, which the peers' rules leave out.
pub fn bounded(model: &str, points: i64) -> i64 {
    points.clamp(0, if model == "a" { 100 } else { 1000 })
}
