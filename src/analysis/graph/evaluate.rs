//! The estimate of a node from those of its parts.

use super::{Graph, Kept, Node, NodeId};
use crate::analysis::estimate::{Estimate, Truth};
use crate::analysis::interval::Interval;
use crate::analysis::quick::QuickMap;
use crate::model::Choice;
use crate::value::{Decimal, POINT_DECIMALS};

impl Graph<'_> {
    /// What is known of a node while everything is open but the declarations of fields.
    pub(super) fn estimate_alone(&self, node: NodeId) -> Estimate {
        let reached = self.reach(&[node]);
        let mut values = QuickMap::default();
        for place in &reached {
            let value = match self.node(*place) {
                Node::Leaf(variable, super::Aspect::Value) => {
                    Estimate { truth: Truth::Maybe, interval: self.field_interval(*variable) }
                }
                Node::Leaf(..) => Estimate::ANY,
                other => evaluate(other, &|part| values.get(&part).copied().unwrap_or(Estimate::ANY)),
            };
            values.insert(*place, value);
        }
        values.get(&node).copied().unwrap_or(Estimate::ANY)
    }
}

/// The estimate of a node that is no leaf.
pub(in crate::analysis) fn evaluate(node: &Node, part: &dyn Fn(NodeId) -> Estimate) -> Estimate {
    match node {
        Node::Leaf(..) => Estimate::ANY,
        Node::Constant(holds) => Estimate::truth(Truth::of(*holds)),
        Node::Open => Estimate::ANY,
        Node::All(parts) => Estimate::truth(parts.iter().fold(Truth::Yes, |truth, of| truth.and(part(*of).truth))),
        Node::Any(parts) => Estimate::truth(parts.iter().fold(Truth::No, |truth, of| truth.or(part(*of).truth))),
        Node::Not(of) => Estimate::truth(part(*of).truth.not()),
        Node::Known(of) => Estimate::truth(part(*of).truth),
        Node::Compare(left, compare, right) => Estimate::truth(part(*left).compare(*compare, part(*right))),
        Node::Number(value) => Estimate::known(Interval::exactly(*value)),
        Node::Missing => Estimate::MISSING,
        Node::Somewhere(interval) => Estimate { truth: Truth::Maybe, interval: *interval },
        Node::Negate(of) => part(*of).map(Interval::negated),
        Node::Add(left, right) => part(*left).combine(part(*right), Interval::plus),
        Node::Subtract(left, right) => part(*left).combine(part(*right), |left, right| left.plus(right.negated())),
        Node::Multiply(left, right) => part(*left).combine(part(*right), Interval::times),
        Node::Divide(left, right) => part(*left).combine(part(*right), Interval::divided_by),
        Node::Percent(percent, of) => {
            let share = |interval: Interval, other: Interval| {
                let scaled = interval.through(|value| other.low.and_then(|percent| value.percent(percent)));
                if other.low.is_some_and(Decimal::is_negative) {
                    Interval { low: scaled.high, high: scaled.low }
                } else {
                    scaled
                }
            };
            part(*of).combine(Estimate::known(Interval::exactly(*percent)), share)
        }
        Node::Tally(parts) => tally(parts, part),
        Node::FirstKnown(parts) => first_known(parts, part),
        Node::Highest(parts) => extreme(parts, part, true),
        Node::Lowest(parts) => extreme(parts, part, false),
        Node::Choose { rows, otherwise } => choose(rows, *otherwise, part),
        Node::Clamp { lowest, highest, of } => part(*of).map(|interval| interval.clamped(*lowest, *highest)),
        Node::Round(decimals, of) => part(*of).map(|interval| interval.through(|value| Some(value.round(*decimals)))),
        Node::Guarded(when, of) => {
            let of = part(*of);
            Estimate { truth: of.truth.and(part(*when).truth), ..of }
        }
        Node::Once(of) => taking_part(part(*of).truth, part(*of)),
        Node::Within(when, of) => taking_part(part(*when).truth, part(*of)),
        Node::Occurrences { count, kept, points } => {
            occurrences(part(*count).interval, *kept, points.iter().map(|points| part(*points).interval))
        }
        Node::Times { count, points } => times(part(*count), part(*points)),
        Node::Sum(parts) => parts.iter().map(|of| part(*of)).fold(Estimate::MISSING, |sum, next| Estimate {
            truth: sum.truth.or(next.truth),
            interval: sum.interval.plus(next.interval),
        }),
        Node::Chosen(choice, parts) => chosen(*choice, parts, part),
        Node::Weighted(percent, of) => part(*of).map(|interval| {
            let hundred = Decimal::whole(100).billionths();
            interval.through(|value| {
                Some(value.ratio_rounded(percent.billionths(), hundred, POINT_DECIMALS).unwrap_or(value))
            })
        }),
        Node::Total(of) => Estimate::known(part(*of).interval),
    }
}

