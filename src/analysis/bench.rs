//! Small models in which the reference evaluator confirms examples: all names and events of the model, and of its scores
//! only what is asked about.

use super::budget::Budget;
use super::witness::Witness;
use crate::model::{Choice, Group, Item, Model, PointLimits, Rule, Score, ScoreBody, ScoreId, Selector, Symbol};
use crate::reference::{Evaluation, evaluate};
use crate::value::{Decimal, Instant};

/// A model to evaluate examples in.
pub(super) struct Bench {
    model: Model,
    as_of: Instant,
    budget: Budget,
}

impl Bench {
    /// Without scores, and what is made of them.
    pub fn new(model: &Model, as_of: Instant, budget: Budget) -> Bench {
        let names = |symbol: &&Symbol| matches!(symbol, Symbol::Define(_) | Symbol::Lookup(_));
        let model = Model {
            zone: model.zone.clone(),
            lead: model.lead.clone(),
            events: model.events.clone(),
            lists: model.lists.clone(),
            defines: model.defines.clone(),
            lookups: model.lookups.clone(),
            ignores: model.ignores.clone(),
            excludes: model.excludes.clone(),
            order: model.order.iter().filter(names).copied().collect(),
            rules: model.rules,
            ..Model::default()
        };
        Bench { model, as_of, budget }
    }

    pub fn look<T>(&self, witness: &Witness, look: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        self.budget.take(steps_of(&self.model, witness));
        look_at(&self.model, self.as_of, witness, look)
    }

    /// The same with this item alone as its one score.
    pub fn with(&self, score: &Score, item: Item) -> Bench {
        let when = match &score.body {
            ScoreBody::Rules { when, .. } => when.clone(),
            ScoreBody::Derived(_) => None,
        };
        let mut model = self.model.clone();
        model.order.push(Symbol::Score(ScoreId(0)));
        model.scores = vec![Score {
            name: score.name.clone(),
            label: score.label.clone(),
            body: ScoreBody::Rules { start: None, when, items: vec![item] },
            lowest: None,
            highest: None,
            decimals: crate::value::POINT_DECIMALS,
            rounded: false,
            bands: None,
            span: score.span,
        }];
        Bench { model, as_of: self.as_of, budget: self.budget.clone() }
    }

    /// How many events of an example a selector keeps.
    pub fn count(&self, witness: &Witness, selector: &Selector) -> u64 {
        if !witness.events.iter().any(|event| selector.types.contains(&event.kind)) {
            return 0;
        }
        self.look(witness, |evaluation| evaluation.count(selector) as u64)
    }

    /// The points of that item, of a lead that is not excluded.
    pub fn points(&self, witness: &Witness) -> Option<Decimal> {
        self.look(witness, |evaluation| match evaluation.results.excluded {
            Some(_) => None,
            None => evaluation.results.scores.first().copied().flatten(),
        })
    }
}

/// About how many steps it takes to evaluate an example.
pub(super) fn steps_of(model: &Model, witness: &Witness) -> usize {
    let names = model.order.len() + model.excludes.len() + model.rules as usize * usize::from(!model.scores.is_empty());
    50 + names * (10 + witness.events.len() / 4)
}

pub(super) fn look_at<T>(
    model: &Model,
    as_of: Instant,
    witness: &Witness,
    look: impl FnOnce(&Evaluation<'_>) -> T,
) -> T {
    let (lead, events) = (witness.to_lead(model), witness.to_events(model));
    let previous = witness.to_previous(model);
    look(&evaluate(model, &lead, &events, &previous, as_of, None))
}

/// An item inside the conditions of the groups around it.
pub(super) fn inside(mut item: Item, groups: &[&Group]) -> Item {
    for group in groups.iter().rev() {
        item = Item::Group(Group {
            label: group.label.clone(),
            when: group.when.clone(),
            choice: Choice::All,
            weight: None,
            limits: PointLimits::default(),
            items: vec![item],
            span: group.span,
        });
    }
    item
}

/// The same rule without its own points limits.
pub(super) fn unlimited(rule: &Rule) -> Rule {
    Rule { limits: PointLimits::default(), ..rule.clone() }
}
