//! What matters: the nodes, questions and states that some result is made of.

use super::builder::{Builder, Scope};
use super::kinds::values_of_points;
use super::*;
use std::collections::{BTreeSet, HashSet};

/// What something is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Of the same scope
    Value(ValueId),
    /// Of the lead's scope
    OfLead(ValueId),
    State(StateId),
    Question(SubjectId, QuestionId),
    Table(LookupTableId),
}

/// What a node is made of, itself apart.
pub(crate) fn parts(nodes: &Nodes, value: ValueId) -> Vec<Part> {
    let mut found = Vec::new();
    match value {
        ValueId::Mask(id) => mask_parts(nodes.masks.get(id.index()), &mut found),
        ValueId::Number(id) => number_parts(nodes.numbers.get(id.index()), &mut found),
        ValueId::Text(id) => text_parts(nodes.texts.get(id.index()), &mut found),
        ValueId::Date(id) => date_parts(nodes.dates.get(id.index()), &mut found),
        ValueId::YesNo(id) => match nodes.yes_nos.get(id.index()) {
            Some(YesNoNode::OfLead(id)) => found.push(Part::OfLead(ValueId::YesNo(*id))),
            Some(YesNoNode::FirstKnown(ids)) => found.extend(ids.iter().map(|id| Part::Value(ValueId::YesNo(*id)))),
            Some(YesNoNode::State(state)) => found.push(Part::State(*state)),
            _ => {}
        },
        ValueId::List(id) => {
            if let Some(ListNode::OfLead(id)) = nodes.lists.get(id.index()) {
                found.push(Part::OfLead(ValueId::List(*id)));
            }
        }
    }
    found
}

fn mask_parts(node: Option<&MaskNode>, found: &mut Vec<Part>) {
    let number = |id: &NumberId| Part::Value(ValueId::Number(*id));
    let text = |id: &TextId| Part::Value(ValueId::Text(*id));
    let date = |id: &DateId| Part::Value(ValueId::Date(*id));
    match node {
        Some(MaskNode::All(parts) | MaskNode::Any(parts)) => {
            found.extend(parts.iter().map(|part| Part::Value(ValueId::Mask(*part))));
        }
        Some(MaskNode::Not(part)) => found.push(Part::Value(ValueId::Mask(*part))),
        Some(MaskNode::Question(subject, question)) => found.push(Part::Question(*subject, *question)),
        Some(MaskNode::Questions(asked)) => {
            found.extend(asked.iter().map(|(subject, question)| Part::Question(*subject, *question)));
        }
        Some(MaskNode::Known(value)) => found.push(Part::Value(*value)),
        Some(MaskNode::YesNo { value, .. }) => found.push(Part::Value(ValueId::YesNo(*value))),
        Some(MaskNode::Number { left, right, .. }) => found.extend([number(left), number(right)]),
        Some(MaskNode::Text { value, operand, .. }) => found.extend([text(value), text(operand)]),
        Some(MaskNode::Includes { list, operand }) => {
            found.extend([Part::Value(ValueId::List(*list)), text(operand)]);
        }
        Some(MaskNode::Date { value, test }) => {
            found.push(date(value));
            match test {
                DateCompare::Before(other) | DateCompare::After(other) => found.push(date(other)),
                DateCompare::Between(from, to) => found.extend([date(from), date(to)]),
            }
        }
        Some(MaskNode::OfLead(mask)) => found.push(Part::OfLead(ValueId::Mask(*mask))),
        Some(
            MaskNode::Constant(_)
            | MaskNode::Band { .. }
            | MaskNode::BandKnown(_)
            | MaskNode::Threshold(_)
            | MaskNode::Excluded,
        )
        | None => {}
    }
}

