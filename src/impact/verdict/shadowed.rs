//! A rule in a choice that never decides it: whoever it is for has another that goes before.

use super::examined::Examiner;
use super::rule::asks_the_same;
use crate::analysis::Given;
use crate::impact::outline::RulePart;
use crate::model::{Body, Choice, Condition, PointLimits, Points, Rule};
use crate::value::Decimal;

impl<'model> Examiner<'_, 'model> {
    /// Proved: in both models another rule of the choice is taken instead, or one with as many points.
    pub fn is_shadowed(&self, before: &RulePart<'model>, after: &RulePart<'model>) -> bool {
        let (old, new) = (&self.changes.old.outline, &self.changes.new.outline);
        let same_holder = self.changes.pairs.holders.get(&before.holder) == Some(&after.holder);
        let group = new.holders.get(after.holder).and_then(|holder| holder.group);
        let (Some(group), true, true) = (group, same_holder, before.body == after.body) else { return false };
        let Some(((was, condition), (is, _))) = plain(before.rule).zip(plain(after.rule)) else { return false };
        let goes_before = |other: &&RulePart<'model>| {
            let twin = self
                .changes
                .pairs
                .rules
                .iter()
                .find(|(_, place)| new.rules.get(*place).is_some_and(|it| it.rule.id == other.rule.id));
            let is_same = twin.and_then(|(place, _)| old.rules.get(*place)).is_some_and(|twin| {
                asks_the_same(twin, other)
                    && (twin.at < before.at) == (other.at < after.at)
                    && twin.holder == before.holder
            });
            let points = plain(other.rule).map(|(points, _)| points);
            is_same
                && match group.choice {
                    Choice::FirstMatch => other.at < after.at,
                    Choice::Highest => points.is_some_and(|points| points >= was.max(is)),
                    Choice::Lowest => points.is_some_and(|points| points <= was.min(is)),
                    Choice::All => false,
                }
        };
        let beside = new.rules.iter().filter(|other| other.holder == after.holder && other.rule.id != after.rule.id);
        let others = beside.filter(goes_before).filter_map(|other| plain(other.rule));
        let mut given = self.new.context_of_rule(after.rule.id);
        given.push(Given::holds(condition));
        given.extend(others.map(|(_, condition)| Given::fails(condition)));
        self.new.possible(&given).is_no()
    }
}

/// Points that are written out, for whoever meets a condition.
fn plain(rule: &Rule) -> Option<(Decimal, &Condition)> {
    match (&rule.points, &rule.body) {
        (Points::Constant(points), Body::When(condition)) if rule.limits == PointLimits::default() => {
            Some((*points, condition))
        }
        _ => None,
    }
}
