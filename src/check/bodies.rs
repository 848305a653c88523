//! Bodies of rules that look at events: `for each …`, `for every … without …`.

use super::clauses::{AtMost, Clauses};
use super::expr::PropertyRef;
use super::rules::Rules;
use crate::diagnostics::code::check as code;
use crate::model::{Body, Each, ForEach, ForEvery, LimitScope, OccurrenceLimit, Selector};
use crate::syntax::tree::{self, Expr, SelectorClause};
use crate::value::Decay;

impl Rules<'_> {
    pub(super) fn for_each(
        &mut self,
        with: Option<(&tree::Each, &Expr)>,
        selector: &tree::Selector,
        clauses: &Clauses<'_>,
        decay: Option<Decay>,
    ) -> Option<Body> {
        let each = match with {
            None => Some(Each::Event),
            Some((each, at_least)) => self.each(each, at_least, selector),
        };
        let limits: Vec<Option<OccurrenceLimit>> =
            clauses.at_most.iter().map(|limit| self.occurrence_limit(limit, selector)).collect();
        let decay = self.expressions.findings.inherited_decay(clauses.decay, decay);
        let selector = self.expressions.selector(selector)?;
        Some(Body::ForEach(ForEach {
            each: each?,
            selector,
            limits: limits.into_iter().collect::<Option<_>>()?,
            decay,
        }))
    }

    /// `for each day with at least 7 …`
    fn each(&mut self, each: &tree::Each, at_least: &Expr, selector: &tree::Selector) -> Option<Each> {
        let number = self.expressions.findings.whole_number(at_least, 1, i64::MAX, "`at least`");
        let at_least = number.and_then(|number| u64::try_from(number).ok());
        match each {
            tree::Each::Calendar(unit) => Some(Each::Calendar { unit: *unit, at_least: at_least? }),
            tree::Each::Property(name) => {
                let scope = self.expressions.scope_of(&selector.events);
                match self.expressions.demand_property(name, &scope)? {
                    PropertyRef::At => Some(Each::At { at_least: at_least? }),
                    PropertyRef::Own(property, _) => Some(Each::Property { property, at_least: at_least? }),
                }
            }
        }
    }

    fn occurrence_limit(&mut self, limit: &AtMost<'_>, selector: &tree::Selector) -> Option<OccurrenceLimit> {
        let times = match limit.times {
            None => Some(1),
            Some(times) => {
                let times = self.expressions.findings.whole_number(times, 1, i64::MAX, "`at most`");
                times.and_then(|times| u64::try_from(times).ok())
            }
        };
        let scope = match limit.scope {
            tree::LimitScope::Plain => LimitScope::Plain,
            tree::LimitScope::PerCalendar(unit) => LimitScope::PerCalendar(*unit),
            tree::LimitScope::InAny(duration) => {
                LimitScope::InAny(self.expressions.findings.exact_duration(duration, "`in any`")?)
            }
            tree::LimitScope::PerProperty(name) => {
                let scope = self.expressions.scope_of(&selector.events);
                match self.expressions.demand_property(name, &scope)? {
                    PropertyRef::At => LimitScope::PerAt,
                    PropertyRef::Own(property, _) => LimitScope::PerProperty(property),
                }
            }
        };
        Some(OccurrenceLimit { times: times?, scope })
    }

    pub(super) fn for_every(
        &mut self,
        duration: &tree::Duration,
        selector: &tree::Selector,
        clauses: &Clauses<'_>,
    ) -> Option<Body> {
        let every = self.expressions.findings.exact_duration(duration, "`for every`");
        let after = clauses.after.map(|after| self.expressions.findings.exact_duration(after, "`after`"));
        let counting_from = clauses.counting_from.map(|date| self.expressions.date(date));
        let window = selector.clauses.iter().find(|clause| matches!(clause.node, SelectorClause::InLast(_)));
        if let Some(window) = window {
            self.expressions.findings.error(
                code::FOR_EVERY_WINDOW,
                window.span,
                "`for every … without` looks back to the latest event, however long ago, so it takes no `in last`",
                "remove it; to limit the points write `no lower than -25 points`",
            );
        }
        let selector: Option<Selector> = self.expressions.selector(selector);
        Some(Body::ForEvery(ForEvery {
            every: every?,
            selector: selector?,
            after: transpose(after)?,
            counting_from: transpose(counting_from)?,
        }))
    }
}

/// A part that may be left out, but not be wrong.
fn transpose<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        Some(None) => None,
        Some(found) => Some(found),
        None => Some(None),
    }
}