fn number_parts(node: Option<&NumberNode>, found: &mut Vec<Part>) {
    let number = |id: &NumberId| Part::Value(ValueId::Number(*id));
    match node {
        Some(NumberNode::OfLead(id)) => found.push(Part::OfLead(ValueId::Number(*id))),
        Some(NumberNode::Negate(id) | NumberNode::PercentOf(_, id)) => found.push(number(id)),
        Some(
            NumberNode::Add(left, right)
            | NumberNode::Subtract(left, right)
            | NumberNode::Multiply(left, right)
            | NumberNode::Divide(left, right),
        ) => found.extend([number(left), number(right)]),
        Some(NumberNode::LengthOf(text)) => found.push(Part::Value(ValueId::Text(*text))),
        Some(NumberNode::DaysSince(date) | NumberNode::DaysUntil(date) | NumberNode::HourOf(date)) => {
            found.push(Part::Value(ValueId::Date(*date)));
        }
        Some(NumberNode::CountOfKnown(values)) => found.extend(values.iter().map(|value| Part::Value(*value))),
        Some(NumberNode::FirstKnown(ids) | NumberNode::Highest(ids) | NumberNode::Lowest(ids)) => {
            found.extend(ids.iter().map(number));
        }
        Some(NumberNode::State(state)) => found.push(Part::State(*state)),
        Some(NumberNode::Table(table)) => found.push(Part::Table(*table)),
        Some(
            NumberNode::Literal(_)
            | NumberNode::Field(_)
            | NumberNode::Property(_)
            | NumberNode::Score(_)
            | NumberNode::PointsOf(_),
        )
        | None => {}
    }
}

fn text_parts(node: Option<&TextNode>, found: &mut Vec<Part>) {
    match node {
        Some(TextNode::OfLead(id)) => found.push(Part::OfLead(ValueId::Text(*id))),
        Some(TextNode::DomainOf(text)) => found.push(Part::Value(ValueId::Text(*text))),
        Some(TextNode::WeekdayOf(date)) => found.push(Part::Value(ValueId::Date(*date))),
        Some(TextNode::FirstKnown(ids)) => found.extend(ids.iter().map(|id| Part::Value(ValueId::Text(*id)))),
        Some(TextNode::State(state)) => found.push(Part::State(*state)),
        Some(TextNode::Table(table)) => found.push(Part::Table(*table)),
        Some(
            TextNode::Literal(_)
            | TextNode::Field(_)
            | TextNode::Property(_)
            | TextNode::Matrix(_)
            | TextNode::ExcludedReason,
        )
        | None => {}
    }
}

fn date_parts(node: Option<&DateNode>, found: &mut Vec<Part>) {
    match node {
        Some(DateNode::OfLead(id)) => found.push(Part::OfLead(ValueId::Date(*id))),
        Some(DateNode::FirstKnown(ids) | DateNode::Highest(ids) | DateNode::Lowest(ids)) => {
            found.extend(ids.iter().map(|id| Part::Value(ValueId::Date(*id))));
        }
        Some(DateNode::State(state)) => found.push(Part::State(*state)),
        Some(DateNode::Literal(_) | DateNode::Field(_) | DateNode::Property(_) | DateNode::At) | None => {}
    }
}

/// The parts of points in the scope they stand in.
pub(super) fn points_parts(points: &PointsNode, nodes: &Nodes, found: &mut Vec<Part>) {
    found.extend(values_of_points(points, nodes).into_iter().map(Part::Value));
    let mut waiting = vec![points];
    while let Some(points) = waiting.pop() {
        match points {
            PointsNode::Constant(_) | PointsNode::Computed(_) => {}
            PointsNode::Series(series) => waiting.extend(series),
            PointsNode::Table { subject, rows, missing, otherwise } => {
                found.extend(rows.iter().map(|(question, _)| Part::Question(*subject, *question)));
                waiting.extend(rows.iter().map(|(_, points)| points));
                waiting.extend(missing.iter().chain(otherwise).map(|points| &**points));
            }
        }
    }
}

/// Whether nodes of an event's scope are made of values of the lead.
pub(super) fn event_reads_lead(event: &Nodes, from: impl IntoIterator<Item = ValueId>) -> bool {
    let mut reached: HashSet<ValueId> = HashSet::new();
    let mut waiting: Vec<ValueId> = from.into_iter().collect();
    while let Some(value) = waiting.pop() {
        if !reached.insert(value) {
            continue;
        }
        for part in parts(event, value) {
            match part {
                Part::Value(value) => waiting.push(value),
                Part::OfLead(_) => return true,
                Part::Question(subject, _) => {
                    waiting.extend(event.subjects.get(subject.index()).map(|subject| subject.value));
                }
                Part::Table(table) => waiting.extend(table_value(event, table)),
                Part::State(_) => {}
            }
        }
    }
    false
}

