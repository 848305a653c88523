//! A rule that changed, or that only one of the models has.

use super::Told;
use super::conditions::translated;
use super::examined::{Examined, Examiner, ends};
use super::masked::{Own, Pairs};
use super::quantity::{Aim, Quantity};
use crate::analysis::{Analysis, Given, Witness, some_event};
use crate::impact::attainable::{Stretch, held, of_count};
use crate::impact::changes::{Change, Side};
use crate::impact::meaning;
use crate::impact::outline::RulePart;
use crate::model::{Body, Condition, LimitScope, Model, OccurrenceLimit, Points, Rule, Score};
use crate::value::Decimal;

/// Counts up to this are gone through one by one.
const MOST_COUNTED: u64 = 20_000;

impl<'a, 'model> Examiner<'a, 'model> {
    /// Where only the condition changed: whether one can hold without the other.
    pub fn changed_rule(&mut self, change: &Change, one: usize, two: usize) -> Examined {
        let changes: &'a crate::impact::changes::Changes<'model> = self.changes;
        let (Some(before), Some(after)) = (changes.old.rule(one), changes.new.rule(two)) else { return Examined::Open };
        let only = |aspects: &[&str]| {
            change
                .details
                .iter()
                .all(|detail| matches!(detail.aspect, "label" | "group") || aspects.contains(&detail.aspect))
        };
        if let (Body::When(was), Body::When(is)) = (&before.rule.body, &after.rule.body)
            && only(&["condition"])
        {
            let context = self.new.context_of_rule(after.rule.id);
            match self.changed_condition(was, is, &context) {
                Examined::Open => {}
                settled => return settled,
            }
        }
        for (analysis, rule) in [(self.new, after.rule), (self.old, before.rule)] {
            for witness in firing(analysis, rule) {
                if let Some(told) = self.telling.try_witness(analysis.model(), &witness) {
                    return Examined::Found(told);
                }
            }
        }
        if only(&["points", "limits", "occurrences"]) && give_the_same(before, after)
            || only(&["points"]) && before.body == after.body && self.tables_agree_in(before, after)
        {
            return Examined::NeverShows;
        }
        if only(&["points"]) && self.is_shadowed(before, after)
            || only(&["points", "limits"]) && self.is_made_the_same(before, after)
        {
            return Examined::MadeTheSame;
        }
        if before.body != after.body
            && let Some(told) = self.changed_selector(before, after)
        {
            return Examined::Found(told);
        }
        if self.is_thorough {
            self.aims.extend(unmasked((self.old.model(), before), (self.new.model(), after)));
            self.aims.extend(unmasked((self.new.model(), after), (self.old.model(), before)));
        }
        self.repeated(before, after).into()
    }

    fn tables_agree_in(&self, before: &RulePart<'model>, after: &RulePart<'model>) -> bool {
        // An occurrence without a row gives 0 and takes part.
        let none_is_zero = self.changes.new.adds_up(after.holder) || matches!(after.rule.body, Body::ForEach(_));
        self.tables_agree(&before.rule.points, &after.rule.points, none_is_zero)
    }

    /// An event that only one of two `for each` keeps.
    fn changed_selector(&mut self, before: &RulePart<'model>, after: &RulePart<'model>) -> Option<Box<Told>> {
        let (Body::ForEach(was), Body::ForEach(is)) = (&before.rule.body, &after.rule.body) else { return None };
        let was = self.translated_selector(&was.selector, &is.selector)?;
        let (was, is) = (some_event(&was), some_event(&is.selector));
        let context = self.new.context_of_rule(after.rule.id);
        self.one_without_the_other(&was, &is, &context).ok()
    }

    /// Proved: it asks for the same, gives other points, and these are made the same on the way to the score.
    fn is_made_the_same(&self, before: &RulePart<'model>, after: &RulePart<'model>) -> bool {
        let same_place = self.changes.pairs.holders.get(&before.holder) == Some(&after.holder);
        let pairs = Some((before.rule, after.rule)).filter(|_| same_place && before.body == after.body).and_then(
            |(was, is)| match (&was.points, &is.points) {
                (Points::Constant(_), Points::Constant(_)) => Some(Pairs::from([(once(was)?, once(is)?)])),
                _ => None,
            },
        );
        pairs.is_some_and(|pairs| self.is_masked(pairs, after.holder, Own::Rule(after.rule.id), condition(after.rule)))
    }

    /// A rule that only one of the models has.
    pub fn lone_rule(&mut self, side: &'a Side<'model>, place: usize, analysis: &Analysis<'model>) -> Examined {
        let Some(part) = side.rule(place) else { return Examined::Open };
        if matches!(part.rule.points, Points::Constant(Decimal::ZERO))
            && side.outline.holders.get(part.holder).is_some_and(|holder| holder.group.is_none())
        {
            return Examined::NeverShows;
        }
        for witness in firing(analysis, part.rule) {
            if let Some(told) = self.telling.try_witness(analysis.model(), &witness) {
                return Examined::Found(told);
            }
        }
        let context = analysis.context_of_rule(part.rule.id);
        let never = match &part.rule.body {
            Body::When(condition) => analysis.possible(&[&context[..], &[Given::holds(condition)]].concat()).is_no(),
            Body::ForEach(each) => analysis.can_select(&each.selector, &context).is_no(),
            Body::Always | Body::ForEvery(_) => false,
        };
        if !never && self.is_lone_made_the_same(part, std::ptr::eq(side, &self.changes.new)) {
            return Examined::MadeTheSame;
        }
        Examined::proved(never)
    }

