//! `country is "US" or "UK"`: values joined as if they were conditions. What was meant is one comparison with them all.

use super::Expressions;
use super::comparison::operator_words;
use super::demand::type_of;
use super::unknown::is_blank_word;
use crate::check::bands::band_named;
use crate::check::constants::is_number_literal;
use crate::diagnostics::code::check as code;
use crate::diagnostics::nearest;
use crate::model::{Symbol, Type};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Comparison, ComparisonKind, Expr, ExprKind, Name, Quantifier, SelectorClause, TextRelation};
use crate::value::fold_name;

/// The comparison that the first part is, or ends with.
struct Begun<'e> {
    left: &'e Expr,
    comparison: &'e Spanned<Comparison>,
    /// Of the comparison
    span: Span,
    /// It is a filter without parentheses
    filter: bool,
}

/// What the values are.
#[derive(Clone, Copy, PartialEq)]
enum Values {
    Texts,
    Numbers,
    Dates,
    Bands,
}

impl Expressions<'_> {
    /// How many of these parts of an `and` or `or` are one comparison and further values for it. Reports them as one
    /// mistake; 0 where the first part is a condition by itself.
    pub(super) fn values_joined(&mut self, parts: &[Expr], joiner: &str) -> usize {
        let [first, rest @ ..] = parts else { return 0 };
        let Some(begun) = begun(first) else { return 0 };
        let Some(values) = self.values_of(&begun) else { return 0 };
        let more: Vec<&Expr> = rest.iter().take_while(|part| self.is_value(part, values, begun.left)).collect();
        let (Some(one), Some(last)) = (more.first(), more.last()) else { return 0 };
        if !begun.filter && values != Values::Bands {
            let before = self.findings.list.len();
            let kind = self.infer(begun.left).map(|left| type_of(&left));
            match (kind, values) {
                (None, _) if self.findings.list.len() > before => return more.len() + 1,
                (Some(Type::Text | Type::List), Values::Texts)
                | (Some(Type::Number), Values::Numbers)
                | (Some(Type::Date), Values::Dates) => {}
                _ => return 0,
            }
        }
        let Some(together) = self.together(&begun, values, &more, joiner) else { return 0 };
        let prefix = self.findings.text(Span { end: begun.span.start, ..first.span });
        let blank = if prefix.is_empty() { "" } else { " " };
        let together = if begun.filter { format!("({together})") } else { together };
        let message = format!("`{joiner}` joins whole conditions, and `{}` is a value alone", self.findings.expr(one));
        let help = format!("write `{prefix}{blank}{together}`");
        self.findings.error(code::VALUES_JOINED, one.span.to(last.span), message, help);
        more.len() + 1
    }

    /// What the first comparison is with, where more of it may follow.
    fn values_of(&self, begun: &Begun<'_>) -> Option<Values> {
        let operands = operands(&begun.comparison.node.kind)?;
        if matches!(begun.left.kind, ExprKind::BandOf(_)) {
            return matches!(begun.comparison.node.kind, ComparisonKind::Is(_) | ComparisonKind::OneOf(_))
                .then_some(Values::Bands);
        }
        let several = operands.len() > 1;
        let is_text = |operand: &Expr| match &operand.kind {
            ExprKind::Text(_) | ExprKind::Pattern(_) => true,
            ExprKind::Name(name) => several || !self.is_known(name) && !is_blank_word(&name.text),
            _ => false,
        };
        match begun.comparison.node.kind {
            ComparisonKind::On(_) => {
                operands.iter().all(|one| matches!(one.kind, ExprKind::Date(_))).then_some(Values::Dates)
            }
            _ if operands.iter().all(is_number_literal) => Some(Values::Numbers),
            _ if operands.iter().all(is_text) => Some(Values::Texts),
            _ => None,
        }
    }

    fn is_value(&self, part: &Expr, values: Values, left: &Expr) -> bool {
        match (&part.kind, values) {
            (ExprKind::Text(_), Values::Texts | Values::Bands) | (ExprKind::Date(_), Values::Dates) => true,
            (_, Values::Numbers) => is_number_literal(part),
            (ExprKind::Name(name), Values::Bands) => !self.is_known(name) || self.is_band(name, left),
            (ExprKind::Name(name), Values::Texts) => {
                !self.is_known(name)
                    && !is_blank_word(&name.text)
                    && !self.model.event_names.contains_key(&fold_name(&name.text))
                    && (name.text.chars().count() < 3 || nearest(&name.text, self.candidates()).is_none())
            }
            _ => false,
        }
    }

    fn is_band(&self, name: &Name, left: &Expr) -> bool {
        let ExprKind::BandOf(score) = &left.kind else { return false };
        let Some(Symbol::Score(id)) = self.model.names.get(&fold_name(&score.text)) else { return false };
        self.model.scores.get(id.index()).is_some_and(|score| band_named(score, &name.text).is_some())
    }

    /// `country is one of "US", "UK"`
    fn together(&self, begun: &Begun<'_>, values: Values, more: &[&Expr], joiner: &str) -> Option<String> {
        let left = self.findings.expr(begun.left);
        let comparison = &begun.comparison.node;
        let all: Vec<String> = operands(&comparison.kind)?
            .iter()
            .chain(more.iter().copied())
            .map(|value| match &value.kind {
                ExprKind::Name(name) if values == Values::Texts && !self.is_known(name) => format!("\"{}\"", name.text),
                _ => self.findings.expr(value),
            })
            .collect();
        let every = joiner == "and" && !comparison.negated;
        let words = operator_words(comparison);
        let words = match &comparison.kind {
            ComparisonKind::On(_) => {
                let each: Vec<String> = all.iter().map(|one| format!("{left} on {one}")).collect();
                return Some(format!("({})", each.join(" or ")));
            }
            ComparisonKind::Is(_) | ComparisonKind::OneOf(_) if comparison.negated => "is not one of".to_owned(),
            ComparisonKind::Is(_) | ComparisonKind::OneOf(_) => "is one of".to_owned(),
            ComparisonKind::Text { relation: TextRelation::Contains | TextRelation::Mentions, quantifier, .. }
            | ComparisonKind::Includes { quantifier, .. }
                if every && *quantifier == Quantifier::One =>
            {
                format!("{words} all of")
            }
            _ => format!("{words} any of"),
        };
        Some(format!("{left} {words} {}", all.join(", ")))
    }
}

/// The comparison that an expression is, or ends with as a filter without parentheses.
fn begun(first: &Expr) -> Option<Begun<'_>> {
    let mut expr = first;
    let mut filter = false;
    loop {
        match &expr.kind {
            ExprKind::Not(inner) => expr = inner,
            ExprKind::Compare { left, comparison } => {
                return Some(Begun { left, comparison, span: expr.span, filter });
            }
            ExprKind::Events(events) => match &events.selector.clauses.last()?.node {
                SelectorClause::Where(inner) => {
                    filter = true;
                    expr = inner;
                }
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// What a comparison is with, where it can be with several; `all of` already says what joins them.
fn operands(kind: &ComparisonKind) -> Option<&[Expr]> {
    match kind {
        ComparisonKind::Is(one) | ComparisonKind::On(one) => Some(std::slice::from_ref(one)),
        ComparisonKind::OneOf(all) => Some(all),
        ComparisonKind::Text { quantifier, operands, .. } | ComparisonKind::Includes { quantifier, operands } => {
            (*quantifier != Quantifier::All).then_some(operands)
        }
        _ => None,
    }
}
