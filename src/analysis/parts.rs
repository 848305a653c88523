//! What has nothing in common can be looked at by itself: parts of a sum, and goals, by the fields and events they read.

use super::Analysis;
use super::answers::once;
use super::graph::{Node, NodeId, Variable};
use super::quick::{QuickMap, grown};
use super::search::Goal;
use crate::model::{EventId, FieldId, Selector, Symbol};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What two parts have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Root {
    Field(FieldId),
    Event(EventId),
    Before(crate::model::ThresholdId),
}

/// What is known of a node, whatever is asked.
pub(super) struct Facts {
    pub roots: BTreeSet<Root>,
    pub reads_scores: bool,
    /// Scores or thresholds
    pub reads_results: bool,
    /// Nothing in it stands for something that the graph does not say
    pub is_followed: bool,
}

impl Analysis<'_> {
    /// The places of `nodes`, those together that have something in common; in order of their first.
    pub(super) fn parts(&self, nodes: &[NodeId]) -> Vec<Vec<usize>> {
        let mut owner: QuickMap<Root, usize> = QuickMap::default();
        let mut leader: Vec<usize> = (0..nodes.len()).collect();
        for (place, node) in nodes.iter().enumerate() {
            for root in &self.facts(*node).roots {
                let first = *owner.entry(*root).or_insert(place);
                join(&mut leader, first, place);
            }
        }
        // The first of those that belong together leads them.
        let (mut parts, mut part_of): (Vec<Vec<usize>>, Vec<usize>) = (Vec::new(), Vec::with_capacity(nodes.len()));
        for place in 0..nodes.len() {
            let part = part_of.get(leader_of(&leader, place)).copied().unwrap_or(parts.len());
            grown(&mut parts, part).push(place);
            part_of.push(part);
        }
        parts
    }

    pub(super) fn facts(&self, node: NodeId) -> Rc<Facts> {
        once(&self.facts, node, |node| Rc::new(self.new_facts(*node)))
    }

    fn new_facts(&self, node: NodeId) -> Facts {
        let graph = self.graph.borrow();
        let reached = graph.reach(&[node]);
        self.budget.take(reached.len());
        let mut variables: BTreeSet<Variable> = BTreeSet::new();
        let mut is_followed = true;
        for place in &reached {
            match graph.node(*place) {
                Node::Leaf(variable, _) => {
                    variables.insert(*variable);
                }
                Node::Open | Node::Somewhere(_) | Node::Occurrences { .. } | Node::Times { .. } => is_followed = false,
                _ => {}
            }
        }
        let reads = |which: fn(&Symbol) -> bool| {
            let names = self.model.order.iter().filter(|symbol| which(symbol));
            names.filter_map(|symbol| graph.known_name(*symbol)).any(|name| reached.binary_search(&name).is_ok())
        };
        let reads_scores = reads(|symbol| matches!(symbol, Symbol::Score(_)));
        let reads_results = reads_scores || reads(|symbol| matches!(symbol, Symbol::Threshold(_)));
        drop(graph);
        let roots = variables.into_iter().flat_map(|variable| (*self.roots_of(variable)).clone()).collect();
        Facts { roots, reads_scores, reads_results, is_followed }
    }

    /// What they ask is all in their nodes: the same nodes ask the same.
    pub(super) fn are_followed(&self, goals: &[Goal]) -> bool {
        goals.iter().all(|(node, _)| self.facts(*node).is_followed)
    }

    pub(super) fn roots_of(&self, variable: Variable) -> Rc<BTreeSet<Root>> {
        let selector = match variable {
            Variable::Field(field) => return Rc::new(BTreeSet::from([Root::Field(field)])),
            Variable::Before(threshold) => return Rc::new(BTreeSet::from([Root::Before(threshold)])),
            Variable::Property(..) | Variable::At(_) => return Rc::default(),
            Variable::Count(selector) => Some(selector),
            Variable::Aggregate(place) => self.graph.borrow().aggregates.get(place).map(|of| of.selector),
            Variable::Silence(place) => self.graph.borrow().silences.get(place).map(|of| of.selector),
        };
        let Some(place) = selector else { return Rc::default() };
        if let Variable::Silence(silence) = variable {
            return Rc::new(self.roots_of_silence(silence, place));
        }
        once(&self.selector_roots, place, |place| {
            let roots = self.selector(*place).map(|selector| self.roots_of_selector(&selector));
            Rc::new(roots.unwrap_or_default())
        })
    }

    fn roots_of_silence(&self, silence: usize, selector: usize) -> BTreeSet<Root> {
        let mut roots = (*self.roots_of(Variable::Count(selector))).clone();
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
