//! The values of an arena's nodes for the rows of a batch.

use super::classes::ClassColumn;
use super::settle::Settler;
use crate::model::{BandId, ExcludeId, FieldId, MatrixId, Model, RuleId, ScoreId, ThresholdId};
use crate::plan::{
    DateId, DateNode, ListId, ListNode, MaskId, Nodes, NumberId, NumberNode, PropertyKey, StateId, SubjectId, TextId,
    TextNode, ValueId, YesNoId, YesNoNode,
};
use crate::run::batch::{Column, DateColumn, ListColumn, Mask, NumberColumn, TextColumn, YesNoColumn};
use crate::value::Instant;
use std::sync::Arc;

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
    /// Of single rules, in the scope of results
    fn points_of(&self, _rule: RuleId) -> Option<&NumberColumn> {
        None
    }
    /// For each row the reason of its exclusion; `None` outside the scope of results.
    fn excluded(&self) -> Option<&[Option<ExcludeId>]> {
        None
    }
}

/// Settled nodes, each once. Columns of fields are those of the batch.
pub struct Values<'a> {
    pub(super) rows: usize,
    pub(super) masks: Vec<Option<Mask>>,
    pub(super) numbers: Vec<Option<Slot<'a>>>,
    pub(super) texts: Vec<Option<Slot<'a>>>,
    pub(super) dates: Vec<Option<Slot<'a>>>,
    pub(super) yes_nos: Vec<Option<Slot<'a>>>,
    pub(super) lists: Vec<Option<Slot<'a>>>,
    pub(super) classes: Vec<Option<ClassColumn>>,
    pub(super) too_large: Mask,
}

/// The column of a node.
pub(super) enum Slot<'a> {
    /// A field's
    Borrowed(&'a Column),
    /// A constant's
    Shared(Arc<Column>),
    Owned(Column),
}

impl Slot<'_> {
    pub fn column(&self) -> &Column {
        match self {
            Slot::Borrowed(column) => column,
            Slot::Shared(column) => column,
            Slot::Owned(column) => column,
        }
    }
}

impl<'a> Values<'a> {
    /// Settles all nodes of an arena, each after those it is made of, and the classes of all its subjects. For batch
    /// after batch of one arena there is [`Settler::settle_all`], which keeps what it found out about texts. Nodes of
    /// the lead's scope wait for states and results: see the evaluator.
    pub fn of(nodes: &Nodes, inputs: &'a dyn Inputs) -> Values<'a> {
        Settler::new(nodes, inputs.model(), inputs.as_of()).settle_all(inputs)
    }

    /// Nothing is settled yet but what fields give.
    pub(super) fn new(nodes: &Nodes, rows: usize, field: &dyn Fn(FieldId) -> Option<&'a Column>) -> Values<'a> {
        let borrowed = |id: Option<FieldId>| id.and_then(field).map(Slot::Borrowed);
        let of_number = |node: &NumberNode| if let NumberNode::Field(id) = node { Some(*id) } else { None };
        let of_text = |node: &TextNode| if let TextNode::Field(id) = node { Some(*id) } else { None };
        let of_date = |node: &DateNode| if let DateNode::Field(id) = node { Some(*id) } else { None };
        let of_yes_no = |node: &YesNoNode| if let YesNoNode::Field(id) = node { Some(*id) } else { None };
        let of_list = |node: &ListNode| if let ListNode::Field(id) = node { Some(*id) } else { None };
        Values {
            rows,
            masks: nodes.masks.iter().map(|_| None).collect(),
            numbers: nodes.numbers.iter().map(|node| borrowed(of_number(node))).collect(),
            texts: nodes.texts.iter().map(|node| borrowed(of_text(node))).collect(),
            dates: nodes.dates.iter().map(|node| borrowed(of_date(node))).collect(),
            yes_nos: nodes.yes_nos.iter().map(|node| borrowed(of_yes_no(node))).collect(),
            lists: nodes.lists.iter().map(|node| borrowed(of_list(node))).collect(),
            classes: nodes.subjects.iter().map(|_| None).collect(),
            too_large: Mask::new(rows, false),
        }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// `None` where it is not settled.
    pub fn mask(&self, mask: MaskId) -> Option<&Mask> {
        self.masks.get(mask.index())?.as_ref()
    }

    /// `None` where it is not settled. A condition is no column: see [`Values::mask`].
    pub fn column(&self, value: ValueId) -> Option<&Column> {
        let slot = match value {
            ValueId::Mask(_) => None,
            ValueId::Number(id) => self.numbers.get(id.index()),
            ValueId::Text(id) => self.texts.get(id.index()),
            ValueId::Date(id) => self.dates.get(id.index()),
            ValueId::YesNo(id) => self.yes_nos.get(id.index()),
            ValueId::List(id) => self.lists.get(id.index()),
        };
        slot?.as_ref().map(Slot::column)
    }

    pub fn number(&self, id: NumberId) -> Option<&NumberColumn> {
        if let Column::Number(column) = self.column(ValueId::Number(id))? { Some(column) } else { None }
    }

    pub fn text(&self, id: TextId) -> Option<&TextColumn> {
        if let Column::Text(column) = self.column(ValueId::Text(id))? { Some(column) } else { None }
    }

    pub fn date(&self, id: DateId) -> Option<&DateColumn> {
        if let Column::Date(column) = self.column(ValueId::Date(id))? { Some(column) } else { None }
    }

    pub fn yes_no(&self, id: YesNoId) -> Option<&YesNoColumn> {
        if let Column::YesNo(column) = self.column(ValueId::YesNo(id))? { Some(column) } else { None }
    }

    pub fn list(&self, id: ListId) -> Option<&ListColumn> {
        if let Column::List(column) = self.column(ValueId::List(id))? { Some(column) } else { None }
    }

    /// Rows in which some calculation gave a number too large to hold.
    pub fn too_large(&self) -> &Mask {
        &self.too_large
    }

    pub(super) fn classes(&self, subject: SubjectId) -> Option<&ClassColumn> {
        self.classes.get(subject.index())?.as_ref()
    }

    pub(super) fn is_settled(&self, value: ValueId) -> bool {
        match value {
            ValueId::Mask(id) => self.mask(id).is_some(),
            value => self.column(value).is_some(),
        }
    }

    pub(super) fn settle(&mut self, value: ValueId, slot: Slot<'a>) {
        let place = match value {
            ValueId::Mask(_) => None,
            ValueId::Number(id) => self.numbers.get_mut(id.index()),
            ValueId::Text(id) => self.texts.get_mut(id.index()),
            ValueId::Date(id) => self.dates.get_mut(id.index()),
            ValueId::YesNo(id) => self.yes_nos.get_mut(id.index()),
            ValueId::List(id) => self.lists.get_mut(id.index()),
        };
        if let Some(place) = place {
            *place = Some(slot);
        }
    }
}
