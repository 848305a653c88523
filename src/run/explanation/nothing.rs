//! Why a rule or a group gave nothing.

use crate::model::{AnyExpr, Body, Condition, Group, Item, Model, Points, Rule, RuleId, ScoreBody, Selector, TableKey};
use crate::reference::{Entry, EntryKind, Evaluation};
use crate::source::Span;
use crate::value::Value;
use std::collections::HashMap;

/// The rules and groups of a model, each with the conditions of the groups around it.
pub struct Rules<'model> {
    rules: HashMap<RuleId, (&'model Rule, Vec<&'model Condition>)>,
    groups: HashMap<Span, Vec<&'model Condition>>,
}

impl<'model> Rules<'model> {
    pub fn of(model: &'model Model) -> Rules<'model> {
        let mut rules = Rules { rules: HashMap::new(), groups: HashMap::new() };
        for score in &model.scores {
            if let ScoreBody::Rules { items, .. } = &score.body {
                let mut open: Vec<(&Item, Vec<&Condition>)> = items.iter().map(|item| (item, Vec::new())).collect();
                while let Some((item, around)) = open.pop() {
                    match item {
                        Item::Rule(rule) => drop(rules.rules.insert(rule.id, (rule, around))),
                        Item::Group(group) => open.extend(rules.open(group, around)),
                    }
                }
            }
        }
        rules
    }

    fn open(
        &mut self,
        group: &'model Group,
        mut around: Vec<&'model Condition>,
    ) -> Vec<(&'model Item, Vec<&'model Condition>)> {
        around.extend(&group.when);
        let inside = group.items.iter().map(|item| (item, around.clone())).collect();
        self.groups.insert(group.span, around);
        inside
    }

    /// In words for people: the part of the condition that failed, with the value it met.
    pub fn why_nothing(&self, model: &Model, evaluation: &Evaluation<'_>, entry: &Entry) -> String {
        let (rule, around) = match entry.kind {
            EntryKind::Rule(id) => match self.rules.get(&id) {
                Some((rule, around)) => (Some(*rule), around.as_slice()),
                None => (None, [].as_slice()),
            },
            _ => (None, entry.span.and_then(|span| self.groups.get(&span)).map_or([].as_slice(), Vec::as_slice)),
        };
        if let Some(failed) = around.iter().find(|when| !evaluation.holds(when)) {
            return format!("group: {}", evaluation.why(failed));
        }
        match rule {
            Some(rule) => of_rule(model, evaluation, rule),
            None => "none of its rules gave points".to_owned(),
        }
    }
}

fn of_rule(model: &Model, evaluation: &Evaluation<'_>, rule: &Rule) -> String {
    match &rule.body {
        Body::When(when) if !evaluation.holds(when) => evaluation.why(when),
        Body::When(_) | Body::Always => match &rule.points {
            Points::Table(table) => no_row(model, evaluation, &table.key),
            _ => "its points are missing".to_owned(),
        },
        Body::ForEach(each) => format!("no event: `{}`", written(model, &each.selector)),
        Body::ForEvery(every) => {
            format!("not a whole {} without `{}`", every.every, written(model, &every.selector))
        }
    }
}

/// "no row fits: `employees` is 12"
fn no_row(model: &Model, evaluation: &Evaluation<'_>, key: &TableKey) -> String {
    let expr = match key {
        TableKey::Number(number) => AnyExpr::Number(number.clone()),
        TableKey::Text(text) => AnyExpr::Text(text.clone()),
    };
    let name = match &expr {
        AnyExpr::Number(crate::model::NumberExpr::Field(id)) | AnyExpr::Text(crate::model::TextExpr::Field(id)) => {
            model.lead.fields.get(id.index()).map_or("the value", |field| &field.name)
        }
        _ => "the value",
    };
    let name = if name == "the value" { name.to_owned() } else { format!("`{name}`") };
    match evaluation.value(&expr) {
        None => format!("no row fits: {name} is missing"),
        Some(Value::Number(number)) => format!("no row fits: {name} is {number}"),
        Some(Value::Text(text)) => format!("no row fits: {name} is \"{}\"", text.given),
        Some(_) => "no row fits".to_owned(),
    }
}

/// A selector as its author wrote it, on one line.
fn written(model: &Model, selector: &Selector) -> String {
    model.sources.text(selector.span).split_whitespace().collect::<Vec<_>>().join(" ")
}
