//! Comparisons of dates: `created before 2026-05-01`, `renewal in next 30 days`.

use super::Expressions;
use super::compare_numbers::order_of_dates;
use crate::model::{ConditionKind, DateExpr, DateTest, Type};
use crate::source::Spanned;
use crate::syntax::tree::{Comparison, ComparisonKind, Expr, ExprKind};

impl Expressions<'_> {
    pub(super) fn compare_date(
        &mut self,
        left: &Expr,
        value: DateExpr,
        comparison: &Spanned<Comparison>,
    ) -> Option<ConditionKind> {
        let test = match &comparison.node.kind {
            ComparisonKind::Before(right) => DateTest::Before(self.date(right)?),
            ComparisonKind::After(right) => DateTest::After(self.date(right)?),
            ComparisonKind::On(right) => DateTest::On(self.date(right)?),
            ComparisonKind::Between(low, high) => {
                let ends = (self.date(low)?, self.date(high)?);
                if let (DateExpr::Literal(lower), DateExpr::Literal(higher)) = &ends
                    && lower.first(&self.model.zone) > higher.last(&self.model.zone)
                {
                    self.reversed(left, low, high);
                    return None;
                }
                DateTest::Between(ends.0, ends.1)
            }
            ComparisonKind::InLast(duration) => DateTest::InLast(self.findings.duration(duration)?),
            ComparisonKind::InNext(duration) => DateTest::InNext(self.findings.duration(duration)?),
            _ => return self.wrong_date_comparison(left, comparison),
        };
        Some(ConditionKind::Date { value, test })
    }

    fn wrong_date_comparison<T>(&mut self, left: &Expr, comparison: &Spanned<Comparison>) -> Option<T> {
        let text = self.findings.expr(left);
        let not = if comparison.node.negated { "not " } else { "" };
        let help = match &comparison.node.kind {
            ComparisonKind::Is(right) => format!("write `{not}{text} on {}`", self.as_date(right)),
            ComparisonKind::Order(order, right) => {
                format!("write `{}`", order_of_dates(*order, &text, &self.as_date(right)))
            }
            ComparisonKind::AtLeast(right) => {
                let order = crate::syntax::tree::Order::GreaterOrEqual;
                format!("write `{}`", order_of_dates(order, &text, &self.as_date(right)))
            }
            ComparisonKind::OneOf(all) => {
                let each: Vec<String> = all.iter().map(|one| format!("{text} on {}", self.as_date(one))).collect();
                format!("write `{not}({})`", each.join(" or "))
            }
            ComparisonKind::Text { .. } => {
                format!("ask for a time, `{text} between 2026-01-01 and 2026-12-31`, or for `weekday of {text}`")
            }
            _ => format!("write `{text} before 2026-05-01`, `{text} on 2026-05-01` or `{text} in last 30 days`"),
        };
        self.misfit(left, Type::Date, comparison, help)
    }

    /// A date as it should have been written: without its quotes.
    fn as_date(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Text(text) if text.starts_with(|c: char| c.is_ascii_digit()) => text.trim().to_owned(),
            ExprKind::Text(_) => "2026-05-01".to_owned(),
            _ => self.findings.expr(expr),
        }
    }
}
