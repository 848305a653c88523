//! From the builder to the plan: what does not matter is left out, what is left is numbered, and subjects are cut.

use super::arena::Arena;
use super::builder::{Builder, Scope};
use super::cuts::Cutting;
use super::live::{Live, Reached, whiches};
use super::passes::Pass;
use super::steps::Ordered;
use super::tree::Tree;
use super::words::Words;
use super::*;
use crate::model::{Each, LimitScope};
use std::collections::HashMap;

/// New numbers of states, and of the questions of each scope.
pub(super) struct Renumbered {
    states: HashMap<StateId, StateId>,
    lead: Questions,
    event: Questions,
}

type Questions = HashMap<(SubjectId, QuestionId), QuestionId>;

impl Renumbered {
    pub fn new(reached: &Reached) -> Renumbered {
        let states = reached.states.iter().zip(0..).map(|(old, new)| (*old, StateId(new))).collect();
        Renumbered { states, lead: questions(&reached.lead), event: questions(&reached.event) }
    }

    pub fn state(&self, old: StateId) -> StateId {
        self.states.get(&old).copied().unwrap_or(old)
    }

    pub fn scores(&self, scores: &mut [ScorePlan], lead: &Nodes) {
        for score in scores {
            if let ScorePlan::Rules { items, .. } = score {
                self.items(items, lead);
            }
        }
    }

    /// Groups nest to a depth that the checker bounds.
    fn items(&self, items: &mut [PlacedItem], lead: &Nodes) {
        for item in items {
            match &mut item.item {
                ItemPlan::Group(group) => self.items(&mut group.items, lead),
                ItemPlan::Lookup(lookup) => {
                    for rule in &mut lookup.rules {
                        rule.question = renumbered(&self.lead, lookup.subject, rule.question);
                    }
                    if let Some(subject) = lead.subjects.get(lookup.subject.index()) {
                        lookup.complete(subject);
                    }
                }
                ItemPlan::Rule(rule) => match &mut rule.body {
                    BodyPlan::When { points, .. } | BodyPlan::ForEvery { points, .. } => points_in(points, &self.lead),
                    BodyPlan::ForEach(state) => *state = self.state(*state),
                },
            }
        }
    }
}

fn questions(live: &Live) -> Questions {
    let mut next: HashMap<SubjectId, u32> = HashMap::new();
    let mut numbered = HashMap::new();
    for (subject, question) in &live.questions {
        let number = next.entry(*subject).or_default();
        numbered.insert((*subject, *question), QuestionId(*number));
        *number += 1;
    }
    numbered
}

fn renumbered(questions: &Questions, subject: SubjectId, question: QuestionId) -> QuestionId {
    questions.get(&(subject, question)).copied().unwrap_or(question)
}

/// Series and tables nest a few levels; tables of many rows go on in their `otherwise`, which is walked in a loop.
fn points_in(points: &mut PointsNode, questions: &Questions) {
    let mut waiting = vec![points];
    while let Some(points) = waiting.pop() {
        match points {
            PointsNode::Constant(_) | PointsNode::Computed(_) => {}
            PointsNode::Series(series) => waiting.extend(series),
            PointsNode::Table { subject, rows, missing, otherwise } => {
                for (question, points) in rows {
                    *question = renumbered(questions, *subject, *question);
                    waiting.push(points);
                }
                waiting.extend(missing.iter_mut().chain(otherwise).map(|points| &mut **points));
            }
        }
    }
}

