//! Settling the nodes of one arena for batch after batch.

use super::classes::SubjectMemory;
use super::days::Days;
use super::joined::Joined;
use super::lookups::ClassTable;
use super::questions::Asked;
use super::spare::Spare;
use super::texts::TextMemory;
use super::values::{Inputs, Slot, Values};
use crate::model::{FieldId, Model};
use crate::plan::{Cut, DateNode, LookupTableId, MaskId, Nodes, NumberNode, SubjectId, TextNode, ValueId, YesNoNode};
use crate::run::batch::{Column, Mask};
use crate::value::Instant;
use std::sync::Arc;

/// Settles nodes, each once a batch, and keeps what it found out about texts, and its memory, for the next.
pub struct Settler<'n> {
    pub(super) nodes: &'n Nodes,
    pub(super) model: &'n Model,
    pub(super) as_of: Instant,
    pub(super) days: Days,
    pub(super) spare: Spare,
    /// What each subject's values were found to answer.
    pub(super) subjects: Vec<SubjectMemory>,
    /// What each subject is asked by masks.
    pub(super) asked: Vec<Asked>,
    /// What masks ask several subjects.
    pub(super) joined: Joined,
    /// For each table: the place of the row, by class.
    pub(super) tables: Vec<ClassTable<u32>>,
    /// What each text node made of each text.
    pub(super) texts: Vec<TextMemory>,
    /// The lengths of texts, by number node.
    pub(super) lengths: Vec<super::texts::ByCode>,
    /// Columns of constants, as long as the latest batch.
    constants: Vec<(ValueId, Arc<Column>)>,
    /// Rows in which the node that is being settled was too large.
    pub(super) too_large: Vec<usize>,
}

impl<'n> Settler<'n> {
    pub fn new(nodes: &'n Nodes, model: &'n Model, as_of: Instant) -> Settler<'n> {
        Settler {
            nodes,
            model,
            as_of,
            days: Days::new(&model.zone),
            spare: Spare::default(),
            subjects: nodes.subjects.iter().map(SubjectMemory::new).collect(),
            asked: Asked::of_all(nodes),
            joined: Joined::new(nodes),
            tables: nodes.tables.iter().map(|_| ClassTable::default()).collect(),
            texts: nodes.texts.iter().map(|_| TextMemory::default()).collect(),
            lengths: nodes.numbers.iter().map(|_| super::texts::ByCode::default()).collect(),
            constants: Vec::new(),
            too_large: Vec::new(),
        }
    }

    /// Settles all nodes, each after those it is made of, and the classes of all subjects.
    pub fn settle_all<'a>(&mut self, inputs: &'a dyn Inputs) -> Values<'a> {
        let mut values = self.begin(inputs.rows(), &|field| inputs.field(field));
        for value in &self.nodes.order {
            self.settle(&mut values, *value, inputs);
        }
        for (subject, id) in self.nodes.subjects.iter().zip((0..).map(SubjectId)) {
            if values.is_settled(cut_value(&subject.cut)) {
                self.settle_classes(&mut values, id);
            }
        }
        values
    }

    /// Values of a batch of which only fields are settled.
    pub(super) fn begin<'a>(&mut self, rows: usize, field: &dyn Fn(FieldId) -> Option<&'a Column>) -> Values<'a> {
        Values::new(self.nodes, rows, field)
    }

    /// Takes back the memory of a finished batch.
    pub fn finish(&mut self, values: Values<'_>) {
        self.spare.keep_values(values);
    }

    /// Settles a node whose parts are settled, if it is not yet.
    pub(super) fn settle(&mut self, values: &mut Values<'_>, value: ValueId, inputs: &dyn Inputs) {
        if values.is_settled(value) {
            return;
        }
        match value {
            ValueId::Mask(id) => {
                let mask = self.settle_mask(values, id, inputs);
                if let Some(place) = values.masks.get_mut(id.index()) {
                    *place = Some(mask);
                }
            }
            value => {
                let slot = self.slot(values, value, inputs);
                values.settle(value, slot);
            }
        }
        for row in self.too_large.drain(..) {
            values.too_large.set(row, true);
        }
    }

    fn slot(&mut self, values: &mut Values<'_>, value: ValueId, inputs: &dyn Inputs) -> Slot<'static> {
        if is_literal(self.nodes, value) {
            return Slot::Shared(self.constant(value, values.rows));
        }
        if let ValueId::Number(id) = value
            && let Some(NumberNode::Table(table)) = self.nodes.numbers.get(id.index())
        {
            self.settle_table(values, *table);
        }
        if let ValueId::Text(id) = value
            && let Some(TextNode::Table(table)) = self.nodes.texts.get(id.index())
        {
            self.settle_table(values, *table);
        }
        Slot::Owned(match value {
            ValueId::Mask(_) => Column::YesNo(Default::default()),
            ValueId::Number(id) => Column::Number(self.settle_number(values, id, inputs)),
            ValueId::Text(id) => Column::Text(self.settle_text(values, id, inputs)),
            ValueId::Date(id) => Column::Date(self.settle_date(values, id, inputs)),
            ValueId::YesNo(id) => Column::YesNo(self.settle_yes_no(values, id, inputs)),
            ValueId::List(id) => Column::List(self.settle_list(id, inputs)),
        })
    }

    /// The classes of a table's key, and the row that each chooses.
    fn settle_table(&mut self, values: &mut Values<'_>, id: LookupTableId) {
        let Some(table) = self.nodes.tables.get(id.index()) else { return };
        self.settle_classes(values, table.subject);
        if let (Some(column), Some(rows)) = (values.classes(table.subject), self.tables.get_mut(id.index())) {
            rows.extend(column, |answers, _| table.row(answers) as u32);
        }
    }

    fn constant(&mut self, value: ValueId, rows: usize) -> Arc<Column> {
        let place = self.constants.iter().position(|(known, _)| *known == value);
        let known = place.and_then(|place| self.constants.get_mut(place));
        if let Some((_, column)) = &known
            && super::column::rows(column) == rows
        {
            return column.clone();
        }
        let column = Arc::new(super::column::literal(self.nodes, value, rows));
        match known {
            Some((_, place)) => *place = column.clone(),
            None => self.constants.push((value, column.clone())),
        }
        column
    }

    pub(super) fn mask_or_none(&mut self, values: &Values<'_>, mask: MaskId) -> Mask {
        match values.mask(mask) {
            Some(mask) => self.spare.mask_like(mask),
            None => self.spare.mask(values.rows, false),
        }
    }
}

fn is_literal(nodes: &Nodes, value: ValueId) -> bool {
    match value {
        ValueId::Number(id) => matches!(nodes.numbers.get(id.index()), Some(NumberNode::Literal(_))),
        ValueId::Text(id) => matches!(nodes.texts.get(id.index()), Some(TextNode::Literal(_))),
        ValueId::Date(id) => matches!(nodes.dates.get(id.index()), Some(DateNode::Literal(_))),
        ValueId::YesNo(id) => matches!(nodes.yes_nos.get(id.index()), Some(YesNoNode::Literal(_))),
        ValueId::Mask(_) | ValueId::List(_) => false,
    }
}

/// The value that a subject's classes are found from.
pub(super) fn cut_value(cut: &Cut) -> ValueId {
    match cut {
        Cut::Numbers { of, .. } => ValueId::Number(*of),
        Cut::Dates { of, .. } => ValueId::Date(*of),
        Cut::YesNo { of, .. } => ValueId::YesNo(*of),
        Cut::Texts { of, .. } => ValueId::Text(*of),
        Cut::Lists { of, .. } => ValueId::List(*of),
    }
}
