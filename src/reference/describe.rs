//! Expressions and values in the words of the language.
//!
//! Conditions and selectors lead back to their text by their spans; expressions have none and are written anew.

use super::number::{Operator, chain};
use crate::model::{AnyExpr, DateExpr, ListExpr, Model, NumberExpr, Property, Selector, TextExpr, YesNoExpr};
use crate::source::Span;
use crate::value::Value;

/// The longest text of a condition or selector that a line shows, in characters.
const LONGEST: usize = 120;

/// A value as it is written in the language; `missing` where it is.
pub fn show(value: Option<&Value>) -> String {
    match value {
        None => "missing".to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Text(text)) => quoted(&text.given),
        Some(Value::YesNo(answer)) => if *answer { "yes" } else { "no" }.to_owned(),
        Some(Value::Date(date)) => date.to_string(),
        Some(Value::List(texts)) => texts.iter().map(|text| quoted(&text.given)).collect::<Vec<_>>().join(", "),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t"))
}

/// Writes expressions with the names of a model.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub model: &'a Model,
}

impl Words<'_> {
    /// The text of a place on one line, without comments, shortened where it is long.
    pub fn source(&self, span: Span) -> String {
        let lines = self.model.sources.text(span).lines().map(without_comment);
        let text = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }

    /// A term of a derived score: a score by its label.
    pub fn term(&self, expr: &NumberExpr) -> String {
        match expr {
            NumberExpr::Score(score) => {
                self.model.scores.get(score.index()).map(|score| score.label.clone()).unwrap_or_default()
            }
            other => self.number(other),
        }
    }

    pub fn any(&self, expr: &AnyExpr) -> String {
        match expr {
            AnyExpr::Condition(condition) => self.source(condition.span),
            AnyExpr::Number(number) => self.number(number),
            AnyExpr::Text(text) => self.text(text),
            AnyExpr::Date(date) => self.date(date),
            AnyExpr::YesNo(answer) => self.yes_no(answer),
            AnyExpr::List(list) => self.list(list),
        }
    }

    pub fn number(&self, expr: &NumberExpr) -> String {
        let (leftmost, steps) = chain(expr);
        let mut text = self.operand(leftmost);
        let mut is_sum = false;
        for step in steps {
            let (sign, binds_tighter) = match step.operator {
                Operator::Add => (" + ", false),
                Operator::Subtract => (" - ", false),
                Operator::Multiply => (" * ", true),
                Operator::Divide => (" / ", true),
            };
            if is_sum && binds_tighter {
                text = format!("({text})");
            }
            let right = self.number(step.right);
            let needs_parentheses = is_sum_expr(step.right) || binds_tighter && is_product_expr(step.right);
            text.push_str(sign);
            text.push_str(&if needs_parentheses { format!("({right})") } else { right });
            is_sum = !binds_tighter;
        }
        text
    }

    fn operand(&self, expr: &NumberExpr) -> String {
        let of = |words: &str, property: &Property, selector: &Selector| self.of(words, property, selector);
        match expr {
            NumberExpr::Literal(number) => number.to_string(),
            NumberExpr::Missing => "missing".to_owned(),
            NumberExpr::Field(field) => self.field(*field),
            NumberExpr::Property(property) => property.name.clone(),
            NumberExpr::Define(define) => self.define(*define),
            NumberExpr::Lookup(lookup) => self.lookup(*lookup),
            NumberExpr::Score(score) => {
                self.model.scores.get(score.index()).map(|score| score.name.clone()).unwrap_or_default()
            }
            NumberExpr::Negate(expr) => format!("-{}", self.one(expr)),
            NumberExpr::Add(..) | NumberExpr::Subtract(..) | NumberExpr::Multiply(..) | NumberExpr::Divide(..) => {
                self.number(expr)
            }
            NumberExpr::PercentOf(percent, expr) => format!("{percent}% of {}", self.one(expr)),
            NumberExpr::LengthOf(text) => format!("length of {}", self.text(text)),
            NumberExpr::DaysSince(date) => format!("days since {}", self.date(date)),
            NumberExpr::DaysUntil(date) => format!("days until {}", self.date(date)),
            NumberExpr::HourOf(date) => format!("hour of {}", self.date(date)),
            NumberExpr::CountOfKnown(values) => {
                format!("count of known {}", join(values.iter().map(|value| self.any(value))))
            }
            NumberExpr::FirstKnown(values) => {
                format!("first known of {}", join(values.iter().map(|value| self.one(value))))
            }
            NumberExpr::Highest(values) => format!("highest of {}", join(values.iter().map(|value| self.one(value)))),
            NumberExpr::Lowest(values) => format!("lowest of {}", join(values.iter().map(|value| self.one(value)))),
            NumberExpr::CountOf(selector) => format!("count of {}", self.source(selector.span)),
            NumberExpr::CountOfDistinct(property, selector) => of("count of distinct", property, selector),
            NumberExpr::SumOf(property, selector) => of("sum of", property, selector),
            NumberExpr::AverageOf(property, selector) => of("average of", property, selector),
            NumberExpr::HighestOf(property, selector) => of("highest of", property, selector),
            NumberExpr::LowestOf(property, selector) => of("lowest of", property, selector),
            NumberExpr::Latest(property, selector) => of("latest", property, selector),
            NumberExpr::First(property, selector) => of("first", property, selector),
            NumberExpr::DaysSinceLast(selector) => format!("days since last {}", self.source(selector.span)),
            NumberExpr::DaysSinceFirst(selector) => format!("days since first {}", self.source(selector.span)),
            NumberExpr::PointsOf(rule) => format!("points of {}", quoted(&self.rule_label(*rule))),
        }
    }

    /// In parentheses where it is more than one operand.
    fn one(&self, expr: &NumberExpr) -> String {
        let text = self.number(expr);
        if is_sum_expr(expr) || is_product_expr(expr) { format!("({text})") } else { text }
    }

    pub fn text(&self, expr: &TextExpr) -> String {
        match expr {
            TextExpr::Literal(text) => quoted(&text.given),
            TextExpr::Field(field) => self.field(*field),
            TextExpr::Property(property) => property.name.clone(),
            TextExpr::Define(define) => self.define(*define),
            TextExpr::Lookup(lookup) => self.lookup(*lookup),
            TextExpr::Matrix(matrix) => {
                self.model.matrices.get(matrix.index()).map(|matrix| matrix.name.clone()).unwrap_or_default()
            }
            TextExpr::DomainOf(text) => format!("domain of {}", self.text(text)),
            TextExpr::WeekdayOf(date) => format!("weekday of {}", self.date(date)),
            TextExpr::FirstKnown(texts) => format!("first known of {}", join(texts.iter().map(|text| self.text(text)))),
            TextExpr::Latest(property, selector) => self.of("latest", property, selector),
            TextExpr::First(property, selector) => self.of("first", property, selector),
            TextExpr::ExcludedReason => "excluded".to_owned(),
        }
    }

    pub fn date(&self, expr: &DateExpr) -> String {
        match expr {
            DateExpr::Literal(date) => date.to_string(),
            DateExpr::Field(field) => self.field(*field),
            DateExpr::Property(property) => property.name.clone(),
            DateExpr::At => "at".to_owned(),
            DateExpr::Define(define) => self.define(*define),
            DateExpr::FirstKnown(dates) => format!("first known of {}", join(dates.iter().map(|date| self.date(date)))),
            DateExpr::Highest(dates) => format!("highest of {}", join(dates.iter().map(|date| self.date(date)))),
            DateExpr::Lowest(dates) => format!("lowest of {}", join(dates.iter().map(|date| self.date(date)))),
            DateExpr::Latest(property, selector) => self.of("latest", property, selector),
            DateExpr::First(property, selector) => self.of("first", property, selector),
            DateExpr::LatestAt(selector) => format!("latest at in {}", self.source(selector.span)),
            DateExpr::FirstAt(selector) => format!("first at in {}", self.source(selector.span)),
        }
    }

    pub fn yes_no(&self, expr: &YesNoExpr) -> String {
        match expr {
            YesNoExpr::Field(field) => self.field(*field),
            YesNoExpr::Property(property) => property.name.clone(),
            YesNoExpr::Define(define) => self.define(*define),
            YesNoExpr::FirstKnown(answers) => {
                format!("first known of {}", join(answers.iter().map(|answer| self.yes_no(answer))))
            }
            YesNoExpr::Latest(property, selector) => self.of("latest", property, selector),
            YesNoExpr::First(property, selector) => self.of("first", property, selector),
        }
    }

    pub fn list(&self, expr: &ListExpr) -> String {
        match expr {
            ListExpr::Field(field) => self.field(*field),
            ListExpr::Property(property) => property.name.clone(),
            ListExpr::Define(define) => self.define(*define),
        }
    }

    pub fn define(&self, define: crate::model::DefineId) -> String {
        self.model.defines.get(define.index()).map(|define| define.name.clone()).unwrap_or_default()
    }

    fn field(&self, field: crate::model::FieldId) -> String {
        self.model.lead.fields.get(field.index()).map(|field| field.name.clone()).unwrap_or_default()
    }

    fn lookup(&self, lookup: crate::model::LookupId) -> String {
        self.model.lookups.get(lookup.index()).map(|lookup| lookup.name.clone()).unwrap_or_default()
    }

    fn of(&self, words: &str, property: &Property, selector: &Selector) -> String {
        format!("{words} {} in {}", property.name, self.source(selector.span))
    }

    fn rule_label(&self, rule: crate::model::RuleId) -> String {
        super::why_rule::find(self.model, rule).map(|found| found.rule.label.clone()).unwrap_or_default()
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn is_sum_expr(expr: &NumberExpr) -> bool {
    matches!(expr, NumberExpr::Add(..) | NumberExpr::Subtract(..))
}

fn is_product_expr(expr: &NumberExpr) -> bool {
    matches!(expr, NumberExpr::Multiply(..) | NumberExpr::Divide(..))
}

/// A `#` outside quotes starts a comment.
fn without_comment(line: &str) -> &str {
    let mut in_quotes = false;
    for (place, character) in line.char_indices() {
        match character {
            '"' => in_quotes = !in_quotes,
            '#' if !in_quotes => return line.get(..place).unwrap_or(line),
            _ => {}
        }
    }
    line
}
