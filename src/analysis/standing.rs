//! The classes chosen so far, and what is known of every node of a query with these.

use super::estimate::Estimate;
use super::graph::evaluate;
use super::query::{Assignment, Place, Query};
use super::settled::Settled;
use std::rc::Rc;

#[derive(Clone)]
pub(super) struct Standing<'q> {
    query: &'q Query,
    pub assignment: Assignment,
    values: Vec<Estimate>,
    /// By node the last choice that changed its value
    changed: Vec<u64>,
    choices: u64,
    /// By variable, once its classes were looked at
    settled: Option<Rc<[Settled]>>,
}

impl<'q> Standing<'q> {
    /// With no class chosen.
    pub fn new(query: &'q Query) -> Standing<'q> {
        let assignment = vec![None; query.variables.len()];
        let (values, changed) = (Vec::with_capacity(query.nodes.len()), vec![0; query.nodes.len()]);
        let mut standing = Standing { query, assignment, values, changed, choices: 0, settled: None };
        for place in 0..query.nodes.len() {
            let value = standing.estimate(place);
            standing.values.push(value);
        }
        standing
    }

    /// Of a node by its place in the query.
    pub fn at(&self, place: usize) -> Estimate {
        self.values.get(place).copied().unwrap_or(Estimate::ANY)
    }

    pub fn query(&self) -> &'q Query {
        self.query
    }

    /// From now on nodes that read one variable alone are looked up; of those that nothing looks at nothing is known.
    pub fn settle(&mut self, settled: Rc<[Settled]>) {
        self.settled = Some(settled);
    }

    /// Chooses a class of a variable, or takes the choice back. A node is estimated anew where one of its parts changed.
    pub fn choose(&mut self, variable: usize, class: Option<usize>) {
        let settled = self.settled.clone();
        match settled.as_ref().and_then(|settled| settled.get(variable)) {
            Some(settled) => {
                self.begin_choice(variable, class);
                settled.inner(class).for_each(|(place, value)| self.set(place, value));
                self.estimate_anew(&settled.shared);
            }
            None => self.choose_for(variable, class, self.query.dependents(variable)),
        }
    }

    /// The same where only some of the nodes that change with the variable are looked at, in order.
    pub fn choose_for(&mut self, variable: usize, class: Option<usize>, places: &[usize]) {
        self.begin_choice(variable, class);
        self.estimate_anew(places);
    }

    fn begin_choice(&mut self, variable: usize, class: Option<usize>) {
        if let Some(place) = self.assignment.get_mut(variable) {
            *place = class;
        }
        self.choices += 1;
    }

    fn estimate_anew(&mut self, places: &[usize]) {
        for place in places {
            if self.may_change(*place) {
                self.set(*place, self.estimate(*place));
            }
        }
    }

    fn set(&mut self, place: usize, value: Estimate) {
        if let (Some(slot), Some(changed)) = (self.values.get_mut(place), self.changed.get_mut(place))
            && *slot != value
        {
            *slot = value;
            *changed = self.choices;
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

    fn estimate(&self, place: usize) -> Estimate {
        let parts = self.query.parts(place);
        let part = |nth: usize| parts.get(nth).map_or(Estimate::ANY, |part| self.at(*part));
        match self.query.nodes.get(place) {
            None => Estimate::ANY,
            Some(Place::Leaf(variable, aspect)) => match self.query.domains.get(*variable) {
                Some(domain) => match self.assignment.get(*variable).copied().flatten() {
                    Some(class) => domain.answer(*aspect, class),
                    None => domain.hull(*aspect),
                },
                None => Estimate::ANY,
            },
            Some(Place::Node(node, None)) => evaluate(node, &part),
            Some(Place::Node(node, Some(bounds))) => evaluate(node, &part).map(|interval| interval.meet(*bounds)),
            Some(Place::Score { when: None, comes_to }) => *comes_to,
            Some(Place::Score { when: Some(_), comes_to }) => {
                Estimate { truth: comes_to.truth.and(part(0).truth), ..*comes_to }
            }
        }
    }
}