impl Builder<'_> {
    /// The nodes of a scope, beside those of its lead: subjects cut, questions and states by their new numbers, what does not matter a constant.
    pub fn finished(&mut self, scope: Scope, live: &Live, numbers: &Renumbered, lead: Option<&Nodes>) -> Nodes {
        let Arena { mut nodes, subjects, .. } = self.within(scope, |builder| std::mem::take(builder.arena()));
        let questions = questions(live);
        let cutting = Cutting { sets: &self.sets, regexes: &self.regexes, together: self.has(Pass::TextMachines) };
        let mut asked: Vec<Vec<Tree>> = Vec::new();
        for ((draft, subject), id) in subjects.iter().zip(&mut nodes.subjects).zip(0..) {
            let live = live.questions.range((SubjectId(id), QuestionId(0))..=(SubjectId(id), QuestionId(u32::MAX)));
            let trees: Vec<Tree> =
                live.filter_map(|(_, question)| draft.trees.get(question.index())).cloned().collect();
            subject.cut = cutting.cut(subject.value, &trees);
            asked.push(trees);
        }
        renumber_nodes(&mut nodes, live, &questions, numbers);
        let words = Words { model: self.model, sets: &self.sets, nodes: &nodes, lead };
        let said: Vec<Vec<String>> = nodes
            .subjects
            .iter()
            .zip(&asked)
            .map(|(subject, trees)| trees.iter().map(|tree| words.question(subject.value, tree)).collect())
            .collect();
        for (subject, said) in nodes.subjects.iter_mut().zip(said) {
            subject.questions = said;
        }
        nodes
    }

    /// States that matter, by their new numbers.
    pub fn finished_states(&mut self, reached: &Reached, numbers: &Renumbered) -> Vec<State> {
        let states = std::mem::take(&mut self.states);
        let live = states.into_iter().zip(0..).filter(|(_, id)| reached.states.contains(&StateId(*id)));
        let mut states: Vec<State> = live.map(|(state, _)| state).collect();
        for state in &mut states {
            if let Asks::Points(each) = &mut state.asks {
                points_in(&mut each.points, &numbers.event);
            }
        }
        states
    }

    pub fn steps(&self, ordered: &Ordered, numbers: &Renumbered) -> Vec<Step> {
        let step = |step: &Step| match step {
            Step::State(state) => Step::State(numbers.state(*state)),
            other => *other,
        };
        ordered.steps.iter().map(step).collect()
    }
}

fn renumber_nodes(nodes: &mut Nodes, live: &Live, questions: &Questions, numbers: &Renumbered) {
    nodes.order.retain(|value| live.values.contains(value));
    for (node, id) in nodes.masks.iter_mut().zip(0..) {
        match node {
            _ if !live.values.contains(&ValueId::Mask(MaskId(id))) => *node = MaskNode::Constant(false),
            MaskNode::Question(subject, question) => *question = renumbered(questions, *subject, *question),
            MaskNode::Questions(asked) => {
                asked.iter_mut().for_each(|(subject, question)| *question = renumbered(questions, *subject, *question));
            }
            _ => {}
        }
    }
    for (node, id) in nodes.numbers.iter_mut().zip(0..) {
        match node {
            _ if !live.values.contains(&ValueId::Number(NumberId(id))) => *node = NumberNode::Literal(None),
            NumberNode::State(state) => *state = numbers.state(*state),
            _ => {}
        }
    }
    for (node, id) in nodes.texts.iter_mut().zip(0..) {
        match node {
            _ if !live.values.contains(&ValueId::Text(TextId(id))) => *node = TextNode::Literal(None),
            TextNode::State(state) => *state = numbers.state(*state),
            _ => {}
        }
    }
    for (node, id) in nodes.dates.iter_mut().zip(0..) {
        match node {
            _ if !live.values.contains(&ValueId::Date(DateId(id))) => *node = DateNode::Literal(None),
            DateNode::State(state) => *state = numbers.state(*state),
            _ => {}
        }
    }
    for (node, id) in nodes.yes_nos.iter_mut().zip(0..) {
        match node {
            _ if !live.values.contains(&ValueId::YesNo(YesNoId(id))) => *node = YesNoNode::Literal(None),
            YesNoNode::State(state) => *state = numbers.state(*state),
            _ => {}
        }
    }
    for (table, id) in nodes.tables.iter_mut().zip(0..) {
        if !live.tables.contains(&LookupTableId(id)) {
            table.rows.clear();
        }
        let subject = table.subject;
        table.rows.iter_mut().for_each(|row| *row = renumbered(questions, subject, *row));
    }
}

