//! Scores and thresholds as nodes.

use super::{Graph, Node, NodeId, Scope, Variable};
use crate::analysis::interval::Interval;
use crate::model::{ConditionKind, ScoreBody, ScoreId, Symbol, ThresholdId};
use crate::value::Decimal;

impl<'model> Graph<'model> {
    /// A score, missing where its `when` does not hold; with its limits and rounding, or without.
    pub fn score(&mut self, id: ScoreId, limited: bool) -> NodeId {
        let model: &'model crate::model::Model = self.model;
        let Some(score) = model.scores.get(id.index()) else { return self.add(Node::Missing) };
        let mut node = match &score.body {
            ScoreBody::Derived(number) => self.number(number, Scope::Lead),
            ScoreBody::Rules { start, items, .. } => {
                let mut parts: Vec<NodeId> = items.iter().map(|item| self.item(item)).collect();
                if let Some(start) = start.filter(|start| *start != Decimal::ZERO) {
                    let start = self.add(Node::Number(start));
                    parts.push(self.add(Node::Once(start)));
                }
                let sum = self.add(Node::Sum(parts));
                self.add(Node::Total(sum))
            }
        };
        if limited {
            let (lowest, highest) = (score.lowest, score.highest);
            if lowest.is_some() || highest.is_some() {
                node = self.add(Node::Clamp { lowest, highest, of: node });
            }
            node = self.add(Node::Round(score.decimals, node));
        }
        match &score.body {
            ScoreBody::Rules { when: Some(when), .. } => {
                let when = self.condition(when, Scope::Lead);
                self.add(Node::Guarded(when, node))
            }
            _ => node,
        }
    }

    /// Whether a threshold is met; where `before` is left out of account, by a lead that did not meet it before.
    pub fn threshold(&mut self, id: ThresholdId, before: bool) -> NodeId {
        let model: &'model crate::model::Model = self.model;
        let Some(threshold) = model.thresholds.get(id.index()) else { return self.add(Node::Constant(false)) };
        let mut parts: Vec<NodeId> = Vec::new();
        for score in &threshold.reads {
            let score = self.named(Symbol::Score(*score));
            parts.push(self.add(Node::Known(score)));
        }
        if let Some(until) = &threshold.until {
            let until = self.condition(until, Scope::Lead);
            parts.push(self.not(until));
        }
        let mut when = self.condition(&threshold.when, Scope::Lead);
        if before && (threshold.stays || threshold.until.is_some()) {
            let was_met = self.about(Variable::Before(id), ConditionKind::Threshold(id));
            when = self.add(Node::Any(vec![when, was_met]));
        }
        parts.push(when);
        self.add(Node::All(parts))
    }

    /// The values that a field can have, where it is a number.
    pub fn field_interval(&self, variable: Variable) -> Interval {
        let field = match variable {
            Variable::Field(field) => self.model.lead.fields.get(field.index()),
            Variable::Property(event, property) => {
                self.model.events.get(event.index()).and_then(|event| event.properties.get(property.index()))
            }
            _ => None,
        };
        match field.map(|field| &field.kind) {
            Some(crate::model::FieldKind::Number { from, to, .. }) => Interval::new(*from, *to),
            _ => Interval::ALL,
        }
    }
}
