//! Values worth trying: those that conditions name, and what data could hold.

use super::{Collected, MOST_VALUES, Subjects};
use crate::model::{DateExpr, DateTest, FieldKind, Pattern, TextOperand};
use crate::value::{Decimal, Duration, Instant, Moment, Text, TimeUnit, Value};

impl<'m> Collected<'m> {
    /// Moments for which the test may hold: the one named, a day before and after it, now, some way ahead.
    pub(super) fn moments(&self, test: &DateTest) -> Vec<Moment> {
        let zone = &self.model.zone;
        let day = Duration { count: 1, unit: TimeUnit::Day };
        let now = Moment::Instant(self.as_of);
        let around = |date: &DateExpr| match date {
            DateExpr::Literal(moment) => {
                let first = moment.first(zone);
                let sides = [first.minus(day, zone), moment.last(zone).plus(day, zone)];
                std::iter::once(*moment).chain(sides.into_iter().flatten().map(Moment::Instant)).collect()
            }
            _ => vec![now],
        };
        match test {
            DateTest::Before(date) | DateTest::After(date) | DateTest::On(date) => around(date),
            DateTest::Between(from, to) => [around(from), around(to)].concat(),
            DateTest::InLast(_) | DateTest::InNext(_) => vec![now],
        }
    }

    pub(super) fn operands(&self, operands: &[TextOperand]) -> Vec<Text> {
        let mut texts = Vec::new();
        for operand in operands {
            match operand {
                TextOperand::Literal(text) => texts.push(text.clone()),
                TextOperand::List(list) => {
                    texts.extend(self.model.lists.get(list.index()).and_then(|list| list.values.first()).cloned());
                }
                TextOperand::Expr(_) => {}
            }
        }
        texts.truncate(3);
        texts
    }

    /// A text that a glob covers. Regular expressions are left to the analysis.
    pub(super) fn example_of(&self, pattern: &Pattern) -> Option<Text> {
        let glob = match pattern {
            Pattern::Glob(glob) => glob.clone(),
            Pattern::List(_, globs) => globs.first()?.clone(),
            Pattern::Regex(_) => return None,
        };
        Text::new(&glob.pattern().replace('*', "").replace('?', "a"))
    }

    /// Values worth trying, all of which data could hold.
    pub(super) fn values_of(&self, subject: Subjects, kind: &FieldKind) -> Vec<Value> {
        let mut values = self.values.get(&subject).cloned().unwrap_or_default();
        match kind {
            FieldKind::OneOf(of) => {
                for text in of.iter().take(MOST_VALUES) {
                    let value = Value::Text(text.clone());
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            FieldKind::Number { from, to, .. } => {
                values.extend([from, to].into_iter().flatten().map(|edge| Value::Number(*edge)));
                values.retain(|value| match value {
                    Value::Number(number) => {
                        from.is_none_or(|from| *number >= from) && to.is_none_or(|to| *number <= to)
                    }
                    _ => false,
                });
            }
            _ => {}
        }
        if values.is_empty() {
            values.extend(plain_value(kind, self.as_of));
        }
        let wanted = kind.type_of();
        values.retain(|value| type_of(value) == wanted);
        values
    }
}

fn type_of(value: &Value) -> crate::model::Type {
    use crate::model::Type;
    match value {
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::YesNo(_) => Type::YesNo,
        Value::Date(_) => Type::Date,
        Value::List(_) => Type::List,
    }
}

/// Something unremarkable of the kind.
pub(super) fn plain_value(kind: &FieldKind, as_of: Instant) -> Option<Value> {
    match kind {
        FieldKind::Text => Text::new("something").map(Value::Text),
        FieldKind::OneOf(values) => values.first().cloned().map(Value::Text),
        FieldKind::Number { from, to, .. } => {
            let raised = from.unwrap_or_default().max(Decimal::ZERO);
            Some(Value::Number(to.map_or(raised, |to| to.min(raised))))
        }
        FieldKind::YesNo { .. } => Some(Value::YesNo(true)),
        FieldKind::Date { .. } => Some(Value::Date(Moment::Instant(as_of))),
        FieldKind::ListOfText => Text::new("something").map(|text| Value::List(vec![text])),
    }
}