/// Points that are 0 and take no part where the condition does not hold.
fn taking_part(condition: Truth, points: Estimate) -> Estimate {
    let truth = points.truth.and(condition);
    match condition.and(points.truth) {
        Truth::Yes => points,
        Truth::No if condition == Truth::No => Estimate::MISSING,
        // A group that holds gives its limits even where no rule of it takes part.
        _ if condition == Truth::Yes => Estimate { truth, interval: points.interval },
        _ => Estimate { truth, interval: points.interval.hull(Interval::ZERO) },
    }
}

fn tally(parts: &[NodeId], part: &dyn Fn(NodeId) -> Estimate) -> Estimate {
    let count = |least: Truth| parts.iter().filter(|of| part(**of).truth >= least).count() as i64;
    Estimate::known(Interval::between(Decimal::whole(count(Truth::Yes)), Decimal::whole(count(Truth::Maybe))))
}

fn first_known(parts: &[NodeId], part: &dyn Fn(NodeId) -> Estimate) -> Estimate {
    let mut result = Estimate::MISSING;
    for of in parts {
        let next = part(*of);
        match (result.truth, next.truth) {
            (_, Truth::No) => continue,
            (Truth::No, _) => result = next,
            _ => result = Estimate { truth: next.truth, interval: result.interval.hull(next.interval) },
        }
        if next.truth == Truth::Yes {
            break;
        }
    }
    result
}

fn extreme(parts: &[NodeId], part: &dyn Fn(NodeId) -> Estimate, highest: bool) -> Estimate {
    let mirror = |estimate: Estimate| if highest { estimate } else { estimate.map(Interval::negated) };
    let known = parts.iter().map(|of| mirror(part(*of))).filter(|of| of.truth != Truth::No);
    let known: Vec<Estimate> = known.collect();
    let truth = known.iter().fold(Truth::No, |truth, of| truth.or(of.truth));
    if truth == Truth::No {
        return Estimate::MISSING;
    }
    let high = known.iter().map(|of| of.interval.high).collect::<Option<Vec<_>>>();
    // At least that of each one that is certainly known; where none is, that of the lowest.
    let certain = known.iter().filter(|of| of.truth == Truth::Yes).filter_map(|of| of.interval.low).max();
    let lowest = known.iter().map(|of| of.interval.low).collect::<Option<Vec<_>>>();
    let low = certain.or(lowest.and_then(|ends| ends.into_iter().min()));
    let interval = Interval { low, high: high.and_then(|ends| ends.into_iter().max()) };
    mirror(Estimate { truth, interval })
}

fn choose(rows: &[(NodeId, NodeId)], otherwise: Option<NodeId>, part: &dyn Fn(NodeId) -> Estimate) -> Estimate {
    let mut result: Option<Estimate> = None;
    let add = |result: Option<Estimate>, next: Estimate| Some(result.map_or(next, |known| known.hull(next)));
    for (condition, value) in rows {
        match part(*condition).truth {
            Truth::No => {}
            Truth::Maybe => result = add(result, part(*value)),
            Truth::Yes => return add(result, part(*value)).unwrap_or(Estimate::MISSING),
        }
    }
    let last = otherwise.map_or(Estimate::MISSING, part);
    add(result, last).unwrap_or(Estimate::MISSING)
}

/// How many are kept, and the sum of their points: the first ones by their own, all later ones by the last's.
fn occurrences(count: Interval, kept: Kept, points: impl Iterator<Item = Interval> + Clone) -> Estimate {
    let whole = |end: Option<Decimal>| end.and_then(Decimal::to_i64).and_then(|end| u64::try_from(end).ok());
    let group = kept.group.unwrap_or(1).max(1);
    let selected = whole(count.high).map(|high| high / group);
    let high = [selected, kept.most].into_iter().flatten().min();
    let low = match whole(count.low).unwrap_or(0) {
        low if kept.group.is_none() => {
            low.min(kept.most.unwrap_or(low)).min(if kept.has_other_limits { 1 } else { low })
        }
        _ => 0,
    };
    let truth = match (low, high) {
        (_, Some(0)) => return Estimate::MISSING,
        (1.., _) => Truth::Yes,
        _ => Truth::Maybe,
    };
    let points = points.map(|points| if kept.fades { points.hull(Interval::ZERO) } else { points });
    let highest = sum_of_first(low, high, points.clone().map(|of| of.high));
    let lowest = sum_of_first(low, high, points.map(|of| of.low.map(Decimal::negate))).map(Decimal::negate);
    Estimate { truth, interval: Interval { low: lowest, high: highest } }
}

