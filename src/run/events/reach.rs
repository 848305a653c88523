//! What expressions over an event are made of: whether they need the lead, and which properties.

use crate::model::{EventId, PropertyId};
use crate::plan::*;
use std::collections::BTreeSet;

/// Nodes that some expressions are made of, themselves too.
#[derive(Debug, Default)]
pub(super) struct Reach {
    pub values: BTreeSet<ValueId>,
    pub properties: BTreeSet<(EventId, PropertyId)>,
    /// Whether some of them is a value of the lead.
    pub lead: bool,
}

impl Reach {
    pub(super) fn of_mask(nodes: &Nodes, mask: MaskId) -> Reach {
        let mut reach = Reach::default();
        reach.add_mask(nodes, mask);
        reach
    }

    pub(super) fn add_mask(&mut self, nodes: &Nodes, mask: MaskId) {
        self.follow(nodes, vec![ValueId::Mask(mask)]);
    }

    pub(super) fn add_points(&mut self, nodes: &Nodes, points: &PointsNode) {
        self.follow(nodes, values_of_points(points, nodes));
    }

    pub(super) fn add_property(&mut self, property: &PropertyKey) {
        self.properties.extend(property.places.iter().map(|(event, property)| (*event, *property)));
    }

    /// The nodes alone: others are replaced by ones that cost nothing, so that the ids stay.
    pub(super) fn only(&self, nodes: &Nodes) -> Nodes {
        let mut only = nodes.clone();
        let lacks = |value| !self.values.contains(&value);
        blank(&mut only.masks, MaskNode::Constant(false), |id| lacks(ValueId::Mask(MaskId(id))));
        blank(&mut only.numbers, NumberNode::Literal(None), |id| lacks(ValueId::Number(NumberId(id))));
        blank(&mut only.texts, TextNode::Literal(None), |id| lacks(ValueId::Text(TextId(id))));
        blank(&mut only.dates, DateNode::Literal(None), |id| lacks(ValueId::Date(DateId(id))));
        blank(&mut only.yes_nos, YesNoNode::Literal(None), |id| lacks(ValueId::YesNo(YesNoId(id))));
        for subject in only.subjects.iter_mut().filter(|subject| lacks(subject.value)) {
            subject.cut = Cut::YesNo { of: YesNoId(u32::MAX), classes: Default::default() };
        }
        only.order.retain(|value| self.values.contains(value));
        only
    }

    fn follow(&mut self, nodes: &Nodes, mut waiting: Vec<ValueId>) {
        while let Some(value) = waiting.pop() {
            if !self.values.insert(value) {
                continue;
            }
            property(nodes, value).into_iter().for_each(|property| self.add_property(property));
            for part in parts(nodes, value) {
                match part {
                    Part::Value(value) => waiting.push(value),
                    Part::OfLead(_) | Part::State(_) => self.lead = true,
                    Part::Question(subject, _) => waiting.extend(subject_value(nodes, subject)),
                    Part::Table(table) => {
                        let table = nodes.tables.get(table.index());
                        waiting.extend(table.and_then(|table| subject_value(nodes, table.subject)));
                    }
                }
            }
        }
    }
}

fn subject_value(nodes: &Nodes, subject: SubjectId) -> Option<ValueId> {
    nodes.subjects.get(subject.index()).map(|subject| subject.value)
}

/// The property that a node is.
fn property(nodes: &Nodes, value: ValueId) -> Option<&PropertyKey> {
    match value {
        ValueId::Mask(_) => None,
        ValueId::Number(id) => match nodes.numbers.get(id.index())? {
            NumberNode::Property(property) => Some(property),
            _ => None,
        },
        ValueId::Text(id) => match nodes.texts.get(id.index())? {
            TextNode::Property(property) => Some(property),
            _ => None,
        },
        ValueId::Date(id) => match nodes.dates.get(id.index())? {
            DateNode::Property(property) => Some(property),
            _ => None,
        },
        ValueId::YesNo(id) => match nodes.yes_nos.get(id.index())? {
            YesNoNode::Property(property) => Some(property),
            _ => None,
        },
        ValueId::List(id) => match nodes.lists.get(id.index())? {
            ListNode::Property(property) => Some(property),
            ListNode::Field(_) | ListNode::OfLead(_) => None,
        },
    }
}

fn blank<Node: Clone>(nodes: &mut [Node], with: Node, lacks: impl Fn(u32) -> bool) {
    nodes.iter_mut().zip(0..).filter(|(_, id)| lacks(*id)).for_each(|(node, _)| *node = with.clone());
}
