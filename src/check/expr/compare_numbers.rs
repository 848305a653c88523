//! Comparisons of numbers: `employees >= 50`, `between 1 and 5`, `is one of 1, 2`.

use super::Expressions;
use crate::check::constants::bare;
use crate::diagnostics::code::check as code;
use crate::model::{Compare, ConditionKind, NumberExpr, NumberTest, Type};
use crate::source::Spanned;
use crate::syntax::tree::{Comparison, ComparisonKind, Expr, ExprKind, Order};

impl Expressions<'_> {
    pub(super) fn compare_number(
        &mut self,
        left: &Expr,
        value: NumberExpr,
        comparison: &Spanned<Comparison>,
    ) -> Option<ConditionKind> {
        if self.band_meant(left, &value, comparison) {
            return None;
        }
        if matches!(value, NumberExpr::HourOf(_)) && !self.is_hour(&comparison.node.kind) {
            return None;
        }
        let test = match &comparison.node.kind {
            ComparisonKind::Is(right) => NumberTest::Compare(Compare::Equal, self.number_operand(left, right)?),
            ComparisonKind::Order(order, right) => {
                NumberTest::Compare(compare(*order), self.number_operand(left, right)?)
            }
            ComparisonKind::Between(low, high) => {
                let ends = (self.number_operand(left, low)?, self.number_operand(left, high)?);
                if let (NumberExpr::Literal(lower), NumberExpr::Literal(higher)) = &ends
                    && lower > higher
                {
                    self.reversed(left, low, high);
                    return None;
                }
                NumberTest::Between(ends.0, ends.1)
            }
            ComparisonKind::OneOf(all) => {
                let all: Vec<Option<NumberExpr>> = all.iter().map(|one| self.number_operand(left, one)).collect();
                NumberTest::OneOf(all.into_iter().collect::<Option<_>>()?)
            }
            _ => return self.wrong_number_comparison(left, comparison),
        };
        Some(ConditionKind::Number { value, test })
    }

    /// A number that another one is held against.
    fn number_operand(&mut self, left: &Expr, right: &Expr) -> Option<NumberExpr> {
        match &bare(right).kind {
            ExprKind::YesNo(_) | ExprKind::Missing => {
                let text = self.findings.expr(left);
                self.findings.error(
                    code::WRONG_COMPARISON,
                    right.span,
                    format!("`{text}` is a number, and `{}` is none", self.findings.expr(right)),
                    format!("compare it with a number, `{text} > 0`, or ask `{text} is known`"),
                );
                None
            }
            _ => self.number(right),
        }
    }

    fn wrong_number_comparison<T>(&mut self, left: &Expr, comparison: &Spanned<Comparison>) -> Option<T> {
        let text = self.findings.expr(left);
        let help = match &comparison.node.kind {
            ComparisonKind::AtLeast(right) => format!("write `{text} >= {}`", self.findings.expr(right)),
            ComparisonKind::Before(right) => format!("write `{text} < {}`", self.findings.expr(right)),
            ComparisonKind::After(right) => format!("write `{text} > {}`", self.findings.expr(right)),
            ComparisonKind::On(right) => format!("write `{text} is {}`", self.findings.expr(right)),
            ComparisonKind::Includes { operands, .. } | ComparisonKind::Text { operands, .. } => {
                let operands: Vec<String> =
                    operands.iter().map(|operand| self.findings.expr(operand).trim_matches('"').to_owned()).collect();
                let number = |text: &String| crate::value::Decimal::parse(text).is_some();
                match operands.as_slice() {
                    [one] if number(one) => format!("write `{text} is {one}`"),
                    [..] if operands.iter().all(number) => format!("write `{text} is one of {}`", operands.join(", ")),
                    _ => format!(
                        "compare numbers by size, `{text} >= 50`; if the field holds text, declare it as `text`"
                    ),
                }
            }
            ComparisonKind::InLast(duration) | ComparisonKind::InNext(duration) => format!(
                "only dates lie in a time; if the data holds a date there, declare it as `date`, or compare: `{text} <= {}`",
                duration.count
            ),
            _ => format!("compare it: `{text} >= 50`"),
        };
        self.misfit(left, Type::Number, comparison, help)
    }
}

pub(super) fn compare(order: Order) -> Compare {
    match order {
        Order::Less => Compare::Less,
        Order::LessOrEqual => Compare::LessOrEqual,
        Order::Greater => Compare::Greater,
        Order::GreaterOrEqual => Compare::GreaterOrEqual,
    }
}

/// "before" for `<`: how the same is said of dates.
pub(super) fn order_of_dates(order: Order, left: &str, right: &str) -> String {
    match order {
        Order::Less => format!("{left} before {right}"),
        Order::Greater => format!("{left} after {right}"),
        Order::LessOrEqual => format!("({left} before {right} or {left} on {right})"),
        Order::GreaterOrEqual => format!("({left} after {right} or {left} on {right})"),
    }
}
