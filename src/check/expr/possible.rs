//! Comparisons that can be read but never hold: reversed ranges, days that no week has, hours that no clock shows.

use super::Expressions;
use crate::check::constants::{bare, literal};
use crate::diagnostics::code::check as code;
use crate::diagnostics::nearest;
use crate::syntax::tree::{ComparisonKind, Expr, ExprKind};
use crate::value::{Decimal, fold};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Expressions<'_> {
    /// `size between 500 and 50`; reports it.
    pub(super) fn reversed(&mut self, left: &Expr, low: &Expr, high: &Expr) {
        let findings = &*self.findings;
        let (left, low_words, high_words) = (findings.expr(left), findings.expr(low), findings.expr(high));
        self.findings.error(
            code::REVERSED_RANGE,
            low.span.to(high.span),
            format!("nothing lies between `{low_words}` and `{high_words}`: the lower one comes first"),
            format!("write `{left} between {high_words} and {low_words}`"),
        );
    }

    /// `weekday of created is "sundy"`; false where it was reported.
    pub(super) fn is_weekday(&mut self, operand: &Expr) -> bool {
        let ExprKind::Text(written) = &bare(operand).kind else { return true };
        let day = fold(written);
        if WEEKDAYS.contains(&day.as_str()) {
            return true;
        }
        let short = WEEKDAYS.into_iter().find(|weekday| day.len() > 1 && weekday.starts_with(&day));
        let help = match short.or_else(|| nearest(&day, WEEKDAYS)) {
            Some(meant) => format!("did you mean `\"{meant}\"`?"),
            None => format!("the days are `\"{}\"`", WEEKDAYS.join("\"`, `\"")),
        };
        let message = format!("no day of the week is called `{written}`");
        self.findings.error(code::IMPOSSIBLE_VALUE, operand.span, message, help);
        false
    }

    /// `hour of created is 24`; false where it was reported.
    pub(super) fn is_hour(&mut self, kind: &ComparisonKind) -> bool {
        let operands: Vec<&Expr> = match kind {
            ComparisonKind::Is(one) => vec![one],
            ComparisonKind::Between(low, high) => vec![low, high],
            ComparisonKind::OneOf(all) => all.iter().collect(),
            _ => return true,
        };
        let beyond = |operand: &&&Expr| {
            literal(bare(operand)).is_some_and(|hour| hour.is_negative() || hour > Decimal::whole(23))
        };
        let Some(operand) = operands.iter().find(beyond) else { return true };
        let message = format!("`hour of` is a number from 0 to 23, and never `{}`", self.findings.expr(operand));
        let help = "write an hour from `0` (midnight) to `23` (11 in the evening)";
        self.findings.error(code::IMPOSSIBLE_VALUE, operand.span, message, help);
        false
    }
}
