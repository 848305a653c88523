//! What columns have in common, whatever their type.

use super::spare::Spare;
use super::values::Values;
use crate::plan::{DateNode, Nodes, NumberNode, TextNode, ValueId, YesNoNode};
use crate::run::batch::{Column, DateColumn, Mask, NO_TEXT, NumberColumn, TextColumn, TextPool, YesNoColumn};
use std::sync::Arc;

pub(super) fn rows(column: &Column) -> usize {
    match column {
        Column::Number(column) => column.values.len(),
        Column::Text(column) => column.codes.len(),
        Column::YesNo(column) => column.known.rows(),
        Column::Date(column) => column.values.len(),
        Column::List(column) => column.values.len(),
    }
}

/// A literal in every row. What is none is missing.
pub(super) fn literal(nodes: &Nodes, value: ValueId, rows: usize) -> Column {
    match value {
        ValueId::Number(id) => {
            let number = match nodes.numbers.get(id.index()) {
                Some(NumberNode::Literal(number)) => *number,
                _ => None,
            };
            let known = Mask::new(rows, number.is_some());
            Column::Number(NumberColumn { values: vec![number.unwrap_or_default(); rows], known })
        }
        ValueId::Text(id) => {
            let text = match nodes.texts.get(id.index()) {
                Some(TextNode::Literal(text)) => text.clone(),
                _ => None,
            };
            let code = if text.is_some() { 0 } else { NO_TEXT };
            let texts = Arc::new(TextPool::new(text.into_iter().collect()));
            Column::Text(TextColumn { codes: vec![code; rows], texts })
        }
        ValueId::Date(id) => {
            let date = match nodes.dates.get(id.index()) {
                Some(DateNode::Literal(date)) => *date,
                _ => None,
            };
            Column::Date(DateColumn { values: vec![date; rows] })
        }
        ValueId::YesNo(id) => {
            let answer = match nodes.yes_nos.get(id.index()) {
                Some(YesNoNode::Literal(answer)) => *answer,
                _ => None,
            };
            let (yes, known) = (Mask::new(rows, answer == Some(true)), Mask::new(rows, answer.is_some()));
            Column::YesNo(YesNoColumn { yes, known })
        }
        ValueId::Mask(_) | ValueId::List(_) => Column::YesNo(YesNoColumn::default()),
    }
}

/// The rows in which a value is known; a condition always is.
pub(super) fn known(values: &Values<'_>, value: ValueId, spare: &mut Spare) -> Mask {
    if let ValueId::Mask(_) = value {
        return spare.mask(values.rows, true);
    }
    let mut known = spare.mask(values.rows, false);
    match values.column(value) {
        None => {}
        Some(Column::Number(column)) => known.or(&column.known),
        Some(Column::YesNo(column)) => known.or(&column.known),
        Some(Column::Text(column)) => {
            let count = column.texts.texts.len();
            known.fill(column.codes.iter().map(|code| (*code as usize) < count));
        }
        Some(Column::Date(column)) => known.fill(column.values.iter().map(Option::is_some)),
        Some(Column::List(column)) => known.fill(column.values.iter().map(Option::is_some)),
    }
    known
}
