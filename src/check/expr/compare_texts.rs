//! Comparisons of texts: `title is "CEO"`, `title mentions any of "ceo", "cto"`, `path matches "/blog/*"`.

use super::Expressions;
use super::compare_numbers::order_of_dates;
use super::operands::list_words;
use super::unknown::written;
use crate::check::constants::bare;
use crate::diagnostics::code::check as code;
use crate::model::{ConditionKind, TextExpr, TextRelation, TextTest, Type};
use crate::source::Spanned;
use crate::syntax::tree::{self, Comparison, ComparisonKind, Expr, ExprKind, Quantifier};

impl Expressions<'_> {
    pub(super) fn compare_text(
        &mut self,
        left: &Expr,
        value: TextExpr,
        comparison: &Spanned<Comparison>,
    ) -> Option<ConditionKind> {
        if let (TextExpr::WeekdayOf(_), ComparisonKind::Is(_) | ComparisonKind::OneOf(_)) =
            (&value, &comparison.node.kind)
        {
            let operands = match &comparison.node.kind {
                ComparisonKind::OneOf(all) => all.as_slice(),
                ComparisonKind::Is(one) => std::slice::from_ref(one),
                _ => &[],
            };
            if !operands.iter().all(|operand| self.is_weekday(operand)) {
                return None;
            }
        }
        let test = match &comparison.node.kind {
            ComparisonKind::Is(right) => TextTest::Is(vec![self.text_operand(right, false)?]),
            ComparisonKind::OneOf(all) => TextTest::Is(self.text_operands(all, true)?),
            ComparisonKind::LooksRandom => TextTest::LooksRandom,
            ComparisonKind::Text { relation, quantifier, operands } => {
                self.text_part(left, comparison, *relation, *quantifier, operands)?
            }
            _ => return self.wrong_text_comparison(left, comparison),
        };
        Some(ConditionKind::Text { value, test })
    }

    fn text_part(
        &mut self,
        left: &Expr,
        comparison: &Spanned<Comparison>,
        relation: tree::TextRelation,
        quantifier: Quantifier,
        operands: &[Expr],
    ) -> Option<TextTest> {
        let several = quantifier != Quantifier::One;
        let all = quantifier == Quantifier::All;
        let relation = match relation {
            tree::TextRelation::Contains => TextRelation::Contains,
            tree::TextRelation::Mentions => TextRelation::Mentions,
            _ if all => return self.no_all_of(left, comparison, operands),
            tree::TextRelation::StartsWith => TextRelation::StartsWith,
            tree::TextRelation::EndsWith => TextRelation::EndsWith,
            tree::TextRelation::Matches => return self.patterns(operands, several).map(TextTest::Matches),
        };
        Some(TextTest::Part { relation, all, operands: self.text_operands(operands, several)? })
    }

    fn no_all_of<T>(&mut self, left: &Expr, comparison: &Spanned<Comparison>, operands: &[Expr]) -> Option<T> {
        let word = super::comparison::operator_words(&comparison.node);
        let left = self.findings.expr(left);
        let each: Vec<String> =
            operands.iter().map(|operand| format!("{left} {word} {}", self.findings.expr(operand))).collect();
        self.findings.error(
            code::NO_ALL_OF,
            comparison.span,
            format!("`{word}` takes `any of`, not `all of`"),
            format!("write `{}`", each.join(" and ")),
        );
        None
    }

    fn wrong_text_comparison<T>(&mut self, left: &Expr, comparison: &Spanned<Comparison>) -> Option<T> {
        let text = self.findings.expr(left);
        let field = match &bare(left).kind {
            ExprKind::Name(name) if self.is_lead_field(&name.text) => Some(written(&name.text)),
            _ => None,
        };
        let declare = |kind: &str| match &field {
            Some(field) => format!("if the data holds a {kind} there, declare it so: `{field} {kind}`"),
            None => format!("only a {kind} is compared so"),
        };
        let help = match &comparison.node.kind {
            ComparisonKind::Order(order, right) if matches!(bare(right).kind, ExprKind::Date(_)) => {
                let right = self.findings.expr(right);
                format!("{}, and write `{}`", declare("date"), order_of_dates(*order, &text, &right))
            }
            ComparisonKind::AtLeast(right) => {
                format!("{}, and write `{text} >= {}`", declare("number"), self.findings.expr(right))
            }
            ComparisonKind::Order(..) | ComparisonKind::Between(..) => declare("number"),
            ComparisonKind::Before(_)
            | ComparisonKind::After(_)
            | ComparisonKind::On(_)
            | ComparisonKind::InLast(_)
            | ComparisonKind::InNext(_) => declare("date"),
            ComparisonKind::Includes { quantifier: Quantifier::One, operands } => {
                format!("write `{text} contains {}`", list_words(self.findings, operands))
            }
            ComparisonKind::Includes { quantifier, operands } => {
                let quantifier = if *quantifier == Quantifier::Any { "any" } else { "all" };
                format!("write `{text} contains {quantifier} of {}`", list_words(self.findings, operands))
            }
            _ => format!("write `{text} is \"…\"`"),
        };
        self.misfit(left, Type::Text, comparison, help)
    }
}
