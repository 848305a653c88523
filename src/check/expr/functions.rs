//! Word functions: `domain of email`, `days since created`, `first known of a, b`.

use super::Expressions;
use super::demand::type_of;
use super::property::type_words;
use crate::check::constants::bare;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::check as code;
use crate::model::{AnyExpr, DateExpr, NumberExpr, TextExpr, Type, YesNoExpr};
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind, Function};

impl Expressions<'_> {
    pub(super) fn function(&mut self, function: Function, arguments: &[Expr], span: Span) -> Option<AnyExpr> {
        let first = arguments.first();
        Some(match function {
            Function::DomainOf => AnyExpr::Text(TextExpr::DomainOf(Box::new(self.text(first?)?))),
            Function::LengthOf => AnyExpr::Number(NumberExpr::LengthOf(Box::new(self.text(first?)?))),
            Function::DaysSince => AnyExpr::Number(NumberExpr::DaysSince(Box::new(self.date(first?)?))),
            Function::DaysUntil => AnyExpr::Number(NumberExpr::DaysUntil(Box::new(self.date(first?)?))),
            Function::HourOf => AnyExpr::Number(NumberExpr::HourOf(Box::new(self.date(first?)?))),
            Function::WeekdayOf => AnyExpr::Text(TextExpr::WeekdayOf(Box::new(self.date(first?)?))),
            Function::CountOfKnown => self.count_of_known(arguments)?,
            Function::FirstKnownOf => self.first_known(arguments, span)?,
            Function::HighestOf => self.extreme(arguments, span, true)?,
            Function::LowestOf => self.extreme(arguments, span, false)?,
        })
    }

    fn count_of_known(&mut self, arguments: &[Expr]) -> Option<AnyExpr> {
        let checked: Vec<Option<AnyExpr>> = arguments.iter().map(|argument| self.value(argument)).collect();
        Some(AnyExpr::Number(NumberExpr::CountOfKnown(checked.into_iter().collect::<Option<_>>()?)))
    }

    /// A value that may be missing: anything but a condition.
    fn value(&mut self, expr: &Expr) -> Option<AnyExpr> {
        match self.infer(expr)? {
            AnyExpr::Condition(_) => {
                let text = self.findings.expr(expr);
                let help = match bare(expr).kind {
                    ExprKind::YesNo(false) => {
                        "leave it out: a yes/no value that is missing does not hold, as if it were no"
                    }
                    _ => "name fields or other values that may be missing",
                };
                let message = format!("`{text}` holds or doesn't hold, so it is never missing");
                self.findings.error(code::ALWAYS_KNOWN, expr.span, message, help);
                None
            }
            value => Some(value),
        }
    }

    fn first_known(&mut self, arguments: &[Expr], span: Span) -> Option<AnyExpr> {
        let values = self.values_of_one_type(arguments)?;
        Some(match values.first().map(type_of)? {
            Type::Number => AnyExpr::Number(NumberExpr::FirstKnown(values.into_iter().filter_map(number).collect())),
            Type::Text => AnyExpr::Text(TextExpr::FirstKnown(values.into_iter().filter_map(text).collect())),
            Type::Date => AnyExpr::Date(DateExpr::FirstKnown(values.into_iter().filter_map(date).collect())),
            Type::YesNo => AnyExpr::YesNo(YesNoExpr::FirstKnown(values.into_iter().filter_map(yes_no).collect())),
            Type::List | Type::Condition => {
                self.findings.error(
                    code::MIXED_TYPES,
                    span,
                    "`first known of` takes numbers, texts, dates or yes/no fields, not lists",
                    "ask for each list in turn: `a includes \"…\" or b includes \"…\"`",
                );
                return None;
            }
        })
    }

    fn extreme(&mut self, arguments: &[Expr], span: Span, highest: bool) -> Option<AnyExpr> {
        let values = self.values_of_one_type(arguments)?;
        match values.first().map(type_of)? {
            Type::Number => {
                let numbers = values.into_iter().filter_map(number).collect();
                Some(AnyExpr::Number(if highest { NumberExpr::Highest(numbers) } else { NumberExpr::Lowest(numbers) }))
            }
            Type::Date => {
                let dates = values.into_iter().filter_map(date).collect();
                Some(AnyExpr::Date(if highest { DateExpr::Highest(dates) } else { DateExpr::Lowest(dates) }))
            }
            other => {
                let word = if highest { "highest of" } else { "lowest of" };
                let message = format!("`{word}` compares numbers or dates, and this is {}", type_words(other));
                let place = arguments.first().map_or(span, |argument| argument.span);
                self.findings.error(code::MIXED_TYPES, place, message, "name numbers or dates");
                None
            }
        }
    }

    fn values_of_one_type(&mut self, arguments: &[Expr]) -> Option<Vec<AnyExpr>> {
        let checked: Vec<Option<AnyExpr>> = arguments.iter().map(|argument| self.value(argument)).collect();
        let values: Vec<AnyExpr> = checked.into_iter().collect::<Option<_>>()?;
        let kind = type_of(values.first()?);
        let other = values.iter().zip(arguments).find(|(value, _)| type_of(value) != kind);
        let Some((value, argument)) = other else { return Some(values) };
        let first = arguments.first()?;
        let message = format!(
            "`{}` is {}, and `{}` is {}",
            self.findings.expr(first),
            type_words(kind),
            self.findings.expr(argument),
            type_words(type_of(value))
        );
        self.findings.add(
            Diagnostic::error(code::MIXED_TYPES, argument.span, message)
                .also(first.span, "the first one")
                .help("name values of one kind: all numbers, all texts, all dates or all yes/no"),
        );
        None
    }
}

fn number(value: AnyExpr) -> Option<NumberExpr> {
    if let AnyExpr::Number(number) = value { Some(number) } else { None }
}

fn text(value: AnyExpr) -> Option<TextExpr> {
    if let AnyExpr::Text(text) = value { Some(text) } else { None }
}

fn date(value: AnyExpr) -> Option<DateExpr> {
    if let AnyExpr::Date(date) = value { Some(date) } else { None }
}

fn yes_no(value: AnyExpr) -> Option<YesNoExpr> {
    if let AnyExpr::YesNo(value) = value { Some(value) } else { None }
}
