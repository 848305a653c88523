//! The lowest and the highest value of rules, groups and scores.

use super::answers::once;
use super::bench::{inside, look_at, steps_of, unlimited};
use super::graph::{Node, NodeId, Scope};
use super::interval::Interval;
use super::optimum::Optimum;
use super::quick::grown;
use super::rules::{self, GroupPlace, RulePlace};
use super::search::{Goal, in_order};
use super::{Analysis, Bound, Given, Witness};
use crate::model::{Group, Item, Model, PointLimits, RuleId, ScoreBody, ScoreId, Symbol};
use crate::reference::{EntryKind, Evaluation};
use crate::source::Span;
use crate::value::Decimal;

/// Examples that bring a number no further than those before, until no more are tried.
const MOST_IN_VAIN: usize = 3;

/// What an example is measured by; none where it shows nothing.
type Measure<'a> = Box<dyn Fn(&Witness) -> Option<Decimal> + 'a>;

/// What has a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Ranged {
    pub what: What,
    /// With its own limits
    pub is_limited: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum What {
    Rule(RuleId),
    Group(Span),
    Score(ScoreId),
}

impl<'model> Analysis<'model> {
    /// The lowest and the highest that it can come to; `None` where it has no value.
    pub(super) fn ends(&self, of: Ranged, given: &[Given<'_>]) -> Option<[Optimum; 2]> {
        let (node, mut goals) = self.number(of)?;
        goals.extend(self.goals(given));
        goals.extend(self.not_excluded());
        self.bound_scores(node, &goals);
        Some([self.optimum(node, false, &goals)?, self.optimum(node, true, &goals)?])
    }

    /// Its node, and what must hold for it to have a value.
    fn number(&self, of: Ranged) -> Option<(NodeId, Vec<Goal>)> {
        match of.what {
            What::Rule(id) => {
                let RulePlace { rule, score, groups } = rules::rule(&self.rules, id)?;
                let node = self.graph.borrow_mut().rule(rule, of.is_limited);
                Some((self.inside_groups(node, groups), self.score_is_known(*score)))
            }
            What::Group(span) => {
                let GroupPlace { group, score, groups } = rules::group(self.model, span)?;
                let node = self.graph.borrow_mut().group(group, of.is_limited);
                Some((self.inside_groups(node, &groups), self.score_is_known(score)))
            }
            What::Score(id) => Some((self.graph.borrow_mut().score(id, of.is_limited), Vec::new())),
        }
    }

    /// An item by itself: of the groups around it, nothing matters but their conditions.
    fn inside_groups(&self, mut node: NodeId, groups: &[&'model Group]) -> NodeId {
        let mut graph = self.graph.borrow_mut();
        for when in groups.iter().rev().filter_map(|group| group.when.as_ref()) {
            let when = graph.condition(when, Scope::Lead);
            node = graph.add(Node::Within(when, node));
        }
        graph.add(Node::Total(node))
    }

    /// Exact where an example shows it, which is looked for once.
    pub(super) fn bound(&self, of: Ranged, up: bool, optimum: &Optimum, given: &[Given<'_>]) -> Bound {
        let new = || match (optimum.end, self.measure(of)) {
            (Some(end), _) if !optimum.may_be_attained(up) => Bound::Within(end),
            (Some(end), Some(measure)) => {
                let shows = |witness: &Witness| measure(witness).filter(|_| self.meets(witness, given));
                self.shown_bound(end, up, optimum, &shows)
            }
            (Some(end), None) => Bound::Within(end),
            (None, _) => Bound::Unbounded,
        };
        let key = (of, up, in_order(&self.goals(given)));
        if self.are_followed(&key.2) { once(&self.answers.bounds, key, |_| new()) } else { new() }
    }

    fn shown_bound(
        &self,
        end: Decimal,
        up: bool,
        optimum: &Optimum,
        measure: &dyn Fn(&Witness) -> Option<Decimal>,
    ) -> Bound {
        let mut best = None;
        let mut in_vain = 0;
        for witness in self.sketches(&optimum.choices, up) {
            let value = measure(&witness);
            if value == Some(end) {
                return Bound::Exact(end, witness);
            }
            let is_further = value > best && up || best.is_none() || value.is_some() && value < best && !up;
            in_vain = if is_further { 0 } else { in_vain + 1 };
            best = if is_further { value } else { best };
            if in_vain >= MOST_IN_VAIN {
                break;
            }
        }
        Bound::Within(end)
    }

    fn measure(&self, of: Ranged) -> Option<Measure<'_>> {
        match of.what {
            What::Rule(id) => {
                let RulePlace { rule, score, groups } = rules::rule(&self.rules, id)?;
                if self.reads_scores(of) {
                    return of
                        .is_limited
                        .then(|| self.in_breakdown(*score, move |kind, _| kind == EntryKind::Rule(id)));
                }
                let rule = if of.is_limited { (*rule).clone() } else { unlimited(rule) };
                self.alone(*score, inside(Item::Rule(rule), groups))
            }
            What::Group(span) => {
                let GroupPlace { group, score, groups } = rules::group(self.model, span)?;
                if self.reads_scores(of) {
                    let is_it = move |kind, at| kind == EntryKind::Group && at == Some(span);
                    return of.is_limited.then(|| self.in_breakdown(score, is_it));
                }
                let limits = if of.is_limited { group.limits } else { PointLimits::default() };
                self.alone(score, inside(Item::Group(Group { limits, ..group.clone() }), &groups))
            }
            What::Score(id) if of.is_limited => Some(Box::new(move |witness| {
                self.in_model(witness, &|evaluation| evaluation.results.scores.get(id.index()).copied().flatten())
            })),
            What::Score(id) => Some(self.without_limits(id)),
        }
    }

    fn reads_scores(&self, of: Ranged) -> bool {
        self.number(of).is_some_and(|(node, _)| self.facts(node).reads_scores)
    }

    /// The points of an entry of the whole model.
    fn in_breakdown(&self, score: ScoreId, is_it: impl Fn(EntryKind, Option<Span>) -> bool + 'static) -> Measure<'_> {
        Box::new(move |witness| {
            self.in_model(witness, &|evaluation| {
                let breakdown = evaluation.breakdowns.get(score.index())?;
                let own = breakdown.entries.iter().find(|entry| is_it(entry.kind, entry.span));
                breakdown.total.and(own).map(|entry| entry.points)
            })
        })
    }

    /// The points of an item, evaluated alone.
    fn alone(&self, score: ScoreId, item: Item) -> Option<Measure<'_>> {
        let written = self.model.scores.get(score.index())?;
        let bench = self.bench.with(written, item);
        Some(Box::new(move |witness| bench.points(witness)))
    }

    fn without_limits(&self, id: ScoreId) -> Measure<'_> {
        let mut model: Model = self.model.clone();
        if let Some(score) = model.scores.get_mut(id.index()) {
            (score.lowest, score.highest, score.decimals) = (None, None, 9);
            score.bands = None;
        }
        // Its limits bind no other name on the way: what reads the score comes after it.
        model.order = score_order(&model, id);
        Box::new(move |witness| {
            self.budget.take(steps_of(&model, witness));
            look_at(&model, self.as_of, witness, |evaluation| {
                let value = evaluation.results.scores.get(id.index()).copied().flatten();
                value.filter(|_| evaluation.results.excluded.is_none())
            })
        })
    }

    /// Looks at a lead that is not excluded.
    pub(super) fn in_model<T>(&self, witness: &Witness, look: &dyn Fn(&Evaluation<'_>) -> Option<T>) -> Option<T> {
        self.budget.take(steps_of(self.model, witness));
        look_at(self.model, self.as_of, witness, |evaluation| match evaluation.results.excluded {
            Some(_) => None,
            None => look(evaluation),
        })
    }

    fn score_is_known(&self, score: ScoreId) -> Vec<Goal> {
        let Some(score) = self.model.scores.get(score.index()) else { return Vec::new() };
        match &score.body {
            ScoreBody::Rules { when: Some(when), .. } => {
                vec![(self.graph.borrow_mut().condition(when, Scope::Lead), true)]
            }
            _ => Vec::new(),
        }
    }

    /// Works out between what every score lies that some nodes read, those first that others read.
    pub(super) fn bound_scores(&self, node: NodeId, goals: &[Goal]) {
        let nodes: Vec<NodeId> = goals.iter().map(|(node, _)| *node).chain([node]).collect();
        let reached: std::collections::BTreeSet<NodeId> = self.graph.borrow().reach(&nodes).into_iter().collect();
        for symbol in &self.model.order {
            let Symbol::Score(_) = symbol else { continue };
            let of = self.graph.borrow_mut().named(*symbol);
            if of != node && reached.contains(&of) {
                self.bound_score(of);
            }
        }
    }

    fn bound_score(&self, node: NodeId) {
        if self.bounds.borrow().get(node).is_some_and(Option::is_some) {
            return;
        }
        // While it is worked out there is none.
        *grown(&mut self.bounds.borrow_mut(), node) = Some(Interval::ALL);
        let goals = self.not_excluded();
        let ends = [false, true].map(|up| self.optimum(node, up, &goals).map(|optimum| optimum.end));
        if let [Some(low), Some(high)] = ends {
            *grown(&mut self.bounds.borrow_mut(), node) = Some(Interval::new(low, high));
        }
    }
}

/// The order up to a score.
fn score_order(model: &Model, score: ScoreId) -> Vec<Symbol> {
    let end = model.order.iter().position(|symbol| *symbol == Symbol::Score(score));
    model.order.get(..end.map_or(0, |end| end + 1)).unwrap_or_default().to_vec()
}
