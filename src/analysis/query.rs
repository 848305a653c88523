//! One question as a small graph of its own: the nodes it needs, the variables they read, and the classes of these.

use super::domain::{Asked, Domain, Sample};
use super::estimate::Estimate;
use super::graph::{Aspect, Node, NodeId, Variable, evaluate};
use super::{Analysis, interval::Interval};
use crate::value::Decimal;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

pub(super) struct Query {
    nodes: Vec<Place>,
    /// By node the places of those that it is made of
    parts: Vec<Vec<usize>>,
    /// For each variable the nodes that change with it, in order.
    dependents: Vec<Vec<usize>>,
    /// For each variable how many steps it is to choose a class of it.
    work: Vec<usize>,
    /// Where a node of the model's graph is in `nodes`.
    places: HashMap<NodeId, usize>,
    pub variables: Vec<Variable>,
    pub domains: Vec<Rc<Domain>>,
}

enum Place {
    /// A variable, by its place, and which of the things asked of it
    Leaf(usize, usize),
    /// Over places of this query; within bounds that are known already
    Node(Node, Option<Interval>),
}

/// For each variable the class that it is in, where that is chosen.
pub(super) type Assignment = Vec<Option<usize>>;

/// Variables and a value of the class that each is in.
pub(super) type Choices = BTreeMap<Variable, Sample>;

/// The classes chosen so far, and what is known of every node with these.
#[derive(Clone)]
pub(super) struct Standing<'q> {
    query: &'q Query,
    pub assignment: Assignment,
    values: Vec<Estimate>,
    /// By node the last choice that changed its value
    changed: Vec<u64>,
    choices: u64,
}

impl Query {
    /// Of some nodes of the graph, and all they are made of.
    pub fn new(analysis: &Analysis<'_>, targets: &[NodeId]) -> Query {
        Query::fixed(analysis, targets, &BTreeMap::new())
    }

    /// The same where some variables have their value already.
    pub fn fixed(analysis: &Analysis<'_>, targets: &[NodeId], fixed: &Choices) -> Query {
        let (reached, asked) = {
            let graph = analysis.graph.borrow();
            let reached = graph.reach(targets);
            let asked = asked(&graph.nodes, &reached);
            (reached, asked)
        };
        let variables: Vec<Variable> = asked.keys().copied().collect();
        let domain = |(variable, asked): (Variable, Asked)| match fixed.get(&variable) {
            Some(sample) => Rc::new(Domain::single(&analysis.graph.borrow(), variable, &asked, sample)),
            None => analysis.domain(variable, asked),
        };
        let domains: Vec<Rc<Domain>> = asked.into_iter().map(domain).collect();
        let place_of: HashMap<Variable, usize> =
            variables.iter().enumerate().map(|(place, variable)| (*variable, place)).collect();
        let graph = analysis.graph.borrow();
        let places: HashMap<NodeId, usize> = reached.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        let moved = |part: NodeId| places.get(&part).copied().unwrap_or(usize::MAX);
        let nodes = reached.iter().map(|node| match graph.node(*node) {
            Node::Leaf(variable, aspect) => {
                let variable = place_of.get(variable).copied().unwrap_or(usize::MAX);
                let domain = domains.get(variable).map(|domain: &Rc<Domain>| domain.place(*aspect));
                Place::Leaf(variable, domain.unwrap_or(usize::MAX))
            }
            other => Place::Node(other.moved(&moved), analysis.known_bounds(*node)),
        });
        let nodes: Vec<Place> = nodes.collect();
        let parts: Vec<Vec<usize>> = nodes.iter().map(Place::parts).collect();
        let dependents = dependents(&nodes, &parts, variables.len());
        let steps = |place: &usize| 1 + parts.get(*place).map_or(0, Vec::len);
        let work = dependents.iter().map(|places| 1 + places.iter().map(steps).sum::<usize>()).collect();
        drop(graph);
        analysis.budget.take(nodes.len());
        Query { nodes, parts, dependents, work, places, variables, domains }
    }

    /// Where a node of the model's graph is in this query.
    pub fn place(&self, node: NodeId) -> usize {
        self.places.get(&node).copied().unwrap_or(usize::MAX)
    }

