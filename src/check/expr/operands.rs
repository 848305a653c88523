//! What a text is compared with: `"US"`, a list, another text.

use super::Expressions;
use super::demand::type_of;
use super::names::Meaning;
use super::unknown::is_blank_word;
use crate::check::constants::bare;
use crate::check::findings::Findings;
use crate::diagnostics::code::check as code;
use crate::diagnostics::nearest;
use crate::model::{AnyExpr, TextExpr, TextOperand};
use crate::syntax::tree::{Expr, ExprKind, Name};

impl Expressions<'_> {
    /// Several texts; lists only where `several` says that there may be many.
    pub(super) fn text_operands(&mut self, operands: &[Expr], several: bool) -> Option<Vec<TextOperand>> {
        let checked: Vec<Option<TextOperand>> =
            operands.iter().map(|operand| self.text_operand(operand, several)).collect();
        checked.into_iter().collect()
    }

    pub(super) fn text_operand(&mut self, operand: &Expr, several: bool) -> Option<TextOperand> {
        let inner = bare(operand);
        match &inner.kind {
            ExprKind::Text(text) => self.literal_text(text, inner.span).map(TextOperand::Literal),
            ExprKind::Pattern(_) => self.stray_pattern(inner),
            ExprKind::Missing => self.stray_missing(inner.span),
            ExprKind::Name(name) if !self.is_known(name) => self.unquoted(name),
            ExprKind::Name(name) => match self.meaning(name)? {
                Meaning::List(list) if several => Some(TextOperand::List(list)),
                Meaning::List(_) => self.list_as_text(name),
                Meaning::Value(value) => self.text_value(inner, value),
            },
            _ => {
                let value = self.infer(inner)?;
                self.text_value(inner, value)
            }
        }
    }

    fn text_value(&mut self, operand: &Expr, value: AnyExpr) -> Option<TextOperand> {
        match value {
            AnyExpr::Text(TextExpr::Literal(text)) => Some(TextOperand::Literal(text)),
            AnyExpr::Text(text) => Some(TextOperand::Expr(text)),
            other => {
                self.no_text(operand, type_of(&other));
                None
            }
        }
    }

    /// `country is US`
    fn unquoted<T>(&mut self, name: &Name) -> Option<T> {
        let folded = crate::value::fold_name(&name.text);
        if self.model.event_names.contains_key(&folded) {
            return self.unknown(name);
        }
        let texts = self.model.lead.fields.iter().map(|field| field.name.as_str());
        let lists = self.model.lists.iter().map(|list| list.name.as_str());
        let quotes = format!("put quotes around a text: `\"{}\"`", name.text);
        let help = match nearest(&name.text, texts.chain(lists)) {
            _ if is_blank_word(&name.text) && !name.quoted => {
                "a blank value is asked for by itself: `… is missing`".to_owned()
            }
            Some(meant) if name.text.chars().count() > 2 => format!("{quotes}; or did you mean `{meant}`?"),
            _ => quotes,
        };
        let message = format!("nothing is called `{}`", name.text);
        self.findings.error(code::TEXT_WITHOUT_QUOTES, name.span, message, help);
        None
    }

    /// `domain of email is free_mail`
    fn list_as_text<T>(&mut self, name: &Name) -> Option<T> {
        let text = self.comparison.map(|span| self.findings.text(span)).unwrap_or_default();
        let list = self.findings.text(name.span);
        let left = text.strip_suffix(&list).map(str::trim_end).unwrap_or_default();
        let better = match left.strip_suffix(" is").or(left.strip_suffix(" is not")) {
            Some(_) => format!("{left} one of {list}"),
            None => format!("{left} any of {list}"),
        };
        let help = if left.is_empty() { format!("write `… is one of {list}`") } else { format!("write `{better}`") };
        let message = format!("`{}` is a list of values, not one value", name.text);
        self.findings.error(code::LIST_AS_VALUE, name.span, message, help);
        None
    }
}

/// Expressions as written, with commas.
pub(super) fn list_words(findings: &Findings, all: &[Expr]) -> String {
    all.iter().map(|one| findings.expr(one)).collect::<Vec<_>>().join(", ")
}
