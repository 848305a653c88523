//! The furthest that a node can go: what never falls is passed through, sums are cut into parts that have nothing in
//! common, and the rest is searched.

use super::Analysis;
use super::answers::once;
use super::domain::Sample;
use super::furthest::{Extreme, Furthest, Leaf};
use super::graph::{Node, NodeId};
use super::interval::Interval;
use super::query::{Assignment, Choices, Query};
use super::search::{Goal, Outcome, Search, in_order};
use super::together::Together;
use crate::value::{Decimal, POINT_DECIMALS};

/// Nothing goes past `end` (`None`: open); the choices are those that bring it furthest of what was found.
#[derive(Debug, Clone)]
pub(super) struct Optimum {
    pub end: Option<Decimal>,
    pub choices: Choices,
    /// What is in the chosen classes lies in this
    pub comes_to: Interval,
}

/// What is looked for.
#[derive(Clone)]
struct Aim {
    goals: Vec<Goal>,
    up: bool,
    /// A number must be known; points are always there
    must_be_known: bool,
    /// So deep inside what was asked about
    depth: usize,
}

/// Scores over scores are followed no further.
const DEEPEST: usize = 100;

/// A node that is added, or subtracted.
pub(super) type Term = (NodeId, bool);

impl Analysis<'_> {
    /// `None`: the goals cannot be met, or the number is never known.
    pub(super) fn optimum(&self, node: NodeId, up: bool, goals: &[Goal]) -> Option<Optimum> {
        once(&self.answers.optima, (node, up, in_order(goals)), |(node, up, goals)| {
            self.furthest(*node, Aim { goals: goals.clone(), up: *up, must_be_known: true, depth: 0 })
        })
    }

    fn furthest(&self, node: NodeId, mut aim: Aim) -> Option<Optimum> {
        aim.depth += 1;
        if aim.depth > DEEPEST {
            return self.furthest_together(&[(node, true)], &aim);
        }
        let kind = self.graph.borrow().node(node).clone();
        match kind {
            Node::Clamp { lowest, highest, of } => {
                let optimum = self.furthest(of, aim.clone())?;
                Some(optimum.through(aim.up, |interval| interval.clamped(lowest, highest)))
            }
            Node::Round(decimals, of) => {
                let optimum = self.furthest(of, aim.clone())?;
                Some(optimum.through(aim.up, |interval| interval.through(|value| Some(value.round(decimals)))))
            }
            Node::Weighted(percent, of) => {
                let optimum = self.furthest(of, aim.clone())?;
                let hundred = Decimal::whole(100).billionths();
                let share = |value: Decimal| value.ratio_rounded(percent.billionths(), hundred, POINT_DECIMALS);
                Some(optimum.through(aim.up, |interval| interval.through(share)))
            }
            Node::Percent(percent, of) if percent.is_negative() => {
                let optimum = self.furthest(of, Aim { up: !aim.up, ..aim })?.negated();
                let share = |value: Decimal| value.percent(percent.negate());
                Some(optimum.through(aim.up, |interval| interval.through(share)))
            }
            Node::Percent(percent, of) => {
                let optimum = self.furthest(of, aim.clone())?;
                Some(optimum.through(aim.up, |interval| interval.through(|value| value.percent(percent))))
            }
            Node::Negate(of) => {
                let up = !aim.up;
                let optimum = self.furthest(of, Aim { up, ..aim })?;
                Some(optimum.negated())
            }
            Node::Guarded(when, of) => {
                let goals = [&aim.goals[..], &[(when, true)]].concat();
                self.furthest(of, Aim { goals, ..aim })
            }
            Node::Total(of) => self.furthest(of, Aim { must_be_known: false, ..aim }),
            Node::Sum(_) | Node::Add(..) | Node::Subtract(..) => {
                let terms = self.terms(node);
                self.furthest_sum(&terms, aim)
            }
            _ => self.furthest_together(&[(node, true)], &aim),
        }
    }

    /// What a sum adds and subtracts, sums inside it too.
    fn terms(&self, node: NodeId) -> Vec<Term> {
        let graph = self.graph.borrow();
        let mut terms = Vec::new();
        let mut open = vec![(node, true)];
        while let Some((node, adds)) = open.pop() {
            match graph.node(node) {
                Node::Sum(parts) => open.extend(parts.iter().rev().map(|part| (*part, adds))),
                Node::Add(left, right) => open.extend([(*right, adds), (*left, adds)]),
                Node::Subtract(left, right) => open.extend([(*right, !adds), (*left, adds)]),
                _ => terms.push((node, adds)),
            }
        }
        terms
    }

    fn furthest_sum(&self, terms: &[Term], aim: Aim) -> Option<Optimum> {
        let nodes: Vec<NodeId> =
            terms.iter().map(|(node, _)| *node).chain(aim.goals.iter().map(|(node, _)| *node)).collect();
        let mut sum = Optimum::nothing(Choices::new());
        for part in self.parts(&nodes) {
            let here: Vec<Term> = part.iter().filter_map(|place| terms.get(*place)).copied().collect();
            let goals = part.iter().filter_map(|place| aim.goals.get(place.checked_sub(terms.len())?));
            let aim = Aim { goals: goals.copied().collect(), ..aim };
            let optimum = match here[..] {
                [] => Optimum::nothing(self.some_choices(&aim.goals)?),
                [(node, true)] => self.furthest(node, aim)?,
                [(node, false)] => {
                    let up = !aim.up;
                    self.furthest(node, Aim { up, ..aim })?.negated()
                }
                _ => self.furthest_together(&here, &aim)?,
            };
            sum.end = sum.end.zip(optimum.end).and_then(|(one, other)| one.add(other));
            sum.comes_to = sum.comes_to.plus(optimum.comes_to);
            sum.choices.extend(optimum.choices);
        }
        Some(sum)
    }

    /// Classes that meet the goals; none chosen where that is open. `None`: they cannot be met.
    fn some_choices(&self, goals: &[Goal]) -> Option<Choices> {
        once(&self.answers.meeting, in_order(goals), |goals| self.new_choices(goals))
    }

    fn new_choices(&self, goals: &[Goal]) -> Option<Choices> {
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        let query = Query::new(self, &nodes);
        let together = Together::new(self, &query);
        let agrees = |assignment: &Assignment, variable: usize| together.agree(assignment, variable);
        let accept = |assignment: &Assignment| {
            let choices = query.choices(assignment);
            let is_seen = !choices.values().any(|sample| *sample == Sample::Unseen);
            is_seen.then_some(choices)
        };
        match Search::new(&query, goals, &agrees, &accept, &self.budget).run() {
            Outcome::Found(choices) => Some(choices),
            Outcome::Unknown => Some(Choices::new()),
            Outcome::Never => None,
        }
    }

    fn furthest_together(&self, terms: &[Term], aim: &Aim) -> Option<Optimum> {
        let mut goals = aim.goals.clone();
        if aim.must_be_known {
            goals.extend(terms.iter().map(|(node, _)| (*node, true)));
        }
        let key = (terms.to_vec(), aim.up, in_order(&goals));
        once(&self.answers.sums, key, |(terms, up, goals)| self.searched(terms, *up, goals))
    }

    fn searched(&self, terms: &[Term], up: bool, goals: &[Goal]) -> Option<Optimum> {
        let targets: Vec<NodeId> =
            terms.iter().map(|(node, _)| *node).chain(goals.iter().map(|(node, _)| *node)).collect();
        let query = Query::new(self, &targets);
        let together = Together::new(self, &query);
        let agrees = |assignment: &Assignment, variable: usize| together.agree(assignment, variable);
        let furthest = || Furthest::new(&query, terms, goals, up, &agrees, &self.budget);
        let (end, leaf) = match furthest().run() {
            Extreme::At(leaf) => (leaf.end, Some(leaf)),
            Extreme::Within(end, leaf) => (end, leaf),
            Extreme::Never => return None,
        };
        let optimum = |leaf: Leaf| {
            let comes_to = sum_at(&query, terms, &leaf.assignment);
            Optimum { end, choices: query.choices(&leaf.assignment), comes_to }
        };
        let is_shown = |of: &Optimum| !of.choices.values().any(|sample| *sample == Sample::Unseen);
        if let Some(optimum) = leaf.map(optimum).filter(is_shown) {
            return Some(optimum);
        }
        // Not as far, but it can be shown.
        match furthest().only_seen().run() {
            Extreme::At(leaf) | Extreme::Within(_, Some(leaf)) => Some(optimum(leaf)),
            Extreme::Within(_, None) | Extreme::Never => {
                Some(Optimum { end, choices: Choices::new(), comes_to: Interval::ALL })
            }
        }
    }
}

