//! Small changes of a lead that may count: a value of a field, some events more, a type of event gone.

use super::repeated::{Several, few_of, told_apart};
use super::selectors::selected;
use crate::analysis::Analysis;
use crate::impact::changes::Changes;
use crate::impact::pools::FieldPools;
use crate::impact::sample::{Sample, SampleEvent};
use crate::model::walk::{Part, walk_rule};
use crate::model::{Body, Each, Item, LimitScope, Model, Rule, ScoreBody};
use crate::value::{Curve, Instant, Value, fold_name};
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 86_400_000_000;
/// Microseconds from one of several events to the next.
const APART: [i64; 3] = [0, DAY, 7 * DAY];
/// Occurrences of one rule that are tried.
const MOST_TIMES: u64 = 12;
/// Values of one property that are tried.
const MOST_VALUES: usize = 12;
/// Ages at which the points of an event that fades are tried.
const AGES: i64 = 48;

#[derive(Debug, Clone, Default)]
pub(super) struct Step {
    /// `None`: missing
    fields: BTreeMap<String, Option<Value>>,
    /// A type of event that is gone.
    without: Option<String>,
    events: Vec<SampleEvent>,
}

/// Of each set, one step at most is taken at once.
#[derive(Default)]
pub(super) struct Steps {
    sets: Vec<Vec<Step>>,
}

/// The lead after some steps.
pub(super) fn apply<'s>(sample: &Sample, steps: impl IntoIterator<Item = &'s Step>) -> Sample {
    let mut changed = sample.clone();
    for step in steps {
        for (name, value) in &step.fields {
            match value {
                Some(value) => changed.fields.insert(name.clone(), value.clone()),
                None => changed.fields.remove(name),
            };
        }
        changed.events.retain(|event| step.without.as_ref() != Some(&event.kind));
        changed.events.extend(step.events.iter().cloned());
    }
    changed.sort();
    changed
}

impl Steps {
    /// Of both models.
    pub fn new(changes: &Changes<'_>, analyses: [&Analysis<'_>; 2]) -> Steps {
        let mut steps = Steps::default();
        let models = [changes.old.model, changes.new.model];
        let pools = FieldPools::new(models, analyses[1].as_of());
        for (name, values) in pools.values() {
            let value =
                |value: Option<Value>| Step { fields: BTreeMap::from([(name.clone(), value)]), ..Step::default() };
            steps.sets.push(std::iter::once(None).chain(values.into_iter().map(Some)).map(value).collect());
        }
        let mut known = BTreeSet::new();
        for analysis in analyses {
            steps.of_selectors(analysis, &pools, &mut known);
        }
        let kinds: BTreeSet<String> =
            steps.sets.iter().flatten().flat_map(|step| &step.events).map(|event| event.kind.clone()).collect();
        steps.sets.extend(kinds.into_iter().map(|kind| vec![Step { without: Some(kind), ..Step::default() }]));
        steps
    }

    pub fn sets(&self) -> impl Iterator<Item = &[Step]> {
        self.sets.iter().map(Vec::as_slice)
    }

    fn of_selectors(&mut self, analysis: &Analysis<'_>, pools: &FieldPools, known: &mut BTreeSet<String>) {
        let model = analysis.model();
        for rule in rules(model) {
            let context = analysis.context_of_rule(rule.id);
            let mut selectors = Vec::new();
            let mut visit = |part: Part<'_>| {
                if let Part::Selector(selector) = part {
                    selectors.push(selector.clone());
                }
            };
            walk_rule(rule, &mut visit);
            for selector in selectors {
                let Some(mut first) = selected(analysis, &selector, &context) else { continue };
                first.fields.clear();
                told_apart(rule, &mut first);
                if !first.events.is_empty() && known.insert(format!("{:?} {:?}", first.events, rule.points)) {
                    let mut steps = handfuls(rule, &first);
                    steps.extend(with_other_values(model, pools, &first));
                    self.sets.push(steps);
                }
            }
        }
    }
}

/// The events with other values of their properties, all alike.
fn with_other_values(model: &Model, pools: &FieldPools, first: &Sample) -> Vec<Step> {
    let kinds: BTreeSet<&String> = first.events.iter().map(|event| &event.kind).collect();
    let mut steps = Vec::new();
    for kind in model.events.iter().filter(|kind| kinds.contains(&fold_name(&kind.name))) {
        for property in &kind.properties {
            let name = fold_name(&property.name);
            for value in pools.of_property(&kind.name, &property.name).into_iter().take(MOST_VALUES) {
                let mut events = first.events.clone();
                for event in events.iter_mut().filter(|event| event.kind == fold_name(&kind.name)) {
                    event.properties.insert(name.clone(), value.clone());
                }
                steps.push(Step { events, ..Step::default() });
            }
        }
    }
    steps
}

/// Every rule of a model.
fn rules(model: &Model) -> Vec<&Rule> {
    let mut found = Vec::new();
    let mut open: Vec<&Item> = Vec::new();
    for score in &model.scores {
        if let ScoreBody::Rules { items, .. } = &score.body {
            open.extend(items);
        }
    }
    while let Some(item) = open.pop() {
        match item {
            Item::Group(group) => open.extend(&group.items),
            Item::Rule(rule) => found.push(rule),
        }
    }
    found.sort_by_key(|rule| rule.id);
    found
}

/// The events of a rule once and more often, near together and far apart; older, where their points fade.
fn handfuls(rule: &Rule, first: &Sample) -> Vec<Step> {
    let (mut most, mut few, mut fades, mut by_property) = (1, 1, None, false);
    if let Body::ForEach(each) = &rule.body {
        let plain = each.limits.iter().filter(|limit| limit.scope == LimitScope::Plain).map(|limit| limit.times).min();
        most = plain.map_or(MOST_TIMES, |times| times.min(MOST_TIMES));
        few = few_of(&each.each).unwrap_or(1).min(MOST_TIMES);
        fades = each.decay;
        by_property = matches!(each.each, Each::Property { .. })
            || each.limits.iter().any(|limit| matches!(limit.scope, LimitScope::PerProperty(_)));
    }
    let several = |count: u64, apart: i64| Several { count, few, apart, others: by_property }.of(first);
    let step = |sample: Sample| Step { events: sample.events, ..Step::default() };
    let counts: BTreeSet<u64> = [1, 2, 3, 4, 5, 6, 7, 8, 10, most].into_iter().filter(|count| *count <= most).collect();
    let mut steps: Vec<Step> = Vec::new();
    for count in &counts {
        let apart: &[i64] = if *count == 1 { &[0] } else { &APART };
        steps.extend(apart.iter().map(|apart| step(several(*count, *apart))));
    }
    let length = fades.map(|decay| match decay.curve {
        Curve::HalfLife(length) | Curve::Linear(length) => length,
        Curve::OfOriginal { every, .. } | Curve::OfWhatIsLeft { every, .. } => every,
    });
    if let Some(length) = length {
        let length = length.exact().unwrap_or_else(|| length.months().unwrap_or(1).saturating_mul(30 * DAY));
        for (count, apart, step_by) in [(1, 0, 1), (most, DAY, 4), (2 * most, DAY, 4)] {
            let together = several(count, apart);
            for age in (1..=AGES).step_by(step_by) {
                let older = |at: Instant| Instant(at.0.saturating_sub(length.saturating_mul(age) / 12));
                let mut sample = together.clone();
                sample.events.iter_mut().for_each(|event| event.at = older(event.at));
                steps.push(step(sample));
            }
        }
    }
    steps
}
