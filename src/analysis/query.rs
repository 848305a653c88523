//! One question as a small graph of its own: the nodes it needs, the variables they read, and the classes of these.

use super::Analysis;
use super::asked::asked;
use super::domain::{Asked, Domain, Sample};
use super::estimate::Estimate;
use super::graph::{Node, NodeId, Variable};
use super::interval::Interval;
use super::standing::Standing;
use super::wiring::Wiring;
use std::collections::BTreeMap;
use std::rc::Rc;

pub(super) struct Query {
    /// In the order of the model's graph: parts stand before what is made of them
    pub nodes: Vec<Place>,
    /// By node of the model's graph where it is in `nodes`
    places: Vec<u32>,
    wiring: Wiring,
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
        let mut query = Query { nodes, places, wiring: Wiring::default(), variables, domains };
        query.wiring = Wiring::new(&query.nodes, &|node| query.place(node), query.variables.len());
        query
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

    /// With the classes of an assignment.
    pub fn standing_at(&self, assignment: &Assignment) -> Standing<'_> {
        let mut standing = self.standing();
        for (variable, class) in assignment.iter().enumerate().filter(|(_, class)| class.is_some()) {
            standing.choose(variable, *class);
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

    /// A value of each class of a variable.
    pub fn samples(&self, variable: usize) -> &[Sample] {
        self.domains.get(variable).map_or(&[], |domain| &domain.samples)
    }

    /// All classes of a variable.
    pub fn classes(&self, variable: usize) -> std::ops::Range<usize> {
        0..self.samples(variable).len()
    }

    /// How many steps it is to choose a class of a variable.
    pub fn work(&self, variable: usize) -> usize {
        self.wiring.work(variable)
    }

    /// The places of the nodes that change with a variable, in order.
    pub fn dependents(&self, variable: usize) -> &[usize] {
        self.wiring.dependents(variable)
    }

    /// Whether a node reads one variable, and no other.
    pub fn reads_one(&self, place: usize) -> bool {
        self.wiring.reads_one(place)
    }

    /// The places of the nodes that a node is made of.
    pub fn parts(&self, place: usize) -> &[usize] {
        self.wiring.parts(place)
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
