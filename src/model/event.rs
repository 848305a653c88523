//! Which events an expression or a rule looks at.

use super::{Condition, DateExpr, EventId};
use crate::source::Span;
use crate::value::Duration;
use std::collections::BTreeSet;

/// `page_view, download where … in last 30 days`
///
/// An event is selected when it is of one of the types, not ignored, not after `as of`, passes the filter and lies in
/// every window.
#[derive(Debug, Clone)]
pub struct Selector {
    pub types: BTreeSet<EventId>,
    /// Over the event's properties and the lead's fields
    pub filter: Option<Condition>,
    pub in_last: Option<Duration>,
    /// A missing date keeps no event
    pub since: Option<DateExpr>,
    pub before: Option<DateExpr>,
    /// Its own `since last`, and every `counting since last` around it
    pub since_last: Vec<Which>,
    pub within_after: Option<(Duration, Which)>,
    pub span: Span,
}

/// Equal when they select the same, wherever they are written.
impl PartialEq for Selector {
    fn eq(&self, other: &Selector) -> bool {
        self.types == other.types
            && self.filter == other.filter
            && self.in_last == other.in_last
            && self.since == other.since
            && self.before == other.before
            && self.since_last == other.since_last
            && self.within_after == other.within_after
    }
}

/// The events that `since last` and `within … after` look back to; no window narrows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Which {
    pub types: BTreeSet<EventId>,
    pub filter: Option<Condition>,
}
