//! Leads whose events are moved to where lengths of time changed: between 30 days and 31.

use super::Told;
use super::examined::Examiner;
use super::selectors::selected;
use crate::analysis::Analysis;
use crate::impact::changes::Change;
use crate::impact::outline::RulePart;
use crate::impact::pools::lengths_of;
use crate::impact::sample::Sample;
use crate::model::Model;
use crate::model::walk::{Part, walk_rule};
use crate::value::{Duration, Instant, Zone};
use std::collections::BTreeSet;

const DAY: i64 = 86_400_000_000;
/// So many leads are moved about.
const MOST_BASES: usize = 30;

impl Examiner<'_, '_> {
    /// Moves all events of a type, or those that one of two types stands after, to an age between two lengths of which
    /// only one model has each.
    pub fn at_other_times(&mut self, counting: &[&Change]) -> Option<Box<Told>> {
        let ages = self.parting_ages();
        if ages.is_empty() {
            return None;
        }
        let mut bases = self.telling.seeds.clone();
        for change in counting {
            let (was, is) = change.rule;
            bases.extend(was.into_iter().flat_map(|place| of_selectors(self.old, self.changes.old.rule(place))));
            bases.extend(is.into_iter().flat_map(|place| of_selectors(self.new, self.changes.new.rule(place))));
        }
        bases.truncate(MOST_BASES);
        for base in bases {
            for moved in moved(&base, &ages, self.telling.as_of) {
                if let Some(told) = self.telling.tell_either(&moved) {
                    return Some(Box::new(self.telling.shrunk(told)));
                }
            }
        }
        None
    }

    /// Ages between the lengths that only the old model has and those that only the new one has, in microseconds.
    pub fn parting_ages(&self) -> BTreeSet<i64> {
        let lengths = |model: &Model| {
            lengths_of(model)
                .into_iter()
                .filter_map(|length| age(length, &model.zone, self.telling.as_of))
                .collect::<Vec<i64>>()
        };
        let (mut removed, mut added) = (lengths(self.old.model()), Vec::new());
        for length in lengths(self.new.model()) {
            match removed.iter().position(|other| *other == length) {
                Some(place) => {
                    removed.swap_remove(place);
                }
                None => added.push(length),
            }
        }
        let between = removed.iter().flat_map(|one| added.iter().map(move |other| one.midpoint(*other)));
        between.chain(removed.iter().chain(&added).flat_map(|length| [*length, *length + 1, *length - 1])).collect()
    }
}

/// For each selector of a rule, a lead of which it keeps an event.
fn of_selectors(analysis: &Analysis<'_>, part: Option<&RulePart<'_>>) -> Vec<Sample> {
    let Some(part) = part else { return Vec::new() };
    let mut selectors = Vec::new();
    walk_rule(part.rule, &mut |part| {
        if let Part::Selector(selector) = part {
            selectors.push(selector);
        }
    });
    let context = analysis.context_of_rule(part.rule.id);
    selectors.into_iter().filter_map(|selector| selected(analysis, selector, &context)).collect()
}

fn age(length: Duration, zone: &Zone, as_of: Instant) -> Option<i64> {
    Some(as_of.0.saturating_sub(as_of.minus(length, zone)?.0))
}

/// All events of a type at an age; and those of another type so long before events of one.
fn moved(base: &Sample, ages: &BTreeSet<i64>, as_of: Instant) -> Vec<Sample> {
    let kinds: BTreeSet<&String> = base.events.iter().map(|event| &event.kind).collect();
    let at = |sample: &mut Sample, kind: &String, age: i64| {
        let events = sample.events.iter_mut().filter(|event| event.kind == *kind);
        events.for_each(|event| event.at = Instant(as_of.0.saturating_sub(age)));
    };
    let mut found = Vec::new();
    for age in ages.iter().copied().filter(|age| *age >= 0) {
        for kind in &kinds {
            let mut sample = base.clone();
            at(&mut sample, kind, age);
            found.push(sample);
            for other in kinds.iter().filter(|other| *other != kind) {
                for (later, gap) in [(0, age), (DAY, age), (age, DAY), (age, 0)] {
                    let mut sample = base.clone();
                    at(&mut sample, kind, later);
                    at(&mut sample, other, later.saturating_add(gap));
                    found.push(sample);
                }
            }
        }
    }
    found.iter_mut().for_each(Sample::sort);
    found
}