/// Between what terms come to together with the classes of an assignment.
fn sum_at(query: &Query, terms: &[Term], assignment: &Assignment) -> Interval {
    let standing = query.standing_at(assignment);
    query.placed(terms).into_iter().fold(Interval::ZERO, |sum, (place, adds)| {
        let term = standing.at(place).interval;
        sum.plus(if adds { term } else { term.negated() })
    })
}

impl Optimum {
    /// Nothing is added.
    fn nothing(choices: Choices) -> Optimum {
        Optimum { end: Some(Decimal::ZERO), choices, comes_to: Interval::ZERO }
    }

    /// Its end, the upper or the lower one, through a function of stretches that never falls.
    fn through(mut self, up: bool, change: impl Fn(Interval) -> Interval) -> Optimum {
        self.end = match up {
            true => change(Interval::new(None, self.end)).high(),
            false => change(Interval::new(self.end, None)).low(),
        };
        self.comes_to = change(self.comes_to);
        self
    }

    fn negated(self) -> Optimum {
        Optimum { end: self.end.map(Decimal::negate), comes_to: self.comes_to.negated(), ..self }
    }

    /// Whether what is in the chosen classes may come to the end, the upper or the lower one.
    pub fn may_be_attained(&self, up: bool) -> bool {
        let reach = self.comes_to.end(up);
        reach.is_none() || reach == self.end
    }
}
