//! Search over the classes of a query's variables for some that meet goals.

use super::budget::Budget;
use super::domain::Sample;
use super::estimate::Truth;
use super::graph::NodeId;
use super::query::{Assignment, Query};
use super::settled::Settled;
use super::standing::Standing;

/// A condition that shall hold, or not.
pub(super) type Goal = (NodeId, bool);

/// The same goals are asked for in any order.
pub(super) fn in_order(goals: &[Goal]) -> Vec<Goal> {
    let mut goals = goals.to_vec();
    goals.sort_unstable();
    goals.dedup();
    goals
}

/// A node by its place in a query; and whether it shall hold, or is added.
pub(super) type Placed = (usize, bool);

/// Whether classes are not proved to exclude each other, after one of the variable at this place was chosen.
pub(super) type Agrees<'q> = dyn Fn(&Assignment, usize) -> bool + 'q;

/// A search gives up after so many steps.
pub(super) const MOST_WORK: usize = 40_000;
/// So many examples are tried before a search gives up.
const MOST_TRIES: usize = 12;

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
    agrees: &'q Agrees<'q>,
    /// Makes something of classes that may meet the goals; `None` where it does not work out.
    accept: &'q dyn Fn(&Assignment) -> Option<T>,
    budget: &'q Budget,
    /// Steps taken before it began
    before: usize,
    tries: usize,
    /// Something was given up, so that nothing is proved.
    doubt: bool,
    /// Any classes that meet the goals will do: none is looked at before its turn
    takes_any: bool,
}

/// A variable of which one class after the other is tried.
struct Level {
    variable: usize,
    left: std::vec::IntoIter<usize>,
}

impl<'q, T> Search<'q, T> {
    pub fn new(
        query: &'q Query,
        goals: &[Goal],
        agrees: &'q Agrees<'q>,
        accept: &'q dyn Fn(&Assignment) -> Option<T>,
        budget: &'q Budget,
    ) -> Search<'q, T> {
        let goals = query.placed(goals);
        Search {
            query,
            goals,
            agrees,
            accept,
            budget,
            before: budget.taken(),
            tries: 0,
            doubt: false,
            takes_any: false,
        }
    }

    /// Classes in any order: where there are none, that is proved sooner.
    pub fn takes_any(mut self) -> Search<'q, T> {
        self.takes_any = true;
        self
    }

    /// Classes that meet all goals.
    pub fn run(mut self) -> Outcome<T> {
        let mut standing = self.query.standing();
        let mut settles_after = Some(self.work_of_all_classes());
        let mut levels: Vec<Level> = Vec::new();
        match self.enter(&mut standing, &mut levels) {
            Some(found) => return Outcome::Found(found),
            None => self.doubt |= self.budget.is_spent() && !levels.is_empty(),
        }
        while let Some(level) = levels.last_mut() {
            if settles_after.take_if(|work| self.budget.taken() - self.before > *work).is_some() {
                standing.settle(Settled::all(&mut self.query.standing(), &self.goals, &[]));
            }
            let variable = level.variable;
            let next = level.left.next().filter(|_| !self.gives_up());
            standing.choose(variable, next);
            if next.is_none() {
                levels.pop();
            } else if self.may_meet(&standing, variable)
                && (self.agrees)(&standing.assignment, variable)
                && let Some(found) = self.enter(&mut standing, &mut levels)
            {
                return Outcome::Found(found);
            }
        }
        if self.doubt { Outcome::Unknown } else { Outcome::Never }
    }

    /// The steps to look at each class once. A search that has taken more looks up what they settle from then on.
    fn work_of_all_classes(&self) -> usize {
        let variables = 0..self.query.variables.len();
        variables.map(|variable| self.query.classes(variable).len() * self.query.work(variable)).sum()
    }

    /// Whether the class that was just chosen goes against no goal, where that was not looked at before.
    fn may_meet(&self, standing: &Standing<'q>, variable: usize) -> bool {
        if !self.takes_any {
            return true;
        }
        self.budget.take(self.query.work(variable));
        standing.meets(&self.goals) != Truth::No
    }

    /// The steps or the examples are used up, while classes are left.
    fn gives_up(&mut self) -> bool {
        let is_over =
            self.budget.taken() - self.before > MOST_WORK || self.tries > MOST_TRIES || self.budget.is_spent();
        self.doubt |= is_over;
        is_over
    }

    /// Looks at the classes chosen so far, and goes on to the classes of the next variable.
    fn enter(&mut self, standing: &mut Standing<'q>, levels: &mut Vec<Level>) -> Option<T> {
        let truth = standing.meets(&self.goals);
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
        if let Some(variable) = open {
            let left = match self.takes_any {
                true => self.query.classes(variable).collect(),
                false => self.ordered(standing, variable),
            };
            levels.push(Level { variable, left: left.into_iter() });
        }
        None
    }

    /// The classes of a variable that do not go against the goals, those that meet them first; of equals those of which a
    /// value is known.
    fn ordered(&mut self, standing: &mut Standing<'q>, variable: usize) -> Vec<usize> {
        let Some(domain) = self.query.domains.get(variable) else { return Vec::new() };
        let mut promising: Vec<(Truth, bool, usize)> = Vec::new();
        for (class, sample) in domain.samples.iter().enumerate() {
            standing.choose(variable, Some(class));
            self.budget.take(self.query.work(variable));
            let truth = standing.meets(&self.goals);
            if truth != Truth::No {
                promising.push((truth, *sample == Sample::Unseen, class));
            }
        }
        standing.choose(variable, None);
        promising.sort_by_key(|(truth, is_unseen, class)| (std::cmp::Reverse(*truth), *is_unseen, *class));
        promising.into_iter().map(|(.., class)| class).collect()
    }
}

impl Query {
    pub(super) fn placed(&self, nodes: &[(NodeId, bool)]) -> Vec<Placed> {
        nodes.iter().map(|(node, is)| (self.place(*node), *is)).collect()
    }

    /// Whether all goals are met, whatever the classes; or none can be.
    pub(super) fn meets(&self, goals: &[Goal]) -> Truth {
        self.standing().meets(&self.placed(goals))
    }
}

impl Standing<'_> {
    /// Whether all goals are met.
    pub(super) fn meets(&self, goals: &[Placed]) -> Truth {
        goals.iter().fold(Truth::Yes, |truth, (node, holds)| {
            let of = self.at(*node).truth;
            truth.and(if *holds { of } else { of.not() })
        })
    }
}
