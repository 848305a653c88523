//! `test` blocks.

use super::{Duration, Expr, Name, Text};
use crate::source::Span;

/// `test "…" as of 2026-11-01 { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    pub name: Text,
    /// A date literal.
    pub as_of: Option<Expr>,
    pub parts: Vec<TestPart>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TestPart {
    /// `lead { id "L1", title "CEO" }`
    Lead(Vec<Given>, Span),
    /// `event page_view 2 days ago { path "/pricing" }`
    Event(TestEvent),
    /// `before { mql yes }`
    Before(Vec<Given>, Span),
    /// `expect total is 81`
    Expect(Expr, Span),
    /// `cases { … }`
    Cases(Cases),
}

/// `title "CEO"`: a name and its values (more than one only for a list of text)
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub name: Name,
    pub values: Vec<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TestEvent {
    pub name: Name,
    pub when: EventTime,
    pub properties: Vec<Given>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum EventTime {
    /// `2 days ago`
    Ago(Duration),
    /// `on 2026-05-01`
    On(Expr),
}

/// `cases { title | fit  "CEO" | 45 }`
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    pub columns: Vec<Name>,
    pub rows: Vec<CaseRow>,
    pub span: Span,
}

/// A literal, a band's name, or values of a list, in each cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    pub cells: Vec<Vec<Expr>>,
    pub span: Span,
}