/// The most that a number of occurrences between `low` and `high` bring together.
fn sum_of_first(low: u64, high: Option<u64>, points: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    let is_within = |count: u64| count >= low && high.is_none_or(|high| count <= high);
    let (mut written, mut last, mut sum) = (0, Decimal::ZERO, Decimal::ZERO);
    let mut best = is_within(0).then_some(sum);
    for points in points {
        (written, last) = (written + 1, points?);
        sum = sum.add(last)?;
        if is_within(written) {
            best = best.max(Some(sum));
        }
    }
    // Beyond the written ones each brings the last one's points: the most at one of the two ends.
    let with = |count: u64| {
        let more = i64::try_from(count.saturating_sub(written)).ok()?;
        sum.add(last.multiply(Decimal::whole(more))?)
    };
    if high.is_none_or(|high| high > written) {
        best = best.max(Some(with(low.max(written))?));
        match high {
            Some(high) => best = best.max(Some(with(high)?)),
            None if last > Decimal::ZERO => return None,
            None => {}
        }
    }
    best
}

fn times(count: Estimate, points: Estimate) -> Estimate {
    let truth = match (count.interval.low, count.interval.high) {
        (_, Some(high)) if high <= Decimal::ZERO => return Estimate::MISSING,
        (Some(low), _) if low > Decimal::ZERO => points.truth,
        _ => points.truth.and(Truth::Maybe),
    };
    if truth == Truth::No {
        return Estimate::MISSING;
    }
    let interval = count.interval.times(points.interval);
    Estimate { truth, interval: if truth == Truth::Yes { interval } else { interval.hull(Interval::ZERO) } }
}

/// The choice of a group. Only those that take part are chosen among; where none does, all items' points count.
fn chosen(choice: Choice, parts: &[NodeId], part: &dyn Fn(NodeId) -> Estimate) -> Estimate {
    let untaken = parts.iter().fold(Interval::ZERO, |sum, of| sum.plus(without_taking_part(part(*of))));
    let taking = parts.iter().map(|of| part(*of)).filter(|of| of.truth != Truth::No);
    let truth = taking.clone().fold(Truth::No, |truth, of| truth.or(of.truth));
    if truth == Truth::No {
        return Estimate { truth, interval: untaken };
    }
    let interval = match choice {
        Choice::FirstMatch => first_of(taking),
        Choice::Highest => highest_of(taking),
        Choice::Lowest => highest_of(taking.map(|of| of.map(Interval::negated))).negated(),
        Choice::All => taking.fold(Interval::ZERO, |sum, of| sum.plus(of.interval)),
    };
    Estimate { truth, interval: if truth == Truth::Yes { interval } else { interval.hull(untaken) } }
}

/// 0, but where limits raise or lower that.
fn without_taking_part(points: Estimate) -> Interval {
    let has_zero = points.interval.low.is_none_or(|low| low <= Decimal::ZERO)
        && points.interval.high.is_none_or(|high| high >= Decimal::ZERO);
    if points.truth != Truth::No && has_zero { Interval::ZERO } else { points.interval }
}

/// Of those up to the first that certainly takes part.
fn first_of(parts: impl Iterator<Item = Estimate>) -> Interval {
    let mut hull: Option<Interval> = None;
    for of in parts {
        hull = Some(hull.map_or(of.interval, |hull| hull.hull(of.interval)));
        if of.truth == Truth::Yes {
            break;
        }
    }
    hull.unwrap_or(Interval::ZERO)
}

fn highest_of(parts: impl Iterator<Item = Estimate> + Clone) -> Interval {
    let hull = parts.clone().map(|of| of.interval).reduce(Interval::hull).unwrap_or(Interval::ZERO);
    let certain = parts.filter(|of| of.truth == Truth::Yes).filter_map(|of| of.interval.low).max();
    Interval { low: certain.or(hull.low), high: hull.high }
}
