//! Proofs that something cannot be. They need no example: a search ends at the first classes that are not ruled out.

use super::answers::once;
use super::graph::{Node, NodeId};
use super::query::{Assignment, Query};
use super::search::{Goal, Outcome, Search, in_order};
use super::together::Together;
use super::{Analysis, Given};
use crate::model::{BandId, MatrixId, ScoreId, ThresholdId};

impl Analysis<'_> {
    pub(super) fn none_possible(&self, given: &[Given<'_>]) -> bool {
        let mut goals = self.goals(given);
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        if self.reads_results(&nodes, given) {
            goals.extend(self.not_excluded());
            return self.is_never_reached(&goals);
        }
        self.parts(&nodes).iter().any(|part| {
            let goals: Vec<Goal> = part.iter().filter_map(|place| goals.get(*place)).copied().collect();
            once(&self.answers.impossible, in_order(&goals), |goals| self.is_ruled_out(goals, &[]))
        })
    }

    pub(super) fn band_never_reached(&self, score: ScoreId, band: BandId) -> bool {
        let goal = self.graph.borrow_mut().band(score, band);
        self.is_never_reached(&[&[(goal, true)], &self.not_excluded()[..]].concat())
    }

    pub(super) fn cell_never_reached(&self, matrix: MatrixId, row: BandId, column: BandId) -> bool {
        let goal = self.graph.borrow_mut().cell(matrix, row, column);
        self.is_never_reached(&[&[(goal, true)], &self.not_excluded()[..]].concat())
    }

    /// Never met, or never failed to be met, where it was not met before.
    pub(super) fn threshold_never(&self, threshold: ThresholdId, met: bool) -> bool {
        let goal = self.graph.borrow_mut().threshold(threshold, false);
        self.is_never_reached(&[&[(goal, met)], &self.not_excluded()[..]].concat())
    }

    /// Goals over results: with what the bounds of scores say.
    pub(super) fn is_never_reached(&self, goals: &[Goal]) -> bool {
        once(&self.answers.impossible, in_order(goals), |goals| {
            let nothing = self.graph.borrow_mut().add(Node::Constant(true));
            self.bound_scores(nothing, goals);
            self.ruled_out_by_ends(goals).unwrap_or_else(|| {
                let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
                self.is_ruled_out(goals, &self.scores_read(&nodes))
            })
        })
    }

    /// With the scores on whose ways goals may be met.
    fn is_ruled_out(&self, goals: &[Goal], scores: &[NodeId]) -> bool {
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        let query = Query::new(self, &nodes);
        let together = Together::new(self, &query);
        if scores.iter().any(|score| self.is_met_between(*score, goals, &query, &together)) {
            return false;
        }
        let agrees = |assignment: &Assignment, variable: usize| together.agree(assignment, variable);
        let accept = |_: &Assignment| Some(());
        Search::new(&query, goals, &agrees, &accept, &self.budget).takes_any().run() == Outcome::Never
    }
}
