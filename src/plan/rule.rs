//! Scores, groups and rules; pass `drop-dead` leaves out what can never give anything.

use super::ask::Cond;
use super::builder::{Builder, Scope};
use super::lookups::Folding;
use super::notes::Dropped;
use super::passes::Pass;
use super::tree::Tree;
use super::*;
use crate::model::{
    Body, Choice, Condition, ForEach, ForEvery, Group, Item, PointLimits, Points, Rule, Score, ScoreBody, Threshold,
};
use crate::value::Decimal;

/// A rule, planned.
pub(super) enum Ruled {
    /// Constant points for questions of one value, of which at most one holds
    Asked { value: ValueId, rows: Vec<(Tree, Decimal)> },
    /// Why it stands by itself
    Alone(RulePlan, &'static str),
    /// Why it can never give anything
    Dead(&'static str),
}

impl Builder<'_> {
    pub fn score(&mut self, score: &Score) -> ScorePlan {
        match &score.body {
            ScoreBody::Derived(expr) => ScorePlan::Derived(self.number(expr)),
            ScoreBody::Rules { start, when, items } => ScorePlan::Rules {
                start: start.unwrap_or_default(),
                when: when.as_ref().and_then(|when| self.gate(when)),
                items: self.items(score, items, Choice::All),
            },
        }
    }

    /// A condition that lets through; `None` where it always does.
    fn gate(&mut self, when: &Condition) -> Option<MaskId> {
        match self.condition(when) {
            Cond::Constant(true) => None,
            cond => Some(self.mask(cond)),
        }
    }

    pub fn threshold(&mut self, threshold: &Threshold) -> ThresholdPlan {
        let when = self.condition(&threshold.when);
        let when = self.mask(when);
        let until = threshold.until.as_ref().map(|until| self.condition(until));
        ThresholdPlan { when, until: until.map(|until| self.mask(until)), stays: threshold.stays }
    }

    fn items(&mut self, score: &Score, items: &[Item], choice: Choice) -> Vec<PlacedItem> {
        let mut folding = Folding::new(choice);
        for (place, item) in (0..).zip(items) {
            match item {
                Item::Group(group) => match self.group(score, group) {
                    Ok(plan) => folding.push(place, ItemPlan::Group(plan)),
                    Err(why) => self.drop_item(score, &group.label, why),
                },
                Item::Rule(rule) => match self.rule(rule) {
                    Ruled::Asked { value, rows } => self.fold_rule(&mut folding, rule.id, place, value, &rows),
                    Ruled::Dead(why) => self.drop_item(score, &rule.label, why),
                    Ruled::Alone(plan, why) => {
                        self.notes.unfolded.push((rule.id, why.to_owned()));
                        folding.push(place, ItemPlan::Rule(plan));
                    }
                },
            }
        }
        folding.items
    }

    fn drop_item(&mut self, score: &Score, label: &str, why: &'static str) {
        self.notes.count("dropped");
        self.notes.dropped.push(Dropped { label: label.to_owned(), score: score.name.clone(), why });
    }

    /// A group, or why it can never give anything. What gives nothing and takes no part may be left out of any parent.
    fn group(&mut self, score: &Score, group: &Group) -> Result<GroupPlan, &'static str> {
        let drop_dead = self.has(Pass::DropDead);
        let when = match group.when.as_ref().map(|when| self.condition(when)) {
            None | Some(Cond::Constant(true)) => None,
            Some(Cond::Constant(false)) if drop_dead => return Err("its condition never holds"),
            Some(cond) => Some(self.mask(cond)),
        };
        let items = self.items(score, &group.items, group.choice);
        if items.is_empty() && drop_dead && is_nothing(group.limits) {
            return Err("nothing in it can give points");
        }
        Ok(GroupPlan { when, choice: group.choice, weight: group.weight, limits: group.limits, items })
    }

    fn rule(&mut self, rule: &Rule) -> Ruled {
        match &rule.body {
            Body::Always => self.once(rule, Cond::Constant(true)),
            Body::When(when) => {
                let cond = self.condition(when);
                self.once(rule, cond)
            }
            Body::ForEach(each) => self.for_each(rule, each),
            Body::ForEvery(every) => self.for_every(rule, every),
        }
    }

