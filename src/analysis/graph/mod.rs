//! A model as one graph of conditions, numbers and points over the variables that they read.
//!
//! Compared with the model: defines, lookups and scores are nodes that others point to; what reads one variable alone is
//! a leaf that asks it a question; tables are chains of conditions; bands are comparisons. Equal nodes are one node.
//! Nodes are made for what is asked about, when it is asked.

mod condition;
mod evaluate;
mod event;
mod node;
mod number;
mod points;
mod reads;
mod score;

pub(super) use evaluate::evaluate;
pub(super) use event::{Aggregate, AggregateKind, Silence};
pub(super) use node::{Aspect, Kept, Node, NodeId, Variable};

use super::probe::Probe;
use super::quick::QuickMap;
use crate::model::{Condition, DefineId, EventId, LookupId, Model, NumberExpr, Selector, Symbol};
use crate::source::Span;
use crate::value::Instant;
use reads::Reads;
use std::rc::Rc;

pub(super) struct Graph<'model> {
    pub model: &'model Model,
    pub as_of: Instant,
    pub probe: Probe,
    pub nodes: Vec<Rc<Node>>,
    places: QuickMap<Rc<Node>, NodeId>,
    /// Conditions over one variable, as the probe can ask them.
    pub questions: Vec<Rc<Condition>>,
    questions_of: QuickMap<Variable, Vec<usize>>,
    /// Numbers made of one variable.
    pub measures: Vec<Rc<NumberExpr>>,
    pub selectors: Vec<Rc<Selector>>,
    /// By where one was last seen
    selectors_at: QuickMap<Span, usize>,
    pub aggregates: Vec<Aggregate>,
    pub silences: Vec<Silence>,
    /// Counts of a selector at which something changes for a rule.
    pub cuts: QuickMap<usize, Vec<u64>>,
    /// Of defines that are conditions or numbers, and of lookups that give numbers
    names: QuickMap<Symbol, NodeId>,
    /// What the other defines and lookups read
    reads: QuickMap<Symbol, Reads>,
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Lead,
    /// In a filter, or in points for each event, that looks at an event of this type
    Event(EventId),
}

impl<'model> Graph<'model> {
    pub fn new(model: &'model Model, as_of: Instant) -> Graph<'model> {
        let mut graph = Graph {
            model,
            as_of,
            probe: Probe::new(model, as_of),
            nodes: Vec::new(),
            places: QuickMap::default(),
            questions: Vec::new(),
            questions_of: QuickMap::default(),
            measures: Vec::new(),
            selectors: Vec::new(),
            selectors_at: QuickMap::default(),
            aggregates: Vec::new(),
            silences: Vec::new(),
            cuts: QuickMap::default(),
            names: QuickMap::default(),
            reads: QuickMap::default(),
        };
        // In an order in which each comes after all it depends on, so that no chain of names needs a stack.
        for symbol in &model.order {
            match *symbol {
                Symbol::Define(define) => graph.define(define),
                Symbol::Lookup(lookup) => graph.lookup(lookup),
                Symbol::Score(score) => {
                    let node = graph.score(score, true);
                    graph.names.insert(*symbol, node);
                }
                Symbol::Threshold(threshold) => {
                    let node = graph.threshold(threshold, true);
                    graph.names.insert(*symbol, node);
                }
                Symbol::Field(_) | Symbol::List(_) | Symbol::Matrix(_) => {}
            }
        }
        graph
    }

    /// The place of a node, the same for equal ones.
    pub fn add(&mut self, node: Node) -> NodeId {
        if let Some(place) = self.places.get(&node) {
            return *place;
        }
        let node = Rc::new(node);
        self.nodes.push(node.clone());
        self.places.insert(node, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    pub fn node(&self, place: NodeId) -> &Node {
        self.nodes.get(place).map_or(&Node::Open, |node| node)
    }

    /// The node of a define, lookup, score or threshold.
    pub fn named(&mut self, symbol: Symbol) -> NodeId {
        match self.names.get(&symbol) {
            Some(node) => *node,
            None => self.add(Node::Open),
        }
    }

    pub fn known_name(&self, symbol: Symbol) -> Option<NodeId> {
        self.names.get(&symbol).copied()
    }

    /// The nodes that some nodes are made of, they too, in order.
    pub fn reach(&self, of: &[NodeId]) -> Vec<NodeId> {
        self.reach_until(of, &|_| false)
    }

    /// The same; where it stops, of what a node is made of only the condition under which it is known.
    pub fn reach_until(&self, of: &[NodeId], stops: &dyn Fn(NodeId) -> bool) -> Vec<NodeId> {
        let mut is_seen = vec![false; self.nodes.len()];
        let (mut reached, mut open) = (Vec::new(), of.to_vec());
        while let Some(place) = open.pop() {
            let Some(is_seen) = is_seen.get_mut(place).filter(|is_seen| !**is_seen) else { continue };
            *is_seen = true;
            reached.push(place);
            let node = self.node(place);
            match stops(place) {
                true => open.extend(node.guard()),
                false => node.each_part(&mut |part| open.push(part)),
            }
        }
        reached.sort_unstable();
        reached
    }

    /// The variables that some nodes read.
    pub fn variables(&self, of: &[NodeId]) -> std::collections::BTreeSet<Variable> {
        let leaves = self.reach(of).into_iter().filter_map(|node| match self.node(node) {
            Node::Leaf(variable, _) => Some(*variable),
            _ => None,
        });
        leaves.collect()
    }

    fn define(&mut self, id: DefineId) {
        let model = self.model;
        let Some(define) = model.defines.get(id.index()) else { return };
        let symbol = Symbol::Define(id);
        match &define.value {
            crate::model::AnyExpr::Condition(condition) => {
                let node = self.condition(condition, Scope::Lead);
                self.names.insert(symbol, node);
            }
            crate::model::AnyExpr::Number(number) => {
                let node = self.number(number, Scope::Lead);
                self.names.insert(symbol, node);
            }
            other => {
                let reads = self.reads_of(other, Scope::Lead);
                self.reads.insert(symbol, reads);
            }
        }
    }

    fn lookup(&mut self, id: LookupId) {
        let model = self.model;
        let Some(lookup) = model.lookups.get(id.index()) else { return };
        let symbol = Symbol::Lookup(id);
        match &lookup.table {
            crate::model::LookupTable::Number(table) => {
                let node = self.table(table, Scope::Lead, &mut |graph, result| graph.add(Node::Number(*result)));
                self.names.insert(symbol, node);
            }
            crate::model::LookupTable::Text(table) => {
                let reads = self.key_reads(&table.key, Scope::Lead);
                self.reads.insert(symbol, reads);
            }
        }
    }

    pub fn question(&mut self, variable: Variable, condition: Condition) -> NodeId {
        let known = self.questions_of.entry(variable).or_default();
        let same = known.iter().find(|place| self.questions.get(**place).is_some_and(|known| **known == condition));
        let place = match same {
            Some(place) => *place,
            None => {
                self.questions.push(Rc::new(condition));
                known.push(self.questions.len() - 1);
                self.questions.len() - 1
            }
        };
        self.add(Node::Leaf(variable, Aspect::Question(place)))
    }

    pub fn measure(&mut self, variable: Variable, number: NumberExpr) -> NodeId {
        let same = self.measures.iter().position(|known| **known == number);
        let place = same.unwrap_or_else(|| {
            self.measures.push(Rc::new(number));
            self.measures.len() - 1
        });
        self.add(Node::Leaf(variable, Aspect::Measure(place)))
    }
}
