//! Lines typed in a session.

use super::{Expr, Given, Item, Name, TestPart};

/// What somebody typed who tries a lead against a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// `lead { title "CEO" }`, `event page_view 2 days ago { … }`, `before { mql yes }`, `expect mql`: as in a test
    Parts(Vec<TestPart>),
    /// `title = "VP Sales"`
    Change(Given),
    /// `+10 "Try this" when phone is known`; for a score that is named: `fit: +10 "Try this" when phone is known`
    Rules { score: Option<Name>, items: Vec<Item> },
    /// `total + 10`, `title mentions "ceo" and consent`
    Expression(Expr),
}
