//! The order in which the nodes of a lead, states and results are settled: only those that matter.

use super::builder::{Builder, Scope};
use super::live::{Part, Reached, points_parts, selection_parts};
use super::*;
use crate::model::Symbol;

/// What is settled for leads, in order.
pub(super) struct Ordered {
    pub steps: Vec<Step>,
    pub reached: Reached,
}

/// What of a plan is made of nodes.
pub(super) struct Results<'p> {
    pub ignores: &'p [Selection],
    pub excludes: &'p [MaskId],
    pub scores: &'p [ScorePlan],
    pub thresholds: &'p [ThresholdPlan],
    pub after: Vec<ValueId>,
}

impl Builder<'_> {
    /// Ignored events first, then results in the order of the model with what each needs, then exclusions, which read no
    /// result.
    pub fn ordered(&self, results: &Results<'_>) -> Ordered {
        let mut ordered = Ordered { steps: Vec::new(), reached: Reached::default() };
        for (scope, part) in results.ignores.iter().flat_map(selection_parts) {
            self.settle(&mut ordered, scope, vec![part]);
        }
        for symbol in &self.model.order {
            let (parts, step) = match symbol {
                Symbol::Score(id) => {
                    let plan = results.scores.get(id.index());
                    (plan.map(|plan| score_parts(plan, &self.lead.nodes)).unwrap_or_default(), Step::Score(*id))
                }
                Symbol::Matrix(id) => (Vec::new(), Step::Matrix(*id)),
                Symbol::Threshold(id) => {
                    let plan = results.thresholds.get(id.index());
                    let masks = plan.into_iter().flat_map(|plan| std::iter::once(plan.when).chain(plan.until));
                    (masks.map(mask_part).collect(), Step::Threshold(*id))
                }
                Symbol::Field(_) | Symbol::List(_) | Symbol::Define(_) | Symbol::Lookup(_) => continue,
            };
            self.settle(&mut ordered, Scope::Lead, parts);
            ordered.steps.push(step);
        }
        self.settle(&mut ordered, Scope::Lead, results.excludes.iter().copied().map(mask_part).collect());
        self.settle(&mut ordered, Scope::After, results.after.iter().copied().map(Part::Value).collect());
        ordered
    }

    /// Each after all that it is made of: nodes are made so.
    fn settle(&self, ordered: &mut Ordered, scope: Scope, parts: Vec<Part>) {
        let mut new = ordered.reached.reach(self, scope, parts);
        new.sort_by_key(|step| self.place(*step));
        ordered.steps.extend(new);
    }

    fn place(&self, step: Step) -> (usize, bool) {
        match step {
            Step::Value(value) => (self.lead.place(value), true),
            Step::State(state) => (self.state_places.get(state.index()).copied().unwrap_or_default(), false),
            Step::Score(_) | Step::Matrix(_) | Step::Threshold(_) => (usize::MAX, true),
        }
    }
}

/// What a score is made of.
pub(super) fn score_parts(score: &ScorePlan, lead: &Nodes) -> Vec<Part> {
    let mut found = Vec::new();
    let items = match score {
        ScorePlan::Derived(number) => return vec![Part::Value(ValueId::Number(*number))],
        ScorePlan::Rules { when, items, .. } => {
            found.extend(when.map(mask_part));
            items
        }
    };
    let mut waiting: Vec<&PlacedItem> = items.iter().collect();
    while let Some(item) = waiting.pop() {
        match &item.item {
            ItemPlan::Group(group) => {
                found.extend(group.when.map(mask_part));
                waiting.extend(&group.items);
            }
            ItemPlan::Lookup(lookup) => {
                found.extend(lookup.rules.iter().map(|rule| Part::Question(lookup.subject, rule.question)));
            }
            ItemPlan::Rule(rule) => rule_parts(rule, lead, &mut found),
        }
    }
    found
}

pub(super) fn rule_parts(rule: &RulePlan, lead: &Nodes, found: &mut Vec<Part>) {
    match &rule.body {
        BodyPlan::When { mask, points } => {
            found.extend(mask.map(mask_part));
            points_parts(points, lead, found);
        }
        BodyPlan::ForEach(state) => found.push(Part::State(*state)),
        BodyPlan::ForEvery { latest, counting_from, points, .. } => {
            found.extend(latest.iter().chain(counting_from).map(|date| Part::Value(ValueId::Date(*date))));
            points_parts(points, lead, found);
        }
    }
}

pub(super) fn mask_part(mask: MaskId) -> Part {
    Part::Value(ValueId::Mask(mask))
}
