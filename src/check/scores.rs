//! Bodies of scores: rules and groups, or an expression.

use super::Build;
use super::clauses::Clauses;
use super::declarations::Declarations;
use super::expr::{Expressions, Place};
use super::rules::Rules;
use crate::model::{ScoreBody, ScoreId};
use crate::syntax::tree::{self, Item};

impl Build<'_> {
    /// Checks the body of a score whose header is in the model already.
    pub(super) fn score(&mut self, id: ScoreId) {
        let Some(score) = self.declared.scores.get(id.index()).copied() else { return };
        let clauses = self.score_clauses.get(id.index()).cloned().unwrap_or_default();
        let start = match self.model.scores.get(id.index()).map(|score| &score.body) {
            Some(ScoreBody::Rules { start, .. }) => *start,
            _ => None,
        };
        let mistakes = self.findings.list.len();
        let body = match &score.tree.body {
            tree::ScoreBody::Derived(value) => self.expressions(Place::DERIVED).number(value).map(ScoreBody::Derived),
            tree::ScoreBody::Rules(items) => {
                let first_rule = self.first_rules.get(id.index()).copied().unwrap_or_default();
                let (body, constants) = self.rules(items, &clauses, first_rule, start);
                self.constant_defines.extend(constants);
                body
            }
        };
        if self.findings.list.len() > mistakes {
            self.facts.incomplete.insert(id);
        }
        if let (Some(body), Some(score)) = (body, self.model.scores.get_mut(id.index())) {
            score.body = body;
        }
    }

    fn rules(
        &mut self,
        items: &[Item],
        clauses: &Clauses<'_>,
        first_rule: u32,
        start: Option<crate::value::Decimal>,
    ) -> (Option<ScoreBody>, std::collections::BTreeSet<crate::model::DefineId>) {
        let mut expressions = Expressions::new(&self.model, &self.facts, &mut self.findings, Place::SCORE);
        let when = clauses.when.map(|when| expressions.condition(when));
        let counting: Vec<_> = clauses.counting_since.and_then(|which| expressions.which(which)).into_iter().collect();
        let decay = expressions.findings.inherited_decay(clauses.decay, None);
        let mut rules = Rules::new(expressions, first_rule);
        let items = rules.items(items, &counting, decay);
        let constants = rules.finish();
        let when = match when {
            Some(None) => return (None, constants),
            Some(Some(when)) => Some(when),
            None => None,
        };
        (Some(ScoreBody::Rules { start, when, items }), constants)
    }
}

/// For each score the number of its first rule, and how many rules there are in all: in order of writing.
pub(super) fn number_rules(declared: &Declarations<'_>) -> (Vec<u32>, u32) {
    let mut next = 0u32;
    let mut firsts = Vec::with_capacity(declared.scores.len());
    for score in &declared.scores {
        firsts.push(next);
        if let tree::ScoreBody::Rules(items) = &score.tree.body {
            next = next.saturating_add(count(items));
        }
    }
    (firsts, next)
}

fn count(items: &[Item]) -> u32 {
    let mut rules = 0u32;
    let mut waiting: Vec<&Item> = items.iter().collect();
    while let Some(item) = waiting.pop() {
        match item {
            Item::Group(group) => waiting.extend(&group.items),
            Item::Rule(_) | Item::Table(_) => rules = rules.saturating_add(1),
        }
    }
    rules
}
