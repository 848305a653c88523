//! The header of a group.

use super::examined::{Examined, Examiner, ends};
use super::masked::{Own, Pairs};
use super::quantity::{Aim, Quantity};
use crate::impact::attainable::{Values, held};
use crate::impact::changes::Change;
use crate::impact::outline::Holder;
use crate::model::Group;
use crate::value::{Decimal, fold};
use std::collections::BTreeSet;

impl<'model> Examiner<'_, 'model> {
    pub fn group(&mut self, change: &Change) -> Examined {
        let Some((before, after)) = self.groups_of(change) else { return self.at_the_ends(change) };
        let (Some(was), Some(is)) = (before.group, after.group) else { return Examined::Open };
        let only_header = change.details.iter().all(|detail| matches!(detail.aspect, "header" | "label"));
        let same_choice = was.choice == is.choice && was.weight == is.weight;
        if only_header && same_choice && self.same_when(was, is) {
            let values = self.attainable().group_before_limits(is);
            let limited = |group: &Group, value: Decimal| held(value, group.limits.lowest, group.limits.highest);
            let limits = [was.limits, is.limits].into_iter().flat_map(|limits| [limits.lowest, limits.highest]);
            let cuts: BTreeSet<Decimal> = limits.flatten().collect();
            let wanted = values.stretches(&cuts, |value| limited(was, value) != limited(is, value));
            let differ = |value: &Decimal| (limited(was, *value), limited(is, *value));
            let pairs: Option<Pairs> = match &values {
                Values::Few(few) => Some(few.iter().map(differ).filter(|(was, is)| was != is).collect()),
                Values::Stepped(_) => None,
            };
            let around = after.inside.zip(pairs);
            if wanted.is_empty() {
                return Examined::NeverShows;
            }
            if around.is_some_and(|(around, pairs)| self.is_masked(pairs, around, Own::Group(is.span), None)) {
                return Examined::MadeTheSame;
            }
            self.aims.push(Aim::new(self.new.model(), Quantity::Group(after.score, is), wanted));
        }
        for (analysis, group) in [(self.new, is), (self.old, was)] {
            for range in [analysis.range_of_group_before_limits(group, &[]), analysis.range_of_group(group, &[])] {
                for witness in ends(&range) {
                    if let Some(told) = self.telling.try_witness(analysis.model(), &witness) {
                        return Examined::Found(told);
                    }
                }
            }
        }
        if only_header
            && same_choice
            && was.limits == is.limits
            && let (Some(was), Some(is)) = (&was.when, &is.when)
        {
            return self.changed_condition(was, is, &[]);
        }
        self.at_the_ends(change)
    }

    fn same_when(&self, was: &Group, is: &Group) -> bool {
        let (old, new) = (&self.changes.old.meaning, &self.changes.new.meaning);
        was.when.as_ref().map(|when| old.condition(when)) == is.when.as_ref().map(|when| new.condition(when))
    }

    /// The group of both models that a change is about.
    fn groups_of(&self, change: &Change) -> Option<(&Holder<'model>, &Holder<'model>)> {
        let (old, new) = (&self.changes.old, &self.changes.new);
        let pairs = self.changes.pairs.holders.iter();
        let holders =
            pairs.filter_map(|(one, two)| Some((old.outline.holders.get(*one)?, new.outline.holders.get(*two)?)));
        let mut changed = holders.filter(|(before, after)| {
            let score = new.model.scores.get(after.score.index()).map(|score| score.name.as_str());
            before.header != after.header
                && score == change.score.as_deref()
                && after.group.is_some_and(|group| fold(&group.label) == fold(&change.name))
        });
        // Two of one name: which of them is meant is not known.
        changed.next().filter(|_| changed.next().is_none())
    }
}
