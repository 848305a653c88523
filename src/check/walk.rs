//! Walks checked expressions and names all that they read.
//!
//! Nothing is followed: a define is named, not looked into. Depth is bounded by that of the checked expression.

use crate::model::{
    AnyExpr, Condition, ConditionKind, DateExpr, DateTest, DefineId, EventId, FieldId, ListExpr, LookupId, MatrixId,
    NumberExpr, NumberTest, Pattern, Property, ScoreId, Selector, TextExpr, TextOperand, TextTest, ThresholdId, Which,
    YesNoExpr,
};
use std::collections::BTreeSet;

/// One thing that an expression reads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Read<'m> {
    Field(FieldId),
    Property(&'m Property),
    List,
    Define(DefineId),
    Lookup(LookupId),
    /// Its number, or its band
    Score(ScoreId),
    Matrix(MatrixId),
    Threshold(ThresholdId),
    /// The types of a selector, a `since last` or a `within … after`
    Events(&'m BTreeSet<EventId>),
}

pub(super) type Visit<'v> = &'v mut dyn FnMut(Read<'_>);

pub(super) fn any(expr: &AnyExpr, visit: Visit<'_>) {
    match expr {
        AnyExpr::Condition(inner) => condition(inner, visit),
        AnyExpr::Number(inner) => number(inner, visit),
        AnyExpr::Text(inner) => text(inner, visit),
        AnyExpr::Date(inner) => date(inner, visit),
        AnyExpr::YesNo(inner) => yes_no(inner, visit),
        AnyExpr::List(inner) => list(inner, visit),
    }
}

pub(super) fn condition(expr: &Condition, visit: Visit<'_>) {
    match &expr.kind {
        ConditionKind::Constant(_) | ConditionKind::Excluded => {}
        ConditionKind::All(parts) | ConditionKind::Any(parts) => parts.iter().for_each(|part| condition(part, visit)),
        ConditionKind::Not(inner) => condition(inner, visit),
        ConditionKind::Known(inner) => any(inner, visit),
        ConditionKind::BandKnown(score) | ConditionKind::Band { score, .. } => visit(Read::Score(*score)),
        ConditionKind::YesNo { value, .. } => yes_no(value, visit),
        ConditionKind::Text { value, test } => {
            text(value, visit);
            text_test(test, visit);
        }
        ConditionKind::Includes { list: value, operands, .. } => {
            list(value, visit);
            operands.iter().for_each(|operand| text_operand(operand, visit));
        }
        ConditionKind::Number { value, test } => {
            number(value, visit);
            number_test(test, visit);
        }
        ConditionKind::Date { value, test } => {
            date(value, visit);
            date_test(test, visit);
        }
        ConditionKind::Events { selector: events, number: count, .. } => {
            selector(events, visit);
            number(count, visit);
        }
        ConditionKind::Define(id) => visit(Read::Define(*id)),
        ConditionKind::Threshold(id) => visit(Read::Threshold(*id)),
    }
}

fn text_test(test: &TextTest, visit: Visit<'_>) {
    match test {
        TextTest::Is(operands) | TextTest::Part { operands, .. } => {
            operands.iter().for_each(|operand| text_operand(operand, visit));
        }
        TextTest::Matches(patterns) => {
            for pattern in patterns {
                if let Pattern::List(..) = pattern {
                    visit(Read::List);
                }
            }
        }
        TextTest::LooksRandom => {}
    }
}

fn text_operand(operand: &TextOperand, visit: Visit<'_>) {
    match operand {
        TextOperand::Literal(_) => {}
        TextOperand::List(_) => visit(Read::List),
        TextOperand::Expr(expr) => text(expr, visit),
    }
}

fn number_test(test: &NumberTest, visit: Visit<'_>) {
    match test {
        NumberTest::Compare(_, other) => number(other, visit),
        NumberTest::Between(low, high) => {
            number(low, visit);
            number(high, visit);
        }
        NumberTest::OneOf(all) => all.iter().for_each(|one| number(one, visit)),
    }
}

fn date_test(test: &DateTest, visit: Visit<'_>) {
    match test {
        DateTest::Before(other) | DateTest::After(other) | DateTest::On(other) => date(other, visit),
        DateTest::Between(low, high) => {
            date(low, visit);
            date(high, visit);
        }
        DateTest::InLast(_) | DateTest::InNext(_) => {}
    }
}

pub(super) fn number(expr: &NumberExpr, visit: Visit<'_>) {
    match expr {
        NumberExpr::Literal(_) | NumberExpr::Missing | NumberExpr::PointsOf(_) => {}
        NumberExpr::Field(id) => visit(Read::Field(*id)),
        NumberExpr::Property(property) => visit(Read::Property(property)),
        NumberExpr::Define(id) => visit(Read::Define(*id)),
        NumberExpr::Lookup(id) => visit(Read::Lookup(*id)),
        NumberExpr::Score(id) => visit(Read::Score(*id)),
        NumberExpr::Negate(inner) | NumberExpr::PercentOf(_, inner) => number(inner, visit),
        NumberExpr::Add(left, right)
        | NumberExpr::Subtract(left, right)
        | NumberExpr::Multiply(left, right)
        | NumberExpr::Divide(left, right) => {
            number(left, visit);
            number(right, visit);
        }
        NumberExpr::LengthOf(inner) => text(inner, visit),
        NumberExpr::DaysSince(inner) | NumberExpr::DaysUntil(inner) | NumberExpr::HourOf(inner) => date(inner, visit),
        NumberExpr::CountOfKnown(all) => all.iter().for_each(|one| any(one, visit)),
        NumberExpr::FirstKnown(all) | NumberExpr::Highest(all) | NumberExpr::Lowest(all) => {
            all.iter().for_each(|one| number(one, visit));
        }
        NumberExpr::CountOf(events) | NumberExpr::DaysSinceLast(events) | NumberExpr::DaysSinceFirst(events) => {
            selector(events, visit);
        }
        NumberExpr::CountOfDistinct(property, events)
        | NumberExpr::SumOf(property, events)
        | NumberExpr::AverageOf(property, events)
        | NumberExpr::HighestOf(property, events)
        | NumberExpr::LowestOf(property, events)
        | NumberExpr::Latest(property, events)
        | NumberExpr::First(property, events) => property_of(property, events, visit),
    }
}

fn property_of(property: &Property, events: &Selector, visit: Visit<'_>) {
    visit(Read::Property(property));
    selector(events, visit);
}

pub(super) fn text(expr: &TextExpr, visit: Visit<'_>) {
    match expr {
        TextExpr::Literal(_) | TextExpr::ExcludedReason => {}
        TextExpr::Field(id) => visit(Read::Field(*id)),
        TextExpr::Property(property) => visit(Read::Property(property)),
        TextExpr::Define(id) => visit(Read::Define(*id)),
        TextExpr::Lookup(id) => visit(Read::Lookup(*id)),
        TextExpr::Matrix(id) => visit(Read::Matrix(*id)),
        TextExpr::DomainOf(inner) => text(inner, visit),
        TextExpr::WeekdayOf(inner) => date(inner, visit),
        TextExpr::FirstKnown(all) => all.iter().for_each(|one| text(one, visit)),
        TextExpr::Latest(property, events) | TextExpr::First(property, events) => property_of(property, events, visit),
    }
}

pub(super) fn date(expr: &DateExpr, visit: Visit<'_>) {
    match expr {
        DateExpr::Literal(_) | DateExpr::At => {}
        DateExpr::Field(id) => visit(Read::Field(*id)),
        DateExpr::Property(property) => visit(Read::Property(property)),
        DateExpr::Define(id) => visit(Read::Define(*id)),
        DateExpr::FirstKnown(all) | DateExpr::Highest(all) | DateExpr::Lowest(all) => {
            all.iter().for_each(|one| date(one, visit));
        }
        DateExpr::Latest(property, events) | DateExpr::First(property, events) => property_of(property, events, visit),
        DateExpr::LatestAt(events) | DateExpr::FirstAt(events) => selector(events, visit),
    }
}

fn yes_no(expr: &YesNoExpr, visit: Visit<'_>) {
    match expr {
        YesNoExpr::Field(id) => visit(Read::Field(*id)),
        YesNoExpr::Property(property) => visit(Read::Property(property)),
        YesNoExpr::Define(id) => visit(Read::Define(*id)),
        YesNoExpr::FirstKnown(all) => all.iter().for_each(|one| yes_no(one, visit)),
        YesNoExpr::Latest(property, events) | YesNoExpr::First(property, events) => {
            property_of(property, events, visit)
        }
    }
}

fn list(expr: &ListExpr, visit: Visit<'_>) {
    match expr {
        ListExpr::Field(id) => visit(Read::Field(*id)),
        ListExpr::Property(property) => visit(Read::Property(property)),
        ListExpr::Define(id) => visit(Read::Define(*id)),
    }
}

pub(super) fn selector(events: &Selector, visit: Visit<'_>) {
    visit(Read::Events(&events.types));
    if let Some(filter) = &events.filter {
        condition(filter, visit);
    }
    for window in [&events.since, &events.before].into_iter().flatten() {
        date(window, visit);
    }
    events.since_last.iter().for_each(|which| look_back(which, visit));
    if let Some((_, which)) = &events.within_after {
        look_back(which, visit);
    }
}

fn look_back(which: &Which, visit: Visit<'_>) {
    visit(Read::Events(&which.types));
    if let Some(filter) = &which.filter {
        condition(filter, visit);
    }
}
