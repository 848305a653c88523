//! The values of an arena's nodes for the rows of a batch.

use crate::model::{BandId, FieldId, MatrixId, ScoreId, ThresholdId};
use crate::plan::{Nodes, PropertyKey, StateId, ValueId};
use crate::run::batch::{Column, DateColumn, Mask, NumberColumn};

/// What nodes are made of, outside the arena. The scope of a lead has fields, states and results; that of an event has
/// properties, `at`, and values of its lead.
pub trait Inputs {
    fn rows(&self) -> usize;
    fn field(&self, field: FieldId) -> Option<&Column>;
    fn property(&self, property: &PropertyKey) -> Option<Column>;
    fn at(&self) -> Option<DateColumn>;
    /// A node of the lead's scope, one row for each event.
    fn of_lead(&self, value: ValueId) -> Option<Column>;
    fn mask_of_lead(&self, mask: crate::plan::MaskId) -> Option<Mask>;
    fn state(&self, state: StateId) -> Option<Column>;
    fn score(&self, score: ScoreId) -> Option<&NumberColumn>;
    fn band(&self, score: ScoreId) -> Option<&[Option<BandId>]>;
    fn matrix(&self, matrix: MatrixId) -> Option<&[Option<(BandId, BandId)>]>;
    fn threshold(&self, threshold: ThresholdId) -> Option<&Mask>;
    /// For each row the reason of its exclusion; `None` outside the scope of results.
    fn excluded(&self) -> Option<&[Option<crate::model::ExcludeId>]>;
}

/// Settled nodes, each once.
pub struct Values {
    // A column for each node that was settled.
}

impl Values {
    /// Settles all nodes of an arena, in order. For the lead's scope, whose nodes wait for states and results, see the
    /// evaluator.
    pub fn of(nodes: &Nodes, inputs: &dyn Inputs) -> Values {
        let _ = (nodes, inputs);
        todo!()
    }

    pub fn mask(&self, mask: crate::plan::MaskId) -> Option<&Mask> {
        let _ = mask;
        todo!()
    }

    pub fn column(&self, value: ValueId) -> Option<&Column> {
        let _ = value;
        todo!()
    }
}
