//! Conditions: they hold or do not, there is no third way.

use super::{
    AnyExpr, BandId, DateExpr, DefineId, ListExpr, ListId, NumberExpr, ScoreId, Selector, TextExpr, ThresholdId,
    YesNoExpr,
};
use crate::source::Span;
use crate::value::{Decimal, Duration, Glob};
use regex::Regex;
use std::collections::BTreeSet;

#[derive(Debug, Clone)]
pub struct Condition {
    pub kind: ConditionKind,
    pub span: Span,
}

/// Equal when they ask the same, wherever they are written.
impl PartialEq for Condition {
    fn eq(&self, other: &Condition) -> bool {
        self.kind == other.kind
    }
}

/// A comparison with a missing value does not hold.
#[derive(Debug, Clone, PartialEq)]
pub enum ConditionKind {
    /// `yes`, `no`
    Constant(bool),
    /// `… and …`, two or more
    All(Vec<Condition>),
    /// `… or …`, two or more
    Any(Vec<Condition>),
    /// `not …`, `is not …`, `does not …`, `is missing` (of [`ConditionKind::Known`])
    Not(Box<Condition>),
    /// `is known`
    Known(Box<AnyExpr>),
    /// `band of fit is known`
    BandKnown(ScoreId),
    /// `consent`, `consent is yes`, `consent is no`
    YesNo { value: YesNoExpr, is: bool },
    /// `title contains "x"`
    Text { value: TextExpr, test: TextTest },
    /// `tags includes any of …`: any of the operands, or all of them
    Includes { list: ListExpr, all: bool, operands: Vec<TextOperand> },
    /// `employees >= 50`
    Number { value: NumberExpr, test: NumberTest },
    /// `created in last 30 days`
    Date { value: DateExpr, test: DateTest },
    /// `band of fit is one of A, B`, `is at least B`: the bands for which it holds
    Band { score: ScoreId, bands: BTreeSet<BandId> },
    /// `any demo_request`, `at least 3 page_view`: `count` compared with `number`
    Events { selector: Box<Selector>, compare: Compare, number: NumberExpr },
    /// The name of a define that is a condition
    Define(DefineId),
    /// The name of a threshold
    Threshold(ThresholdId),
    /// `excluded`, in tests and `--only`
    Excluded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compare {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TextTest {
    /// `is`, `is one of`: any of the operands
    Is(Vec<TextOperand>),
    /// `contains`, `mentions`, `starts with`, `ends with`: any of the operands, or all of them
    Part {
        relation: TextRelation,
        all: bool,
        operands: Vec<TextOperand>,
    },
    /// `matches`: any of the patterns
    Matches(Vec<Pattern>),
    LooksRandom,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextRelation {
    Contains,
    Mentions,
    StartsWith,
    EndsWith,
}

/// What a text is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum TextOperand {
    /// `"CEO"`
    Literal(crate::value::Text),
    /// Every value of a list
    List(ListId),
    /// Another text; missing compares with nothing
    Expr(TextExpr),
}

#[derive(Debug, Clone)]
pub enum Pattern {
    Glob(Glob),
    /// Every value of a list, as globs
    List(ListId, Vec<Glob>),
    /// Searched in [`crate::value::Text::given`], ignoring case; compiled with a size limit
    Regex(Regex),
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        match (self, other) {
            (Pattern::Glob(one), Pattern::Glob(two)) => one == two,
            (Pattern::List(one, _), Pattern::List(two, _)) => one == two,
            (Pattern::Regex(one), Pattern::Regex(two)) => one.as_str() == two.as_str(),
            _ => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum NumberTest {
    Compare(Compare, NumberExpr),
    /// Both included
    Between(NumberExpr, NumberExpr),
    /// `is one of 1, 2`
    OneOf(Vec<NumberExpr>),
}

/// The left side is one instant: a day's first.
#[derive(Debug, Clone, PartialEq)]
pub enum DateTest {
    Before(DateExpr),
    After(DateExpr),
    On(DateExpr),
    Between(DateExpr, DateExpr),
    /// `as of - D <= t <= as of`
    InLast(Duration),
    /// `as of <= t <= as of + D`
    InNext(Duration),
}

/// A row table: `points … by`, `lookup`.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<R> {
    pub key: TableKey,
    pub rows: Vec<TableRow<R>>,
    /// The row for all else, a missing value too unless there is a `missing` row.
    pub otherwise: Option<TableRow<R>>,
    pub missing: Option<TableRow<R>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TableKey {
    Number(NumberExpr),
    Text(TextExpr),
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableRow<R> {
    pub test: RowTest,
    pub result: R,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RowTest {
    /// `from 10` / `above 10`; rows stand in ascending order and the last one that the value passes is chosen
    Edge { at: Decimal, included: bool },
    /// Folded values; no value stands in two rows
    Values(BTreeSet<String>),
    /// `otherwise`, `missing`
    Else,
}
