//! Conditions and values.
//!
//! The grammar gives a condition as a flat list of operands, operators and comparisons; what binds tighter is settled
//! here: `* /`, then `+ -`, then the comparison, then `not`, then `and` or `or`.

use super::{Node, Reader};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::{Span, Spanned};
use crate::syntax::grammar::Rule;
use crate::syntax::mistakes;
use crate::syntax::tree::{
    Arithmetic, Comparison, ComparisonKind, Expr, ExprKind, Function, Order, Quantifier, TextRelation,
};
use std::iter::Peekable;

/// How many `+ - * /` one item may have: each may be a step of depth in the tree.
const MOST_OPERATORS: usize = 300;

/// The flat parts of a condition or a sum.
type Parts<'a> = Peekable<pest::iterators::Pairs<'a, Rule>>;

impl<'a> Reader<'a> {
    /// `a and not b or …`: the joining words tell whether it is a chain of one kind.
    pub(super) fn condition(&mut self, node: Node<'a>) -> Option<Expr> {
        let mut parts = node.into_inner().peekable();
        let mut joined = vec![self.negation(&mut parts)?];
        let mut joiners: Vec<(bool, Span)> = Vec::new();
        while let Some(joiner) = parts.next() {
            joiners.push((joiner.as_rule() == Rule::word_and, self.span(&joiner)));
            joined.push(self.negation(&mut parts)?);
        }
        let only_or = joiners.iter().all(|(and, _)| !and);
        if let Some(mistake) = only_or.then(|| self.lone_text(&joined)).flatten() {
            self.mistake(mistake);
            return None;
        }
        let Some((all_and, _)) = joiners.first().copied() else { return joined.pop() };
        if joiners.iter().any(|(and, _)| *and != all_and) {
            let spans: Vec<Span> = joined.iter().map(|part| part.span).collect();
            self.mistake(mistakes::mixed_and_or(self.text, &spans, &joiners));
            return None;
        }
        let span = joined.first()?.span.to(joined.last()?.span);
        let kind = if all_and { ExprKind::And(joined) } else { ExprKind::Or(joined) };
        Some(Expr { kind, span })
    }

    /// `title contains "ceo" or "cto"`: a text after `or` is another value of the comparison before it.
    fn lone_text(&self, joined: &[Expr]) -> Option<Diagnostic> {
        let is_text = |expr: &Expr| matches!(expr.kind, ExprKind::Text(_));
        let first = joined.iter().position(is_text)?;
        let before = joined.get(first.checked_sub(1)?)?;
        let last = joined.iter().skip(first).take_while(|expr| is_text(expr)).last()?;
        let ExprKind::Compare { left, comparison } = &before.kind else { return None };
        let (negated, kind) = (comparison.node.negated, &comparison.node.kind);
        let values: Vec<&Expr> = match kind {
            ComparisonKind::Is(value) => vec![value],
            ComparisonKind::OneOf(values) => values.iter().collect(),
            ComparisonKind::Text { operands, .. } | ComparisonKind::Includes { operands, .. } => {
                operands.iter().collect()
            }
            _ => return None,
        };
        let written = |span: Span| self.text.get(span.range()).unwrap_or("");
        let start = values.first()?.span;
        let words = written(Span { end: start.start, ..comparison.span }).trim();
        let words =
            words.strip_suffix(" of").and_then(|words| words.rsplit_once(' ')).map_or(words, |(words, _)| words);
        let words = if words == "is" && negated { "is not" } else { words };
        let of = if words.starts_with("is") { "one of" } else { "any of" };
        let values = values.into_iter().chain(joined.iter().skip(first).take_while(|expr| is_text(expr)));
        let values: Vec<&str> = values.map(|value| written(value.span)).collect();
        let help = format!("write `{} {words} {of} {}`", written(left.span), values.join(", "));
        let message = "a text alone is no condition; several values of one comparison are listed";
        let place = joined.get(first)?.span.to(last.span);
        Some(Diagnostic::error(codes::MISSING_COMPARISON, place, message).help(help))
    }

    /// `not not a is b`
    fn negation(&mut self, parts: &mut Parts<'a>) -> Option<Expr> {
        let mut negations = Vec::new();
        while let Some(not) = parts.next_if(|part| part.as_rule() == Rule::word_not) {
            negations.push(self.span(&not));
        }
        let compared = self.comparison(parts)?;
        Some(negations.into_iter().rev().fold(compared, |inner, not| {
            let span = not.to(inner.span);
            Expr { kind: ExprKind::Not(Box::new(inner)), span }
        }))
    }

