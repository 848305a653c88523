//! Conditions and values, which share one shape until types tell them apart.

use super::{Name, Text};
use crate::source::{Span, Spanned};
pub use crate::value::TimeUnit;

#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `50`, `1_000`, `12.5`, `30%`: the text of the literal, without `_` and `%`. A sign is [`ExprKind::Negate`].
    Number { digits: String, percent: bool },
    /// `"CEO"`
    Text(String),
    /// `/regex/`, with `\/` resolved
    Pattern(String),
    /// `2026-05-01`, `2026-05-01T09:30:00+02:00`, as written
    Date(String),
    /// `yes`, `no`
    YesNo(bool),
    /// `missing`
    Missing,
    /// `employees`
    Name(Name),
    /// `lead.email`
    LeadName(Name),
    /// `( … )`
    Parenthesised(Box<Expr>),
    /// `not …`
    Not(Box<Expr>),
    /// `a and b and c`: two or more
    And(Vec<Expr>),
    /// `a or b or c`: two or more
    Or(Vec<Expr>),
    /// `-x`
    Negate(Box<Expr>),
    /// `a + b`
    Arithmetic { operator: Arithmetic, left: Box<Expr>, right: Box<Expr> },
    /// `30% of fit`: the digits before `%`
    PercentOf { percent: Spanned<String>, of: Box<Expr> },
    /// `title is "CEO"`: what is compared, and how
    Compare { left: Box<Expr>, comparison: Box<Spanned<Comparison>> },
    /// `domain of email`, `first known of a, b`
    Function { function: Function, arguments: Vec<Expr> },
    /// `band of fit` (its `is …` is a [`ExprKind::Compare`] around it)
    BandOf(Name),
    /// `any demo_request in last 30 days`, `count of page_view`
    Events(Box<EventExpr>),
    /// `points of "Label" in fit`, in tests
    PointsOf { label: Text, score: Option<Name> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// What stands after the left side; `negated` by the words `is not`, `does not`.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub negated: bool,
    pub kind: ComparisonKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ComparisonKind {
    /// `is missing`
    Missing,
    /// `is known`
    Known,
    /// `is X`
    Is(Expr),
    /// `is one of V…`
    OneOf(Vec<Expr>),
    /// `is at least NAME` (a band)
    AtLeast(Expr),
    /// `<`, `<=`, `>`, `>=`
    Order(Order, Expr),
    /// `between A and B`
    Between(Expr, Expr),
    /// `contains any of V…`
    Text { relation: TextRelation, quantifier: Quantifier, operands: Vec<Expr> },
    /// `includes V`
    Includes { quantifier: Quantifier, operands: Vec<Expr> },
    /// `before D`
    Before(Expr),
    /// `after D`
    After(Expr),
    /// `on D`
    On(Expr),
    /// `in last 30 days`
    InLast(Duration),
    /// `in next 30 days`
    InNext(Duration),
    /// `looks random`
    LooksRandom,
}

impl ComparisonKind {
    /// The expressions that the left side is held against.
    pub fn operands(&self) -> Vec<&Expr> {
        match self {
            ComparisonKind::Is(one)
            | ComparisonKind::AtLeast(one)
            | ComparisonKind::Order(_, one)
            | ComparisonKind::Before(one)
            | ComparisonKind::After(one)
            | ComparisonKind::On(one) => vec![one],
            ComparisonKind::Between(low, high) => vec![low, high],
            ComparisonKind::OneOf(all)
            | ComparisonKind::Text { operands: all, .. }
            | ComparisonKind::Includes { operands: all, .. } => all.iter().collect(),
            ComparisonKind::Missing
            | ComparisonKind::Known
            | ComparisonKind::InLast(_)
            | ComparisonKind::InNext(_)
            | ComparisonKind::LooksRandom => Vec::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRelation {
    Contains,
    Mentions,
    StartsWith,
    EndsWith,
    Matches,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// `contains "x"`
    One,
    /// `contains any of …`
    Any,
    /// `contains all of …`
    All,
}

/// Word functions that read as prepositions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `domain of email`
    DomainOf,
    /// `length of title`
    LengthOf,
    /// `days since created`
    DaysSince,
    /// `days until renewal`
    DaysUntil,
    /// `count of known phone, title`
    CountOfKnown,
    /// `hour of created`
    HourOf,
    /// `weekday of created`
    WeekdayOf,
    /// `first known of a, b`
    FirstKnownOf,
    /// `highest of a, b`
    HighestOf,
    /// `lowest of a, b`
    LowestOf,
}

/// `30 days`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration {
    /// The digits as written, without `_`.
    pub count: String,
    pub unit: TimeUnit,
    pub span: Span,
}

/// A value or condition over events.
#[derive(Debug, Clone, PartialEq)]
pub struct EventExpr {
    pub ask: EventAsk,
    pub selector: Selector,
}

#[derive(Debug, Clone, PartialEq)]
pub enum EventAsk {
    /// `any S`
    Any,
    /// `no S`
    No,
    /// `at least N S`
    Count(CountTest, Expr),
    /// `count of S`
    CountOf,
    /// `count of distinct P in S`
    CountOfDistinct(Name),
    /// `sum of P in S`
    SumOf(Name),
    /// `average of P in S`
    AverageOf(Name),
    /// `highest of P in S`
    HighestOf(Name),
    /// `lowest of P in S`
    LowestOf(Name),
    /// `latest P in S`
    Latest(Name),
    /// `first P in S`
    First(Name),
    /// `days since last S`
    DaysSinceLast,
    /// `days since first S`
    DaysSinceFirst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountTest {
    AtLeast,
    MoreThan,
    FewerThan,
    Exactly,
}

/// `page_view, download where … in last 30 days`
#[derive(Debug, Clone, PartialEq)]
pub struct Selector {
    pub events: EventNames,
    /// In the order written; the checker refuses a second of one kind.
    pub clauses: Vec<Spanned<SelectorClause>>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum EventNames {
    /// `event`, `events`
    All(Span),
    /// `page_view, download`
    Named(Vec<Name>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum SelectorClause {
    /// `where FILTER`: a [`ExprKind::Parenthesised`], a comparison, a name, or one of these under `not`
    Where(Expr),
    /// `in last D`
    InLast(Duration),
    /// `since DATE`
    Since(Expr),
    /// `before DATE`
    Before(Expr),
    /// `since last WHICH`
    SinceLast(Which),
    /// `within D after WHICH`
    WithinAfter(Duration, Which),
}

/// `recycled where reason is "budget"`, after `since last` and `within … after`
#[derive(Debug, Clone, PartialEq)]
pub struct Which {
    pub events: EventNames,
    pub filter: Option<Expr>,
    pub span: Span,
}
