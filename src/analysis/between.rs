//! Classes on the way from those that bring a score furthest down to those that bring it furthest up, a variable at a
//! time: goals over scores that are met there are not ruled out, and need no search.

use super::Analysis;
use super::estimate::Truth;
use super::graph::NodeId;
use super::query::{Choices, Query};
use super::search::{Goal, Placed};
use super::standing::Standing;
use super::together::Together;

/// The way through one query.
struct Way<'q, 'model> {
    query: &'q Query,
    together: &'q Together<'q, 'model>,
    goals: Vec<Placed>,
    standing: Standing<'q>,
}

impl Analysis<'_> {
    /// Whether some classes between the ends of a score, chosen for all variables, may meet the goals.
    pub(super) fn is_met_between(
        &self,
        score: NodeId,
        goals: &[Goal],
        query: &Query,
        together: &Together<'_, '_>,
    ) -> bool {
        let ends = [false, true].map(|up| self.optimum(score, up, &self.not_excluded()));
        let [Some(lowest), Some(highest)] = ends else { return false };
        let placed = query.placed(goals);
        let mut way = Way { query, together, goals: placed, standing: query.standing() };
        let (from, to) = (way.classes_of(&lowest.choices), way.classes_of(&highest.choices));
        self.budget.take((0..query.variables.len()).map(|variable| query.work(variable)).sum());
        way.settle_beside(&[&from[..], &to[..]].concat()) && way.begin(&from) && way.meets_on_the_way_to(&to)
    }
}

impl Way<'_, '_> {
    /// Variables and their classes, of values that stand for one here.
    fn classes_of(&self, choices: &Choices) -> Vec<(usize, usize)> {
        let class = |(place, variable)| {
            let sample = choices.get(variable)?;
            Some((place, self.query.samples(place).iter().position(|known| known == sample)?))
        };
        self.query.variables.iter().enumerate().filter_map(class).collect()
    }

    /// Chooses a class that the goals allow of each other variable; `false` where one has none.
    fn settle_beside(&mut self, classes: &[(usize, usize)]) -> bool {
        let is_beside = |variable: &usize| !classes.iter().any(|(known, _)| known == variable);
        (0..self.query.variables.len()).filter(is_beside).all(|variable| {
            let mut classes = self.query.classes(variable);
            classes.any(|class| self.choose(variable, class) && self.standing.meets(&self.goals) != Truth::No)
        })
    }

    fn begin(&mut self, classes: &[(usize, usize)]) -> bool {
        classes.iter().all(|(variable, class)| self.choose(*variable, *class))
    }

    /// Chooses these classes one by one, but for those that go against others, until the goals may be met.
    fn meets_on_the_way_to(&mut self, classes: &[(usize, usize)]) -> bool {
        let mut classes = classes.iter();
        while !self.may_be_met() {
            let Some((variable, class)) = classes.next() else { return false };
            let before = self.standing.assignment.get(*variable).copied().flatten();
            if !self.choose(*variable, *class) {
                self.standing.choose(*variable, before);
            }
        }
        true
    }

    /// Whether the goals are met, or may be with all classes chosen.
    fn may_be_met(&self) -> bool {
        match self.standing.meets(&self.goals) {
            Truth::Yes => true,
            Truth::Maybe => self.standing.next_open().is_none(),
            Truth::No => false,
        }
    }

    /// Whether a class goes against no other.
    fn choose(&mut self, variable: usize, class: usize) -> bool {
        self.standing.choose(variable, Some(class));
        self.together.agree(&self.standing.assignment, variable)
    }
}
