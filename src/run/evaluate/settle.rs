//! Settling the nodes of one arena for batch after batch.

use super::classes::SubjectMemory;
use super::days::Days;
use super::lookups::ClassTable;
use super::spare::Spare;
use super::texts::TextMemory;
use super::values::{Inputs, Slot, Values};
use crate::model::{FieldId, Model};
use crate::plan::{
    Cut, DateCompare, DateId, DateNode, ListId, ListNode, LookupTableId, MaskId, MaskNode, Nodes, NumberId, NumberNode,
    SubjectId, TextId, TextNode, ValueId, YesNoId, YesNoNode,
};
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
    /// For each question node: whether it holds, by class.
    pub(super) questions: Vec<ClassTable<u64>>,
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
    /// All nodes, each after those it is made of.
    order: Vec<ValueId>,
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
            questions: nodes.masks.iter().map(|_| ClassTable::default()).collect(),
            tables: nodes.tables.iter().map(|_| ClassTable::default()).collect(),
            texts: nodes.texts.iter().map(|_| TextMemory::default()).collect(),
            lengths: nodes.numbers.iter().map(|_| super::texts::ByCode::default()).collect(),
            constants: Vec::new(),
            too_large: Vec::new(),
            order: order(nodes),
        }
    }

    /// Settles all nodes, each after those it is made of, and the classes of all subjects.
    pub fn settle_all<'a>(&mut self, inputs: &'a dyn Inputs) -> Values<'a> {
        let mut values = self.begin(inputs.rows(), &|field| inputs.field(field));
        for at in 0..self.order.len() {
            if let Some(value) = self.order.get(at).copied() {
                self.settle(&mut values, value, inputs);
            }
        }
        for subject in 0..self.nodes.subjects.len() as u32 {
            self.settle_classes(&mut values, SubjectId(subject));
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
            let otherwise = table.rows.len() as u32;
            rows.extend(column, |answers, _| {
                let found = table.rows.iter().position(|question| super::classes::holds(answers, *question));
                found.map_or(otherwise, |row| row as u32)
            });
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

/// All nodes, each after those it is made of. The nodes of one type stand so already; those of different types take turns.
fn order(nodes: &Nodes) -> Vec<ValueId> {
    let types: [Vec<ValueId>; 6] = [
        (0..nodes.numbers.len() as u32).map(|id| ValueId::Number(NumberId(id))).collect(),
        (0..nodes.texts.len() as u32).map(|id| ValueId::Text(TextId(id))).collect(),
        (0..nodes.dates.len() as u32).map(|id| ValueId::Date(DateId(id))).collect(),
        (0..nodes.yes_nos.len() as u32).map(|id| ValueId::YesNo(YesNoId(id))).collect(),
        (0..nodes.lists.len() as u32).map(|id| ValueId::List(ListId(id))).collect(),
        (0..nodes.masks.len() as u32).map(|id| ValueId::Mask(MaskId(id))).collect(),
    ];
    let mut reached = [0_usize; 6];
    let mut order = Vec::new();
    loop {
        let before = order.len();
        for place in 0..types.len() {
            let ids = types.get(place).map_or(&[][..], Vec::as_slice);
            while let Some(value) = ids.get(reached.get(place).copied().unwrap_or(usize::MAX)) {
                let ready = parts(nodes, *value).iter().all(|part| has_come(*part, &reached));
                if !ready {
                    break;
                }
                order.push(*value);
                if let Some(reached) = reached.get_mut(place) {
                    *reached += 1;
                }
            }
        }
        if order.len() == before {
            return order;
        }
    }
}

fn has_come(value: ValueId, reached: &[usize; 6]) -> bool {
    let [numbers, texts, dates, yes_nos, lists, masks] = *reached;
    match value {
        ValueId::Number(id) => id.index() < numbers,
        ValueId::Text(id) => id.index() < texts,
        ValueId::Date(id) => id.index() < dates,
        ValueId::YesNo(id) => id.index() < yes_nos,
        ValueId::List(id) => id.index() < lists,
        ValueId::Mask(id) => id.index() < masks,
    }
}

/// What a node is made of.
fn parts(nodes: &Nodes, value: ValueId) -> Vec<ValueId> {
    let parts = match value {
        ValueId::Mask(id) => nodes.masks.get(id.index()).map(|node| parts_of_mask(nodes, node)),
        ValueId::Number(id) => nodes.numbers.get(id.index()).map(|node| parts_of_number(nodes, node)),
        ValueId::Text(id) => nodes.texts.get(id.index()).map(|node| parts_of_text(nodes, node)),
        ValueId::Date(id) => nodes.dates.get(id.index()).map(parts_of_date),
        ValueId::YesNo(id) => nodes.yes_nos.get(id.index()).map(|node| match node {
            YesNoNode::FirstKnown(parts) => parts.iter().map(|part| ValueId::YesNo(*part)).collect(),
            _ => Vec::new(),
        }),
        ValueId::List(id) => nodes.lists.get(id.index()).map(|node| match node {
            ListNode::Field(_) | ListNode::Property(_) | ListNode::OfLead(_) => Vec::new(),
        }),
    };
    parts.unwrap_or_default()
}

fn parts_of_mask(nodes: &Nodes, node: &MaskNode) -> Vec<ValueId> {
    match node {
        MaskNode::All(parts) | MaskNode::Any(parts) => parts.iter().map(|part| ValueId::Mask(*part)).collect(),
        MaskNode::Not(part) => vec![ValueId::Mask(*part)],
        MaskNode::Question(subject, _) => subject_value(nodes, *subject),
        MaskNode::Known(value) => vec![*value],
        MaskNode::YesNo { value, .. } => vec![ValueId::YesNo(*value)],
        MaskNode::Number { left, right, .. } => vec![ValueId::Number(*left), ValueId::Number(*right)],
        MaskNode::Text { value, operand, .. } => vec![ValueId::Text(*value), ValueId::Text(*operand)],
        MaskNode::Includes { list, operand } => vec![ValueId::List(*list), ValueId::Text(*operand)],
        MaskNode::Date { value, test } => {
            let dates = match test {
                DateCompare::Before(right) | DateCompare::After(right) => vec![*value, *right],
                DateCompare::Between(from, to) => vec![*value, *from, *to],
            };
            dates.into_iter().map(ValueId::Date).collect()
        }
        MaskNode::Constant(_)
        | MaskNode::Band { .. }
        | MaskNode::BandKnown(_)
        | MaskNode::Threshold(_)
        | MaskNode::Excluded
        | MaskNode::OfLead(_) => Vec::new(),
    }
}

fn parts_of_number(nodes: &Nodes, node: &NumberNode) -> Vec<ValueId> {
    match node {
        NumberNode::Negate(part) | NumberNode::PercentOf(_, part) => vec![ValueId::Number(*part)],
        NumberNode::Add(left, right)
        | NumberNode::Subtract(left, right)
        | NumberNode::Multiply(left, right)
        | NumberNode::Divide(left, right) => vec![ValueId::Number(*left), ValueId::Number(*right)],
        NumberNode::LengthOf(text) => vec![ValueId::Text(*text)],
        NumberNode::DaysSince(date) | NumberNode::DaysUntil(date) | NumberNode::HourOf(date) => {
            vec![ValueId::Date(*date)]
        }
        NumberNode::CountOfKnown(parts) => parts.clone(),
        NumberNode::FirstKnown(parts) | NumberNode::Highest(parts) | NumberNode::Lowest(parts) => {
            parts.iter().map(|part| ValueId::Number(*part)).collect()
        }
        NumberNode::Table(table) => table_key(nodes, *table),
        NumberNode::Literal(_)
        | NumberNode::Field(_)
        | NumberNode::Property(_)
        | NumberNode::OfLead(_)
        | NumberNode::Score(_)
        | NumberNode::State(_) => Vec::new(),
    }
}

fn parts_of_text(nodes: &Nodes, node: &TextNode) -> Vec<ValueId> {
    match node {
        TextNode::DomainOf(text) => vec![ValueId::Text(*text)],
        TextNode::WeekdayOf(date) => vec![ValueId::Date(*date)],
        TextNode::FirstKnown(parts) => parts.iter().map(|part| ValueId::Text(*part)).collect(),
        TextNode::Table(table) => table_key(nodes, *table),
        TextNode::Literal(_)
        | TextNode::Field(_)
        | TextNode::Property(_)
        | TextNode::OfLead(_)
        | TextNode::Matrix(_)
        | TextNode::State(_)
        | TextNode::ExcludedReason => Vec::new(),
    }
}

fn parts_of_date(node: &DateNode) -> Vec<ValueId> {
    match node {
        DateNode::FirstKnown(parts) | DateNode::Highest(parts) | DateNode::Lowest(parts) => {
            parts.iter().map(|part| ValueId::Date(*part)).collect()
        }
        _ => Vec::new(),
    }
}

fn table_key(nodes: &Nodes, table: LookupTableId) -> Vec<ValueId> {
    nodes.tables.get(table.index()).map_or_else(Vec::new, |table| subject_value(nodes, table.subject))
}

fn subject_value(nodes: &Nodes, subject: SubjectId) -> Vec<ValueId> {
    nodes.subjects.get(subject.index()).map(|subject| cut_value(&subject.cut)).into_iter().collect()
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
