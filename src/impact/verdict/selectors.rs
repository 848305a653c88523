//! Selectors of one model, as the other would read them.

use super::examined::Examiner;
use crate::model::{Compare, Condition, ConditionKind, NumberExpr, Selector};
use crate::run::condition;
use crate::value::Decimal;

impl Examiner<'_, '_> {
    /// A selector of the old model as the new one would read it; `None` where it would mean something else there. What
    /// the groups around it say of events must be the same as around `beside`, a selector of the new one.
    pub fn translated_selector(&self, selector: &Selector, beside: &Selector) -> Option<Selector> {
        let (from, to) = (&self.changes.old, &self.changes.new);
        let text = format!("any {}", from.model.sources.text(selector.span));
        let (read, _) = condition::read(to.model, "before", &text).ok()?;
        let ConditionKind::Events { selector: read, .. } = read.kind else { return None };
        let read = Selector { since_last: beside.since_last.clone(), ..*read };
        (to.meaning.selector(&read) == from.meaning.selector(selector)).then_some(read)
    }
}

/// `any SELECTOR`
pub(super) fn some_event(selector: &Selector) -> Condition {
    let kind = ConditionKind::Events {
        selector: Box::new(selector.clone()),
        compare: Compare::GreaterOrEqual,
        number: NumberExpr::Literal(Decimal::ONE),
    };
    Condition { kind, span: selector.span }
}
