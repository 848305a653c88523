//! Where the parts of a model stand: each rule in its score and groups, each condition with what must hold around it.

use crate::analysis::Given;
use crate::model::{
    Condition, DefineId, ExcludeId, Group, Item, Model, Rule, Score, ScoreBody, ScoreId, Selector, TextExpr, TextTest,
    ThresholdId,
};

/// A rule or table in its place.
#[derive(Debug, Clone)]
pub struct RulePlace<'a> {
    pub rule: &'a Rule,
    pub score: ScoreId,
    /// Those around it, the outermost first.
    pub groups: Vec<&'a Group>,
    /// What must hold for it to be looked at: the `when` of its score, then of each group around it.
    pub whens: Vec<&'a Condition>,
    /// The items that it stands among, itself too.
    pub siblings: &'a [Item],
}

/// A group in its place.
#[derive(Debug, Clone)]
pub struct GroupPlace<'a> {
    pub group: &'a Group,
    pub score: ScoreId,
    /// Those around it, the outermost first.
    pub groups: Vec<&'a Group>,
    /// As of a rule; without its own.
    pub whens: Vec<&'a Condition>,
}

/// What a condition, or a selector, belongs to.
#[derive(Debug, Clone)]
pub enum Owner<'a> {
    /// `+5 when …`, `for each …`, computed points, the key of a table
    Rule(RulePlace<'a>),
    /// `group "Web" when …`
    Group(GroupPlace<'a>),
    /// `score fit when …`, or the expression of a derived one
    Score(ScoreId),
    /// `exclude when …`
    Exclude(ExcludeId),
    /// `threshold mql when …`
    ThresholdWhen(ThresholdId),
    /// `until …`
    ThresholdUntil(ThresholdId),
    /// `define big = …`
    Define(DefineId),
    /// The key of a lookup
    Lookup(crate::model::LookupId),
    /// `ignore …`
    Ignore,
}

/// A whole condition: what stands behind a `when`, an `until`, a define's `=`; or a filter of a selector.
#[derive(Debug, Clone)]
pub struct ConditionPlace<'a> {
    pub condition: &'a Condition,
    pub owner: Owner<'a>,
    /// The selector that it filters: it is about one event then. `None` where it is about the lead.
    pub filter_of: Option<&'a Selector>,
}

/// A selector, wherever it is written: of a `for each`, of `any …`, of `count of …`.
#[derive(Debug, Clone)]
pub struct SelectorPlace<'a> {
    pub selector: &'a Selector,
    pub owner: Owner<'a>,
    /// Whether it is the one of its rule's own `for each` or `for every`.
    pub of_body: bool,
}

/// `title contains "cto"`, in a condition or a filter.
#[derive(Debug, Clone)]
pub struct TextAtom<'a> {
    pub condition: &'a Condition,
    pub subject: &'a TextExpr,
    pub test: &'a TextTest,
    /// Under an odd number of `not`s.
    pub negated: bool,
    pub place: ConditionPlace<'a>,
}

impl<'a> RulePlace<'a> {
    /// What the analysis is to be given about it.
    pub fn given(&self) -> Vec<Given<'a>> {
        self.whens.iter().copied().map(Given::holds).collect()
    }
}

impl<'a> GroupPlace<'a> {
    pub fn given(&self) -> Vec<Given<'a>> {
        self.whens.iter().copied().map(Given::holds).collect()
    }
}

impl<'a> Owner<'a> {
    /// What must hold for it to be looked at.
    pub fn given(&self) -> Vec<Given<'a>> {
        match self {
            Owner::Rule(place) => place.given(),
            Owner::Group(place) => place.given(),
            _ => Vec::new(),
        }
    }

    /// "rule `Executive`", "threshold `mql`", "group `Web`": as a message names it.
    pub fn named(&self, model: &Model) -> String {
        let of = |what: &str, name: Option<&str>| format!("{what} `{}`", name.unwrap_or_default());
        match self {
            Owner::Rule(place) => of("rule", Some(&place.rule.label)),
            Owner::Group(place) => of("group", Some(&place.group.label)),
            Owner::Score(id) => of("score", model.scores.get(id.index()).map(|score| score.name.as_str())),
            Owner::Exclude(id) => of("exclude", model.excludes.get(id.index()).map(|one| one.reason.as_str())),
            Owner::ThresholdWhen(id) | Owner::ThresholdUntil(id) => {
                of("threshold", model.thresholds.get(id.index()).map(|threshold| threshold.name.as_str()))
            }
            Owner::Define(id) => of("define", model.defines.get(id.index()).map(|define| define.name.as_str())),
            Owner::Lookup(id) => of("lookup", model.lookups.get(id.index()).map(|lookup| lookup.name.as_str())),
            Owner::Ignore => "`ignore`".to_owned(),
        }
    }
}

/// All rules and groups, in the order written.
pub(super) fn items(model: &Model) -> (Vec<RulePlace<'_>>, Vec<GroupPlace<'_>>) {
    let mut found = (Vec::new(), Vec::new());
    for (id, score) in (0..).map(ScoreId).zip(&model.scores) {
        if let ScoreBody::Rules { items, .. } = &score.body {
            inside(id, &mut Vec::new(), &mut when_of(score).into_iter().collect(), items, &mut found);
        }
    }
    found.0.sort_by_key(|place| place.rule.id);
    found
}

pub(super) fn when_of(score: &Score) -> Option<&Condition> {
    match &score.body {
        ScoreBody::Rules { when, .. } => when.as_ref(),
        ScoreBody::Derived(_) => None,
    }
}

/// Groups nest to a depth that the checker bounds.
fn inside<'a>(
    score: ScoreId,
    groups: &mut Vec<&'a Group>,
    whens: &mut Vec<&'a Condition>,
    items: &'a [Item],
    found: &mut (Vec<RulePlace<'a>>, Vec<GroupPlace<'a>>),
) {
    for item in items {
        let (around, held) = (groups.clone(), whens.clone());
        match item {
            Item::Rule(rule) => {
                found.0.push(RulePlace { rule, score, groups: around, whens: held, siblings: items });
            }
            Item::Group(group) => {
                found.1.push(GroupPlace { group, score, groups: around, whens: held });
                groups.push(group);
                whens.extend(&group.when);
                inside(score, groups, whens, &group.items, found);
                groups.pop();
                whens.truncate(whens.len() - usize::from(group.when.is_some()));
            }
        }
    }
}