    fn once(&mut self, rule: &Rule, cond: Cond) -> Ruled {
        let droppable = self.has(Pass::DropDead) && is_nothing(rule.limits);
        if droppable && matches!(cond, Cond::Constant(false)) {
            return Ruled::Dead("its condition never holds");
        }
        let always = matches!(cond, Cond::Constant(true));
        if self.has(Pass::Lookups)
            && is_nothing(rule.limits)
            && let Some(asked) = self.asked(rule, &cond)
        {
            return asked;
        }
        let points = match &rule.points {
            Points::Series(series) if series.len() == 1 => self.points(series.first().unwrap_or(&rule.points)),
            points => self.points(points),
        };
        if droppable && self.gives_nothing(&points) {
            return Ruled::Dead("its points are always missing");
        }
        let why = match (&points, &cond) {
            _ if !is_nothing(rule.limits) => "its limits give points where it does not hold",
            (PointsNode::Computed(_), _) => "its points are computed",
            _ if !self.has(Pass::Lookups) => "lookups are switched off",
            (PointsNode::Table { .. }, _) => "points of its rows are computed",
            _ if always => "it always holds",
            _ => "its condition is about several values",
        };
        let mask = if always { None } else { Some(self.mask(cond)) };
        Ruled::Alone(RulePlan { rule: rule.id, body: BodyPlan::When { mask, points }, limits: rule.limits }, why)
    }

    fn gives_nothing(&mut self, points: &PointsNode) -> bool {
        matches!(points, PointsNode::Computed(number) if self.literal_number(*number) == Some(None))
    }

    /// A rule as questions of one value with constant points.
    fn asked(&mut self, rule: &Rule, cond: &Cond) -> Option<Ruled> {
        let within = |points: Decimal| within_limits(points, rule.limits);
        match (cond, &rule.points) {
            (Cond::Constant(true), Points::Table(table)) => {
                let (value, rows) = self.exclusive_rows(table)?;
                let rows = rows.into_iter().map(|(tree, points)| (tree, within(points))).collect();
                Some(Ruled::Asked { value, rows })
            }
            (Cond::Asks(value, tree), points) => {
                let PointsNode::Constant(points) = self.points(points) else { return None };
                Some(Ruled::Asked { value: *value, rows: vec![(tree.clone(), within(points))] })
            }
            _ => None,
        }
    }

    fn for_each(&mut self, rule: &Rule, each: &ForEach) -> Ruled {
        let Some(of) = self.selection(&each.selector) else {
            return self.never_counts(rule);
        };
        let points = self.within(Scope::Event, |builder| builder.points(&rule.points));
        let asks = PointsOfEach { each: each.each.clone(), limits: each.limits.clone(), decay: each.decay, points };
        let state = self.state(Asks::Points(Box::new(asks)), of);
        let plan = RulePlan { rule: rule.id, body: BodyPlan::ForEach(state), limits: rule.limits };
        Ruled::Alone(plan, "it counts events")
    }

    /// A rule over events that cannot be.
    fn never_counts(&mut self, rule: &Rule) -> Ruled {
        if self.has(Pass::DropDead) && is_nothing(rule.limits) {
            return Ruled::Dead("no event can be selected");
        }
        let mask = Some(self.arena().mask(MaskNode::Constant(false)));
        let body = BodyPlan::When { mask, points: PointsNode::Constant(Decimal::ZERO) };
        Ruled::Alone(RulePlan { rule: rule.id, body, limits: rule.limits }, "no event can be selected")
    }

    fn for_every(&mut self, rule: &Rule, every: &ForEvery) -> Ruled {
        let latest = self.starts_of_every(&every.selector);
        let counting_from = every.counting_from.as_ref().map(|date| self.date(date));
        let points = self.points(&rule.points);
        let body = BodyPlan::ForEvery { latest, counting_from, every: every.every, after: every.after, points };
        Ruled::Alone(RulePlan { rule: rule.id, body, limits: rule.limits }, "it counts time since events")
    }
}

/// Points held within limits.
fn within_limits(points: Decimal, limits: PointLimits) -> Decimal {
    let points = limits.highest.map_or(points, |highest| points.min(highest));
    limits.lowest.map_or(points, |lowest| points.max(lowest))
}

/// Whether what gives nothing still gives nothing within these limits.
fn is_nothing(limits: PointLimits) -> bool {
    within_limits(Decimal::ZERO, limits) == Decimal::ZERO
}