    /// With no class chosen.
    pub fn standing(&self) -> Standing<'_> {
        let assignment = vec![None; self.variables.len()];
        let values = Vec::with_capacity(self.nodes.len());
        let mut standing = Standing { query: self, assignment, values, changed: vec![0; self.nodes.len()], choices: 0 };
        for place in &self.nodes {
            let value = standing.estimate(place);
            standing.values.push(value);
        }
        standing
    }

    /// A value of each class that is chosen.
    pub fn choices(&self, assignment: &Assignment) -> Choices {
        let chosen = self.variables.iter().zip(&self.domains).zip(assignment);
        let sample = |((variable, domain), class): ((&Variable, &Rc<Domain>), &Option<usize>)| {
            Some((*variable, domain.samples.get((*class)?)?.clone()))
        };
        chosen.filter_map(sample).collect()
    }

    /// The class that is chosen of a variable, by its place.
    pub fn sample(&self, assignment: &Assignment, variable: usize) -> Option<&Sample> {
        let class = (*assignment.get(variable)?)?;
        self.domains.get(variable)?.samples.get(class)
    }

    /// All classes of a variable.
    pub fn classes(&self, variable: usize) -> std::ops::Range<usize> {
        0..self.domains.get(variable).map_or(0, |domain| domain.samples.len())
    }

    /// How many steps it is to choose a class of a variable.
    pub fn work(&self, variable: usize) -> usize {
        self.work.get(variable).copied().unwrap_or(1)
    }

    /// The places of the nodes that change with a variable, in order.
    pub fn dependents(&self, variable: usize) -> &[usize] {
        self.dependents.get(variable).map_or(&[], |places| places)
    }
}

impl Standing<'_> {
    /// Of a node by its place in the query.
    pub fn at(&self, place: usize) -> Estimate {
        self.values.get(place).copied().unwrap_or(Estimate::ANY)
    }

    /// Chooses a class of a variable, or takes the choice back. A node is estimated anew where one of its parts changed.
    pub fn choose(&mut self, variable: usize, class: Option<usize>) {
        if let Some(place) = self.assignment.get_mut(variable) {
            *place = class;
        }
        self.choices += 1;
        let query = self.query;
        for place in query.dependents.get(variable).into_iter().flatten() {
            let (Some(node), Some(parts)) = (query.nodes.get(*place), query.parts.get(*place)) else { continue };
            if !parts.is_empty() && !parts.iter().any(|part| self.changed.get(*part) == Some(&self.choices)) {
                continue;
            }
            let value = self.estimate(node);
            if let (Some(slot), Some(changed)) = (self.values.get_mut(*place), self.changed.get_mut(*place))
                && *slot != value
            {
                *slot = value;
                *changed = self.choices;
            }
        }
    }

    /// The first variable of which no class is chosen.
    pub fn next_open(&self) -> Option<usize> {
        self.assignment.iter().position(Option::is_none)
    }

    fn estimate(&self, place: &Place) -> Estimate {
        match place {
            Place::Leaf(variable, aspect) => match self.query.domains.get(*variable) {
                Some(domain) => match self.assignment.get(*variable).copied().flatten() {
                    Some(class) => domain.answer(*aspect, class),
                    None => domain.hull(*aspect),
                },
                None => Estimate::ANY,
            },
            Place::Node(node, bounds) => {
                let value = evaluate(node, &|part| self.values.get(part).copied().unwrap_or(Estimate::ANY));
                match bounds {
                    Some(bounds) => value.map(|interval| interval.meet(*bounds)),
                    None => value,
                }
            }
        }
    }
}

impl Place {
    fn parts(&self) -> Vec<usize> {
        match self {
            Place::Leaf(..) => Vec::new(),
            Place::Node(node, _) => node.parts(),
        }
    }
}

