//! Comparisons of lists of text: `tags includes any of "a", "b"`.

use super::Expressions;
use super::operands::list_words;
use crate::model::{ConditionKind, ListExpr, Type};
use crate::source::Spanned;
use crate::syntax::tree::{Comparison, ComparisonKind, Expr, Quantifier};

impl Expressions<'_> {
    pub(super) fn compare_list(
        &mut self,
        left: &Expr,
        list: ListExpr,
        comparison: &Spanned<Comparison>,
    ) -> Option<ConditionKind> {
        let ComparisonKind::Includes { quantifier, operands } = &comparison.node.kind else {
            return self.wrong_list_comparison(left, comparison);
        };
        let operands = self.text_operands(operands, *quantifier != Quantifier::One)?;
        Some(ConditionKind::Includes { list, all: *quantifier == Quantifier::All, operands })
    }

    fn wrong_list_comparison<T>(&mut self, left: &Expr, comparison: &Spanned<Comparison>) -> Option<T> {
        let text = self.findings.expr(left);
        let (word, _) = if comparison.node.negated { ("does not include", ()) } else { ("includes", ()) };
        let help = match &comparison.node.kind {
            ComparisonKind::Is(one) => format!("write `{text} {word} {}`", self.findings.expr(one)),
            ComparisonKind::OneOf(all) => format!("write `{text} {word} any of {}`", list_words(self.findings, all)),
            ComparisonKind::Text { quantifier, operands, .. } => {
                let quantifier = match quantifier {
                    Quantifier::One => "",
                    Quantifier::Any => "any of ",
                    Quantifier::All => "all of ",
                };
                format!("write `{text} {word} {quantifier}{}`", list_words(self.findings, operands))
            }
            _ => format!("write `{text} {word} \"…\"`"),
        };
        self.misfit(left, Type::List, comparison, help)
    }
}
