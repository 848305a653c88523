//! Values that a test gives: typed like the field, and as strict as data.

use super::Build;
use super::constants::{bare, is_number_literal};
use super::expr::type_words;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{Field, FieldKind};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind};
use crate::value::{Decimal, Text, Value};

impl Build<'_> {
    /// The value of a field or property; the outer `None` is an error, the inner one a missing value.
    pub(super) fn test_value(
        &mut self,
        field: &Field,
        placeholders: &[String],
        values: &[Expr],
        place: Span,
    ) -> Option<Option<Value>> {
        if let FieldKind::ListOfText = field.kind
            && !matches!(values, [one] if matches!(one.kind, ExprKind::Missing))
        {
            return self.test_list(field, placeholders, values);
        }
        let [value] = values else {
            let message = format!("`{}` has one value", field.name);
            self.findings.error(
                code::TEST_VALUE,
                place,
                message,
                format!("write `{} {}`", field.name, sample(&field.kind)),
            );
            return None;
        };
        let value = bare(value);
        match (&value.kind, &field.kind) {
            (ExprKind::Missing, _) => Some(None),
            (ExprKind::Text(text), FieldKind::Text | FieldKind::OneOf(_)) => {
                Some(Text::new(text).filter(|text| !text.is_among(placeholders)).map(Value::Text))
            }
            (ExprKind::YesNo(yes), FieldKind::YesNo { .. }) => Some(Some(Value::YesNo(*yes))),
            (ExprKind::Date(date), FieldKind::Date { .. }) => {
                let moment = self.findings.date(date, value.span, &self.model.zone)?;
                Some(Some(Value::Date(moment)))
            }
            (_, FieldKind::Number { from, to, .. }) if is_number_literal(value) => {
                let number = self.findings.plain_number(value, "a value")?;
                self.in_range(field, number, (*from, *to), value.span).then_some(Some(Value::Number(number)))
            }
            _ => {
                self.wrong_test_value(field, value);
                None
            }
        }
    }

    fn test_list(&mut self, field: &Field, placeholders: &[String], values: &[Expr]) -> Option<Option<Value>> {
        let mut texts = Vec::new();
        for value in values {
            let ExprKind::Text(text) = &bare(value).kind else {
                self.wrong_test_value(field, value);
                return None;
            };
            texts.extend(Text::new(text).filter(|text| !text.is_among(placeholders)));
        }
        Some(if texts.is_empty() { None } else { Some(Value::List(texts)) })
    }

    fn wrong_test_value(&mut self, field: &Field, value: &Expr) {
        let text = self.findings.expr(value);
        let plain = text.trim_matches('"');
        let help = match (&field.kind, &value.kind) {
            (FieldKind::Text | FieldKind::OneOf(_) | FieldKind::ListOfText, ExprKind::Text(_)) => String::new(),
            (FieldKind::Text | FieldKind::OneOf(_) | FieldKind::ListOfText, _) => {
                format!("put quotes around it: `{} \"{plain}\"`", field.name)
            }
            (FieldKind::Number { .. }, ExprKind::Text(_)) if Decimal::parse(plain).is_some() => {
                format!("leave out the quotes: `{} {plain}`", field.name)
            }
            (FieldKind::Date { .. }, ExprKind::Text(_)) if plain.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("leave out the quotes: `{} {plain}`", field.name)
            }
            (FieldKind::YesNo { .. }, ExprKind::Text(_)) if matches!(plain, "yes" | "no") => {
                format!("leave out the quotes: `{} {plain}`", field.name)
            }
            (kind, _) => format!("write `{} {}`, or `{} missing`", field.name, sample(kind), field.name),
        };
        let message = format!("`{}` is {}, and `{text}` is not", field.name, type_words(field.kind.type_of()));
        self.findings.error(code::TEST_VALUE, value.span, message, help);
    }

    fn in_range(
        &mut self,
        field: &Field,
        number: Decimal,
        (from, to): (Option<Decimal>, Option<Decimal>),
        span: Span,
    ) -> bool {
        let (side, limit) = match (from.filter(|from| number < *from), to.filter(|to| number > *to)) {
            (Some(from), _) => ("below", from),
            (_, Some(to)) => ("above", to),
            _ => return true,
        };
        self.findings.add(
            Diagnostic::error(
                code::TEST_OUT_OF_RANGE,
                span,
                format!("`{}` can't be {number}: that is {side} {limit}", field.name),
            )
            .also(field.span, "declared here")
            .help("write a value that the data can have; a row with this one would be refused"),
        );
        false
    }
}

/// A value of the kind, to show how it is written.
pub(super) fn sample(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text | FieldKind::ListOfText => "\"…\"".to_owned(),
        FieldKind::OneOf(values) => format!("\"{}\"", values.first().map_or("…", |value| value.given.as_str())),
        FieldKind::Number { from, .. } => from.unwrap_or(Decimal::ONE).to_string(),
        FieldKind::YesNo { .. } => "yes".to_owned(),
        FieldKind::Date { .. } => "2026-05-01".to_owned(),
    }
}
