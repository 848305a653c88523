//! Which nodes an expression over an event is made of: whether it needs the lead, and which properties.

use crate::model::{EventId, PropertyId};
use crate::plan::*;
use std::collections::BTreeSet;

fn blank<Node: Clone>(nodes: &mut [Node], with: Node, lacks: impl Fn(u32) -> bool) {
    nodes.iter_mut().zip(0..).filter(|(_, id)| lacks(*id)).for_each(|(node, _)| *node = with.clone());
}

/// Nodes that some expressions are made of, themselves too.
#[derive(Debug, Default)]
pub(super) struct Reach {
    pub values: BTreeSet<ValueId>,
    pub subjects: BTreeSet<SubjectId>,
    pub properties: BTreeSet<(EventId, PropertyId)>,
    /// Whether some of them is a value of the lead.
    pub lead: bool,
    waiting: Vec<ValueId>,
}

impl Reach {
    pub(super) fn of_mask(nodes: &Nodes, mask: MaskId) -> Reach {
        let mut reach = Reach::default();
        reach.add_mask(nodes, mask);
        reach
    }

    pub(super) fn add_mask(&mut self, nodes: &Nodes, mask: MaskId) {
        self.waiting.push(ValueId::Mask(mask));
        self.follow(nodes);
    }

    pub(super) fn add_points(&mut self, nodes: &Nodes, points: &PointsNode) {
        let mut open = vec![points];
        while let Some(points) = open.pop() {
            match points {
                PointsNode::Constant(_) => {}
                PointsNode::Computed(number) => self.waiting.push(ValueId::Number(*number)),
                PointsNode::Series(series) => open.extend(series),
                PointsNode::Table { subject, rows, missing, otherwise } => {
                    self.subject(nodes, *subject);
                    open.extend(rows.iter().map(|(_, points)| points));
                    open.extend(missing.iter().chain(otherwise).map(|points| &**points));
                }
            }
        }
        self.follow(nodes);
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
        for (subject, _) in only.subjects.iter_mut().zip(0..).filter(|(_, id)| !self.subjects.contains(&SubjectId(*id)))
        {
            subject.cut = Cut::YesNo { of: YesNoId(u32::MAX), classes: Default::default() };
        }
        only.order.retain(|value| self.values.contains(value));
        only
    }

    fn subject(&mut self, nodes: &Nodes, subject: SubjectId) {
        if self.subjects.insert(subject) {
            self.waiting.extend(nodes.subjects.get(subject.index()).map(|subject| subject.value));
        }
    }

    fn table(&mut self, nodes: &Nodes, table: LookupTableId) {
        if let Some(table) = nodes.tables.get(table.index()) {
            self.subject(nodes, table.subject);
        }
    }

    fn follow(&mut self, nodes: &Nodes) {
        while let Some(value) = self.waiting.pop() {
            if self.values.insert(value) {
                self.parts(nodes, value);
            }
        }
    }

    fn parts(&mut self, nodes: &Nodes, value: ValueId) {
        match value {
            ValueId::Mask(id) => nodes.masks.get(id.index()).map(|node| self.of_mask_node(nodes, node)),
            ValueId::Number(id) => nodes.numbers.get(id.index()).map(|node| self.of_number(nodes, node)),
            ValueId::Text(id) => nodes.texts.get(id.index()).map(|node| self.of_text(nodes, node)),
            ValueId::Date(id) => nodes.dates.get(id.index()).map(|node| self.of_date(node)),
            ValueId::YesNo(id) => nodes.yes_nos.get(id.index()).map(|node| self.of_yes_no(node)),
            ValueId::List(id) => nodes.lists.get(id.index()).map(|node| match node {
                ListNode::Property(property) => self.add_property(property),
                ListNode::Field(_) | ListNode::OfLead(_) => self.lead = true,
            }),
        };
    }

