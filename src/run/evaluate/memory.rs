//! Leads in memory, evaluated in batches: the same results as one by one.

use super::{BatchResults, Evaluator, LeadEvents, StateColumn, Values};
use crate::model::{Lead, Previous, Results, ThresholdId};
use crate::plan::{Asks, Plan, StateId};
use crate::run::batch::NO_TEXT;
use crate::run::batch::{Column, DateColumn, LeadColumns, ListColumn, Mask, NumberColumn, TextColumn, YesNoColumn};
use crate::value::Decimal;
use std::sync::Arc;

/// No events at all, of leads as many as a batch has.
#[derive(Debug, Clone, Copy)]
pub struct NoEvents<'plan> {
    pub plan: &'plan Plan<'plan>,
}

impl LeadEvents for NoEvents<'_> {
    fn state(&self, state: StateId, lead: &Values<'_>) -> StateColumn {
        let rows = lead.rows();
        let number = |known: bool| {
            Column::Number(NumberColumn { values: vec![Decimal::ZERO; rows], known: Mask::new(rows, known) })
        };
        let none = || Mask::new(rows, false);
        StateColumn::Value(match self.plan.states.get(state.index()).map(|state| &state.asks) {
            Some(Asks::Points(_)) => {
                return StateColumn::Points { points: vec![Decimal::ZERO; rows], took_part: none() };
            }
            Some(Asks::Count | Asks::CountOfDistinct(_) | Asks::Sum(_)) => number(true),
            Some(Asks::Average(_) | Asks::Highest(_) | Asks::Lowest(_)) | None => number(false),
            Some(Asks::LatestAt | Asks::FirstAt) => Column::Date(DateColumn { values: vec![None; rows] }),
            Some(Asks::Latest(property) | Asks::First(property)) => {
                let place = property.places.iter().next().and_then(|(event, property)| {
                    self.plan.model.events.get(event.index())?.properties.get(property.index())
                });
                missing(place.map(|field| field.kind.type_of()), rows)
            }
        })
    }
}

/// A column without any value.
fn missing(kind: Option<crate::model::Type>, rows: usize) -> Column {
    use crate::model::Type;
    match kind {
        Some(Type::Text) => Column::Text(TextColumn { codes: vec![NO_TEXT; rows], texts: Arc::default() }),
        Some(Type::YesNo | Type::Condition) => {
            Column::YesNo(YesNoColumn { yes: Mask::new(rows, false), known: Mask::new(rows, false) })
        }
        Some(Type::Date) => Column::Date(DateColumn { values: vec![None; rows] }),
        Some(Type::List) => Column::List(ListColumn { values: vec![None; rows] }),
        Some(Type::Number) | None => {
            Column::Number(NumberColumn { values: vec![Decimal::ZERO; rows], known: Mask::new(rows, false) })
        }
    }
}

/// Evaluates leads in batches of `batch`. `events` gives what the events of some of the leads come to, `previous` what
/// their results were before; both by their places.
pub fn evaluate_all<'store>(
    plan: &Plan<'_>,
    leads: &[Lead],
    events: &dyn Fn(&[&Lead]) -> Box<dyn LeadEvents + 'store>,
    previous: &[Previous],
    batch: usize,
) -> Vec<Results> {
    let each = |results: &BatchResults| (0..results.rows).map(|row| results.of_row(row)).collect::<Vec<_>>();
    evaluate_batches(plan, leads, events, previous, batch).iter().flat_map(each).collect()
}

/// As [`evaluate_all`], the results as columns.
pub fn evaluate_batches<'store>(
    plan: &Plan<'_>,
    leads: &[Lead],
    events: &dyn Fn(&[&Lead]) -> Box<dyn LeadEvents + 'store>,
    previous: &[Previous],
    batch: usize,
) -> Vec<BatchResults> {
    let mut evaluator = Evaluator::new(plan);
    let mut columns = LeadColumns::new(plan);
    let size = batch.max(1);
    let batches = leads.chunks(size).enumerate().map(|(number, leads)| {
        let leads: Vec<&Lead> = leads.iter().collect();
        let was_met = |row: usize, threshold: ThresholdId| {
            let before = previous.get(number * size + row);
            before.and_then(|before| before.met.get(threshold.index()).copied()).unwrap_or_default()
        };
        let thresholds = (0..plan.model.thresholds.len() as u32).map(ThresholdId);
        let met_before: Vec<Mask> =
            thresholds.map(|threshold| Mask::of((0..leads.len()).map(|row| was_met(row, threshold)))).collect();
        evaluator.evaluate(&columns.batch(&leads), &*events(&leads), &met_before)
    });
    batches.collect()
}

impl BatchResults {
    /// The results of one lead. Too large numbers count once.
    pub fn of_row(&self, row: usize) -> Results {
        Results {
            excluded: self.excluded.get(row).copied().flatten(),
            scores: self.scores.iter().map(|column| column.get(row)).collect(),
            bands: self.bands.iter().map(|bands| bands.get(row).copied().flatten()).collect(),
            matrices: self.matrices.iter().map(|cells| cells.get(row).copied().flatten()).collect(),
            thresholds: self.thresholds.iter().map(|met| met.get(row)).collect(),
            overflows: u64::from(self.too_large.get(row)),
        }
    }
}
