//! Scores and what is made of them: groups, rules, tables, bands, matrices, thresholds.

use super::{Duration, Expr, Name, Row, Selector, Text, Which};
use crate::source::{Span, Spanned};
pub use crate::value::CalendarUnit;

/// `score fit "Fit" from 0 to 60 { … }` or `score total = fit + engagement`
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    pub name: Name,
    pub label: Option<Text>,
    /// Of a header, in the order written; the checker refuses a second of one kind, and what does not fit.
    pub clauses: Vec<Spanned<Clause>>,
    pub body: ScoreBody,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ScoreBody {
    /// `{ … }`
    Rules(Vec<Item>),
    /// `= EXPRESSION`
    Derived(Expr),
}

/// Any clause of a score's or group's header, or behind a rule's body.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// `starting at 10`
    StartingAt(Expr),
    /// `from 0`
    From(Expr),
    /// `to 100`
    To(Expr),
    /// `rounded to whole` (0) or `rounded to 2 decimals`
    RoundedTo(Expr),
    /// `when CONDITION`
    When(Expr),
    /// `first match only`, `highest only`, `lowest only`
    Choice(Choice),
    /// `counts 30%`: the digits before `%`
    Counts(String),
    /// `no higher than 35 points`
    NoHigher(Expr),
    /// `no lower than -25 points`
    NoLower(Expr),
    /// `counting since last recycled`
    CountingSinceLast(Which),
    /// `once`, `at most 3 times`, `once per day`, `at most 2 times in any 7 days`
    AtMost { times: Option<Expr>, scope: LimitScope },
    /// `decay …` or `no decay`
    Decay(Decay),
    /// `after 7 days`, of a `for every` rule
    After(Duration),
    /// `counting from created`, of a `for every` rule
    CountingFrom(Expr),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    FirstMatch,
    Highest,
    Lowest,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LimitScope {
    /// `once`
    Plain,
    /// `once per day`
    PerCalendar(CalendarUnit),
    /// `once per asset`
    PerProperty(Name),
    /// `once in any 3 days`
    InAny(Duration),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Decay {
    /// `no decay`
    None,
    Curve(DecayCurve),
}

#[derive(Debug, Clone, PartialEq)]
pub struct DecayCurve {
    pub shape: DecayShape,
    /// `after 7 days`
    pub after: Option<Duration>,
    /// `down to 20%`: the digits before `%`
    pub down_to: Option<Spanned<String>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DecayShape {
    /// `decay half-life 30 days`
    HalfLife(Duration),
    /// `decay linear over 30 days`
    Linear(Duration),
    /// `decay 25% of the original every 30 days`
    OfOriginal { percent: Spanned<String>, every: Duration },
    /// `decay 50% of what is left every 30 days`
    OfWhatIsLeft { percent: Spanned<String>, every: Duration },
}

/// What stands in a score or a group.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Group(Group),
    Rule(Rule),
    Table(PointsTable),
}

/// `group "Web" no higher than 35 points { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub label: Option<Text>,
    pub clauses: Vec<Spanned<Clause>>,
    pub items: Vec<Item>,
    pub span: Span,
}

/// `+15 "Pricing" for each page_view where … at most 2 times`
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub points: Points,
    pub label: Option<Text>,
    pub body: Option<Spanned<Body>>,
    pub clauses: Vec<Spanned<Clause>>,
    pub span: Span,
}

/// Points as written before a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    pub kind: PointsKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum PointsKind {
    /// `+20`, `-NAME`, `+( … )`: a literal number, a name, or a parenthesised expression
    Signed { minus: bool, value: Expr },
    /// `first +5 then +1`: two or more
    Series(Vec<Points>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// `when CONDITION`
    When(Expr),
    /// `for each SELECTOR`
    ForEach(Selector),
    /// `for each day with at least 7 page_view`
    ForEachWith { each: Each, at_least: Expr, selector: Selector },
    /// `for every 30 days without page_view`
    ForEvery { duration: Duration, selector: Selector },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Each {
    Calendar(CalendarUnit),
    Property(Name),
}

/// `points "Company size" by employees { from 10: +5 }`
#[derive(Debug, Clone, PartialEq)]
pub struct PointsTable {
    pub label: Option<Text>,
    pub by: Expr,
    pub for_each: Option<Selector>,
    pub clauses: Vec<Spanned<Clause>>,
    pub rows: Vec<Row>,
    pub span: Span,
}

/// `bands fit { A from 40, B from 20, C from 0 }`
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    pub score: Name,
    pub bands: Vec<Band>,
}

/// `A "Best" from 40 do "call today"`
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// `quoted` where written as text.
    pub name: Name,
    pub label: Option<Text>,
    pub edge: BandEdge,
    pub action: Option<Text>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum BandEdge {
    /// `from 40`
    From(Expr),
    /// `above 40`
    Above(Expr),
    /// `otherwise`
    Otherwise,
}

/// `matrix priority by fit, engagement { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    pub name: Name,
    pub label: Option<Text>,
    pub rows: Name,
    pub columns: Name,
    /// The names of the first line.
    pub header: Vec<Name>,
    /// A row's name and its cells.
    pub cells: Vec<(Name, Vec<Text>)>,
}

/// `threshold mql when … until … do "notify sales"`
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    pub name: Name,
    pub label: Option<Text>,
    pub when: Expr,
    pub stays: Option<Span>,
    pub until: Option<Expr>,
    pub action: Option<Text>,
}