fn table_value(nodes: &Nodes, table: LookupTableId) -> Option<ValueId> {
    let table = nodes.tables.get(table.index())?;
    nodes.subjects.get(table.subject.index()).map(|subject| subject.value)
}

/// What matters of one scope.
#[derive(Debug, Default)]
pub(super) struct Live {
    pub values: HashSet<ValueId>,
    pub questions: BTreeSet<(SubjectId, QuestionId)>,
    pub tables: HashSet<LookupTableId>,
}

/// What matters at all, found from where it is needed.
#[derive(Debug, Default)]
pub(super) struct Reached {
    pub lead: Live,
    pub event: Live,
    pub after: Live,
    pub states: BTreeSet<StateId>,
    /// In the order in which they were reached.
    new: Vec<Step>,
}

impl Reached {
    fn of(&mut self, scope: Scope) -> &mut Live {
        match scope {
            Scope::Lead => &mut self.lead,
            Scope::Event => &mut self.event,
            Scope::After => &mut self.after,
        }
    }

    /// Reaches all that these parts are made of. Gives the nodes of the lead and the states that are new.
    pub fn reach(&mut self, builder: &Builder<'_>, scope: Scope, from: Vec<Part>) -> Vec<Step> {
        let mut waiting: Vec<(Scope, Part)> = from.into_iter().map(|part| (scope, part)).collect();
        while let Some((scope, part)) = waiting.pop() {
            let nodes = match scope {
                Scope::Lead => &builder.lead.nodes,
                Scope::Event => &builder.event.nodes,
                Scope::After => &builder.after.nodes,
            };
            match part {
                Part::OfLead(value) => waiting.push((Scope::Lead, Part::Value(value))),
                Part::Value(value) => {
                    if self.of(scope).values.insert(value) {
                        waiting.extend(parts(nodes, value).into_iter().map(|part| (scope, part)));
                        if scope == Scope::Lead {
                            self.new.push(Step::Value(value));
                        }
                    }
                }
                Part::Question(subject, question) => {
                    if self.of(scope).questions.insert((subject, question)) {
                        let value = nodes.subjects.get(subject.index()).map(|subject| subject.value);
                        waiting.extend(value.map(|value| (scope, Part::Value(value))));
                    }
                }
                Part::Table(table) => {
                    if self.of(scope).tables.insert(table)
                        && let Some(table) = nodes.tables.get(table.index())
                    {
                        // a table without rows reads its key all the same
                        waiting.extend(table.rows.iter().map(|row| (scope, Part::Question(table.subject, *row))));
                        let value = nodes.subjects.get(table.subject.index()).map(|subject| subject.value);
                        waiting.extend(value.map(|value| (scope, Part::Value(value))));
                    }
                }
                Part::State(state) => {
                    if self.states.insert(state)
                        && let Some(state_of) = builder.states.get(state.index())
                    {
                        waiting.extend(state_parts(state_of, &builder.event.nodes));
                        self.new.push(Step::State(state));
                    }
                }
            }
        }
        std::mem::take(&mut self.new)
    }
}

/// What a state is made of, in both scopes.
pub(super) fn state_parts(state: &State, event: &Nodes) -> Vec<(Scope, Part)> {
    let mut found = Vec::new();
    if let Asks::Points(each) = &state.asks {
        points_parts(&each.points, event, &mut found);
    }
    let mut parts: Vec<(Scope, Part)> = found.into_iter().map(|part| (Scope::Event, part)).collect();
    parts.extend(selection_parts(&state.of));
    parts
}

pub(super) fn selection_parts(of: &Selection) -> Vec<(Scope, Part)> {
    let filters = [of.filter].into_iter().chain(whiches(of).map(|which| which.filter));
    let dates = of.since.into_iter().chain(of.before_date);
    let filters = filters.flatten().map(|filter| (Scope::Event, Part::Value(ValueId::Mask(filter))));
    filters.chain(dates.map(|date| (Scope::Lead, Part::Value(ValueId::Date(date))))).collect()
}

/// What a selection looks back to.
pub(super) fn whiches(of: &Selection) -> impl Iterator<Item = &WhichPlan> {
    of.since_last.iter().chain(of.within_after.iter().map(|(_, which)| which))
}
