//! Demands for one type, with what to write where another stands.

use super::Expressions;
use super::property::type_words;
use super::unknown::written;
use crate::check::constants::bare;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{AnyExpr, Condition, ConditionKind, DateExpr, NumberExpr, Symbol, TextExpr, Type};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind};
use crate::value::{Decimal, fold_name};

pub(in crate::check) fn type_of(value: &AnyExpr) -> Type {
    match value {
        AnyExpr::Condition(_) => Type::Condition,
        AnyExpr::Number(_) => Type::Number,
        AnyExpr::Text(_) => Type::Text,
        AnyExpr::Date(_) => Type::Date,
        AnyExpr::YesNo(_) => Type::YesNo,
        AnyExpr::List(_) => Type::List,
    }
}

impl Expressions<'_> {
    /// Something that holds or does not; a yes/no value holds when it is yes.
    pub fn condition(&mut self, expr: &Expr) -> Option<Condition> {
        self.wanted = Some(Type::Condition);
        match self.infer(expr)? {
            AnyExpr::Condition(condition) => Some(condition),
            AnyExpr::YesNo(value) => {
                Some(Condition { kind: ConditionKind::YesNo { value, is: true }, span: bare(expr).span })
            }
            other => {
                self.no_condition(expr, type_of(&other));
                None
            }
        }
    }

    fn no_condition(&mut self, expr: &Expr, kind: Type) {
        let text = self.findings.expr(expr);
        let inner = bare(expr);
        let literal = matches!(inner.kind, ExprKind::Text(_) | ExprKind::Date(_) | ExprKind::Number { .. });
        let help = match kind {
            _ if literal => {
                format!("say what is compared with it: `… {} {text}`", if kind == Type::Date { "after" } else { "is" })
            }
            Type::Number => format!("compare it: `{text} > 0`, or ask `{text} is known`"),
            Type::Text => format!("compare it: `{text} is \"…\"`, or ask `{text} is known`"),
            Type::Date => format!("compare it: `{text} in last 30 days`, or ask `{text} is known`"),
            _ => format!("compare it: `{text} includes \"…\"`, or ask `{text} is known`"),
        };
        let message = format!("`{text}` is {}, not something that holds or doesn't", type_words(kind));
        self.findings.error(code::NOT_A_CONDITION, expr.span, message, help);
    }

    pub fn number(&mut self, expr: &Expr) -> Option<NumberExpr> {
        self.wanted = Some(Type::Number);
        match self.infer(expr)? {
            AnyExpr::Number(number) => Some(number),
            other => {
                self.no_number(expr, &other);
                None
            }
        }
    }

    fn no_number(&mut self, expr: &Expr, value: &AnyExpr) {
        let text = self.findings.expr(bare(expr));
        let help = match value {
            AnyExpr::Text(TextExpr::Literal(literal)) => match Decimal::parse(literal.given.trim()) {
                Some(_) => format!("leave out the quotes: `{}`", literal.given.trim()),
                None => "write a number, or the name of one".to_owned(),
            },
            AnyExpr::Text(TextExpr::Field(_)) => {
                format!(
                    "if the data holds a number there, declare it so: `{text} number`; for its length write `length of {text}`"
                )
            }
            AnyExpr::Text(_) => format!("write a number, or the length of the text: `length of {text}`"),
            AnyExpr::Date(_) => format!("count the days: `days since {text}`"),
            AnyExpr::Condition(_) | AnyExpr::YesNo(_) => {
                format!("to give points for it write a rule: `+5 when {text}`")
            }
            AnyExpr::List(_) | AnyExpr::Number(_) => format!("ask what is in it: `{text} includes \"…\"`"),
        };
        let message = format!("`{text}` is {}, and here a number is needed", type_words(type_of(value)));
        self.findings.error(code::NOT_A_NUMBER, expr.span, message, help);
    }

    pub fn text(&mut self, expr: &Expr) -> Option<TextExpr> {
        self.wanted = Some(Type::Text);
        match self.infer(expr)? {
            AnyExpr::Text(text) => Some(text),
            other => {
                self.no_text(expr, type_of(&other));
                None
            }
        }
    }

    /// Reports a value that is no text.
    pub(super) fn no_text(&mut self, expr: &Expr, kind: Type) {
        let text = self.findings.expr(expr);
        let literal =
            matches!(expr.kind, ExprKind::Number { .. } | ExprKind::Date(_) | ExprKind::YesNo(_) | ExprKind::Negate(_));
        let help = if literal {
            format!("put quotes around it: `\"{text}\"`")
        } else {
            match kind {
                Type::List => format!("ask what is in it: `{text} includes \"…\"`"),
                _ => "write a text in quotes, or the name of one".to_owned(),
            }
        };
        let message = format!("`{text}` is {}, and here a text is needed", type_words(kind));
        self.findings.error(code::NOT_A_TEXT, expr.span, message, help);
    }

    /// A date after a word: a literal, a field, a define that asks about no events, or parentheses.
    pub fn date(&mut self, expr: &Expr) -> Option<DateExpr> {
        match &expr.kind {
            ExprKind::Text(text) => return self.quoted_date(text, expr.span),
            ExprKind::Events(_) => {
                self.needs_parentheses(expr);
                return None;
            }
            _ => {}
        }
        self.wanted = Some(Type::Date);
        let value = self.infer(expr)?;
        let AnyExpr::Date(date) = value else {
            self.no_date(expr, type_of(&value));
            return None;
        };
        if let (ExprKind::Name(_), DateExpr::Define(id)) = (&expr.kind, &date)
            && self.facts.reach(Symbol::Define(*id)).events
        {
            self.needs_parentheses(expr);
            return None;
        }
        Some(date)
    }

    fn quoted_date(&mut self, text: &str, span: Span) -> Option<DateExpr> {
        let help = if text.starts_with(|c: char| c.is_ascii_digit()) {
            format!("leave out the quotes: `{}`", text.trim())
        } else {
            "write year, month and day: `2026-05-01`".to_owned()
        };
        self.findings.error(code::NOT_A_DATE, span, "this is a text, and here a date is needed", help);
        None
    }

    fn needs_parentheses(&mut self, expr: &Expr) {
        let text = self.findings.expr(expr);
        self.findings.error(
            code::DATE_NEEDS_PARENTHESES,
            expr.span,
            format!("`{text}` asks about events, and so needs parentheses here"),
            format!("write `({text})`"),
        );
    }

    fn no_date(&mut self, expr: &Expr, kind: Type) {
        let text = self.findings.expr(expr);
        let help = match (kind, &bare(expr).kind) {
            (Type::Text, ExprKind::Name(name)) if self.is_lead_field(&name.text) => {
                format!("if the data holds a date there, declare it so: `{} date`", written(&name.text))
            }
            (Type::Number, ExprKind::Name(name)) if self.is_lead_field(&name.text) => format!(
                "if the data holds seconds since 1970 there, declare it so: `{} date in seconds`",
                written(&name.text)
            ),
            _ => "write a date, `2026-05-01`, or the name of one".to_owned(),
        };
        let message = format!("`{text}` is {}, and here a date is needed", type_words(kind));
        self.findings.add(Diagnostic::error(code::NOT_A_DATE, expr.span, message).help(help));
    }

    pub(super) fn is_lead_field(&self, name: &str) -> bool {
        matches!(self.model.names.get(&fold_name(name)), Some(Symbol::Field(_)))
    }

    /// `missing` where a value is needed.
    pub(super) fn stray_missing<T>(&mut self, span: Span) -> Option<T> {
        self.findings.error(
            code::MISSING_AS_VALUE,
            span,
            "`missing` is no value that can be counted or compared",
            "ask for it: `… is missing`, `… is not missing`",
        );
        None
    }

    /// `/regex/` anywhere but after `matches`.
    pub(super) fn stray_pattern<T>(&mut self, expr: &Expr) -> Option<T> {
        let text = self.findings.expr(expr);
        self.findings.error(
            code::PATTERN_MISPLACED,
            expr.span,
            "a pattern is no value",
            format!("compare a text with it: `… matches {text}`"),
        );
        None
    }
}
