//! Why a rule gave points or none: for `explain --all`.

use super::Evaluation;
use super::facts::Watch;
use super::selector::Selection;
use super::why::Why;
use crate::model::{Body, Group, Item, Model, Points, Rule, RuleId, Score, ScoreBody, Selector, TableKey};
use std::fmt;

/// Whether a rule took part, and what decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleWhy {
    /// As [`super::Entry::took_part`].
    pub took_part: bool,
    /// One line for people: "`employees >= 50`: `employees` is 12", "3 events, 1 past `where`, none in the window".
    pub reason: String,
    /// How far the events of its selector came, of a rule with one.
    pub events: Option<SelectorCounts>,
}

/// How far the events of a selector came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelectorCounts {
    /// Events of its types
    pub of_its_types: usize,
    /// Those past `where`
    pub past_the_filter: usize,
    /// Those in every window too
    pub selected: usize,
}

/// A rule with all that is around it, outermost first.
pub(super) struct Found<'model> {
    pub score: &'model Score,
    pub groups: Vec<&'model Group>,
    pub rule: &'model Rule,
}

impl Evaluation<'_> {
    /// Why a rule gave points or none; for an excluded lead, as it would have been. `None` for no rule of the model.
    pub fn why_rule(&self, rule: RuleId) -> Option<RuleWhy> {
        let facts = self.unexcluded.as_ref().unwrap_or(&self.facts);
        let found = find(facts.model, rule)?;
        let took_part = self.breakdowns.iter().filter_map(|one| one.rule(rule)).any(|entry| entry.took_part);
        let watch = Watch::new(None);
        let why = Why::new(facts, &watch);
        if let Some(reason) = closed_around(&found, &why) {
            return Some(RuleWhy { took_part, reason, events: None });
        }
        let selector = selector_of(found.rule);
        let events = selector.map(|selector| SelectorCounts::of(&why.scope.selection(selector)));
        Some(RuleWhy { took_part, reason: reason(found.rule, &why), events })
    }
}

impl SelectorCounts {
    pub(super) fn of(selection: &Selection) -> SelectorCounts {
        SelectorCounts {
            of_its_types: selection.of_its_types,
            past_the_filter: selection.past_the_filter,
            selected: selection.places.len(),
        }
    }
}

/// "no event of its type", "2 events", "5 events, 3 past `where`, 1 in the window".
impl fmt::Display for SelectorCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of_its_types {
            0 => return write!(f, "no such event"),
            1 => write!(f, "1 event")?,
            count => write!(f, "{count} events")?,
        }
        let none_or = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
        if self.past_the_filter != self.of_its_types {
            write!(f, ", {} past `where`", none_or(self.past_the_filter))?;
        }
        if self.selected != self.past_the_filter {
            write!(f, ", {} in the window", none_or(self.selected))?;
        }
        Ok(())
    }
}

/// A score or group around the rule whose `when` does not hold.
fn closed_around(found: &Found<'_>, why: &Why<'_>) -> Option<String> {
    if let ScoreBody::Rules { when: Some(when), .. } = &found.score.body
        && !why.scope.holds(when)
    {
        return Some(format!("score `{}` is missing: {}", found.score.name, why.of(when, 0)));
    }
    found.groups.iter().find_map(|group| {
        let when = group.when.as_ref().filter(|when| !why.scope.holds(when))?;
        Some(format!("group `{}` does not count: {}", group.label, why.of(when, 0)))
    })
}

fn reason(rule: &Rule, why: &Why<'_>) -> String {
    match &rule.body {
        Body::Always => match &rule.points {
            Points::Table(table) => row_reason(table, why),
            Points::Constant(_) => "always".to_owned(),
            points => match why.scope.points(points, 0) {
                Some(_) => "always".to_owned(),
                None => "its points are missing".to_owned(),
            },
        },
        Body::When(condition) => {
            let held = why.scope.holds(condition);
            let reason = why.of(condition, 0);
            if held && why.scope.points(&rule.points, 0).is_none() {
                return format!("its points are missing; {reason}");
            }
            reason
        }
        Body::ForEach(each) => {
            let counts = SelectorCounts::of(&why.scope.selection(&each.selector));
            let kept = why.scope.occurrences(each).len();
            if kept == counts.selected { counts.to_string() } else { format!("{counts}, {kept} counted") }
        }
        Body::ForEvery(every) => match why.scope.whole_durations(every) {
            0 => format!("no whole {} to count", every.every),
            count => format!("{} passed {count} time{}", every.every, if count == 1 { "" } else { "s" }),
        },
    }
}

/// "no row for 7 `employees`": the value that chose the row.
fn row_reason(table: &crate::model::Table<Points>, why: &Why<'_>) -> String {
    let (name, value) = match &table.key {
        TableKey::Number(key) => (why.words.number(key), why.scope.number(key).map(crate::value::Value::Number)),
        TableKey::Text(key) => (why.words.text(key), why.scope.text(key).map(crate::value::Value::Text)),
    };
    let met = format!("`{name}` is {}", super::describe::show(value.as_ref()));
    match why.scope.row(table) {
        None => format!("{met}: no row"),
        Some(row) if why.scope.points(&row.result, 0).is_none() => format!("{met}: the points of its row are missing"),
        Some(row) => format!("{met}: `{}`", why.words.source(row.span)),
    }
}

fn selector_of(rule: &Rule) -> Option<&Selector> {
    match &rule.body {
        Body::ForEach(each) => Some(&each.selector),
        Body::ForEvery(every) => Some(&every.selector),
        Body::Always | Body::When(_) => None,
    }
}

pub(super) fn find(model: &Model, rule: RuleId) -> Option<Found<'_>> {
    model.scores.iter().find_map(|score| {
        let ScoreBody::Rules { items, .. } = &score.body else { return None };
        let mut groups = Vec::new();
        find_among(items, rule, &mut groups).map(|rule| Found { score, groups, rule })
    })
}

/// Leaves the groups around the rule in `groups`.
fn find_among<'model>(items: &'model [Item], id: RuleId, groups: &mut Vec<&'model Group>) -> Option<&'model Rule> {
    for item in items {
        match item {
            Item::Rule(rule) if rule.id == id => return Some(rule),
            Item::Rule(_) => {}
            Item::Group(group) => {
                groups.push(group);
                if let Some(found) = find_among(&group.items, id, groups) {
                    return Some(found);
                }
                groups.pop();
            }
        }
    }
    None
}
