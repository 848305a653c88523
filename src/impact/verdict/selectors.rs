//! Selectors of one model, as the other would read them.

use super::examined::Examiner;
use super::repeated::HOUR;
use crate::analysis::{Analysis, Given};
use crate::impact::sample::Sample;
use crate::model::{ConditionKind, Selector};
use crate::run::condition;
use crate::value::Instant;

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

/// A lead of which a selector keeps an event; where the analysis does not know of one, such as it should be.
pub(super) fn selected(analysis: &Analysis<'_>, selector: &Selector, context: &[Given<'_>]) -> Option<Sample> {
    let model = analysis.model();
    if let Some(witness) = analysis.can_select(selector, context).witness() {
        return Some(Sample::of(model, witness));
    }
    let alone = Selector { since_last: Vec::new(), within_after: None, ..selector.clone() };
    let mut sample = Sample::of(model, analysis.can_select(&alone, context).witness()?);
    if let Some((_, which)) = &selector.within_after {
        let first = Selector { types: which.types.clone(), filter: which.filter.clone(), in_last: None, ..alone };
        let first = Selector { since: None, before: None, ..first };
        let mut earlier = Sample::of(model, analysis.can_select(&first, context).witness()?);
        let begins = sample.events.iter().map(|event| event.at.0).min().unwrap_or(analysis.as_of().0);
        earlier.events.iter_mut().for_each(|event| event.at = Instant(begins.saturating_sub(HOUR)));
        sample.fields.extend(earlier.fields);
        sample.events.extend(earlier.events);
        sample.sort();
    }
    Some(sample)
}