/// For each variable its leaves and all that is made of them.
fn dependents(nodes: &[Place], parts: &[Vec<usize>], variables: usize) -> Vec<Vec<usize>> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut leaves: Vec<Vec<usize>> = vec![Vec::new(); variables];
    for (place, (node, parts)) in nodes.iter().zip(parts).enumerate() {
        if let Place::Leaf(variable, _) = node
            && let Some(leaves) = leaves.get_mut(*variable)
        {
            leaves.push(place);
        }
        for part in parts {
            users.get_mut(*part).into_iter().for_each(|of| of.push(place));
        }
    }
    // By node the last variable that was found to change it
    let mut seen = vec![usize::MAX; nodes.len()];
    let mut changed = |variable: usize, mut open: Vec<usize>| {
        let mut found = Vec::new();
        while let Some(place) = open.pop() {
            let Some(seen) = seen.get_mut(place).filter(|seen| **seen != variable) else { continue };
            *seen = variable;
            found.push(place);
            open.extend(users.get(place).into_iter().flatten());
        }
        found.sort_unstable();
        found
    };
    leaves.into_iter().enumerate().map(|(variable, leaves)| changed(variable, leaves)).collect()
}

/// What is asked of each variable: its aspects, and the constants they are compared with.
fn asked(nodes: &[Node], reached: &[NodeId]) -> BTreeMap<Variable, Asked> {
    let mut asked: BTreeMap<Variable, Asked> = BTreeMap::new();
    let node = |place: NodeId| nodes.get(place);
    for place in reached {
        if let Some(Node::Leaf(variable, aspect)) = node(*place) {
            asked.entry(*variable).or_default().aspects.push(*aspect);
        }
    }
    for place in reached {
        match node(*place) {
            Some(Node::Compare(left, _, right)) => {
                for (side, other) in [(left, right), (right, left)] {
                    match node(*other) {
                        Some(Node::Number(at)) => cut(nodes, *side, *at, &mut asked),
                        _ => calculates(nodes, *side, &mut asked),
                    }
                }
            }
            Some(Node::Known(_)) | None => {}
            Some(other) => other.parts().into_iter().for_each(|part| calculates(nodes, part, &mut asked)),
        }
    }
    for asked in asked.values_mut() {
        asked.cuts.sort_unstable();
        asked.cuts.dedup();
    }
    asked
}

/// A node is compared with a number: so its variable is cut there; or, where it is calculated from one variable and
/// constants, about where it comes to that number.
fn cut(nodes: &[Node], mut node: NodeId, mut at: Decimal, asked: &mut BTreeMap<Variable, Asked>) {
    let number = |place: &NodeId| match nodes.get(*place) {
        Some(Node::Number(number)) => Some(*number),
        _ => None,
    };
    loop {
        let inner = match nodes.get(node) {
            Some(Node::Leaf(variable, aspect)) => {
                asked.entry(*variable).or_default().cuts.push((*aspect, at));
                return;
            }
            Some(Node::Add(left, right)) => match (number(left), number(right)) {
                (None, Some(constant)) => at.subtract(constant).map(|at| (*left, at)),
                (Some(constant), None) => at.subtract(constant).map(|at| (*right, at)),
                _ => None,
            },
            Some(Node::Subtract(left, right)) => match (number(left), number(right)) {
                (None, Some(constant)) => at.add(constant).map(|at| (*left, at)),
                (Some(constant), None) => constant.subtract(at).map(|at| (*right, at)),
                _ => None,
            },
            Some(Node::Multiply(left, right)) => match (number(left), number(right)) {
                (None, Some(constant)) => at.divide(constant).map(|at| (*left, at)),
                (Some(constant), None) => at.divide(constant).map(|at| (*right, at)),
                _ => None,
            },
            Some(Node::Divide(left, right)) => {
                number(right).and_then(|constant| at.multiply(constant)).map(|at| (*left, at))
            }
            Some(Node::Percent(percent, of)) => {
                at.multiply(Decimal::whole(100)).and_then(|at| at.divide(*percent)).map(|at| (*of, at))
            }
            Some(Node::Negate(of)) => Some((*of, at.negate())),
            _ => None,
        };
        match inner {
            Some(inner) => (node, at) = inner,
            None => return,
        }
    }
}

/// A node is a part of a calculation: where it is a variable, the values beside its cuts matter as well.
fn calculates(nodes: &[Node], node: NodeId, asked: &mut BTreeMap<Variable, Asked>) {
    if let Some(Node::Leaf(variable, Aspect::Value | Aspect::Measure(_))) = nodes.get(node) {
        asked.entry(*variable).or_default().in_arithmetic = true;
    }
}
