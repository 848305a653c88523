//! Goals over scores where the rules of these need no second look: each score stands as a number between its ends.

use super::Analysis;
use super::estimate::{Estimate, Truth};
use super::graph::{NodeId, Variable};
use super::parts::Root;
use super::query::{Assignment, Choices, Query, Scores};
use super::search::{Goal, Outcome, Search};
use super::together::Together;
use crate::model::{ScoreBody, Symbol};
use std::collections::BTreeSet;

impl Analysis<'_> {
    /// Whether goals are proved never to be met, where the ends of scores say so: past them, or met at one of them.
    pub(super) fn ruled_out_by_ends(&self, goals: &[Goal]) -> Option<bool> {
        let scores = self.ends_of_scores();
        if scores.is_empty() {
            return None;
        }
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        let outline = Query::outline(self, &nodes, &Choices::new(), &scores);
        match outline.meets(goals) {
            Truth::No => return Some(true),
            Truth::Yes => return Some(false),
            Truth::Maybe => {}
        }
        let read = scores.keys().copied().filter(|score| outline.contains(*score));
        let mut ends = read.flat_map(|score| [(score, true), (score, false)]);
        ends.any(|(score, up)| self.is_met_at(goals, score, up, &scores)).then_some(false)
    }

    /// What is known of each score whose ends are known.
    fn ends_of_scores(&self) -> Scores {
        let graph = self.graph.borrow();
        let of = |symbol: &Symbol| {
            let Symbol::Score(id) = symbol else { return None };
            let node = graph.known_name(*symbol)?;
            let truth = match self.model.scores.get(id.index())?.body {
                ScoreBody::Rules { .. } => Truth::Yes,
                ScoreBody::Derived(_) => Truth::Maybe,
            };
            Some((node, Estimate { truth, interval: self.known_bounds(node)? }))
        };
        self.model.order.iter().filter_map(of).collect()
    }

    /// Whether some classes meet the goals wherever scores lie between their ends.
    fn is_met_for_certain(&self, outline: &Query, goals: &[Goal]) -> bool {
        let together = Together::new(self, outline);
        let agrees = |assignment: &Assignment, variable: usize| together.agree(assignment, variable);
        let placed = outline.placed(goals);
        let accept =
            |assignment: &Assignment| (outline.standing_at(assignment).meets(&placed) == Truth::Yes).then_some(());
        Search::new(outline, goals, &agrees, &accept, &self.budget).takes_any().run() == Outcome::Found(())
    }

    /// Whether the classes that bring a score furthest meet the goals, with some of all that has nothing to do with it.
    fn is_met_at(&self, goals: &[Goal], score: NodeId, up: bool, scores: &Scores) -> bool {
        let Some(optimum) = self.optimum(score, up, &self.not_excluded()) else { return false };
        let mut scores = scores.clone();
        scores.entry(score).and_modify(|of| of.interval = optimum.comes_to);
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        let outline = Query::outline(self, &nodes, &optimum.choices, &scores);
        let roots = |variable: &Variable| (*self.roots_of(*variable)).clone();
        let settled: BTreeSet<Root> = optimum.choices.keys().flat_map(roots).collect();
        let open = outline.variables.iter().filter(|variable| !optimum.choices.contains_key(variable));
        open.flat_map(roots).all(|root| !settled.contains(&root)) && self.is_met_for_certain(&outline, goals)
    }
}
