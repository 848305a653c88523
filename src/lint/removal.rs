//! What to take away: rules and clauses.

use super::Context;
use super::places::RulePlace;
use crate::model::walk::{Part, walk_condition};
use crate::model::{NumberExpr, RuleId};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Clause, StatementKind};

impl<'a> Context<'a> {
    /// Edits that take a rule away. `None` where a test names it, or nothing would be left around it.
    pub fn without_rule(&self, place: &RulePlace<'_>) -> Option<Vec<(Span, String)>> {
        let may = place.siblings.len() > 1 && !self.is_named_by_tests(place.rule.id);
        may.then(|| vec![(self.whole_lines(place.rule.span), String::new())])
    }

    /// Whether a test asks for `points of` a rule: its label, which may be its words, has to stay.
    pub fn is_named_by_tests(&self, rule: RuleId) -> bool {
        let mut named = false;
        for condition in self.model.tests.iter().flat_map(|test| &test.expectations) {
            walk_condition(condition, &mut |part| {
                named |= matches!(part, Part::Number(NumberExpr::PointsOf(one)) if *one == rule);
            });
        }
        named
    }

    /// The clauses in the header of a score or group, or behind a rule; by its place.
    pub fn clauses(&self, span: Span) -> &'a [Spanned<Clause>] {
        if let Some(tree::Statement { kind: StatementKind::Score(score), span: own }) = self.statement(span)
            && *own == span
        {
            return &score.clauses;
        }
        match self.tree_item(span) {
            Some(tree::Item::Group(group)) => &group.clauses,
            Some(tree::Item::Rule(rule)) => &rule.clauses,
            Some(tree::Item::Table(table)) => &table.clauses,
            None => &[],
        }
    }

    /// Edits that take a clause away, with the blanks before it. `None` where a comment ends there.
    pub fn without_clause(&self, clause: Span) -> Option<Vec<(Span, String)>> {
        let text = &self.program.sources.file(clause.file).text;
        let start = text.get(..clause.start as usize)?.trim_end().len();
        let ends_comment = |comment: &tree::Comment| comment.span.end as usize == start;
        if self.file(clause)?.comments.iter().any(ends_comment) {
            return None;
        }
        Some(vec![(Span::new(clause.file, start, clause.end as usize), String::new())])
    }
}
