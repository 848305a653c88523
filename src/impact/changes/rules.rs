//! Rules: which came, went, moved, and what each says otherwise.

use super::{ChangeKind, Detail, Found, Side, detail};
use crate::impact::outline::RulePart;
use crate::model::{Body, Points};
use crate::run::reasons::signed;
use crate::value::fold;

impl Found<'_, '_> {
    pub(super) fn rules(&mut self) {
        let mut pairs = self.pairs.rules.clone();
        pairs.sort_by_key(|(_, new)| *new);
        for (old, new) in pairs {
            let (Some(one), Some(two)) = (self.old.rule(old), self.new.rule(new)) else { continue };
            let details = self.rule_details(one, two);
            if details.is_empty() {
                continue;
            }
            let moved = details.iter().all(|detail| matches!(detail.aspect, "place" | "group" | "label"))
                && details.iter().any(|detail| detail.aspect != "label");
            let kind = if moved { ChangeKind::Moved } else { ChangeKind::Changed };
            let score = self.new.model.scores.get(two.score.index()).map(|score| score.name.clone());
            self.add(kind, "rule", &two.rule.label, score.as_deref(), details);
            self.mark((Some(old), Some(new)));
        }
        for place in &self.pairs.added {
            let Some(rule) = self.new.rule(*place) else { continue };
            let score = self.new.model.scores.get(rule.score.index()).map(|score| score.name.clone());
            let text = self.new.rule_text(rule);
            let details = vec![Detail { aspect: "rule", old: None, new: Some(text) }];
            self.add(ChangeKind::Added, "rule", &rule.rule.label, score.as_deref(), details);
            self.mark((None, Some(*place)));
        }
        for place in &self.pairs.removed {
            let Some(rule) = self.old.rule(*place) else { continue };
            let score = self.old.model.scores.get(rule.score.index()).map(|score| score.name.clone());
            let text = self.old.rule_text(rule);
            let details = vec![Detail { aspect: "rule", old: Some(text), new: None }];
            self.add(ChangeKind::Removed, "rule", &rule.rule.label, score.as_deref(), details);
            self.mark((Some(*place), None));
        }
    }

    pub(super) fn mark(&mut self, rule: (Option<usize>, Option<usize>)) {
        if let Some(last) = self.changes.last_mut() {
            last.rule = rule;
        }
    }

    pub(super) fn rule_details(&self, one: &RulePart<'_>, two: &RulePart<'_>) -> Vec<Detail> {
        let mut details = Vec::new();
        if one.rule.labelled && fold(&one.rule.label) != fold(&two.rule.label) {
            details.push(detail("label", one.rule.label.clone(), two.rule.label.clone()));
        }
        if self.pairs.holders.get(&one.holder) != Some(&two.holder) {
            let place = |side: &Side<'_>, rule: &RulePart<'_>| {
                let score = side.model.scores.get(rule.score.index()).map_or("", |score| score.name.as_str());
                [vec![score], side.outline.path(rule.holder)].concat().join(" > ")
            };
            let effective = |side: &Side<'_>, rule: &RulePart<'_>| side.outline.effective(rule.holder);
            let same = self.pairs.holders.get(&effective(self.old, one)) == Some(&effective(self.new, two));
            let aspect = if same { "group" } else { "place" };
            details.push(detail(aspect, place(self.old, one), place(self.new, two)));
        }
        let whole = || (self.old.rule_text(one), self.new.rule_text(two));
        if one.points != two.points {
            let (old, new) = match (&one.rule.points, &two.rule.points) {
                (Points::Constant(old), Points::Constant(new)) => (signed(*old), signed(*new)),
                _ => whole(),
            };
            details.push(detail("points", old, new));
        }
        if one.body != two.body {
            let (old, new) = match (&one.rule.body, &two.rule.body) {
                (Body::When(old), Body::When(new)) => (self.old.text(old.span), self.new.text(new.span)),
                _ => whole(),
            };
            details.push(detail("condition", old, new));
        }
        let rest = [
            ("occurrences", one.occurrences, two.occurrences),
            ("limits", one.limits, two.limits),
            ("decay", one.decay, two.decay),
        ];
        for (aspect, _, _) in rest.into_iter().filter(|(_, old, new)| old != new) {
            let (old, new) = whole();
            details.push(detail(aspect, old, new));
        }
        details
    }
}
