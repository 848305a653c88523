//! The values of an arena's nodes for the rows of a batch.

use crate::model::{BandId, ExcludeId, FieldId, MatrixId, Model, ScoreId, ThresholdId};
use crate::plan::{MaskId, Nodes, PropertyKey, StateId, ValueId};
use crate::run::batch::{Column, DateColumn, Mask, NumberColumn};
use crate::value::Instant;
use std::marker::PhantomData;

/// What nodes are made of, outside the arena. The scope of a lead has fields, states and results; that of an event has
/// properties, `at`, and values of its lead. A scope says what it has; the rest is missing.
pub trait Inputs {
    fn rows(&self) -> usize;
    /// Its zone, its texts
    fn model(&self) -> &Model;
    fn as_of(&self) -> Instant;
    fn field(&self, _field: FieldId) -> Option<&Column> {
        None
    }
    fn property(&self, _property: &PropertyKey) -> Option<Column> {
        None
    }
    fn at(&self) -> Option<DateColumn> {
        None
    }
    /// A node of the lead's scope, one row for each event.
    fn of_lead(&self, _value: ValueId) -> Option<Column> {
        None
    }
    fn mask_of_lead(&self, _mask: MaskId) -> Option<Mask> {
        None
    }
    fn state(&self, _state: StateId) -> Option<&Column> {
        None
    }
    fn score(&self, _score: ScoreId) -> Option<&NumberColumn> {
        None
    }
    fn band(&self, _score: ScoreId) -> Option<&[Option<BandId>]> {
        None
    }
    fn matrix(&self, _matrix: MatrixId) -> Option<&[Option<(BandId, BandId)>]> {
        None
    }
    fn threshold(&self, _threshold: ThresholdId) -> Option<&Mask> {
        None
    }
    /// For each row the reason of its exclusion; `None` outside the scope of results.
    fn excluded(&self) -> Option<&[Option<ExcludeId>]> {
        None
    }
}

/// Settled nodes, each once. Columns of fields are those of the batch.
pub struct Values<'a> {
    // A column for each node that was settled.
    batch: PhantomData<&'a Column>,
}

impl<'a> Values<'a> {
    /// Settles all nodes of an arena, in order, and the classes of all its subjects. For the lead's scope, whose nodes
    /// wait for states and results, see the evaluator; for batch after batch of one arena, a settler, which keeps what it
    /// found out about texts.
    pub fn of(nodes: &Nodes, inputs: &'a dyn Inputs) -> Values<'a> {
        let _ = (nodes, inputs);
        todo!()
    }

    pub fn mask(&self, mask: MaskId) -> Option<&Mask> {
        let _ = mask;
        todo!()
    }

    /// A condition is none: see [`Values::mask`].
    pub fn column(&self, value: ValueId) -> Option<&Column> {
        let _ = value;
        todo!()
    }

    /// Rows in which some calculation gave a number too large to hold.
    pub fn too_large(&self) -> &Mask {
        todo!()
    }
}
