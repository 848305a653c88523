//! One event that a selector keeps and others do not.

use super::Analysis;
use super::answers::once;
use super::domain::Sample;
use super::furthest::{Extreme, Furthest};
use super::graph::{Node, NodeId, Scope, Variable};
use super::query::{Assignment, Choices, Query};
use super::search::{Goal, Outcome, Search, in_order};
use super::witness::{Witness, WitnessEvent};
use crate::model::{EventId, FieldId, Points, PropertyId, Selector};
use crate::value::{Instant, Value};
use std::rc::Rc;

/// So many selectors at most are looked at that would keep an event which they shall not.
const MOST_AVOIDED: usize = 24;

/// An event, and what the lead must be for it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EventSketch {
    pub kind: EventId,
    pub at: Instant,
    pub properties: Vec<(PropertyId, Value)>,
    pub lead: Vec<(FieldId, Value)>,
}

/// What an event shall be.
#[derive(Clone, Copy)]
pub(super) struct EventWish<'a, 'model> {
    pub selector: &'a Selector,
    /// Selectors that shall not keep it
    pub avoids: &'a [Rc<Selector>],
    /// Also those of which one cannot say whether they would keep it, because that depends on other events
    pub is_strict: bool,
    /// What the lead is
    pub lead: &'a Choices,
    /// Properties that are settled
    pub properties: &'a [(EventId, PropertyId, Value)],
    /// The points that it shall bring as many of as it can, or as few
    pub points: Option<(&'model Points, bool)>,
}

impl<'a, 'model> EventWish<'a, 'model> {
    /// Any event that a selector keeps, of a lead like this.
    pub fn of(selector: &'a Selector, lead: &'a Choices) -> EventWish<'a, 'model> {
        EventWish { selector, avoids: &[], is_strict: false, lead, properties: &[], points: None }
    }
}

impl<'model> Analysis<'model> {
    /// Selectors that shall not keep it are looked at one by one, as they turn out to keep what was found: most never do.
    pub(super) fn event(&self, wish: &EventWish<'_, 'model>) -> Outcome<EventSketch> {
        let mut avoids: Vec<Rc<Selector>> = Vec::new();
        for _ in 0..MOST_AVOIDED {
            let found = self.event_avoiding(&EventWish { avoids: &avoids, ..*wish });
            let Outcome::Found(event) = found else { return found };
            let more = self.kept_by(&event, wish).find(|keeping| !avoids.contains(keeping));
            match more {
                Some(more) => avoids.push(more.clone()),
                None => return Outcome::Found(event),
            }
        }
        Outcome::Unknown
    }

    /// Those that shall not keep an event, but do.
    fn kept_by<'a>(
        &self,
        event: &EventSketch,
        wish: &EventWish<'a, 'model>,
    ) -> impl Iterator<Item = &'a Rc<Selector>> + use<'a, 'model, '_> {
        let EventSketch { kind, at, properties, lead } = event.clone();
        let mut witness = Witness { lead, events: vec![WitnessEvent { kind, at, properties }], before: Vec::new() };
        for (variable, sample) in wish.lead {
            if let (Variable::Field(field), Sample::Value(value)) = (variable, sample)
                && !witness.lead.iter().any(|(known, _)| known == field)
            {
                witness.lead.push((*field, value.clone()));
            }
        }
        let shares = move |avoided: &&Rc<Selector>| avoided.types.contains(&kind);
        wish.avoids.iter().filter(shares).filter(move |avoided| self.bench.count(&witness, avoided) > 0)
    }

    /// An event of any of the selector's types.
    fn event_avoiding(&self, wish: &EventWish<'_, 'model>) -> Outcome<EventSketch> {
        let mut is_open = false;
        for kind in &wish.selector.types {
            match self.event_of(*kind, wish) {
                Outcome::Found(event) => return Outcome::Found(event),
                Outcome::Unknown => is_open = true,
                Outcome::Never => {}
            }
        }
        if is_open { Outcome::Unknown } else { Outcome::Never }
    }

