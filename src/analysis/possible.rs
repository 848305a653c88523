//! Whether conditions, bands, cells and thresholds can be as is asked.

use super::answers::once;
use super::graph::{Node, NodeId, Scope};
use super::query::{Assignment, Choices, Query};
use super::search::{Goal, Outcome, Search, in_order};
use super::single_event::EventWish;
use super::sketch::LAYOUTS;
use super::together::Together;
use super::way::{together, ways};
use super::{Analysis, Given, Verdict, Witness};
use crate::model::{
    BandId, Compare, Condition, ConditionKind, MatrixId, NumberExpr, Results, ScoreId, Selector, Symbol, ThresholdId,
};
use crate::reference::Evaluation;
use crate::value::Decimal;
use std::collections::BTreeSet;
use std::rc::Rc;

/// So many steps from one example to another are tried.
const MOST_STEPS: usize = 160;
/// So many examples that bring the one score furthest, in each direction, are where the steps begin and end.
const MOST_ENDS: usize = 2;

/// What an example must show.
#[derive(Clone, Copy)]
enum Shows<'a> {
    /// In its results alone
    Results(&'a dyn Fn(&Results) -> bool),
    Evaluation(&'a dyn Fn(&Evaluation<'_>) -> bool),
}

/// `any SELECTOR`
pub(crate) fn some_event(selector: &Selector) -> Condition {
    let kind = ConditionKind::Events {
        selector: Box::new(selector.clone()),
        compare: Compare::GreaterOrEqual,
        number: NumberExpr::Literal(Decimal::ONE),
    };
    Condition { kind, span: selector.span }
}

