//! Search over the classes of a query's variables: for some that meet goals, and for those that bring a number furthest.

use super::domain::Sample;
use super::estimate::Truth;
use super::graph::NodeId;
use super::query::{Assignment, Query, Standing};
use crate::value::Decimal;

/// A condition that shall hold, or not.
pub(super) type Goal = (NodeId, bool);

/// A node by its place in a query; and whether it shall hold, or is added.
type Placed = (usize, bool);

/// So many nodes are estimated before a search gives up.
const MOST_WORK: usize = 400_000;
/// So many examples are tried before a search gives up.
const MOST_TRIES: usize = 12;
/// Searches go no deeper than this.
const DEEPEST: usize = 600;

/// What a search for goals came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome<T> {
    Found(T),
    /// A proof that there is none
    Never,
    Unknown,
}

/// Looks at the classes chosen so far: whether they can stand together, and what they give.
pub(super) struct Search<'q, T> {
    query: &'q Query,
    goals: Vec<Placed>,
    /// Whether classes are not proved to exclude each other.
    agrees: &'q dyn Fn(&Assignment) -> bool,
    /// Makes something of classes that may meet the goals; `None` where it does not work out.
    accept: &'q dyn Fn(&Assignment) -> Option<T>,
    work: usize,
    tries: usize,
    /// Something was given up, so that nothing is proved.
    doubt: bool,
}

impl<'q, T> Search<'q, T> {
    pub fn new(
        query: &'q Query,
        goals: &[Goal],
        agrees: &'q dyn Fn(&Assignment) -> bool,
        accept: &'q dyn Fn(&Assignment) -> Option<T>,
    ) -> Search<'q, T> {
        let goals = query.placed(goals);
        Search { query, goals, agrees, accept, work: 0, tries: 0, doubt: false }
    }

    /// Classes that meet all goals.
    pub fn run(mut self) -> Outcome<T> {
        let mut standing = self.query.standing();
        match self.from(&mut standing, 0) {
            Some(found) => Outcome::Found(found),
            None if self.doubt => Outcome::Unknown,
            None => Outcome::Never,
        }
    }

    fn from(&mut self, standing: &mut Standing<'q>, depth: usize) -> Option<T> {
        let truth = meets(standing, &self.goals);
        if truth == Truth::No {
            return None;
        }
        let open = standing.next_open();
        if truth == Truth::Yes || open.is_none() {
            if let Some(found) = (self.accept)(&standing.assignment) {
                return Some(found);
            }
            self.tries += 1;
            self.doubt = true;
        }
        let variable = open?;
        for class in self.ordered(standing, variable) {
            if self.work > MOST_WORK || self.tries > MOST_TRIES || depth > DEEPEST {
                self.doubt = true;
                break;
            }
            standing.choose(variable, Some(class));
            if (self.agrees)(&standing.assignment)
                && let Some(found) = self.from(standing, depth + 1)
            {
                return Some(found);
            }
        }
        standing.choose(variable, None);
        None
    }

    /// The classes of a variable that do not go against the goals, those that meet them first.
    fn ordered(&mut self, standing: &mut Standing<'q>, variable: usize) -> Vec<usize> {
        let classes = self.query.domains.get(variable).map_or(0, |domain| domain.samples.len());
        let mut promising: Vec<(Truth, usize)> = Vec::new();
        for class in 0..classes {
            standing.choose(variable, Some(class));
            self.work += self.query.work(variable);
            let truth = meets(standing, &self.goals);
            if truth != Truth::No {
                promising.push((truth, class));
            }
        }
        standing.choose(variable, None);
        promising.sort_by_key(|(truth, class)| (std::cmp::Reverse(*truth), *class));
        promising.into_iter().map(|(_, class)| class).collect()
    }
}

/// The furthest that a number can go, up or down.
pub(super) struct Furthest<'q> {
    query: &'q Query,
    /// The sum of these is what counts.
    of: Vec<Placed>,
    goals: Vec<Placed>,
    up: bool,
    agrees: &'q dyn Fn(&Assignment) -> bool,
    work: usize,
    best: Option<Leaf>,
    root: End,
    is_cut_short: bool,
}

/// An end of a range; `None` is open.
type End = Option<Decimal>;

#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub end: End,
    pub assignment: Assignment,
}

/// What the search for the furthest came to.
#[derive(Debug, Clone)]
pub(super) enum Extreme {
    /// Nothing goes past the end of the leaf.
    At(Leaf),
    /// Nothing goes past this, and the leaf is the best that was found.
    Within(End, Option<Leaf>),
    /// The goals cannot be met.
    Never,
}