    /// Proved: what it gives is made the same on the way to the score.
    fn is_lone_made_the_same(&self, part: &RulePart<'model>, is_new: bool) -> bool {
        let (old, new) = (&self.changes.old, &self.changes.new);
        let Some((points, when)) = once(part.rule).zip(condition(part.rule)) else { return false };
        if is_new {
            let pairs = Pairs::from([(Decimal::ZERO, points)]);
            return new.adds_up(part.holder) && self.is_masked(pairs, part.holder, Own::Rule(part.rule.id), Some(when));
        }
        let holder = self.changes.pairs.holders.get(&part.holder);
        let when = translated(when, old, new);
        let pairs = Pairs::from([(points, Decimal::ZERO)]);
        holder.is_some_and(|holder| new.adds_up(*holder) && self.is_masked(pairs, *holder, Own::Gone, when.as_ref()))
    }
}

/// Leads for which a rule gives points, and some for which it does not.
fn firing(analysis: &Analysis<'_>, rule: &Rule) -> Vec<Witness> {
    let context = analysis.context_of_rule(rule.id);
    let mut examples = Vec::new();
    match &rule.body {
        Body::When(condition) => {
            for given in [Given::holds(condition), Given::fails(condition)] {
                examples.extend(analysis.possible(&[&context[..], &[given]].concat()).witness().cloned());
            }
        }
        Body::ForEach(each) => examples.extend(analysis.can_select(&each.selector, &context).witness().cloned()),
        Body::Always | Body::ForEvery(_) => {}
    }
    examples.extend(ends(&analysis.range_of_rule(rule.id, &[])));
    examples
}

/// Proved: of whatever both count, they give the same points. Where one occurs, it takes part in a choice in both.
fn give_the_same(before: &RulePart<'_>, after: &RulePart<'_>) -> bool {
    if before.body != after.body || before.decay != after.decay {
        return false;
    }
    match (&before.rule.body, &after.rule.body) {
        (Body::When(_), Body::When(_)) | (Body::Always, Body::Always) => {
            once(before.rule).is_some_and(|points| once(after.rule) == Some(points))
        }
        (Body::ForEvery(_), Body::ForEvery(_)) => settled_after(before.rule)
            .zip(settled_after(after.rule))
            .is_some_and(|(one, two)| same_up_to(before.rule, after.rule, one.max(two))),
        (Body::ForEach(was), Body::ForEach(is)) => {
            others(&was.limits) == others(&is.limits)
                && settled_after(before.rule)
                    .zip(settled_after(after.rule))
                    .is_some_and(|(one, two)| same_up_to(before.rule, after.rule, one.max(two)))
        }
        _ => false,
    }
}

/// The points of a rule that gives the same to whoever it is for.
fn once(rule: &Rule) -> Option<Decimal> {
    match (&rule.body, &rule.points) {
        (Body::When(_) | Body::Always, Points::Constant(points)) => {
            Some(held(*points, rule.limits.lowest, rule.limits.highest))
        }
        _ => None,
    }
}

/// A lead for which a rule gives other points than in the other model, and the score of this one lies where that shows.
fn unmasked<'model>(
    (other, before): (&'model Model, &RulePart<'_>),
    (model, after): (&'model Model, &RulePart<'_>),
) -> Option<Aim<'model>> {
    let score = model.scores.get(after.score.index())?;
    let inside = Decimal::from_billionths(1);
    let low = score.lowest.and_then(|lowest| lowest.add(inside));
    let high = score.highest.and_then(|highest| highest.subtract(inside));
    let aim = Aim::new(model, Quantity::Score(after.score), vec![Stretch { low, high }]);
    Some(Aim { parting: Some((other, before.rule.id, after.rule.id)), ..aim })
}

/// What a rule asks for.
fn condition(rule: &Rule) -> Option<&Condition> {
    match &rule.body {
        Body::When(condition) => Some(condition),
        _ => None,
    }
}

/// A sum with a score's limits and rounding.
pub(super) fn finished(score: &Score, sum: Decimal) -> Decimal {
    held(sum, score.lowest, score.highest).round(score.decimals)
}

fn same_up_to(before: &Rule, after: &Rule, most: u64) -> bool {
    most <= MOST_COUNTED
        && (0..=most).all(|count| of_count(before, count).is_some_and(|sum| of_count(after, count) == Some(sum)))
}

/// The limits that apply before the plain one, in their order.
fn others(limits: &[OccurrenceLimit]) -> Vec<&OccurrenceLimit> {
    limits.iter().filter(|limit| limit.scope != LimitScope::Plain).collect()
}

/// The count after which further occurrences change nothing, where there is one.
fn settled_after(rule: &Rule) -> Option<u64> {
    if let Body::ForEach(each) = &rule.body {
        let plain = each.limits.iter().filter(|limit| limit.scope == LimitScope::Plain).map(|limit| limit.times).min();
        if plain.is_some() {
            return plain;
        }
    }
    let (first, last) = match &rule.points {
        Points::Constant(points) => (1, *points),
        Points::Series(series) => match series.last()? {
            Points::Constant(points) => (series.len() as u64, *points),
            _ => return None,
        },
        _ => return None,
    };
    // From the last of a series on each adds the same: once it stands at the limit on that side, it stays there.
    let limit = if last.is_negative() { rule.limits.lowest } else { rule.limits.highest };
    match last == Decimal::ZERO {
        true => Some(first),
        false => (first..=MOST_COUNTED).find(|count| limit.is_some() && of_count(rule, *count) == limit),
    }
}

/// What a rule asks for is the same in both models.
pub(super) fn asks_the_same(one: &RulePart<'_>, other: &RulePart<'_>) -> bool {
    one.content() == other.content() && meaning::limits(one.rule.limits) == meaning::limits(other.rule.limits)
}
