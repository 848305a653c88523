//! The lowest and the highest value of rules, groups and scores.

use super::answers::once;
use super::bench::{inside, look_at, steps_of, unlimited};
use super::graph::{Node, NodeId, Scope};
use super::interval::Interval;
use super::optimum::Optimum;
use super::rules::{self, GroupPlace, RulePlace};
use super::search::{Goal, in_order};
use super::{Analysis, Bound, Given, Range, Witness};
use crate::model::{Group, Item, Model, PointLimits, RuleId, ScoreBody, ScoreId, Symbol};
use crate::reference::Evaluation;
use crate::source::Span;
use crate::value::Decimal;

/// Examples that bring a number no further than those before, until no more are tried.
const MOST_IN_VAIN: usize = 3;

/// What an example is measured by; none where it shows nothing.
type Measure<'a> = dyn Fn(&Witness) -> Option<Decimal> + 'a;

/// What has a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ranged {
    Rule(RuleId),
    Group(Span),
    Score(ScoreId),
}

impl<'model> Analysis<'model> {
    fn range_of(&self, node: NodeId, given: &[Given<'_>], goals: &[Goal], measure: &Measure<'_>) -> Range {
        let mut goals = goals.to_vec();
        goals.extend(self.goals(given));
        goals.extend(self.not_excluded());
        self.bound_scores(node, &goals);
        let shows = |witness: &Witness| {
            let value = measure(witness)?;
            self.meets(witness, given).then_some(value)
        };
        let ends = [false, true].map(|up| Some(self.bound(self.optimum(node, up, &goals)?, up, &shows)));
        match ends {
            [Some(lowest), Some(highest)] => Range::Of { lowest, highest },
            _ => Range::Never,
        }
    }

    /// Exact where an example shows it.
    fn bound(&self, optimum: Optimum, up: bool, measure: &Measure<'_>) -> Bound {
        let Some(end) = optimum.end else { return Bound::Unbounded };
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

    /// The range, which is worked out once; with its own limits or without.
    pub(super) fn range(&self, of: Ranged, limited: bool, given: &[Given<'_>]) -> Range {
        let goals = in_order(&self.goals(given));
        let new = |_: &(Ranged, bool, Vec<Goal>)| match of {
            Ranged::Rule(id) => self.rule_range(id, given, limited),
            Ranged::Group(span) => self.group_range(span, given, limited),
            Ranged::Score(id) => self.score_range(id, given, limited),
        };
        let key = (of, limited, goals);
        if self.are_followed(&key.2) { once(&self.answers.ranges, key, new) } else { new(&key) }
    }

    fn rule_range(&self, id: RuleId, given: &[Given<'_>], limited: bool) -> Range {
        let Some(place) = rules::rule(&self.rules, id) else { return Range::Never };
        let node = self.graph.borrow_mut().rule(place.rule, limited);
        let RulePlace { rule, score, groups } = place;
        let item = Item::Rule(if limited { (*rule).clone() } else { unlimited(rule) });
        let from_breakdown = |evaluation: &Evaluation<'_>| {
            let breakdown = evaluation.breakdowns.get(score.index())?;
            breakdown.total.and(breakdown.rule(id)).map(|entry| entry.points).filter(|_| limited)
        };
        self.item_range(node, *score, groups, item, given, &from_breakdown)
    }

    fn group_range(&self, span: Span, given: &[Given<'_>], limited: bool) -> Range {
        let Some(GroupPlace { group, score, groups }) = rules::group(self.model, span) else { return Range::Never };
        let node = self.graph.borrow_mut().group(group, limited);
        let limits = if limited { group.limits } else { PointLimits::default() };
        let item = Item::Group(Group { limits, ..group.clone() });
        let from_breakdown = |evaluation: &Evaluation<'_>| {
            let breakdown = evaluation.breakdowns.get(score.index())?;
            let is_group = |kind| kind == crate::reference::EntryKind::Group;
            let own = breakdown.entries.iter().find(|entry| is_group(entry.kind) && entry.span == Some(group.span));
            breakdown.total.and(own).map(|entry| entry.points).filter(|_| limited)
        };
        self.item_range(node, score, &groups, item, given, &from_breakdown)
    }

    /// An item by itself: nothing around it matters but conditions.
    fn item_range(
        &self,
        mut node: NodeId,
        score: ScoreId,
        groups: &[&'model Group],
        item: Item,
        given: &[Given<'_>],
        from_breakdown: &dyn Fn(&Evaluation<'_>) -> Option<Decimal>,
    ) -> Range {
        for when in groups.iter().rev().filter_map(|group| group.when.as_ref()) {
            let mut graph = self.graph.borrow_mut();
            let when = graph.condition(when, Scope::Lead);
            node = graph.add(Node::Within(when, node));
        }
        let total = self.graph.borrow_mut().add(Node::Total(node));
        let goals = self.score_is_known(score);
        if self.facts(total).reads_scores {
            let measure = |witness: &Witness| self.in_model(witness, from_breakdown);
            return self.range_of(total, given, &goals, &measure);
        }
        let Some(written) = self.model.scores.get(score.index()) else { return Range::Never };
        self.bench.borrow_mut().set(written, vec![inside(item, groups)]);
        let measure = |witness: &Witness| self.bench.borrow().points(witness);
        self.range_of(total, given, &goals, &measure)
    }

    fn score_range(&self, id: ScoreId, given: &[Given<'_>], limited: bool) -> Range {
        let node = self.graph.borrow_mut().score(id, limited);
        if limited {
            let measure = |witness: &Witness| {
                self.in_model(witness, &|evaluation| evaluation.results.scores.get(id.index()).copied().flatten())
            };
            return self.range_of(node, given, &[], &measure);
        }
        let mut model: Model = self.model.clone();
        if let Some(score) = model.scores.get_mut(id.index()) {
            (score.lowest, score.highest, score.decimals) = (None, None, 9);
            score.bands = None;
        }
        // Its limits bind no other name on the way: what reads the score comes after it.
        model.order = score_order(&model, id);
        let measure = |witness: &Witness| {
            self.budget.take(steps_of(&model, witness));
            look_at(&model, self.as_of, witness, |evaluation| {
                let value = evaluation.results.scores.get(id.index()).copied().flatten();
                value.filter(|_| evaluation.results.excluded.is_none())
            })
        };
        self.range_of(node, given, &[], &measure)
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
        if self.bounds.borrow().contains_key(&node) {
            return;
        }
        // While it is worked out there is none.
        self.bounds.borrow_mut().insert(node, Interval::ALL);
        let goals = self.not_excluded();
        let ends = [false, true].map(|up| self.optimum(node, up, &goals).map(|optimum| optimum.end));
        if let [Some(low), Some(high)] = ends {
            self.bounds.borrow_mut().insert(node, Interval { low, high });
        }
    }
}

/// The order up to a score.
fn score_order(model: &Model, score: ScoreId) -> Vec<Symbol> {
    let end = model.order.iter().position(|symbol| *symbol == Symbol::Score(score));
    model.order.get(..end.map_or(0, |end| end + 1)).unwrap_or_default().to_vec()
}
