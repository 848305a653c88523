//! Rules and groups as nodes.

use super::{Graph, Kept, Node, NodeId, Scope, Variable};
use crate::analysis::estimate::Estimate;
use crate::analysis::interval::Interval;
use crate::model::{Body, Each, EventId, ForEach, Group, Item, LimitScope, PointLimits, Points, Rule};
use crate::value::{Decimal, MAX_POINTS, POINT_DECIMALS};

/// More occurrences than this are "as many as you like" to the classes of a count.
const COUNTED: u64 = 40;

impl<'model> Graph<'model> {
    /// Groups nest to a depth that the checker bounds.
    pub fn item(&mut self, item: &'model Item) -> NodeId {
        match item {
            Item::Rule(rule) => self.rule(rule, true),
            Item::Group(group) => self.group(group, true),
        }
    }

    /// What a group brings, with or without its own limits.
    pub fn group(&mut self, group: &'model Group, limited: bool) -> NodeId {
        let items: Vec<NodeId> = group.items.iter().map(|item| self.item(item)).collect();
        let mut node = match group.choice {
            crate::model::Choice::All => self.add(Node::Sum(items)),
            choice => self.add(Node::Chosen(choice, items)),
        };
        if let Some(percent) = group.weight {
            node = self.add(Node::Weighted(percent, node));
        }
        if limited {
            node = self.limited(node, group.limits);
        }
        match &group.when {
            Some(when) => {
                let when = self.condition(when, Scope::Lead);
                self.add(Node::Within(when, node))
            }
            None => node,
        }
    }

    /// What a rule brings, with or without its own limits.
    pub fn rule(&mut self, rule: &'model Rule, limited: bool) -> NodeId {
        let node = match &rule.body {
            Body::Always => self.once(&rule.points),
            Body::When(condition) => {
                let points = self.once(&rule.points);
                let when = self.condition(condition, Scope::Lead);
                self.add(Node::Within(when, points))
            }
            Body::ForEach(each) => self.for_each(rule, each),
            Body::ForEvery(every) => {
                let points = self.points(&rule.points, Scope::Lead);
                let enough = self.enough(rule, &[points]);
                let count = self.silence(every, enough);
                self.add(Node::Times { count, points })
            }
        };
        if limited { self.limited(node, rule.limits) } else { node }
    }

    fn limited(&mut self, node: NodeId, limits: PointLimits) -> NodeId {
        match limits {
            PointLimits { highest: None, lowest: None } => node,
            PointLimits { highest, lowest } => self.add(Node::Clamp { lowest, highest, of: node }),
        }
    }

    fn once(&mut self, points: &'model Points) -> NodeId {
        let points = self.points(points, Scope::Lead);
        self.add(Node::Once(points))
    }

    /// The points as a number, of the first occurrence.
    pub fn points(&mut self, points: &'model Points, scope: Scope) -> NodeId {
        match points {
            Points::Constant(value) => self.add(Node::Number(*value)),
            Points::Computed(number) => {
                let number = self.number(number, scope);
                let held = Node::Clamp { lowest: Some(MAX_POINTS.negate()), highest: Some(MAX_POINTS), of: number };
                let held = self.add(held);
                self.add(Node::Round(POINT_DECIMALS, held))
            }
            Points::Series(series) => match series.first() {
                Some(first) => self.points(first, scope),
                None => self.add(Node::Missing),
            },
            Points::Table(table) => {
                let mut result = |graph: &mut Graph<'model>, points: &'model Points| graph.points(points, scope);
                self.table(table, scope, &mut result)
            }
        }
    }

    fn for_each(&mut self, rule: &'model Rule, each: &'model ForEach) -> NodeId {
        let series: Vec<&'model Points> = match &rule.points {
            Points::Series(series) => series.iter().collect(),
            one => vec![one],
        };
        let points: Vec<NodeId> = series.into_iter().map(|points| self.points_of_any(points, each)).collect();
        let count = self.count(&each.selector);
        let plain = each.limits.iter().filter(|limit| limit.scope == LimitScope::Plain).map(|limit| limit.times).min();
        let group = match each.each {
            Each::Event => None,
            Each::Calendar { at_least, .. } | Each::Property { at_least, .. } | Each::At { at_least } => Some(at_least),
        };
        let mut enough = self.enough(rule, &points);
        enough.extend(plain);
        enough.push(points.len() as u64);
        if let Node::Leaf(Variable::Count(selector), _) = *self.node(count) {
            let cuts = enough.into_iter().chain([1]).filter(|count| *count <= COUNTED);
            let cuts: Vec<u64> = cuts.map(|count| count.saturating_mul(group.unwrap_or(1))).collect();
            self.cuts.entry(selector).or_default().extend(cuts);
        }
        let has_other_limits = each.limits.iter().any(|limit| limit.scope != LimitScope::Plain);
        let kept = Kept { group, most: plain, has_other_limits, fades: each.decay.is_some() };
        self.add(Node::Occurrences { count, kept, points })
    }

    /// The points for an event, as a number between the least and the most that any event of these types brings.
    fn points_of_any(&mut self, points: &'model Points, each: &ForEach) -> NodeId {
        if let Points::Constant(value) = points {
            return self.add(Node::Number(*value));
        }
        let types: Vec<EventId> = each.selector.types.iter().copied().collect();
        let nodes: Vec<NodeId> = types.into_iter().map(|event| self.points(points, Scope::Event(event))).collect();
        let estimates: Vec<Estimate> = nodes.into_iter().map(|node| self.estimate_alone(node)).collect();
        let hull = estimates.into_iter().reduce(Estimate::points_hull).unwrap_or(Estimate::MISSING);
        // An occurrence without points gives 0.
        let interval = match hull.truth {
            crate::analysis::estimate::Truth::Yes => hull.interval,
            _ => hull.interval.hull(Interval::ZERO),
        };
        match interval.single() {
            Some(value) => self.add(Node::Number(value)),
            None => self.add(Node::Somewhere(interval)),
        }
    }

    /// After how many of these points a rule comes to its own limits.
    fn enough(&self, rule: &Rule, points: &[NodeId]) -> Vec<u64> {
        let last = points.last().map(|node| self.node(*node));
        let Some(Node::Number(points)) = last else { return Vec::new() };
        let limits = [rule.limits.highest, rule.limits.lowest].into_iter().flatten();
        limits.filter_map(|limit| times_to_reach(limit, *points)).collect()
    }
}

fn times_to_reach(limit: Decimal, points: Decimal) -> Option<u64> {
    let (limit, points) = (limit.billionths(), points.billionths());
    let whole = limit.checked_div(points).filter(|times| *times > 0)?;
    u64::try_from(if limit % points == 0 { whole } else { whole + 1 }).ok()
}