    fn comparison(&mut self, parts: &mut Parts<'a>) -> Option<Expr> {
        let left = self.sum_of_parts(parts)?;
        let is_tail = |part: &Node<'a>| !matches!(part.as_rule(), Rule::word_and | Rule::word_or);
        match parts.next_if(is_tail) {
            Some(tail) => self.compared(left, tail),
            None => Some(left),
        }
    }

    /// An operand with the comparison after it.
    pub(super) fn compared(&mut self, left: Expr, tail: Node<'a>) -> Option<Expr> {
        let place = self.span(&tail);
        let span = left.span.to(place);
        let comparison = Box::new(Spanned::new(self.tail(tail)?, place));
        Some(Expr { kind: ExprKind::Compare { left: Box::new(left), comparison }, span })
    }

    fn sum_of_parts(&mut self, parts: &mut Parts<'a>) -> Option<Expr> {
        let mut sum = self.product(parts)?;
        while let Some(sign) = parts.next_if(|part| is_infix(part, ["+", "-"])) {
            let right = self.product(parts)?;
            let operator = if sign.as_str() == "+" { Arithmetic::Add } else { Arithmetic::Subtract };
            sum = arithmetic(operator, sum, right);
            self.count_operator(&sign)?;
        }
        Some(sum)
    }

    fn product(&mut self, parts: &mut Parts<'a>) -> Option<Expr> {
        let mut product = self.factor(parts)?;
        while let Some(sign) = parts.next_if(|part| is_infix(part, ["*", "/"])) {
            let right = self.factor(parts)?;
            let operator = if sign.as_str() == "*" { Arithmetic::Multiply } else { Arithmetic::Divide };
            product = arithmetic(operator, product, right);
            self.count_operator(&sign)?;
        }
        Some(product)
    }

    fn count_operator(&mut self, sign: &Node<'a>) -> Option<()> {
        self.operators += 1;
        if self.operators <= MOST_OPERATORS {
            return Some(());
        }
        let message = format!("more than {MOST_OPERATORS} operators in one expression are more than anyone can follow");
        let span = self.span(sign);
        self.mistake(
            Diagnostic::error(codes::NESTED_TOO_DEEPLY, span, message).help("give parts of it names with `define`"),
        );
        None
    }

    /// `- - x`
    fn factor(&mut self, parts: &mut Parts<'a>) -> Option<Expr> {
        let mut signs = Vec::new();
        while let Some(sign) = parts.next_if(|part| part.as_rule() == Rule::minus) {
            signs.push(self.span(&sign));
        }
        let operand = self.operand(parts.next()?)?;
        Some(signs.into_iter().rev().fold(operand, |inner, sign| {
            let span = sign.to(inner.span);
            Expr { kind: ExprKind::Negate(Box::new(inner)), span }
        }))
    }

