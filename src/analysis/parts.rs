//! What has nothing in common can be looked at by itself: parts of a sum, and goals, by the fields and events they read.

use super::Analysis;
use super::graph::{Node, NodeId, Variable};
use crate::model::{EventId, FieldId, Selector};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What two parts have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Root {
    Field(FieldId),
    Event(EventId),
    Before(crate::model::ThresholdId),
}

impl Analysis<'_> {
    /// The places of `nodes`, those together that have something in common; in order of their first.
    pub(super) fn parts(&self, nodes: &[NodeId]) -> Vec<Vec<usize>> {
        let mut owner: HashMap<Root, usize> = HashMap::new();
        let mut leader: Vec<usize> = (0..nodes.len()).collect();
        for (place, node) in nodes.iter().enumerate() {
            for root in self.roots(*node) {
                let first = *owner.entry(root).or_insert(place);
                join(&mut leader, first, place);
            }
        }
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in 0..nodes.len() {
            parts.entry(leader_of(&leader, place)).or_default().push(place);
        }
        parts.into_values().collect()
    }

    fn roots(&self, node: NodeId) -> BTreeSet<Root> {
        let variables = self.graph.borrow().variables(&[node]);
        variables.into_iter().flat_map(|variable| self.roots_of(variable)).collect()
    }

    pub(super) fn roots_of(&self, variable: Variable) -> BTreeSet<Root> {
        let selector = match variable {
            Variable::Field(field) => return BTreeSet::from([Root::Field(field)]),
            Variable::Before(threshold) => return BTreeSet::from([Root::Before(threshold)]),
            Variable::Property(..) | Variable::At(_) => return BTreeSet::new(),
            Variable::Count(selector) => Some(selector),
            Variable::Aggregate(place) => self.graph.borrow().aggregates.get(place).map(|of| of.selector),
            Variable::Silence(place) => self.graph.borrow().silences.get(place).map(|of| of.selector),
        };
        let Some(place) = selector else { return BTreeSet::new() };
        if let Variable::Silence(silence) = variable {
            return self.roots_of_silence(silence, place);
        }
        if let Some(known) = self.selector_roots.borrow().get(&place) {
            return known.clone();
        }
        let Some(selector) = self.selector(place) else { return BTreeSet::new() };
        let roots = self.roots_of_selector(&selector);
        self.selector_roots.borrow_mut().insert(place, roots.clone());
        roots
    }

    fn roots_of_silence(&self, silence: usize, selector: usize) -> BTreeSet<Root> {
        let mut roots = self.roots_of(Variable::Count(selector));
        let graph = self.graph.borrow();
        let counting_from = graph.silences.get(silence).and_then(|silence| silence.every.counting_from.clone());
        if let Some(crate::model::DateExpr::Field(field)) = counting_from {
            roots.insert(Root::Field(field));
        }
        roots
    }

    /// Its types, those that it looks back to, and the fields that its filter reads.
    fn roots_of_selector(&self, selector: &Selector) -> BTreeSet<Root> {
        let mut roots: BTreeSet<Root> = selector.types.iter().copied().map(Root::Event).collect();
        let mut graph = self.graph.borrow_mut();
        let mut nodes = Vec::new();
        for kind in &selector.types {
            let open = graph.add(Node::Open);
            nodes.push(graph.keeps(selector, *kind, open));
        }
        if let Some((_, which)) = &selector.within_after {
            roots.extend(which.types.iter().copied().map(Root::Event));
        }
        let fields = graph.variables(&nodes).into_iter().filter_map(|variable| Analysis::field_of(&variable));
        roots.extend(fields.map(Root::Field));
        roots
    }
}

fn leader_of(leader: &[usize], mut place: usize) -> usize {
    while let Some(next) = leader.get(place).filter(|next| **next != place) {
        place = *next;
    }
    place
}

fn join(leader: &mut [usize], one: usize, two: usize) {
    let (one, two) = (leader_of(leader, one), leader_of(leader, two));
    let (first, later) = (one.min(two), one.max(two));
    if let Some(place) = leader.get_mut(later) {
        *place = first;
    }
}
