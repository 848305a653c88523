//! Groups and rules.

use super::{Condition, DateExpr, NumberExpr, Property, RuleId, Selector, Table};
use crate::source::Span;
use crate::value::{CalendarUnit, Decay, Decimal, Duration};

#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Group(Group),
    Rule(Rule),
}

/// `group "Web" no higher than 35 points { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// As written, else its header as `score fmt` writes it.
    pub label: String,
    pub when: Option<Condition>,
    pub choice: Choice,
    /// `counts 30%`: the 30
    pub weight: Option<Decimal>,
    pub limits: PointLimits,
    pub items: Vec<Item>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Every item counts
    All,
    FirstMatch,
    Highest,
    Lowest,
}

/// `no higher than 10 points`, `no lower than -25 points`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PointLimits {
    pub highest: Option<Decimal>,
    pub lowest: Option<Decimal>,
}

/// A rule or a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub id: RuleId,
    /// Unique inside its score; as written, else the rule's text as `score fmt` writes it, on one line.
    pub label: String,
    /// Whether the label was written.
    pub labelled: bool,
    pub points: Points,
    pub body: Body,
    pub limits: PointLimits,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Points {
    /// `+20`, a define that is a plain number too
    Constant(Decimal),
    /// `+( … )`, `+NAME`: rounded to 4 decimals and held within ±1,000,000; missing gives nothing
    Computed(NumberExpr),
    /// `first +5 then +1`: the last one is for all further occurrences
    Series(Vec<Points>),
    /// `points … by`: constants and computed ones in the rows
    Table(Box<Table<Points>>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// No body
    Always,
    /// `when CONDITION`
    When(Condition),
    /// `for each …`
    ForEach(ForEach),
    /// `for every D without …`
    ForEvery(ForEvery),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ForEach {
    pub each: Each,
    pub selector: Selector,
    /// `… per` and `in any` in the order written, then the plain one
    pub limits: Vec<OccurrenceLimit>,
    /// Its own, else the nearest of its groups and score, unless `no decay`
    pub decay: Option<Decay>,
}

/// What one occurrence is.
#[derive(Debug, Clone, PartialEq)]
pub enum Each {
    Event,
    /// `for each day with at least 7 …`: the day's latest event
    Calendar {
        unit: CalendarUnit,
        at_least: u64,
    },
    /// `for each asset with at least 2 …`: the known value's latest event
    Property {
        property: Property,
        at_least: u64,
    },
    /// `for each at with at least 2 …`: events of one instant
    At {
        at_least: u64,
    },
}

/// `at most N times …`, `once …`
#[derive(Debug, Clone, PartialEq)]
pub struct OccurrenceLimit {
    pub times: u64,
    pub scope: LimitScope,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LimitScope {
    Plain,
    PerCalendar(CalendarUnit),
    /// Folded; missing is one value
    PerProperty(Property),
    /// `once per at`
    PerAt,
    InAny(Duration),
}

/// `for every 30 days without page_view after 7 days counting from created`
#[derive(Debug, Clone, PartialEq)]
pub struct ForEvery {
    pub every: Duration,
    pub selector: Selector,
    pub after: Option<Duration>,
    pub counting_from: Option<DateExpr>,
}