impl<'q> Furthest<'q> {
    pub fn new(
        query: &'q Query,
        of: &[(NodeId, bool)],
        goals: &[Goal],
        up: bool,
        agrees: &'q dyn Fn(&Assignment) -> bool,
    ) -> Furthest<'q> {
        let (of, goals) = (query.placed(of), query.placed(goals));
        Furthest { query, of, goals, up, agrees, work: 0, best: None, root: None, is_cut_short: false }
    }

    pub fn run(mut self) -> Extreme {
        let mut standing = self.query.standing();
        let Some(root) = self.bound(&standing) else { return Extreme::Never };
        self.root = root;
        self.from(&mut standing, 0);
        match (self.best, self.is_cut_short) {
            (Some(best), true) if best.end == self.root => Extreme::At(best),
            (best, true) => Extreme::Within(self.root, best),
            (Some(best), false) => Extreme::At(best),
            (None, false) => Extreme::Never,
        }
    }

    /// How far it can still go; none where the goals are missed.
    fn bound(&self, standing: &Standing<'_>) -> Option<End> {
        if meets(standing, &self.goals) == Truth::No {
            return None;
        }
        let end = self.of.iter().try_fold(Decimal::ZERO, |sum, (node, adds)| {
            let end = standing.at(*node).interval.end(self.up == *adds)?;
            sum.add(if *adds { end } else { end.negate() })
        });
        Some(end)
    }

    /// Nothing that is still open changes it.
    fn is_decided(&self, standing: &Standing<'_>) -> bool {
        let settled = self.of.iter().all(|(node, _)| standing.at(*node).interval.single().is_some());
        settled && meets(standing, &self.goals) == Truth::Yes
    }

    fn from(&mut self, standing: &mut Standing<'q>, depth: usize) {
        let Some(end) = self.bound(standing) else { return };
        if self.best.as_ref().is_some_and(|best| !self.is_further(end, best.end)) {
            return;
        }
        let open = standing.next_open().filter(|_| !self.is_decided(standing));
        self.is_cut_short |= open.is_some() && depth > DEEPEST;
        let Some(variable) = open.filter(|_| depth <= DEEPEST) else {
            self.best = Some(Leaf { end, assignment: standing.assignment.clone() });
            return;
        };
        for class in self.ordered(standing, variable) {
            if self.best.as_ref().is_some_and(|best| best.end == self.root) {
                break;
            }
            // Once something was found; before, it goes on to the end of its first way down.
            if self.work > MOST_WORK && (self.best.is_some() || self.work > 4 * MOST_WORK) {
                self.is_cut_short = true;
                break;
            }
            standing.choose(variable, Some(class));
            if (self.agrees)(&standing.assignment) {
                self.from(standing, depth + 1);
            }
        }
        standing.choose(variable, None);
    }

    /// The classes of a variable that the goals allow, the most promising first; of equals those of which a value is
    /// known, those that decide the number, then the earlier one.
    fn ordered(&mut self, standing: &mut Standing<'q>, variable: usize) -> Vec<usize> {
        let Some(domain) = self.query.domains.get(variable) else { return Vec::new() };
        let mut promising: Vec<(End, (bool, bool, usize))> = Vec::new();
        for (class, sample) in domain.samples.iter().enumerate() {
            standing.choose(variable, Some(class));
            self.work += self.query.work(variable) + self.of.len() / 8;
            if let Some(end) = self.bound(standing) {
                promising.push((end, (*sample == Sample::Unseen, !self.is_decided(standing), class)));
            }
        }
        standing.choose(variable, None);
        promising.sort_by(|(one, first), (other, second)| {
            let further = self.is_further(*other, *one).cmp(&self.is_further(*one, *other));
            further.then(first.cmp(second))
        });
        promising.into_iter().map(|(_, (_, _, class))| class).collect()
    }

    fn is_further(&self, end: End, than: End) -> bool {
        match (end, than) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(end), Some(than)) => {
                if self.up {
                    end > than
                } else {
                    end < than
                }
            }
        }
    }
}

impl Query {
    fn placed(&self, nodes: &[(NodeId, bool)]) -> Vec<Placed> {
        nodes.iter().map(|(node, is)| (self.place(*node), *is)).collect()
    }

    /// Whether all goals are met, whatever the classes; or none can be.
    pub(super) fn meets(&self, goals: &[Goal]) -> Truth {
        meets(&self.standing(), &self.placed(goals))
    }
}

/// Whether all goals are met.
fn meets(standing: &Standing<'_>, goals: &[Placed]) -> Truth {
    goals.iter().fold(Truth::Yes, |truth, (node, holds)| {
        let of = standing.at(*node).truth;
        truth.and(if *holds { of } else { of.not() })
    })
}
