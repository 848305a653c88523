//! Whether an expression reads the event in whose scope it stands. What does not is worked out once for the lead.
//!
//! Selectors are not looked into: their filters see events of their own, their dates the lead alone.

use super::number::chain;
use crate::model::{
    AnyExpr, Condition, ConditionKind, DateExpr, DateTest, ListExpr, NumberExpr, NumberTest, TextExpr, TextOperand,
    TextTest, YesNoExpr,
};

pub(super) fn any(expr: &AnyExpr) -> bool {
    match expr {
        AnyExpr::Condition(inner) => condition(inner),
        AnyExpr::Number(inner) => number(inner),
        AnyExpr::Text(inner) => text(inner),
        AnyExpr::Date(inner) => date(inner),
        AnyExpr::YesNo(inner) => yes_no(inner),
        AnyExpr::List(inner) => list(inner),
    }
}

pub(super) fn condition(expr: &Condition) -> bool {
    match &expr.kind {
        ConditionKind::Constant(_)
        | ConditionKind::BandKnown(_)
        | ConditionKind::Band { .. }
        | ConditionKind::Define(_)
        | ConditionKind::Threshold(_)
        | ConditionKind::Excluded => false,
        ConditionKind::All(parts) | ConditionKind::Any(parts) => parts.iter().any(condition),
        ConditionKind::Not(inner) => condition(inner),
        ConditionKind::Known(inner) => any(inner),
        ConditionKind::YesNo { value, .. } => yes_no(value),
        ConditionKind::Text { value, test } => text(value) || text_test(test),
        ConditionKind::Includes { list: value, operands, .. } => list(value) || operands.iter().any(text_operand),
        ConditionKind::Number { value, test } => number(value) || number_test(test),
        ConditionKind::Date { value, test } => date(value) || date_test(test),
        ConditionKind::Events { number: count, .. } => number(count),
    }
}

fn text_test(test: &TextTest) -> bool {
    match test {
        TextTest::Is(operands) | TextTest::Part { operands, .. } => operands.iter().any(text_operand),
        TextTest::Matches(_) | TextTest::LooksRandom => false,
    }
}

fn text_operand(operand: &TextOperand) -> bool {
    matches!(operand, TextOperand::Expr(expr) if text(expr))
}

fn number_test(test: &NumberTest) -> bool {
    match test {
        NumberTest::Compare(_, other) => number(other),
        NumberTest::Between(low, high) => number(low) || number(high),
        NumberTest::OneOf(all) => all.iter().any(number),
    }
}

fn date_test(test: &DateTest) -> bool {
    match test {
        DateTest::Before(other) | DateTest::After(other) | DateTest::On(other) => date(other),
        DateTest::Between(low, high) => date(low) || date(high),
        DateTest::InLast(_) | DateTest::InNext(_) => false,
    }
}

pub(super) fn number(expr: &NumberExpr) -> bool {
    let (leftmost, steps) = chain(expr);
    operand(leftmost) || steps.into_iter().any(|(_, right)| number(right))
}

fn operand(expr: &NumberExpr) -> bool {
    match expr {
        NumberExpr::Property(_) => true,
        NumberExpr::Negate(inner) | NumberExpr::PercentOf(_, inner) => number(inner),
        NumberExpr::LengthOf(inner) => text(inner),
        NumberExpr::DaysSince(inner) | NumberExpr::DaysUntil(inner) | NumberExpr::HourOf(inner) => date(inner),
        NumberExpr::CountOfKnown(all) => all.iter().any(any),
        NumberExpr::FirstKnown(all) | NumberExpr::Highest(all) | NumberExpr::Lowest(all) => all.iter().any(number),
        _ => false,
    }
}

pub(super) fn text(expr: &TextExpr) -> bool {
    match expr {
        TextExpr::Property(_) => true,
        TextExpr::DomainOf(inner) => text(inner),
        TextExpr::WeekdayOf(inner) => date(inner),
        TextExpr::FirstKnown(all) => all.iter().any(text),
        _ => false,
    }
}

pub(super) fn date(expr: &DateExpr) -> bool {
    match expr {
        DateExpr::Property(_) | DateExpr::At => true,
        DateExpr::FirstKnown(all) | DateExpr::Highest(all) | DateExpr::Lowest(all) => all.iter().any(date),
        _ => false,
    }
}

pub(super) fn yes_no(expr: &YesNoExpr) -> bool {
    match expr {
        YesNoExpr::Property(_) => true,
        YesNoExpr::FirstKnown(all) => all.iter().any(yes_no),
        _ => false,
    }
}

pub(super) fn list(expr: &ListExpr) -> bool {
    matches!(expr, ListExpr::Property(_))
}