impl Analysis<'_> {
    pub(super) fn goals(&self, given: &[Given<'_>]) -> Vec<Goal> {
        let mut graph = self.graph.borrow_mut();
        given.iter().map(|given| (graph.condition(given.condition, Scope::Lead), given.holds)).collect()
    }

    /// That no exclusion holds.
    pub(super) fn not_excluded(&self) -> Vec<Goal> {
        let mut graph = self.graph.borrow_mut();
        let excludes = self.model.excludes.iter();
        excludes.map(|exclude| (graph.condition(&exclude.when, Scope::Lead), false)).collect()
    }

    pub(super) fn scores_read(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        self.names_read(nodes, |symbol| matches!(symbol, Symbol::Score(_)))
    }

    /// The nodes of some names that others are made of, in order.
    fn names_read(&self, nodes: &[NodeId], which: fn(&&Symbol) -> bool) -> Vec<NodeId> {
        let mut graph = self.graph.borrow_mut();
        let reached: BTreeSet<NodeId> = graph.reach(nodes).into_iter().collect();
        let names = self.model.order.iter().filter(which);
        names.map(|name| graph.named(*name)).filter(|node| reached.contains(node)).collect()
    }

    /// Whether an example meets what is given.
    pub(super) fn meets(&self, witness: &Witness, given: &[Given<'_>]) -> bool {
        if given.is_empty() {
            return true;
        }
        let nodes: Vec<NodeId> = self.goals(given).into_iter().map(|(node, _)| node).collect();
        let all = |evaluation: &Evaluation<'_>| {
            given.iter().all(|given| evaluation.holds(given.condition) == given.holds).then_some(())
        };
        match self.reads_results(&nodes, given) {
            true => self.in_model(witness, &all).is_some(),
            false => self.bench.look(witness, |evaluation| all(evaluation).is_some()),
        }
    }

    pub(super) fn reads_results(&self, nodes: &[NodeId], given: &[Given<'_>]) -> bool {
        nodes.iter().any(|node| self.facts(*node).reads_results)
            || given.iter().any(|given| asks_for_exclusion(given.condition))
    }

    /// What was asked in the same words before is answered the same way.
    pub(super) fn all_possible(&self, given: &[Given<'_>]) -> Verdict {
        let goals = self.goals(given);
        if !self.are_followed(&goals) {
            return self.newly_possible(goals, given);
        }
        once(&self.answers.verdicts, in_order(&goals), |_| self.newly_possible(goals, given))
    }

    fn newly_possible(&self, mut goals: Vec<Goal>, given: &[Given<'_>]) -> Verdict {
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        if self.reads_results(&nodes, given) {
            goals.extend(self.not_excluded());
            let all = |evaluation: &Evaluation<'_>| {
                given.iter().all(|given| evaluation.holds(given.condition) == given.holds)
            };
            return self.reach(&goals, Shows::Evaluation(&all));
        }
        let mut choices = Choices::new();
        let mut is_open = false;
        let parts = self.parts(&nodes);
        for part in &parts {
            let part_of = |place: &usize| Some((*goals.get(*place)?, *given.get(*place)?));
            let (goals, given): (Vec<Goal>, Vec<Given<'_>>) = part.iter().filter_map(part_of).unzip();
            let answer = match self.are_followed(&goals) {
                true => once(&self.answers.parts, in_order(&goals), |_| self.part_possible(&goals, &given)),
                false => self.part_possible(&goals, &given),
            };
            match answer {
                Outcome::Found((_, witness)) if parts.len() == 1 => return Verdict::Yes(witness),
                Outcome::Found((part, _)) => choices.extend(part),
                Outcome::Never => return Verdict::No,
                Outcome::Unknown => is_open = true,
            }
        }
        if is_open {
            return Verdict::Unknown;
        }
        match self.shown(&choices, &|witness| self.meets(witness, given)) {
            Some(witness) => Verdict::Yes(witness),
            None => Verdict::Unknown,
        }
    }

    /// An example that was confirmed, and its classes.
    fn part_possible(&self, goals: &[Goal], given: &[Given<'_>]) -> Outcome<(Choices, Witness)> {
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        let query = Query::new(self, &nodes);
        let together = Together::new(self, &query);
        let agrees = |assignment: &Assignment, variable: usize| together.agree(assignment, variable);
        let accept = |assignment: &Assignment| {
            let choices = query.choices(assignment);
            let witness = self.shown(&choices, &|witness| self.meets(witness, given))?;
            Some((choices, witness))
        };
        Search::new(&query, goals, &agrees, &accept, &self.budget).run()
    }

    /// An example of the classes that shows what it shall.
    fn shown(&self, choices: &Choices, shows: &dyn Fn(&Witness) -> bool) -> Option<Witness> {
        let plain = LAYOUTS.iter().filter(|layout| layout.times == 1);
        plain.filter_map(|layout| self.sketch(choices, *layout, None)).find(|witness| shows(witness))
    }

    /// Goals over results: first whether they are ruled out, then the examples that bring scores furthest and what lies
    /// between them, then the search.
    fn reach(&self, goals: &[Goal], shows: Shows<'_>) -> Verdict {
        if self.is_never_reached(goals) {
            return Verdict::No;
        }
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).collect();
        let shows = |witness: &Witness| match shows {
            Shows::Results(look) => self.results_of(witness).is_some_and(|results| look(&results)),
            Shows::Evaluation(look) => self.in_model(witness, &|evaluation| look(evaluation).then_some(())).is_some(),
        };
        let query = Query::new(self, &nodes);
        let (over_scores, others): (Vec<Goal>, Vec<Goal>) =
            goals.iter().partition(|(node, _)| self.facts(*node).reads_scores);
        if let Some(witness) = self.toward_scores(&over_scores, &others, &shows) {
            return Verdict::Yes(witness);
        }
        let together = Together::new(self, &query);
        let agrees = |assignment: &Assignment, variable: usize| together.agree(assignment, variable);
        let accept = |assignment: &Assignment| self.shown(&query.choices(assignment), &shows);
        match Search::new(&query, goals, &agrees, &accept, &self.budget).run() {
            Outcome::Found(witness) => Verdict::Yes(witness),
            Outcome::Never => Verdict::No,
            Outcome::Unknown => Verdict::Unknown,
        }
    }

    fn toward_scores(
        &self,
        over_scores: &[Goal],
        others: &[Goal],
        shows: &dyn Fn(&Witness) -> bool,
    ) -> Option<Witness> {
        let mut others = others.to_vec();
        others.extend(over_scores.iter().flat_map(|goal| self.without_scores(*goal)));
        let nodes: Vec<NodeId> = over_scores.iter().map(|(node, _)| *node).collect();
        let scores = self.scores_read(&nodes);
        let mut ends: Vec<(NodeId, Witness)> = Vec::new();
        for score in scores.iter().rev() {
            for up in [true, false] {
                let examples = self.furthest_examples(*score, up, &others);
                if let Some(witness) = examples.iter().find(|witness| shows(witness)) {
                    return Some(witness.clone());
                }
                let most = if scores.len() > 1 { 1 } else { MOST_ENDS };
                ends.extend(examples.iter().take(most).map(|witness| (*score, witness.clone())));
            }
        }
        let mut corners: Vec<Witness> = Vec::new();
        for ((score, one), (other_score, other)) in
            ends.iter().flat_map(|one| ends.iter().map(move |other| (one, other)))
        {
            let corner = together(one, other);
            if score != other_score && !corners.contains(&corner) {
                corners.push(corner);
            }
        }
        if corners.is_empty() {
            corners = ends.into_iter().map(|(_, witness)| witness).collect();
        }
        let tried = corners.iter().cloned().chain(ways(&corners)).take(MOST_STEPS);
        tried.take_while(|_| !self.budget.is_spent()).find(|witness| shows(witness))
    }

    /// Examples of what brings a score furthest.
    fn furthest_examples(&self, score: NodeId, up: bool, goals: &[Goal]) -> Rc<Vec<Witness>> {
        once(&self.answers.furthest, (score, up, in_order(goals)), |_| {
            let optimum = self.optimum(score, up, goals);
            Rc::new(optimum.map(|optimum| self.sketches(&optimum.choices, up).collect()).unwrap_or_default())
        })
    }

    /// What an example comes to, evaluated once; none where it is excluded.
    fn results_of(&self, witness: &Witness) -> Option<Rc<Results>> {
        once(&self.answers.results, witness.show(self.model, self.as_of), |_| {
            self.in_model(witness, &|evaluation| Some(Rc::new(evaluation.results.clone())))
        })
    }

    /// The parts of an `and` that read no scores.
    fn without_scores(&self, (node, holds): Goal) -> Vec<Goal> {
        let mut open = vec![(node, holds)];
        let mut found = Vec::new();
        while let Some((node, holds)) = open.pop() {
            let kind = self.graph.borrow().node(node).clone();
            match kind {
                Node::All(parts) if holds => open.extend(parts.into_iter().map(|part| (part, true))),
                Node::Any(parts) if !holds => open.extend(parts.into_iter().map(|part| (part, false))),
                Node::Not(part) => open.push((part, !holds)),
                _ if !self.facts(node).reads_scores => found.push((node, holds)),
                _ => {}
            }
        }
        found
    }

    pub(super) fn band_reached(&self, score: ScoreId, band: BandId) -> Verdict {
        let mut goals = vec![(self.graph.borrow_mut().band(score, band), true)];
        goals.extend(self.not_excluded());
        self.reach(&goals, Shows::Results(&|results| results.bands.get(score.index()) == Some(&Some(band))))
    }

    pub(super) fn cell_reached(&self, matrix: MatrixId, row: BandId, column: BandId) -> Verdict {
        let mut goals = vec![(self.graph.borrow_mut().cell(matrix, row, column), true)];
        goals.extend(self.not_excluded());
        let is_there = |results: &Results| results.matrices.get(matrix.index()) == Some(&Some((row, column)));
        self.reach(&goals, Shows::Results(&is_there))
    }

    pub(super) fn threshold_met(&self, threshold: ThresholdId, met: bool, given: &[Given<'_>]) -> Verdict {
        let mut goals = vec![(self.graph.borrow_mut().threshold(threshold, false), met)];
        goals.extend(self.goals(given));
        goals.extend(self.not_excluded());
        let is_so = |results: &Results| results.thresholds.get(threshold.index()) == Some(&met);
        let with_given = |evaluation: &Evaluation<'_>| {
            is_so(&evaluation.results) && given.iter().all(|given| evaluation.holds(given.condition) == given.holds)
        };
        self.reach(&goals, if given.is_empty() { Shows::Results(&is_so) } else { Shows::Evaluation(&with_given) })
    }

    pub(super) fn missing_score(&self, score: ScoreId) -> Verdict {
        let node = self.graph.borrow_mut().named(Symbol::Score(score));
        let goals = vec![(node, false)];
        self.reach(&goals, Shows::Results(&|results| results.scores.get(score.index()) == Some(&None)))
    }

    /// Whether a selector can keep an event at all.
    pub(super) fn is_selectable(&self, selector: usize) -> bool {
        let Some(selector) = self.selector(selector) else { return true };
        self.event(&EventWish::of(&selector, &Choices::new())) != Outcome::Never
    }

    pub(super) fn is_selected_within(&self, inner: &Selector, outer: &Selector) -> bool {
        let avoids = [Rc::new(outer.clone())];
        self.event(&EventWish { avoids: &avoids, ..EventWish::of(inner, &Choices::new()) }) == Outcome::Never
    }
}

/// Whether a condition asks for the exclusion, which no node stands for.
fn asks_for_exclusion(condition: &Condition) -> bool {
    match &condition.kind {
        ConditionKind::All(parts) | ConditionKind::Any(parts) => parts.iter().any(asks_for_exclusion),
        ConditionKind::Not(part) => asks_for_exclusion(part),
        ConditionKind::Excluded => true,
        _ => false,
    }
}
