//! This engine, from rows in memory to scores.

use crate::{Failure, Peer};
use scorelang::data::Source;
use scorelang::data::leads::{LeadRow, Leads};
use scorelang::model::{Lead, Model, Previous};
use scorelang::source::Disk;
use scorelang::value::Instant;
use std::path::Path;

/// 2026-11-01T00:00Z in microseconds.
const AS_OF: Instant = Instant(1_793_491_200_000_000);

pub struct Engine {
    model: Model,
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
        Ok(Engine { model, leads: list })
    }

    /// THE PLACE where leads in memory go into the engine.
    fn scores(&self) -> Vec<i64> {
        let (previous, events) = (Previous::default(), []);
        let score = |lead| {
            let evaluation = scorelang::reference::evaluate(&self.model, lead, &events, &previous, AS_OF, None);
            evaluation.results.scores[0].and_then(|score| score.to_i64()).unwrap_or(i64::MIN)
        };
        self.leads.iter().map(score).collect()
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
