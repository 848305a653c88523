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
                other => {
                    let mut parts = Vec::new();
                    other.each_part(&mut |part| parts.push(values.get(&part).copied().unwrap_or(Estimate::ANY)));
                    evaluate(other, &|nth| parts.get(nth).copied().unwrap_or(Estimate::ANY))
                }
            };
            values.insert(*place, value);
        }
        values.get(&node).copied().unwrap_or(Estimate::ANY)
    }
}

/// The estimate of a node that is no leaf, from those of its parts, which are asked for in the order in which
/// [`Node::each_part`] shows them.
pub(in crate::analysis) fn evaluate(node: &Node, part: &impl Fn(usize) -> Estimate) -> Estimate {
    match node {
        Node::Leaf(..) => Estimate::ANY,
        Node::Constant(holds) => Estimate::truth(Truth::of(*holds)),
        Node::Open => Estimate::ANY,
        Node::All(parts) => Estimate::truth(least(parts.len(), |nth| part(nth).truth)),
        Node::Any(parts) => Estimate::truth(least(parts.len(), |nth| part(nth).truth.not()).not()),
        Node::Not(_) => Estimate::truth(part(0).truth.not()),
        Node::Known(_) => Estimate::truth(part(0).truth),
        Node::Compare(_, compare, _) => Estimate::truth(part(0).compare(*compare, part(1))),
        Node::Number(value) => Estimate::known(Interval::exactly(*value)),
        Node::Missing => Estimate::MISSING,
        Node::Somewhere(interval) => Estimate { truth: Truth::Maybe, interval: *interval },
        Node::Negate(_) => part(0).map(Interval::negated),
        Node::Add(..) => part(0).combine(part(1), Interval::plus),
        Node::Subtract(..) => part(0).combine(part(1), |left, right| left.plus(right.negated())),
        Node::Multiply(..) => part(0).combine(part(1), Interval::times),
        Node::Divide(..) => part(0).combine(part(1), Interval::divided_by),
        Node::Percent(percent, _) => {
            let share = |interval: Interval, other: Interval| {
                let scaled = interval.through(|value| other.low().and_then(|percent| value.percent(percent)));
                if other.low().is_some_and(Decimal::is_negative) {
                    Interval::new(scaled.high(), scaled.low())
                } else {
                    scaled
                }
            };
            part(0).combine(Estimate::known(Interval::exactly(*percent)), share)
        }
        Node::Tally(parts) => tally((0..parts.len()).map(part)),
        Node::FirstKnown(parts) => first_known((0..parts.len()).map(part)),
        Node::Highest(parts) => extreme((0..parts.len()).map(part), true),
        Node::Lowest(parts) => extreme((0..parts.len()).map(part), false),
        Node::Choose { rows, otherwise } => choose(rows.len(), otherwise.is_some(), part),
        Node::Clamp { lowest, highest, .. } => part(0).map(|interval| interval.clamped(*lowest, *highest)),
        Node::Round(decimals, _) => part(0).map(|interval| interval.through(|value| Some(value.round(*decimals)))),
        Node::Guarded(..) => {
            let of = part(1);
            Estimate { truth: of.truth.and(part(0).truth), ..of }
        }
        Node::Once(_) => taking_part(part(0).truth, part(0)),
        Node::Within(..) => taking_part(part(0).truth, part(1)),
        Node::Occurrences { kept, points, .. } => {
            occurrences(part(0).interval, *kept, (1..=points.len()).map(|nth| part(nth).interval))
        }
        Node::Times { .. } => times(part(0), part(1)),
        Node::Sum(parts) => (0..parts.len()).map(part).fold(Estimate::MISSING, |sum, next| Estimate {
            truth: sum.truth.or(next.truth),
            interval: sum.interval.plus(next.interval),
        }),
        Node::Chosen(choice, parts) => chosen(*choice, (0..parts.len()).map(part)),
        Node::Weighted(percent, _) => part(0).map(|interval| {
            let hundred = Decimal::whole(100).billionths();
            interval.through(|value| {
                Some(value.ratio_rounded(percent.billionths(), hundred, POINT_DECIMALS).unwrap_or(value))
            })
        }),
        Node::Total(_) => Estimate::known(part(0).interval),
    }
}

