//! Where each rule stands: its score, and the groups around it.

use crate::model::{Group, Item, Model, Rule, RuleId, ScoreBody, ScoreId};
use crate::source::Span;

/// A rule in its place.
pub(super) struct RulePlace<'model> {
    pub rule: &'model Rule,
    pub score: ScoreId,
    /// The outermost first
    pub groups: Vec<&'model Group>,
}

/// A group in its place.
pub(super) struct GroupPlace<'model> {
    pub group: &'model Group,
    pub score: ScoreId,
    pub groups: Vec<&'model Group>,
}

/// All rules, by their ids.
pub(super) fn rules(model: &Model) -> Vec<RulePlace<'_>> {
    let mut found = Vec::new();
    each_item(model, &mut |score, groups, item| {
        if let Item::Rule(rule) = item {
            found.push(RulePlace { rule, score, groups: groups.to_vec() });
        }
    });
    found.sort_by_key(|place| place.rule.id);
    found
}

pub(super) fn rule<'a, 'model>(rules: &'a [RulePlace<'model>], id: RuleId) -> Option<&'a RulePlace<'model>> {
    rules.binary_search_by_key(&id, |place| place.rule.id).ok().and_then(|place| rules.get(place))
}

/// A group of the model, by where it is written.
pub(super) fn group(model: &Model, wanted: Span) -> Option<GroupPlace<'_>> {
    let mut found = None;
    each_item(model, &mut |score, groups, item| {
        if let Item::Group(group) = item
            && group.span == wanted
            && found.is_none()
        {
            found = Some(GroupPlace { group, score, groups: groups.to_vec() });
        }
    });
    found
}

fn each_item<'model>(model: &'model Model, look: &mut dyn FnMut(ScoreId, &[&'model Group], &'model Item)) {
    for (id, score) in model.scores.iter().enumerate() {
        if let ScoreBody::Rules { items, .. } = &score.body {
            inside(ScoreId(id as u32), &mut Vec::new(), items, look);
        }
    }
}

/// Groups nest to a depth that the checker bounds.
fn inside<'model>(
    score: ScoreId,
    groups: &mut Vec<&'model Group>,
    items: &'model [Item],
    look: &mut dyn FnMut(ScoreId, &[&'model Group], &'model Item),
) {
    for item in items {
        look(score, groups, item);
        if let Item::Group(group) = item {
            groups.push(group);
            inside(score, groups, &group.items, look);
            groups.pop();
        }
    }
}