impl Plan<'_> {
    /// Fills in what is read of the data: what nodes that matter and states are made of.
    pub(super) fn fill_reads(&mut self) {
        let fields = [&self.lead, &self.after].into_iter().flat_map(fields_of).collect();
        self.fields = fields;
        let types = self.states.iter().flat_map(|state| &state.of.types);
        self.events = types.chain(self.states.iter().flat_map(|state| looked_back(&state.of))).copied().collect();
        let events = &self.events;
        self.ignores.retain(|ignore| !ignore.types.is_disjoint(events));
        let looked_back: Vec<_> = self.ignores.iter().flat_map(looked_back).copied().collect();
        self.events.extend(looked_back);
        let mut properties: BTreeSet<(EventId, PropertyId)> = properties_of(&self.event).collect();
        let asked = self.states.iter().flat_map(|state| properties_asked(&state.asks));
        properties.extend(asked);
        properties.retain(|(event, _)| self.events.contains(event));
        self.properties = properties;
    }
}

fn looked_back(of: &Selection) -> impl Iterator<Item = &EventId> {
    whiches(of).flat_map(|which| &which.types)
}

fn fields_of(nodes: &Nodes) -> impl Iterator<Item = FieldId> + '_ {
    nodes.order.iter().filter_map(|value| match value {
        ValueId::Number(id) => match nodes.numbers.get(id.index()) {
            Some(NumberNode::Field(field)) => Some(*field),
            _ => None,
        },
        ValueId::Text(id) => match nodes.texts.get(id.index()) {
            Some(TextNode::Field(field)) => Some(*field),
            _ => None,
        },
        ValueId::Date(id) => match nodes.dates.get(id.index()) {
            Some(DateNode::Field(field)) => Some(*field),
            _ => None,
        },
        ValueId::YesNo(id) => match nodes.yes_nos.get(id.index()) {
            Some(YesNoNode::Field(field)) => Some(*field),
            _ => None,
        },
        ValueId::List(id) => match nodes.lists.get(id.index()) {
            Some(ListNode::Field(field)) => Some(*field),
            _ => None,
        },
        ValueId::Mask(_) => None,
    })
}

fn properties_of(nodes: &Nodes) -> impl Iterator<Item = (EventId, PropertyId)> + '_ {
    let keys = nodes.order.iter().filter_map(|value| match value {
        ValueId::Number(id) => match nodes.numbers.get(id.index()) {
            Some(NumberNode::Property(key)) => Some(key),
            _ => None,
        },
        ValueId::Text(id) => match nodes.texts.get(id.index()) {
            Some(TextNode::Property(key)) => Some(key),
            _ => None,
        },
        ValueId::Date(id) => match nodes.dates.get(id.index()) {
            Some(DateNode::Property(key)) => Some(key),
            _ => None,
        },
        ValueId::YesNo(id) => match nodes.yes_nos.get(id.index()) {
            Some(YesNoNode::Property(key)) => Some(key),
            _ => None,
        },
        ValueId::List(id) => match nodes.lists.get(id.index()) {
            Some(ListNode::Property(key)) => Some(key),
            _ => None,
        },
        ValueId::Mask(_) => None,
    });
    keys.flat_map(|key| key.places.iter().map(|(event, property)| (*event, *property)))
}

fn properties_asked(asks: &Asks) -> Vec<(EventId, PropertyId)> {
    let places = |property: &crate::model::Property| -> Vec<(EventId, PropertyId)> {
        property.places.iter().map(|(event, property)| (*event, *property)).collect()
    };
    match asks {
        Asks::CountOfDistinct(key)
        | Asks::Sum(key)
        | Asks::Average(key)
        | Asks::Highest(key)
        | Asks::Lowest(key)
        | Asks::Latest(key)
        | Asks::First(key) => places(key),
        Asks::Points(each) => {
            let mut found = match &each.each {
                Each::Property { property, .. } => places(property),
                Each::Event | Each::Calendar { .. } | Each::At { .. } => Vec::new(),
            };
            for limit in &each.limits {
                if let LimitScope::PerProperty(property) = &limit.scope {
                    found.extend(places(property));
                }
            }
            found
        }
        Asks::Count | Asks::LatestAt | Asks::FirstAt => Vec::new(),
    }
}