/// The least of so many: those behind one that is `No` are not looked at.
fn least(count: usize, truth: impl Fn(usize) -> Truth) -> Truth {
    let mut least = Truth::Yes;
    for nth in 0..count {
        least = least.and(truth(nth));
        if least == Truth::No {
            break;
        }
    }
    least
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

fn tally(parts: impl Iterator<Item = Estimate> + Clone) -> Estimate {
    let count = |least: Truth| parts.clone().filter(|part| part.truth >= least).count() as i64;
    Estimate::known(Interval::between(Decimal::whole(count(Truth::Yes)), Decimal::whole(count(Truth::Maybe))))
}

fn first_known(parts: impl Iterator<Item = Estimate>) -> Estimate {
    let mut result = Estimate::MISSING;
    for next in parts {
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

fn extreme(parts: impl Iterator<Item = Estimate>, highest: bool) -> Estimate {
    let mirror = |estimate: Estimate| if highest { estimate } else { estimate.map(Interval::negated) };
    let known = parts.map(mirror).filter(|of| of.truth != Truth::No);
    let known: Vec<Estimate> = known.collect();
    let truth = known.iter().fold(Truth::No, |truth, of| truth.or(of.truth));
    if truth == Truth::No {
        return Estimate::MISSING;
    }
    let high = known.iter().map(|of| of.interval.high()).collect::<Option<Vec<_>>>();
    // At least that of each one that is certainly known; where none is, that of the lowest.
    let certain = known.iter().filter(|of| of.truth == Truth::Yes).filter_map(|of| of.interval.low()).max();
    let lowest = known.iter().map(|of| of.interval.low()).collect::<Option<Vec<_>>>();
    let low = certain.or(lowest.and_then(|ends| ends.into_iter().min()));
    let interval = Interval::new(low, high.and_then(|ends| ends.into_iter().max()));
    mirror(Estimate { truth, interval })
}

/// So many rows: a condition, and the number beside it; then perhaps one for all else.
fn choose(rows: usize, has_otherwise: bool, part: &impl Fn(usize) -> Estimate) -> Estimate {
    let mut result: Option<Estimate> = None;
    let add = |result: Option<Estimate>, next: Estimate| Some(result.map_or(next, |known| known.hull(next)));
    for row in 0..rows {
        let (condition, value) = (2 * row, 2 * row + 1);
        match part(condition).truth {
            Truth::No => {}
            Truth::Maybe => result = add(result, part(value)),
            Truth::Yes => return add(result, part(value)).unwrap_or(Estimate::MISSING),
        }
    }
    let last = if has_otherwise { part(2 * rows) } else { Estimate::MISSING };
    add(result, last).unwrap_or(Estimate::MISSING)
}

/// How many are kept, and the sum of their points: the first ones by their own, all later ones by the last's.
fn occurrences(count: Interval, kept: Kept, points: impl Iterator<Item = Interval> + Clone) -> Estimate {
    let whole = |end: Option<Decimal>| end.and_then(Decimal::to_i64).and_then(|end| u64::try_from(end).ok());
    let group = kept.group.unwrap_or(1).max(1);
    let selected = whole(count.high()).map(|high| high / group);
    let high = [selected, kept.most].into_iter().flatten().min();
    let low = match whole(count.low()).unwrap_or(0) {
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
    let highest = sum_of_first(low, high, points.clone().map(|of| of.high()));
    let lowest = sum_of_first(low, high, points.map(|of| of.low().map(Decimal::negate))).map(Decimal::negate);
    Estimate { truth, interval: Interval::new(lowest, highest) }
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
    let truth = match (count.interval.low(), count.interval.high()) {
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
fn chosen(choice: Choice, parts: impl Iterator<Item = Estimate> + Clone) -> Estimate {
    let taking = parts.clone().filter(|of| of.truth != Truth::No);
    let (truth, interval) = match choice {
        Choice::FirstMatch => first_of(taking),
        Choice::Highest => highest_of(taking),
        Choice::Lowest => {
            let (truth, interval) = highest_of(taking.map(|of| of.map(Interval::negated)));
            (truth, interval.negated())
        }
        Choice::All => {
            taking.fold((Truth::No, Interval::ZERO), |(truth, sum), of| (truth.or(of.truth), sum.plus(of.interval)))
        }
    };
    if truth == Truth::Yes {
        return Estimate { truth, interval };
    }
    let untaken = parts.map(without_taking_part).filter(|points| *points != Interval::ZERO);
    let untaken = untaken.fold(Interval::ZERO, Interval::plus);
    Estimate { truth, interval: if truth == Truth::No { untaken } else { interval.hull(untaken) } }
}

/// 0, but where limits raise or lower that.
fn without_taking_part(points: Estimate) -> Interval {
    let has_zero = points.interval.low().is_none_or(|low| low <= Decimal::ZERO)
        && points.interval.high().is_none_or(|high| high >= Decimal::ZERO);
    if points.truth != Truth::No && has_zero { Interval::ZERO } else { points.interval }
}

/// Whether one takes part, and of those up to the first that certainly does between what they lie.
fn first_of(parts: impl Iterator<Item = Estimate>) -> (Truth, Interval) {
    let mut result: Option<Estimate> = None;
    for of in parts {
        result = Some(result.map_or(of, |known| Estimate {
            truth: known.truth.or(of.truth),
            interval: known.interval.hull(of.interval),
        }));
        if of.truth == Truth::Yes {
            break;
        }
    }
    result.map_or((Truth::No, Interval::ZERO), |result| (result.truth, result.interval))
}

/// Whether one takes part, and between what the highest lies.
fn highest_of(parts: impl Iterator<Item = Estimate>) -> (Truth, Interval) {
    let (mut truth, mut hull, mut certain) = (Truth::No, None, None);
    for of in parts {
        truth = truth.or(of.truth);
        hull = Some(hull.map_or(of.interval, |hull: Interval| hull.hull(of.interval)));
        if of.truth == Truth::Yes {
            certain = certain.max(of.interval.low());
        }
    }
    let hull = hull.unwrap_or(Interval::ZERO);
    (truth, Interval::new(certain.or(hull.low()), hull.high()))
}
