//! Groups: their headers, their places, the order of what is in them.

use super::{ChangeKind, Found, Side, detail};
use crate::impact::outline::Holder;
use crate::model::Choice;
use crate::source::Span;
use crate::value::fold;

impl Found<'_, '_> {
    pub(super) fn groups(&mut self) {
        for (old, new) in &self.pairs.holders {
            let (Some(one), Some(two)) = (self.old.outline.holders.get(*old), self.new.outline.holders.get(*new))
            else {
                continue;
            };
            let score = self.score_of(self.new, two);
            if let (Some(before), Some(group)) = (one.group, two.group) {
                let mut details = Vec::new();
                if fold(&before.label) != fold(&group.label) {
                    details.push(detail("label", before.label.clone(), group.label.clone()));
                }
                if one.header != two.header {
                    let text = |side: &Side<'_>, span: Span| {
                        side.text(span).split('{').next().unwrap_or_default().trim().to_owned()
                    };
                    details.push(detail("header", text(self.old, before.span), text(self.new, group.span)));
                }
                let inside = |holder: &Holder<'_>| holder.inside;
                if inside(one).and_then(|place| self.pairs.holders.get(&place)).copied() != inside(two) {
                    let path = |side: &Side<'_>, place: usize| side.outline.path(place).join(" > ");
                    details.push(detail("place", path(self.old, *old), path(self.new, *new)));
                }
                if group.choice == Choice::FirstMatch
                    && self.order(self.old, *old, true) != self.order(self.new, *new, false)
                {
                    let text = |side: &Side<'_>, holder: usize| {
                        let inside = side.outline.rules.iter().filter(|rule| rule.holder == holder);
                        inside.map(|rule| rule.rule.label.clone()).collect::<Vec<_>>().join(", ")
                    };
                    details.push(detail("order", text(self.old, *old), text(self.new, *new)));
                }
                if !details.is_empty() {
                    self.add(ChangeKind::Changed, "group", &group.label, score.as_deref(), details);
                }
            }
        }
        // A group without header clauses, in a sum, changes nothing by itself.
        for (places, side, kind) in [
            (&self.pairs.groups_removed, self.old, ChangeKind::Removed),
            (&self.pairs.groups_added, self.new, ChangeKind::Added),
        ] {
            for place in places {
                let Some((holder, group)) = side.outline.holders.get(*place).and_then(|it| Some((it, it.group?)))
                else {
                    continue;
                };
                let score = self.score_of(side, holder);
                self.add(kind, "group", &group.label, score.as_deref(), Vec::new());
                if let Some(last) = self.changes.last_mut() {
                    last.counts = !side.outline.is_plain(*place);
                }
            }
        }
    }

    /// The rules of a holder that both models have, as places in the new outline; and its groups.
    pub(super) fn order(&self, side: &Side<'_>, holder: usize, is_old: bool) -> Vec<usize> {
        let mut items: Vec<(usize, usize)> = Vec::new();
        for (place, rule) in side.outline.rules.iter().enumerate().filter(|(_, rule)| rule.holder == holder) {
            let pair = self.pairs.rules.iter().find(|(old, new)| if is_old { *old == place } else { *new == place });
            // What came in from elsewhere, or went, is told by itself.
            let stayed = pair.filter(|(old, new)| {
                let holders = (self.old.rule(*old).map(|it| it.holder), self.new.rule(*new).map(|it| it.holder));
                matches!(holders, (Some(one), Some(two)) if self.pairs.holders.get(&one) == Some(&two))
            });
            items.extend(stayed.map(|(_, new)| (rule.at, *new)));
        }
        items.sort_unstable();
        items.into_iter().map(|(_, place)| place).collect()
    }

    pub(super) fn score_of(&self, side: &Side<'_>, holder: &Holder<'_>) -> Option<String> {
        side.model.scores.get(holder.score.index()).map(|score| score.name.clone())
    }
}