    /// One operand: a literal, a name, a word function, an expression over events, or parentheses.
    pub(super) fn operand(&mut self, node: Node<'a>) -> Option<Expr> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::sum => return self.sum_of_parts(&mut node.into_inner().peekable()),
            Rule::plain_name | Rule::quoted_name => ExprKind::Name(self.name(&node)),
            Rule::lead_name => {
                let name = self.part(node)?;
                ExprKind::LeadName(self.name(&name))
            }
            Rule::parenthesised => {
                let condition = self.part(node)?;
                ExprKind::Parenthesised(Box::new(self.condition(condition)?))
            }
            Rule::percent_of => {
                let mut parts = self.parts(node);
                let percent = self.percent(&parts.next()?);
                ExprKind::PercentOf { percent, of: Box::new(self.operand(parts.next()?)?) }
            }
            Rule::band_of => {
                let name = self.part(node)?;
                ExprKind::BandOf(self.name(&name))
            }
            Rule::points_of => {
                let mut parts = self.parts(node);
                let label = self.text_of(&parts.next()?);
                ExprKind::PointsOf { label, score: parts.next().map(|name| self.name(&name)) }
            }
            rule => match function(rule) {
                Some(function) => ExprKind::Function { function, arguments: self.operands(node)? },
                None if is_literal(rule) => return self.literal(node),
                None => ExprKind::Events(Box::new(self.event_expr(node)?)),
            },
        };
        Some(Expr { kind, span })
    }

    /// The operands inside a node, such as the values of a list.
    fn operands(&mut self, node: Node<'a>) -> Option<Vec<Expr>> {
        self.parts(node).map(|part| self.operand(part)).collect()
    }

    /// The comparison after an operand, of a condition or of a filter.
    fn tail(&mut self, node: Node<'a>) -> Option<Comparison> {
        let rule = node.as_rule();
        let negated = node.clone().into_inner().any(|part| part.as_rule() == Rule::word_not);
        let kind = match rule {
            Rule::looks_random => ComparisonKind::LooksRandom,
            Rule::in_tail => {
                let next = node.clone().into_inner().any(|part| part.as_rule() == Rule::next);
                let duration = self.duration_in(node)?;
                if next { ComparisonKind::InNext(duration) } else { ComparisonKind::InLast(duration) }
            }
            _ => {
                let mut parts = self.parts(node);
                let first = parts.next()?;
                match rule {
                    Rule::is_tail | Rule::filter_is => self.is_what(first)?,
                    Rule::order_tail | Rule::filter_order => {
                        ComparisonKind::Order(order(first.as_str()), self.operand(parts.next()?)?)
                    }
                    Rule::between_tail => ComparisonKind::Between(self.operand(first)?, self.operand(parts.next()?)?),
                    Rule::before_tail => ComparisonKind::Before(self.operand(first)?),
                    Rule::after_tail => ComparisonKind::After(self.operand(first)?),
                    Rule::on_tail => ComparisonKind::On(self.operand(first)?),
                    _ => self.text_comparison(first.as_rule(), parts.next()?)?,
                }
            }
        };
        Some(Comparison { negated, kind })
    }

    /// What stands after `is` or `is not`.
    fn is_what(&mut self, node: Node<'a>) -> Option<ComparisonKind> {
        Some(match node.as_rule() {
            Rule::is_missing => ComparisonKind::Missing,
            Rule::is_known => ComparisonKind::Known,
            Rule::is_one_of | Rule::filter_one_of => ComparisonKind::OneOf(self.operands(node)?),
            Rule::is_at_least => {
                let band = self.part(node)?;
                ComparisonKind::AtLeast(self.operand(band)?)
            }
            _ => ComparisonKind::Is(self.operand(node)?),
        })
    }

    /// `contains any of "a", "b"`
    fn text_comparison(&mut self, relation: Rule, operands: Node<'a>) -> Option<ComparisonKind> {
        let (quantifier, operands) = match operands.as_rule() {
            Rule::any_of | Rule::filter_any_of => (Quantifier::Any, self.operands(operands)?),
            Rule::all_of | Rule::filter_all_of => (Quantifier::All, self.operands(operands)?),
            _ => (Quantifier::One, vec![self.operand(operands)?]),
        };
        let relation = match relation {
            Rule::includes | Rule::not_includes => return Some(ComparisonKind::Includes { quantifier, operands }),
            Rule::contains | Rule::not_contains => TextRelation::Contains,
            Rule::mentions | Rule::not_mentions => TextRelation::Mentions,
            Rule::starts_with | Rule::not_starts_with => TextRelation::StartsWith,
            Rule::ends_with | Rule::not_ends_with => TextRelation::EndsWith,
            _ => TextRelation::Matches,
        };
        Some(ComparisonKind::Text { relation, quantifier, operands })
    }
}

fn is_infix(node: &Node, signs: [&str; 2]) -> bool {
    node.as_rule() == Rule::infix && signs.contains(&node.as_str())
}

fn arithmetic(operator: Arithmetic, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { kind: ExprKind::Arithmetic { operator, left: Box::new(left), right: Box::new(right) }, span }
}

fn order(sign: &str) -> Order {
    match sign {
        "<" => Order::Less,
        "<=" => Order::LessOrEqual,
        ">" => Order::Greater,
        _ => Order::GreaterOrEqual,
    }
}

fn is_literal(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::text | Rule::number | Rule::negative | Rule::date | Rule::yes_no | Rule::missing_value | Rule::pattern
    )
}

fn function(rule: Rule) -> Option<Function> {
    Some(match rule {
        Rule::domain_of => Function::DomainOf,
        Rule::length_of => Function::LengthOf,
        Rule::days_since => Function::DaysSince,
        Rule::days_until => Function::DaysUntil,
        Rule::count_known => Function::CountOfKnown,
        Rule::hour_of => Function::HourOf,
        Rule::weekday_of => Function::WeekdayOf,
        Rule::first_known_of => Function::FirstKnownOf,
        Rule::highest_of => Function::HighestOf,
        Rule::lowest_of => Function::LowestOf,
        _ => return None,
    })
}
