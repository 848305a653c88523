//! One question as a small graph of its own: the nodes it needs, the variables they read, and the classes of these.

use super::asked::asked;
use super::domain::{Asked, Domain, Sample};
use super::estimate::Estimate;
use super::graph::{Node, NodeId, Variable};
use super::interval::Interval;
use super::standing::Standing;
use super::Analysis;
use std::collections::BTreeMap;
use std::rc::Rc;

pub(super) struct Query {
    /// In the order of the model's graph: parts stand before what is made of them
    pub nodes: Vec<Place>,
    /// By node of the model's graph where it is in `nodes`
    places: Vec<u32>,
    /// For each variable the nodes that change with it, in order.
    dependents: Vec<Vec<usize>>,
    /// For each variable how many steps it is to choose a class of it.
    work: Vec<usize>,
    pub variables: Vec<Variable>,
    pub domains: Vec<Rc<Domain>>,
}

pub(super) enum Place {
    /// A variable, by its place, and which of the things asked of it
    Leaf(usize, usize),
    /// Within bounds that are known already
    Node(Rc<Node>, Option<Interval>),
    /// A score whose rules are not looked at: known where a condition holds
    Score { when: Option<NodeId>, comes_to: Estimate },
}

/// For each variable the class that it is in, where that is chosen.
pub(super) type Assignment = Vec<Option<usize>>;

/// Variables and a value of the class that each is in.
pub(super) type Choices = BTreeMap<Variable, Sample>;

/// Scores whose rules are not looked at, and what is known of each.
pub(super) type Scores = BTreeMap<NodeId, Estimate>;

/// The place of a node that is not in a query.
const NOWHERE: u32 = u32::MAX;

impl Query {
    /// Of some nodes of the graph, and all they are made of.
    pub fn new(analysis: &Analysis<'_>, targets: &[NodeId]) -> Query {
        Query::fixed(analysis, targets, &Choices::new())
    }

    /// The same where some variables have their value already.
    pub fn fixed(analysis: &Analysis<'_>, targets: &[NodeId], fixed: &Choices) -> Query {
        Query::outline(analysis, targets, fixed, &Scores::default())
    }

    /// The same without what some scores are made of.
    pub fn outline(analysis: &Analysis<'_>, targets: &[NodeId], fixed: &Choices, scores: &Scores) -> Query {
        let (reached, asked) = {
            let graph = analysis.graph.borrow();
            let reached = graph.reach_until(targets, &|node| scores.contains_key(&node));
            let asked = asked(&graph.nodes, reached.iter().copied().filter(|node| !scores.contains_key(node)));
            (reached, asked)
        };
        let variables: Vec<Variable> = asked.keys().copied().collect();
        let domain = |(variable, asked): (Variable, Asked)| match fixed.get(&variable) {
            Some(sample) => Rc::new(Domain::single(&analysis.graph.borrow(), variable, &asked, sample)),
            None => analysis.domain(variable, asked),
        };
        let domains: Vec<Rc<Domain>> = asked.into_iter().map(domain).collect();
        let graph = analysis.graph.borrow();
        let nodes = reached.iter().map(|node| match (scores.get(node), graph.nodes.get(*node)) {
            (Some(comes_to), _) => Place::Score { when: graph.node(*node).guard(), comes_to: *comes_to },
            (None, Some(kind)) => match **kind {
                Node::Leaf(variable, aspect) => {
                    let place = variables.binary_search(&variable).unwrap_or(usize::MAX);
                    let aspect = domains.get(place).map(|domain| domain.place(aspect));
                    Place::Leaf(place, aspect.unwrap_or(usize::MAX))
                }
                _ => Place::Node(kind.clone(), analysis.known_bounds(*node)),
            },
            (None, None) => Place::Node(Rc::new(Node::Open), None),
        });
        let nodes: Vec<Place> = nodes.collect();
        let mut places = vec![NOWHERE; reached.last().map_or(0, |last| last + 1)];
        for (place, node) in reached.iter().enumerate() {
            places.get_mut(*node).into_iter().for_each(|slot| *slot = place as u32);
        }
        analysis.budget.take(nodes.len());
        let mut query = Query { nodes, places, dependents: Vec::new(), work: Vec::new(), variables, domains };
        query.find_dependents();
        query
    }

    /// For each variable its leaves and all that is made of them.
    fn find_dependents(&mut self) {
        // By node the variables that it reads, a bit each
        let words = self.variables.len().div_ceil(64);
        let mut read = vec![0_u64; words * self.nodes.len()];
        let mut dependents = vec![Vec::new(); self.variables.len()];
        let mut work = vec![1; self.variables.len()];
        for (place, node) in self.nodes.iter().enumerate() {
            let (before, own) = read.split_at_mut(place * words);
            if let Place::Leaf(variable, _) = node {
                own.get_mut(variable / 64).into_iter().for_each(|word| *word |= 1 << (variable % 64));
            }
            let mut steps = 1;
            node.each_part(&mut |part| {
                steps += 1;
                let part = before.get(self.place(part).saturating_mul(words)..).unwrap_or_default();
                own.iter_mut().zip(part).take(words).for_each(|(own, part)| *own |= part);
            });
            for (word, bits) in own.iter().take(words).enumerate() {
                let mut bits = *bits;
                while bits != 0 {
                    let variable = word * 64 + bits.trailing_zeros() as usize;
                    dependents.get_mut(variable).into_iter().for_each(|of: &mut Vec<usize>| of.push(place));
                    work.get_mut(variable).into_iter().for_each(|work| *work += steps);
                    bits &= bits - 1;
                }
            }
        }
        (self.dependents, self.work) = (dependents, work);
    }

    /// Where a node of the model's graph is in this query.
    pub fn place(&self, node: NodeId) -> usize {
        let place = self.places.get(node).copied().filter(|place| *place != NOWHERE);
        place.map_or(usize::MAX, |place| place as usize)
    }

    pub fn contains(&self, node: NodeId) -> bool {
        self.place(node) != usize::MAX
    }

    /// With no class chosen.
    pub fn standing(&self) -> Standing<'_> {
        Standing::new(self)
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

impl Place {
    /// The nodes of the model's graph that it is made of.
    pub fn each_part(&self, see: &mut dyn FnMut(NodeId)) {
        match self {
            Place::Leaf(..) => {}
            Place::Node(node, _) => node.each_part(see),
            Place::Score { when, .. } => when.iter().copied().for_each(see),
        }
    }
}
