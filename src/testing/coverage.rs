//! What the tests of a model reach: rules, bands, both outcomes of conditions and of thresholds.

use crate::model::walk::{Part, walk_model};
use crate::model::{Condition, ConditionKind, Item, Model, ScoreBody};
use crate::reference::{EntryKind, Evaluation};
use crate::source::Span;
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Of all tests of a model together. Every list is in the order of writing, file by file as they were opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Rules and tables: reached where one took part for a lead that is not excluded, and no choice dropped it.
    pub rules: Vec<Reached>,
    /// Bands: reached where a score lay in one.
    pub bands: Vec<Reached>,
    /// Conditions and their parts, but for `yes` and `no`.
    pub conditions: Vec<ConditionCoverage>,
    pub thresholds: Vec<ThresholdCoverage>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// A rule's label; a band as `A of fit`.
    pub label: String,
    pub span: Span,
    pub reached: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionCoverage {
    pub span: Span,
    pub held: bool,
    pub failed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThresholdCoverage {
    pub name: String,
    pub span: Span,
    pub met: bool,
    pub not_met: bool,
}

/// Where a condition is written, and whether it is a `not`: `is missing` has the same place as the `is known` inside it.
type Place = (Span, bool);

/// What the evaluations of tests showed.
#[derive(Default)]
pub(super) struct Observed {
    /// Whether it held, whether it failed
    conditions: RefCell<BTreeMap<Place, (bool, bool)>>,
    /// By the numbers of the rules
    rules: RefCell<BTreeSet<u32>>,
    /// By score and band
    bands: RefCell<BTreeSet<(usize, usize)>>,
    met: RefCell<BTreeSet<usize>>,
    not_met: RefCell<BTreeSet<usize>>,
}

impl Observed {
    pub fn condition(&self, condition: &Condition, held: bool) {
        let mut conditions = self.conditions.borrow_mut();
        let (has_held, has_failed) = conditions.entry(place(condition)).or_default();
        *(if held { has_held } else { has_failed }) = true;
    }

    pub fn results(&self, evaluation: &Evaluation<'_>) {
        for entry in evaluation.breakdowns.iter().flat_map(|breakdown| &breakdown.entries) {
            if let EntryKind::Rule(rule) = entry.kind
                && evaluation.results.excluded.is_none()
                && entry.took_part
                && !entry.dropped
            {
                self.rules.borrow_mut().insert(rule.0);
            }
        }
        for (score, band) in evaluation.results.bands.iter().enumerate() {
            self.bands.borrow_mut().extend(band.map(|band| (score, band.index())));
        }
        for (threshold, met) in evaluation.results.thresholds.iter().enumerate() {
            if *met { &self.met } else { &self.not_met }.borrow_mut().insert(threshold);
        }
    }
}

impl Coverage {
    pub(super) fn new(model: &Model, observed: &Observed) -> Coverage {
        let mut coverage = Coverage {
            rules: rules(model, observed),
            bands: bands(model, observed),
            conditions: conditions(model, observed),
            thresholds: thresholds(model, observed),
        };
        coverage.conditions.sort_by_key(|condition| condition.span);
        coverage
    }

    /// Whether nothing is left to reach.
    pub fn is_complete(&self) -> bool {
        self.rules.iter().chain(&self.bands).all(|one| one.reached)
            && self.conditions.iter().all(|one| one.held && one.failed)
            && self.thresholds.iter().all(|one| one.met && one.not_met)
    }
}

fn rules(model: &Model, observed: &Observed) -> Vec<Reached> {
    let reached = observed.rules.borrow();
    let mut rules = Vec::new();
    for score in &model.scores {
        if let ScoreBody::Rules { items, .. } = &score.body {
            rules_among(items, &reached, &mut rules);
        }
    }
    rules
}

fn rules_among(items: &[Item], reached: &BTreeSet<u32>, rules: &mut Vec<Reached>) {
    for item in items {
        match item {
            Item::Group(group) => rules_among(&group.items, reached, rules),
            Item::Rule(rule) => {
                let label = rule.label.clone();
                rules.push(Reached { label, span: rule.span, reached: reached.contains(&rule.id.0) });
            }
        }
    }
}

fn bands(model: &Model, observed: &Observed) -> Vec<Reached> {
    let reached = observed.bands.borrow();
    let mut all = Vec::new();
    for (score_place, score) in model.scores.iter().enumerate() {
        for (place, band) in score.bands.iter().flat_map(|bands| bands.bands.iter().enumerate()) {
            let label = format!("{} of {}", band.name, score.name);
            all.push(Reached { label, span: band.span, reached: reached.contains(&(score_place, place)) });
        }
    }
    all
}

fn thresholds(model: &Model, observed: &Observed) -> Vec<ThresholdCoverage> {
    let (met, not_met) = (observed.met.borrow(), observed.not_met.borrow());
    let of = |(place, threshold): (usize, &crate::model::Threshold)| ThresholdCoverage {
        name: threshold.name.clone(),
        span: threshold.span,
        met: met.contains(&place),
        not_met: not_met.contains(&place),
    };
    model.thresholds.iter().enumerate().map(of).collect()
}

/// Every condition that results depend on, once for each place; of a `not` and what it flips at one place, the `not`.
fn conditions(model: &Model, observed: &Observed) -> Vec<ConditionCoverage> {
    let seen = observed.conditions.borrow();
    let mut all: IndexMap<Span, ConditionCoverage> = IndexMap::new();
    walk_model(model, &mut |part| {
        if let Part::Condition(condition) = part
            && !matches!(condition.kind, ConditionKind::Constant(_))
        {
            let (held, failed) = seen.get(&place(condition)).copied().unwrap_or_default();
            all.entry(condition.span).or_insert(ConditionCoverage { span: condition.span, held, failed });
        }
    });
    all.into_values().collect()
}

fn place(condition: &Condition) -> Place {
    (condition.span, matches!(condition.kind, ConditionKind::Not(_)))
}
