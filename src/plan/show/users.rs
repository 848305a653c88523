//! Which rules, groups, thresholds and exclusions use a question, a mask or a state.

use super::{Labels, mask_of};
use crate::plan::live::{Part, parts, points_parts, selection_parts, state_parts};
use crate::plan::steps::rule_parts;
use crate::plan::{
    BodyPlan, ItemPlan, MaskId, MaskNode, Nodes, PlacedItem, Plan, QuestionId, ScorePlan, StateId, SubjectId, ValueId,
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Nodes that are followed from one rule: what lies further away is not told to be used by it.
const FURTHEST: usize = 4096;

#[derive(Debug, Default)]
pub(super) struct Users {
    /// By whether it is asked of an event
    questions: BTreeMap<(bool, SubjectId, QuestionId), BTreeSet<String>>,
    states: BTreeMap<StateId, BTreeSet<String>>,
    /// Conditions of several values, by what they decide
    pub masks: BTreeMap<MaskId, BTreeSet<String>>,
}

impl Users {
    pub fn of(plan: &Plan<'_>, labels: &Labels) -> Users {
        let mut users = Users::default();
        let model = plan.model;
        for ignore in &plan.ignores {
            let found = selection_parts(ignore);
            let found = found.into_iter().map(|(scope, part)| (scope == crate::plan::builder::Scope::Event, part));
            users.follow(plan, "ignore", found.collect());
        }
        for (exclude, mask) in model.excludes.iter().zip(&plan.excludes) {
            users.mask(plan, &format!("exclude \"{}\"", exclude.reason), *mask);
        }
        for (score, score_plan) in model.scores.iter().zip(&plan.scores) {
            match score_plan {
                ScorePlan::Derived(number) => {
                    users.lead(plan, &format!("score {}", score.name), vec![Part::Value(ValueId::Number(*number))]);
                }
                ScorePlan::Rules { when, items, .. } => {
                    if let Some(when) = when {
                        users.mask(plan, &format!("score {}", score.name), *when);
                    }
                    users.items(plan, labels, &score.name, items);
                }
            }
        }
        for (threshold, threshold_plan) in model.thresholds.iter().zip(&plan.thresholds) {
            let name = format!("threshold {}", threshold.name);
            users.mask(plan, &name, threshold_plan.when);
            if let Some(until) = threshold_plan.until {
                users.mask(plan, &name, until);
            }
        }
        users
    }

    /// Groups nest to a depth that the checker bounds.
    fn items(&mut self, plan: &Plan<'_>, labels: &Labels, score: &str, items: &[PlacedItem]) {
        let label = |rule| labels.get(&rule).map(|(score, label)| said(score, label)).unwrap_or_default();
        for item in items {
            match &item.item {
                ItemPlan::Group(group) => {
                    if let Some(when) = group.when {
                        self.mask(plan, &format!("a group of {score}"), when);
                    }
                    self.items(plan, labels, score, &group.items);
                }
                ItemPlan::Lookup(lookup) => {
                    for rule in &lookup.rules {
                        self.lead(plan, &label(rule.rule), vec![Part::Question(lookup.subject, rule.question)]);
                    }
                }
                ItemPlan::Rule(rule) => {
                    let user = label(rule.rule);
                    match mask_of(&rule.body) {
                        Some(mask) => self.mask(plan, &user, mask),
                        None => self.mark(&rule.body, &user),
                    }
                    let mut found = Vec::new();
                    rule_parts(rule, &plan.lead, &mut found);
                    if let BodyPlan::When { points, .. } = &rule.body {
                        points_parts(points, &plan.lead, &mut found);
                    }
                    self.lead(plan, &user, found);
                }
            }
        }
    }

    fn mark(&mut self, body: &BodyPlan, user: &str) {
        if let BodyPlan::ForEach(state) = body {
            self.states.entry(*state).or_default().insert(user.to_owned());
        }
    }

    /// A condition that decides something.
    fn mask(&mut self, plan: &Plan<'_>, user: &str, mask: MaskId) {
        let node = plan.lead.masks.get(mask.index());
        if !matches!(node, Some(MaskNode::Question(..) | MaskNode::Constant(_))) {
            self.masks.entry(mask).or_default().insert(user.to_owned());
        }
        self.lead(plan, user, vec![Part::Value(ValueId::Mask(mask))]);
    }

    fn lead(&mut self, plan: &Plan<'_>, user: &str, from: Vec<Part>) {
        self.follow(plan, user, from.into_iter().map(|part| (false, part)).collect());
    }

    /// Marks all that these parts are made of; each with whether it is of an event's scope.
    fn follow(&mut self, plan: &Plan<'_>, user: &str, mut waiting: Vec<(bool, Part)>) {
        let mut seen: HashSet<(bool, Part)> = HashSet::new();
        while let Some((of_event, part)) = waiting.pop() {
            if seen.len() > FURTHEST || !seen.insert((of_event, part)) {
                continue;
            }
            let nodes: &Nodes = if of_event { &plan.event } else { &plan.lead };
            let value_of = |subject: SubjectId| nodes.subjects.get(subject.index()).map(|subject| subject.value);
            match part {
                Part::OfLead(value) => waiting.push((false, Part::Value(value))),
                Part::Value(value) => {
                    waiting.extend(parts(nodes, value).into_iter().map(|part| (of_event, part)));
                }
                Part::Question(subject, question) => {
                    self.questions.entry((of_event, subject, question)).or_default().insert(user.to_owned());
                    waiting.extend(value_of(subject).map(|value| (of_event, Part::Value(value))));
                }
                Part::Table(table) => {
                    if let Some(table) = nodes.tables.get(table.index()) {
                        let rows = table.rows.iter().map(|row| (of_event, Part::Question(table.subject, *row)));
                        waiting.extend(rows);
                    }
                }
                Part::State(state) => {
                    self.states.entry(state).or_default().insert(user.to_owned());
                    if let Some(state) = plan.states.get(state.index()) {
                        let found = state_parts(state, &plan.event).into_iter();
                        let is_event = |scope| scope == crate::plan::builder::Scope::Event;
                        waiting.extend(found.map(|(scope, part)| (is_event(scope), part)));
                    }
                }
            }
        }
    }

    pub fn of_question(&self, of_event: bool, subject: u32, question: u32) -> Vec<String> {
        let key = (of_event, SubjectId(subject), QuestionId(question));
        self.questions.get(&key).into_iter().flatten().cloned().collect()
    }

    pub fn of_state(&self, state: StateId) -> Vec<String> {
        self.states.get(&state).into_iter().flatten().cloned().collect()
    }
}

/// `"Executive" (fit)`
fn said(score: &str, label: &str) -> String {
    format!("\"{label}\" ({score})")
}
