//! From untyped expressions to conditions, numbers, texts, dates.
//!
//! [`Expressions::infer`] finds type and meaning from the inside out; the functions beside it demand one type and say
//! what to write where they get another. `None` always means: wrong, and reported.

mod band;
mod compare_dates;
mod compare_lists;
mod compare_numbers;
mod compare_texts;
mod comparison;
mod demand;
mod event_expr;
mod functions;
mod joined_values;
mod names;
mod operands;
mod patterns;
mod place;
mod possible;
mod property;
mod results;
mod selector;
mod unknown;

pub(super) use place::{Place, Thresholds};
pub(super) use property::{PropertyRef, Scope, type_words};
pub(super) use selector::types_of;
pub(super) use unknown::written;

use super::constants::{is_number_literal, literal};
use super::facts::Facts;
use super::findings::Findings;
use crate::diagnostics::code::check as code;
use crate::model::{AnyExpr, Condition, ConditionKind, DateExpr, DefineId, Model, NumberExpr, TextExpr, Type, Which};
use crate::source::Span;
use crate::syntax::tree::{Arithmetic, Expr, ExprKind};
use crate::value::Text;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Checks expressions that stand in one place.
pub(super) struct Expressions<'c> {
    pub model: &'c Model,
    pub facts: &'c Facts,
    pub findings: &'c mut Findings,
    pub place: Place,
    /// `counting since last` of the score and groups around, written into each selector
    pub counting: Rc<[Which]>,
    /// The event types whose properties come before the lead's fields
    pub scope: Option<Scope>,
    /// Defines whose number was written into the points that name them
    pub constant_defines: BTreeSet<DefineId>,
    /// A filter without parentheses that stands before, in the same `and` or `or`
    beside: Option<Beside>,
    /// The innermost comparison around, for helps
    comparison: Option<Span>,
    /// What the next expression should be, for the helps of a name that is not declared
    wanted: Option<Type>,
}

/// `… where path is "x" and seconds > 5`: the filter, and the part that stands beside it.
#[derive(Debug, Clone)]
struct Beside {
    filter: Span,
    scope: Scope,
    /// `and`, `or`
    joiner: &'static str,
    part: Span,
}