    fn of_mask_node(&mut self, nodes: &Nodes, node: &MaskNode) {
        match node {
            MaskNode::Constant(_) => {}
            MaskNode::All(parts) | MaskNode::Any(parts) => {
                self.waiting.extend(parts.iter().copied().map(ValueId::Mask))
            }
            MaskNode::Not(part) => self.waiting.push(ValueId::Mask(*part)),
            MaskNode::Question(subject, _) => self.subject(nodes, *subject),
            MaskNode::Known(value) => self.waiting.push(*value),
            MaskNode::YesNo { value, .. } => self.waiting.push(ValueId::YesNo(*value)),
            MaskNode::Number { left, right, .. } => self.waiting.extend([left, right].map(|id| ValueId::Number(*id))),
            MaskNode::Text { value, operand, .. } => self.waiting.extend([value, operand].map(|id| ValueId::Text(*id))),
            MaskNode::Includes { list, operand } => {
                self.waiting.extend([ValueId::List(*list), ValueId::Text(*operand)]);
            }
            MaskNode::Date { value, test } => {
                self.waiting.push(ValueId::Date(*value));
                match test {
                    DateCompare::Before(date) | DateCompare::After(date) => self.waiting.push(ValueId::Date(*date)),
                    DateCompare::Between(from, to) => self.waiting.extend([from, to].map(|id| ValueId::Date(*id))),
                }
            }
            MaskNode::Band { .. }
            | MaskNode::BandKnown(_)
            | MaskNode::Threshold(_)
            | MaskNode::Excluded
            | MaskNode::OfLead(_) => self.lead = true,
        }
    }

    fn of_number(&mut self, nodes: &Nodes, node: &NumberNode) {
        match node {
            NumberNode::Literal(_) => {}
            NumberNode::Property(property) => self.add_property(property),
            NumberNode::Negate(part) | NumberNode::PercentOf(_, part) => self.waiting.push(ValueId::Number(*part)),
            NumberNode::Add(left, right)
            | NumberNode::Subtract(left, right)
            | NumberNode::Multiply(left, right)
            | NumberNode::Divide(left, right) => self.waiting.extend([left, right].map(|id| ValueId::Number(*id))),
            NumberNode::LengthOf(text) => self.waiting.push(ValueId::Text(*text)),
            NumberNode::DaysSince(date) | NumberNode::DaysUntil(date) | NumberNode::HourOf(date) => {
                self.waiting.push(ValueId::Date(*date));
            }
            NumberNode::CountOfKnown(values) => self.waiting.extend(values),
            NumberNode::FirstKnown(parts) | NumberNode::Highest(parts) | NumberNode::Lowest(parts) => {
                self.waiting.extend(parts.iter().copied().map(ValueId::Number));
            }
            NumberNode::Table(table) => self.table(nodes, *table),
            NumberNode::Field(_)
            | NumberNode::OfLead(_)
            | NumberNode::Score(_)
            | NumberNode::State(_)
            | NumberNode::PointsOf(_) => {
                self.lead = true;
            }
        }
    }

    fn of_text(&mut self, nodes: &Nodes, node: &TextNode) {
        match node {
            TextNode::Literal(_) => {}
            TextNode::Property(property) => self.add_property(property),
            TextNode::DomainOf(text) => self.waiting.push(ValueId::Text(*text)),
            TextNode::WeekdayOf(date) => self.waiting.push(ValueId::Date(*date)),
            TextNode::FirstKnown(parts) => self.waiting.extend(parts.iter().copied().map(ValueId::Text)),
            TextNode::Table(table) => self.table(nodes, *table),
            TextNode::Field(_)
            | TextNode::OfLead(_)
            | TextNode::Matrix(_)
            | TextNode::State(_)
            | TextNode::ExcludedReason => self.lead = true,
        }
    }

    fn of_date(&mut self, node: &DateNode) {
        match node {
            DateNode::Literal(_) | DateNode::At => {}
            DateNode::Property(property) => self.add_property(property),
            DateNode::FirstKnown(parts) | DateNode::Highest(parts) | DateNode::Lowest(parts) => {
                self.waiting.extend(parts.iter().copied().map(ValueId::Date));
            }
            DateNode::Field(_) | DateNode::OfLead(_) | DateNode::State(_) => self.lead = true,
        }
    }

    fn of_yes_no(&mut self, node: &YesNoNode) {
        match node {
            YesNoNode::Literal(_) => {}
            YesNoNode::Property(property) => self.add_property(property),
            YesNoNode::FirstKnown(parts) => self.waiting.extend(parts.iter().copied().map(ValueId::YesNo)),
            YesNoNode::Field(_) | YesNoNode::OfLead(_) | YesNoNode::State(_) => self.lead = true,
        }
    }
}
