//! Points that differ and are made the same again on the way to the score: by a choice, a limit, or rounding.

use super::examined::Examiner;
use super::rule::finished;
use crate::impact::attainable::{Values, held};
use crate::model::{Body, Choice, Condition, Group, Item, Points, RuleId, ScoreBody, ScoreId};
use crate::source::Span;
use crate::value::{Decimal, POINT_DECIMALS};
use std::collections::BTreeSet;

/// What an item brings in the old model and in the new one, for the same lead.
pub(super) type Pairs = BTreeSet<(Decimal, Decimal)>;

/// An item, as its holder knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// The new model has no such item.
    Gone,
    Rule(RuleId),
    Group(Span),
}

/// More pairs are not followed.
const MOST_PAIRS: usize = 60_000;

impl<'model> Examiner<'_, 'model> {
    /// Proved: whatever else there is, the score comes out the same. The item takes part in choices in both models, and
    /// `pairs` hold all that it can bring where that differs, which is only where `when` holds. `holder` is its place in
    /// the new outline.
    pub fn is_masked(&self, mut pairs: Pairs, mut holder: usize, mut own: Own, mut when: Option<&Condition>) -> bool {
        let outline = &self.changes.new.outline;
        while let Some(around) = outline.holders.get(holder) {
            let is_same_header = self.changes.pairs.holders.iter().any(|(one, two)| {
                *two == holder
                    && self.changes.old.outline.holders.get(*one).is_some_and(|old| old.header == around.header)
            });
            if !is_same_header {
                return false;
            }
            let Some(group) = around.group else { return self.is_masked_by_score(&pairs, around.score, own, when) };
            let Some(next) = self.through_group(&pairs, group, own, when) else { return false };
            if next.is_empty() {
                return true;
            }
            let Some(outer) = around.inside else { return false };
            (pairs, holder, own, when) = (next, outer, Own::Group(group.span), None);
        }
        false
    }

    /// What the group brings where that still differs; `None` where there is too much to follow.
    fn through_group(&self, pairs: &Pairs, group: &Group, own: Own, when: Option<&Condition>) -> Option<Pairs> {
        let others = self.others(&group.items, own, group.choice, when)?;
        let weighed = |points: Decimal| match group.weight {
            Some(percent) => {
                let hundred = Decimal::whole(100).billionths();
                points.ratio_rounded(percent.billionths(), hundred, POINT_DECIMALS).unwrap_or(points)
            }
            None => points,
        };
        let finished = |points: Decimal| held(weighed(points), group.limits.lowest, group.limits.highest);
        if pairs.len().saturating_mul(others.len() + 1) > MOST_PAIRS {
            return None;
        }
        let mut differ = Pairs::new();
        for (was, is) in pairs {
            for other in &others {
                let together = |own: Decimal| match group.choice {
                    Choice::All => own.add(*other),
                    Choice::FirstMatch => Some(own),
                    Choice::Highest => Some(own.max(*other)),
                    Choice::Lowest => Some(own.min(*other)),
                };
                let (was, is) = (finished(together(*was)?), finished(together(*is)?));
                if was != is {
                    differ.insert((was, is));
                }
            }
            // Nothing else takes part.
            if group.choice != Choice::All && finished(*was) != finished(*is) {
                differ.insert((finished(*was), finished(*is)));
            }
        }
        Some(differ)
    }

    fn is_masked_by_score(&self, pairs: &Pairs, score: ScoreId, own: Own, when: Option<&Condition>) -> bool {
        let (old, new) = (self.old.model(), self.new.model());
        let Some(after) = new.scores.get(score.index()) else { return false };
        let mut twins = self.changes.pairs.scores.iter().filter(|(_, two)| *two == score);
        let Some(before) = twins.next().and_then(|(one, _)| old.scores.get(one.index())) else { return false };
        let ScoreBody::Rules { items, start, .. } = &after.body else { return false };
        let Some(others) = self.others(items, own, Choice::All, when) else { return false };
        if pairs.len().saturating_mul(others.len()) > MOST_PAIRS {
            return false;
        }
        let start = start.unwrap_or_default();
        let sum = |own: Decimal, other: Decimal| own.add(other).and_then(|sum| sum.add(start));
        pairs.iter().all(|(was, is)| {
            others.iter().all(|other| match (sum(*was, *other), sum(*is, *other)) {
                (Some(was), Some(is)) => finished(before, was) == finished(after, is),
                _ => false,
            })
        })
    }

    /// What an item brings where a condition holds.
    fn beside(&self, item: &Item, condition: Option<&Condition>) -> Values {
        let (Item::Rule(rule), Some(condition)) = (item, condition) else { return self.attainable().item(item) };
        match (&rule.points, &rule.body) {
            (Points::Constant(points), Body::When(own)) if self.new.implies(condition, own) => {
                Values::exactly(held(*points, rule.limits.lowest, rule.limits.highest))
            }
            (_, Body::When(own)) if self.new.can_both_hold(condition, own).is_no() => Values::exactly(Decimal::ZERO),
            _ => self.attainable().item(item),
        }
    }

    /// What the other items of a holder come to: in a sum all together, in a choice each by itself.
    fn others(&self, items: &[Item], own: Own, choice: Choice, when: Option<&Condition>) -> Option<BTreeSet<Decimal>> {
        let is_other = |item: &&Item| match (item, own) {
            (Item::Rule(rule), Own::Rule(id)) => rule.id != id,
            (Item::Group(group), Own::Group(span)) => group.span != span,
            _ => true,
        };
        let values = items.iter().filter(is_other).map(|item| self.beside(item, when));
        let all = match choice {
            Choice::All => values.fold(Values::exactly(Decimal::ZERO), |sum, values| sum.plus(&values)),
            _ => values.fold(Values::none(), |all, values| all.or(&values)),
        };
        match all {
            Values::Few(few) => Some(few),
            Values::Stepped(_) => None,
        }
    }
}
