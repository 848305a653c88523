//! The classes chosen so far, and what is known of every node of a query with these.

use super::estimate::Estimate;
use super::graph::{NodeId, evaluate};
use super::query::{Assignment, Place, Query};

#[derive(Clone)]
pub(super) struct Standing<'q> {
    query: &'q Query,
    pub assignment: Assignment,
    values: Vec<Estimate>,
    /// By node the last choice that changed its value
    changed: Vec<u64>,
    choices: u64,
}

impl<'q> Standing<'q> {
    /// With no class chosen.
    pub fn new(query: &'q Query) -> Standing<'q> {
        let assignment = vec![None; query.variables.len()];
        let (values, changed) = (Vec::with_capacity(query.nodes.len()), vec![0; query.nodes.len()]);
        let mut standing = Standing { query, assignment, values, changed, choices: 0 };
        for place in &query.nodes {
            let value = standing.estimate(place);
            standing.values.push(value);
        }
        standing
    }

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
        for place in query.dependents(variable) {
            let Some(node) = query.nodes.get(*place).filter(|_| self.may_change(*place)) else { continue };
            let value = self.estimate(node);
            if let (Some(slot), Some(changed)) = (self.values.get_mut(*place), self.changed.get_mut(*place))
                && *slot != value
            {
                *slot = value;
                *changed = self.choices;
            }
        }
    }

    /// Whether a node is a leaf, or one of its parts changed with the last choice.
    fn may_change(&self, place: usize) -> bool {
        let parts = self.query.parts(place);
        parts.is_empty() || parts.iter().any(|part| self.changed.get(*part) == Some(&self.choices))
    }

    /// The first variable of which no class is chosen.
    pub fn next_open(&self) -> Option<usize> {
        self.assignment.iter().position(Option::is_none)
    }

    fn estimate(&self, place: &Place) -> Estimate {
        let part = |node: NodeId| self.at(self.query.place(node));
        match place {
            Place::Leaf(variable, aspect) => match self.query.domains.get(*variable) {
                Some(domain) => match self.assignment.get(*variable).copied().flatten() {
                    Some(class) => domain.answer(*aspect, class),
                    None => domain.hull(*aspect),
                },
                None => Estimate::ANY,
            },
            Place::Node(node, None) => evaluate(node, &part),
            Place::Node(node, Some(bounds)) => evaluate(node, &part).map(|interval| interval.meet(*bounds)),
            Place::Score { when: None, comes_to } => *comes_to,
            Place::Score { when: Some(when), comes_to } => {
                Estimate { truth: comes_to.truth.and(part(*when).truth), ..*comes_to }
            }
        }
    }
}
