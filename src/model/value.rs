//! Expressions that have a value, by type. Each may be missing for a lead.

use super::{AnyExpr, DefineId, FieldId, LookupId, MatrixId, Property, RuleId, ScoreId, Selector};
use crate::value::{Decimal, Moment, Text};

#[derive(Debug, Clone, PartialEq)]
pub enum NumberExpr {
    Literal(Decimal),
    /// `missing`, where a test expects it
    Missing,
    Field(FieldId),
    Property(Property),
    Define(DefineId),
    Lookup(LookupId),
    Score(ScoreId),
    Negate(Box<NumberExpr>),
    Add(Box<NumberExpr>, Box<NumberExpr>),
    Subtract(Box<NumberExpr>, Box<NumberExpr>),
    Multiply(Box<NumberExpr>, Box<NumberExpr>),
    Divide(Box<NumberExpr>, Box<NumberExpr>),
    /// `30% of X`: the 30
    PercentOf(Decimal, Box<NumberExpr>),
    /// `length of TEXT`
    LengthOf(Box<TextExpr>),
    /// `days since DATE`
    DaysSince(Box<DateExpr>),
    /// `days until DATE`
    DaysUntil(Box<DateExpr>),
    /// `hour of DATE`
    HourOf(Box<DateExpr>),
    /// `count of known A, B`
    CountOfKnown(Vec<AnyExpr>),
    FirstKnown(Vec<NumberExpr>),
    /// Of those known
    Highest(Vec<NumberExpr>),
    /// Of those known
    Lowest(Vec<NumberExpr>),
    /// `count of S`
    CountOf(Box<Selector>),
    /// `count of distinct P in S`: how many different known values, texts folded
    CountOfDistinct(Property, Box<Selector>),
    /// `sum of P in S`: 0 where there are none
    SumOf(Property, Box<Selector>),
    AverageOf(Property, Box<Selector>),
    HighestOf(Property, Box<Selector>),
    LowestOf(Property, Box<Selector>),
    Latest(Property, Box<Selector>),
    First(Property, Box<Selector>),
    DaysSinceLast(Box<Selector>),
    DaysSinceFirst(Box<Selector>),
    /// `points of "Label"`, in tests: the rule's points in its score's breakdown, 0 where a choice dropped it
    PointsOf(RuleId),
}

#[derive(Debug, Clone, PartialEq)]
pub enum TextExpr {
    Literal(Text),
    Field(FieldId),
    Property(Property),
    Define(DefineId),
    Lookup(LookupId),
    /// The cell, or `excluded`
    Matrix(MatrixId),
    DomainOf(Box<TextExpr>),
    /// `"monday"`…
    WeekdayOf(Box<DateExpr>),
    FirstKnown(Vec<TextExpr>),
    Latest(Property, Box<Selector>),
    First(Property, Box<Selector>),
    /// `excluded is "Reason"`, in tests and `--only`
    ExcludedReason,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DateExpr {
    Literal(Moment),
    Field(FieldId),
    Property(Property),
    /// `at`: the event's instant
    At,
    Define(DefineId),
    FirstKnown(Vec<DateExpr>),
    /// The later, by a day's first instant
    Highest(Vec<DateExpr>),
    /// The earlier, likewise
    Lowest(Vec<DateExpr>),
    Latest(Property, Box<Selector>),
    First(Property, Box<Selector>),
    /// `latest at in S`
    LatestAt(Box<Selector>),
    /// `first at in S`
    FirstAt(Box<Selector>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum YesNoExpr {
    Field(FieldId),
    Property(Property),
    /// A define that names one of these
    Define(DefineId),
    FirstKnown(Vec<YesNoExpr>),
    Latest(Property, Box<Selector>),
    First(Property, Box<Selector>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum ListExpr {
    Field(FieldId),
    Property(Property),
    /// A define that names one of these
    Define(DefineId),
}