impl<'c> Expressions<'c> {
    pub fn new(model: &'c Model, facts: &'c Facts, findings: &'c mut Findings, place: Place) -> Expressions<'c> {
        Expressions {
            model,
            facts,
            findings,
            place,
            counting: Rc::from([]),
            scope: None,
            constant_defines: BTreeSet::new(),
            beside: None,
            comparison: None,
            wanted: None,
        }
    }

    /// Type and meaning of an expression; it nests no deeper than the parser allows.
    pub fn infer(&mut self, expr: &Expr) -> Option<AnyExpr> {
        let wanted = self.wanted.take();
        match &expr.kind {
            ExprKind::Number { .. } => self.literal_number(expr),
            ExprKind::Text(text) => {
                self.literal_text(text, expr.span).map(|text| AnyExpr::Text(TextExpr::Literal(text)))
            }
            ExprKind::Date(date) => {
                let moment = self.findings.date(date, expr.span, &self.model.zone)?;
                Some(AnyExpr::Date(DateExpr::Literal(moment)))
            }
            ExprKind::YesNo(yes) => condition(ConditionKind::Constant(*yes), expr.span),
            ExprKind::Name(name) => {
                self.wanted = wanted;
                let value = self.named(name);
                self.wanted = None;
                value
            }
            ExprKind::LeadName(name) => self.lead_field(name),
            ExprKind::Parenthesised(inner) => {
                self.wanted = wanted;
                self.infer(inner)
            }
            ExprKind::Not(inner) => {
                let inner = self.condition(inner)?;
                condition(ConditionKind::Not(Box::new(inner)), expr.span)
            }
            ExprKind::And(parts) => {
                let parts = self.joined(parts, "and")?;
                condition(ConditionKind::All(parts), expr.span)
            }
            ExprKind::Or(parts) => {
                let parts = self.joined(parts, "or")?;
                condition(ConditionKind::Any(parts), expr.span)
            }
            ExprKind::Negate(inner) => {
                if is_number_literal(expr) {
                    return self.literal_number(expr);
                }
                let inner = self.number(inner)?;
                Some(AnyExpr::Number(NumberExpr::Negate(Box::new(inner))))
            }
            ExprKind::Arithmetic { .. } => self.arithmetic(expr).map(AnyExpr::Number),
            ExprKind::PercentOf { percent, of } => {
                let Some(share) = crate::value::Decimal::parse(&percent.node) else {
                    self.findings.too_large(percent.span);
                    return None;
                };
                let of = self.number(of)?;
                Some(AnyExpr::Number(NumberExpr::PercentOf(share, Box::new(of))))
            }
            ExprKind::Compare { left, comparison } => {
                let compared = self.compare(expr.span, left, comparison)?;
                Some(AnyExpr::Condition(compared))
            }
            ExprKind::Function { function, arguments } => self.function(*function, arguments, expr.span),
            ExprKind::Events(events) => self.event_expr(events, expr.span),
            ExprKind::BandOf(name) => self.bare_band(name, expr.span),
            ExprKind::Pattern(_) => self.stray_pattern(expr),
            ExprKind::Missing => self.stray_missing(expr.span),
            ExprKind::PointsOf { label, score } => self.points_of(label, score.as_ref(), expr.span),
        }
    }

    fn literal_number(&mut self, expr: &Expr) -> Option<AnyExpr> {
        let number = literal(expr);
        if number.is_none() {
            self.findings.too_large(expr.span);
        }
        number.map(|number| AnyExpr::Number(NumberExpr::Literal(number)))
    }

    /// A text to compare with; one that folds to nothing is an error.
    pub fn literal_text(&mut self, text: &str, span: Span) -> Option<Text> {
        let read = Text::new(text);
        if read.is_none() {
            self.findings.error(
                code::BLANK_TEXT,
                span,
                "there is nothing in this text to compare with",
                "write a text with at least one letter or digit; for a blank value write `is missing`",
            );
        }
        read
    }

    /// The parts of an `and` or `or`. A filter without parentheses takes only the first of parts that may all have been
    /// meant for it: names beside it are looked at twice.
    fn joined(&mut self, parts: &[Expr], joiner: &'static str) -> Option<Vec<Condition>> {
        let around = self.beside.clone();
        let mut open: Option<(Span, Scope)> = None;
        let mut conditions = Vec::with_capacity(parts.len());
        let mut told = 0;
        for (place, part) in parts.iter().enumerate() {
            if let Some((filter, scope)) = &open {
                self.beside = Some(Beside { filter: *filter, scope: scope.clone(), joiner, part: part.span });
            }
            if place >= told {
                told = place + self.values_joined(parts.get(place..).unwrap_or_default(), joiner);
            }
            if place < told {
                conditions.push(None);
                continue;
            }
            conditions.push(self.condition(part));
            open = self.open_filter(part).or(open);
        }
        self.beside = around;
        conditions.into_iter().collect()
    }

    /// `a + b - c`, from the left; long sums are walked, not recursed into.
    fn arithmetic(&mut self, expr: &Expr) -> Option<NumberExpr> {
        let mut terms = Vec::new();
        let mut first = expr;
        while let ExprKind::Arithmetic { operator, left, right } = &first.kind {
            terms.push((*operator, right.as_ref()));
            first = left;
        }
        let mut sum = self.number(first);
        for (operator, right) in terms.into_iter().rev() {
            let right = self.number(right);
            sum = sum.zip(right).map(|(left, right)| combine(operator, left, right));
        }
        sum
    }
}

fn combine(operator: Arithmetic, left: NumberExpr, right: NumberExpr) -> NumberExpr {
    let (left, right) = (Box::new(left), Box::new(right));
    match operator {
        Arithmetic::Add => NumberExpr::Add(left, right),
        Arithmetic::Subtract => NumberExpr::Subtract(left, right),
        Arithmetic::Multiply => NumberExpr::Multiply(left, right),
        Arithmetic::Divide => NumberExpr::Divide(left, right),
    }
}

/// A condition as an expression of any type.
fn condition(kind: ConditionKind, span: Span) -> Option<AnyExpr> {
    Some(AnyExpr::Condition(Condition { kind, span }))
}
