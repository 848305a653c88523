//! Yes/no and list nodes.

use super::settle::Settler;
use super::values::{Inputs, Values};
use crate::plan::{ListId, ListNode, ValueId, YesNoId, YesNoNode};
use crate::run::batch::{Column, ListColumn, YesNoColumn};

impl Settler<'_> {
    pub(super) fn settle_yes_no(&mut self, values: &Values<'_>, id: YesNoId, inputs: &dyn Inputs) -> YesNoColumn {
        let column = match self.nodes.yes_nos.get(id.index()) {
            Some(YesNoNode::Field(field)) => inputs.field(*field).cloned(),
            Some(YesNoNode::State(state)) => inputs.state(*state).cloned(),
            Some(YesNoNode::Property(property)) => inputs.property(property),
            Some(YesNoNode::OfLead(of)) => inputs.of_lead(ValueId::YesNo(*of)),
            Some(YesNoNode::FirstKnown(parts)) => Some(Column::YesNo(self.first_answer(values, parts))),
            Some(YesNoNode::Literal(_)) | None => None,
        };
        match column {
            Some(Column::YesNo(column)) => column,
            _ => self.no_answers(values.rows),
        }
    }

    fn no_answers(&mut self, rows: usize) -> YesNoColumn {
        YesNoColumn { yes: self.spare.mask(rows, false), known: self.spare.mask(rows, false) }
    }

    fn first_answer(&mut self, values: &Values<'_>, parts: &[YesNoId]) -> YesNoColumn {
        let mut first = self.no_answers(values.rows);
        for column in parts.iter().filter_map(|part| values.yes_no(*part)) {
            let mut new = self.spare.mask_like(&column.yes);
            new.and(&column.known);
            new.and_not(&first.known);
            first.yes.or(&new);
            first.known.or(&column.known);
            self.spare.keep_mask(new);
        }
        first
    }

    pub(super) fn settle_list(&mut self, id: ListId, inputs: &dyn Inputs) -> ListColumn {
        let column = match self.nodes.lists.get(id.index()) {
            Some(ListNode::Field(field)) => inputs.field(*field).cloned(),
            Some(ListNode::Property(property)) => inputs.property(property),
            Some(ListNode::OfLead(of)) => inputs.of_lead(ValueId::List(*of)),
            None => None,
        };
        match column {
            Some(Column::List(column)) => column,
            _ => ListColumn { values: vec![None; inputs.rows()] },
        }
    }
}