    /// What reads no fields of the lead, and asks for nothing else, is looked for once.
    fn event_of(&self, kind: EventId, wish: &EventWish<'_, 'model>) -> Outcome<EventSketch> {
        let goals = self.event_goals(kind, wish);
        let asks_for_more = !wish.properties.is_empty() || wish.points.is_some();
        let reads_lead = || goals.iter().any(|(node, _)| !self.facts(*node).roots.is_empty());
        if asks_for_more || !wish.lead.is_empty() && reads_lead() {
            return self.new_event(kind, &goals, wish);
        }
        once(&self.answers.events, (kind, in_order(&goals)), |_| self.new_event(kind, &goals, wish))
    }

    fn new_event(&self, kind: EventId, goals: &[Goal], wish: &EventWish<'_, 'model>) -> Outcome<EventSketch> {
        let points = wish.points.map(|(points, up)| (self.graph.borrow_mut().points(points, Scope::Event(kind)), up));
        let at = self.at_node(kind);
        let targets: Vec<NodeId> =
            goals.iter().map(|(node, _)| *node).chain(points.map(|(node, _)| node)).chain([at]).collect();
        let mut fixed: Choices = wish.lead.clone();
        for (event, property, value) in wish.properties {
            fixed.insert(Variable::Property(*event, *property), Sample::Value(value.clone()));
        }
        let query = Query::fixed(self, &targets, &fixed);
        let agrees = |_: &Assignment, _: usize| true;
        if let Some((node, up)) = points
            && let Extreme::At(leaf) | Extreme::Within(_, Some(leaf)) =
                Furthest::new(&query, &[(node, true)], goals, up, &agrees, &self.budget).run()
            && let Some(event) = self.event_from(kind, &query, &leaf.assignment, wish)
        {
            return Outcome::Found(event);
        }
        let accept = |assignment: &Assignment| self.event_from(kind, &query, assignment, wish);
        Search::new(&query, goals, &agrees, &accept, &self.budget).run()
    }

    fn event_goals(&self, kind: EventId, wish: &EventWish<'_, 'model>) -> Vec<Goal> {
        let mut graph = self.graph.borrow_mut();
        let holds = graph.add(Node::Constant(true));
        let open = graph.add(Node::Open);
        let mut goals = vec![(graph.keeps(wish.selector, kind, holds), true)];
        for avoided in wish.avoids {
            let is_narrower = avoided.since_last.iter().all(|which| wish.selector.since_last.contains(which))
                && (avoided.within_after.is_none() || avoided.within_after == wish.selector.within_after);
            let relations = if is_narrower || wish.is_strict { holds } else { open };
            goals.push((graph.keeps(avoided, kind, relations), false));
        }
        for ignored in &self.model.ignores {
            goals.push((graph.keeps(ignored, kind, open), false));
        }
        goals
    }

    /// A question about the instant, so that an event always has one.
    fn at_node(&self, kind: EventId) -> NodeId {
        self.graph.borrow_mut().add(Node::Leaf(Variable::At(kind), super::graph::Aspect::Value))
    }

    fn event_from(
        &self,
        kind: EventId,
        query: &Query,
        assignment: &Assignment,
        wish: &EventWish<'_, 'model>,
    ) -> Option<EventSketch> {
        let mut event = EventSketch { kind, at: self.as_of, properties: Vec::new(), lead: Vec::new() };
        for (variable, sample) in query.choices(assignment) {
            let value = match sample {
                Sample::Value(value) => value,
                Sample::Missing => continue,
                Sample::Count(..) | Sample::Unseen => return None,
            };
            match variable {
                Variable::Property(_, property) => event.properties.push((property, value)),
                Variable::At(_) => event.at = self.instant(&value)?,
                Variable::Field(field) => event.lead.push((field, value)),
                _ => {}
            }
        }
        for (event_kind, property, value) in wish.properties {
            if *event_kind == kind && !event.properties.iter().any(|(known, _)| known == property) {
                event.properties.push((*property, value.clone()));
            }
        }
        event.properties.sort_by_key(|(property, _)| *property);
        Some(event)
    }

    fn instant(&self, value: &Value) -> Option<Instant> {
        match value {
            Value::Date(date) => Some(date.first(&self.model.zone)),
            _ => None,
        }
    }

    pub(super) fn selector(&self, place: usize) -> Option<Rc<Selector>> {
        self.graph.borrow().selectors.get(place).cloned()
    }
}
