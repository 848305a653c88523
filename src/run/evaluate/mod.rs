//! A plan over a batch: nodes column by column, then scores, bands, matrices, thresholds and exclusion.

mod values;

pub use values::{Inputs, Values};

use super::batch::{Column, LeadBatch, Mask, NumberColumn};
use crate::model::{BandId, ExcludeId};
use crate::plan::{Plan, PointsNode, StateId};
use crate::value::Decimal;

/// The results of a batch, a row for each lead; indexed by the ids of the model.
#[derive(Debug, Default)]
pub struct BatchResults {
    pub rows: usize,
    pub excluded: Vec<Option<ExcludeId>>,
    /// Of an excluded lead: 0 brought inside the limits of the score, where it is known.
    pub scores: Vec<NumberColumn>,
    pub bands: Vec<Vec<Option<BandId>>>,
    pub matrices: Vec<Vec<Option<(BandId, BandId)>>>,
    pub thresholds: Vec<Mask>,
    /// Rows in which some calculation gave a number too large to hold.
    pub too_large: Mask,
    /// `--only`: all rows without one.
    pub only: Mask,
    /// `--keep` of defines and lookups
    pub kept: Vec<Column>,
    /// Where single rules are asked for, by rule: its points in the breakdown, 0 where a choice dropped it, and whether
    /// it took part and was not dropped. Missing with its score. As before exclusion.
    pub rules: Vec<RuleColumn>,
}

#[derive(Debug, Clone, Default)]
pub struct RuleColumn {
    pub points: NumberColumn,
    pub took_part: Mask,
}

/// What the events of a batch's leads come to.
pub trait LeadEvents {
    /// The answer to a state for each lead of the batch; `lead` has all nodes that the state needs.
    fn state(&self, state: StateId, lead: &Values<'_>) -> StateColumn;

    /// Leads in whose events some calculation gave a number too large to hold; asked once all states have been.
    fn too_large(&self) -> Option<Mask> {
        None
    }
}

/// The answers to one state.
#[derive(Debug, Clone)]
pub enum StateColumn {
    Value(Column),
    /// Of a `for each` rule: its points, before its limits, and whether there was an occurrence.
    Points {
        points: Vec<Decimal>,
        took_part: Mask,
    },
}

/// Evaluates batch after batch; what was worked out for a text is kept from one to the next.
pub struct Evaluator<'plan> {
    plan: &'plan Plan<'plan>,
}

impl<'plan> Evaluator<'plan> {
    pub fn new(plan: &'plan Plan<'plan>) -> Evaluator<'plan> {
        Evaluator { plan }
    }

    /// The results of a batch. `met_before`: for each threshold the leads that met it before.
    pub fn evaluate(&mut self, leads: &LeadBatch, events: &dyn LeadEvents, met_before: &[Mask]) -> BatchResults {
        let _ = (leads, events, met_before, self.plan);
        todo!()
    }
}

/// The points of the occurrence `nth`, counted from 0, oldest first, for one row of either scope; `None` where a
/// computed value is missing, or no row of a table fits.
pub fn points(node: &PointsNode, values: &Values<'_>, row: usize, nth: usize) -> Option<Decimal> {
    let _ = (node, values, row, nth);
    todo!()
}
