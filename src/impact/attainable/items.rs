//! What rules and groups can bring.

use super::{Attainable, Values, held};
use crate::model::{Body, Choice, ForEach, Group, Item, LimitScope, Points, Rule};
use crate::value::{Curve, Decay, Decimal, MAX_POINTS, POINT_DECIMALS};

impl Attainable<'_, '_> {
    /// 0 where it does not apply. Groups nest to a depth that the checker bounds.
    pub fn item(&self, item: &Item) -> Values {
        match item {
            Item::Rule(rule) => self.rule(rule),
            Item::Group(group) => {
                let all = self.group_before_limits(group).held(group.limits.lowest, group.limits.highest);
                if group.when.is_some() { all.or_zero() } else { all }
            }
        }
    }

    /// A group whose `when` holds.
    pub fn group_before_limits(&self, group: &Group) -> Values {
        let items = group.items.iter().map(|item| self.item(item));
        let chosen = match group.choice {
            Choice::All => items.fold(Values::exactly(Decimal::ZERO), |sum, item| sum.plus(&item)),
            // One of them, or none.
            _ => items.fold(Values::exactly(Decimal::ZERO), |all, item| all.or(&item)),
        };
        match group.weight {
            Some(percent) => chosen.weighed(percent, POINT_DECIMALS),
            None => chosen,
        }
    }

    fn rule(&self, rule: &Rule) -> Values {
        let values = self.rule_before_limits(rule);
        values.held(rule.limits.lowest, rule.limits.highest)
    }

    /// 0 where it does not apply.
    pub fn rule_before_limits(&self, rule: &Rule) -> Values {
        let values = match &rule.body {
            Body::Always if !self.can_be_none(&rule.points) => self.points(&rule.points),
            Body::Always | Body::When(_) => self.points(&rule.points).or_zero(),
            Body::ForEach(each) => self.occurrences(&rule.points, each),
            Body::ForEvery(_) => match &rule.points {
                Points::Constant(points) => Values::multiples(*points, None),
                points => repeated(&self.points(points).or_zero(), None),
            },
        };
        match &values {
            Values::Few(_) => values,
            Values::Stepped(_) => {
                self.bounded(values, || self.analysis.range_of_rule_before_limits(rule.id, &[])).or_zero()
            }
        }
    }

    /// Of one occurrence.
    fn points(&self, points: &Points) -> Values {
        match points {
            Points::Constant(points) => Values::exactly(*points),
            Points::Computed(number) => {
                self.number(number).held(Some(MAX_POINTS.negate()), Some(MAX_POINTS)).rounded(POINT_DECIMALS)
            }
            Points::Series(series) => {
                series.iter().fold(Values::none(), |values, points| values.or(&self.points(points)))
            }
            Points::Table(table) => {
                self.table(table).0.into_iter().fold(Values::none(), |values, row| values.or(&self.points(row)))
            }
        }
    }

    /// Whether points may be missing, or no row of a table fits.
    fn can_be_none(&self, points: &Points) -> bool {
        match points {
            Points::Constant(_) => false,
            Points::Computed(_) | Points::Series(_) => true,
            Points::Table(table) => {
                let (rows, is_none) = self.table(table);
                is_none || !rows.into_iter().all(|row| matches!(row, Points::Constant(_)))
            }
        }
    }

    /// Of all kept occurrences together.
    fn occurrences(&self, points: &Points, each: &ForEach) -> Values {
        let one = self.points(points).or_zero();
        if let Some(faded) = each.decay.as_ref().and_then(|decay| in_steps(&one, decay)) {
            return repeated(&faded, most_times(each));
        }
        if each.decay.is_some() {
            // Any share of it, rounded.
            let Some(most) = one.stepped() else { return Values::exactly(Decimal::ZERO) };
            let faded = Values::Stepped(most).or_zero().times(&Values::steps(
                Some(Decimal::ZERO),
                Some(Decimal::ONE),
                Decimal::from_billionths(1),
            ));
            return repeated(&faded.rounded(POINT_DECIMALS), most_times(each));
        }
        match points {
            Points::Constant(points) => Values::multiples(*points, most_times(each)),
            _ => repeated(&one, most_times(each)),
        }
    }
}

/// What is left of points that lose so many per cent of the original in steps.
fn in_steps(points: &Values, decay: &Decay) -> Option<Values> {
    const MOST_STEPS: i128 = 200;
    let (Curve::OfOriginal { percent, .. }, Values::Few(points)) = (decay.curve, points) else { return None };
    let (percent, hundred) = (percent.billionths(), Decimal::whole(100).billionths());
    if percent <= 0 || hundred / percent > MOST_STEPS {
        return None;
    }
    let least = decay.down_to.unwrap_or_default().billionths();
    let shares = (0..=hundred / percent + 1).map(|step| (hundred - step * percent).max(least).max(0));
    let left = |points: Decimal, share: i128| points.ratio_rounded(share, hundred, POINT_DECIMALS).unwrap_or(points);
    Some(Values::of(shares.flat_map(|share| points.iter().map(move |points| left(*points, share)))))
}

/// `at most 3 times`: the 3.
fn most_times(each: &ForEach) -> Option<u64> {
    each.limits.iter().filter(|limit| limit.scope == LimitScope::Plain).map(|limit| limit.times).min()
}

/// So many of them, 0 among them, added up.
fn repeated(one: &Values, most: Option<u64>) -> Values {
    /// More are as good as any number of them.
    const COUNTED: u64 = 24;
    match most.filter(|most| *most <= COUNTED) {
        Some(most) => (0..most).fold(Values::exactly(Decimal::ZERO), |sum, _| sum.plus(one)),
        None => match one.stepped() {
            Some(one) => Values::Stepped(one.any_times()),
            None => Values::exactly(Decimal::ZERO),
        },
    }
}

/// What so many occurrences, or whole durations, come to under the rule's own limits; `None` where that is not all there is
/// to them: their points differ or fade.
pub(in crate::impact) fn of_count(rule: &Rule, count: u64) -> Option<Decimal> {
    let count = match &rule.body {
        Body::ForEach(each) if each.decay.is_none() => most_times(each).map_or(count, |most| most.min(count)),
        Body::ForEvery(_) => count,
        _ => return None,
    };
    let constant = |points: &Points| match points {
        Points::Constant(points) => Some(points.billionths()),
        _ => None,
    };
    let sum = match &rule.points {
        Points::Series(series) => {
            let series: Vec<i128> = series.iter().map(constant).collect::<Option<_>>()?;
            let last = *series.last()?;
            let first: i128 = series.iter().take(usize::try_from(count).ok()?).sum();
            first.checked_add(last.checked_mul(i128::from(count.saturating_sub(series.len() as u64)))?)?
        }
        points => constant(points)?.checked_mul(i128::from(count))?,
    };
    Some(held(Decimal::from_billionths(sum), rule.limits.lowest, rule.limits.highest))
}
