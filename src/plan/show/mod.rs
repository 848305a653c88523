//! A plan told to people: what is read, what is asked of it, what became of the rules, and why.
//!
//! Made of a plan as plain data, which is the JSON of `score plan`, and written out by [`mod@human`].

mod human;
mod lookups;
mod states;
mod users;

pub use human::human;

use super::census::cut_name;
use super::naming::Naming;
use super::{BodyPlan, Cut, Nodes, PartSearch, Plan, TextTests};
use crate::model::{EventId, Model, Rule, RuleId};
use serde::Serialize;
use std::collections::BTreeMap;
use users::Users;

/// A plan in words.
#[derive(Debug, Serialize)]
pub struct Shown {
    pub as_of: String,
    /// For people
    #[serde(skip)]
    pub as_of_written: String,
    pub fields: Vec<String>,
    /// How many the model declares
    pub declared_fields: usize,
    pub events: Vec<ReadEvent>,
    pub subjects: Vec<ShownSubject>,
    pub lookups: Vec<lookups::ShownLookup>,
    pub masks: Vec<Used>,
    pub ignores: Vec<states::ShownIgnore>,
    pub states: Vec<states::ShownState>,
    /// Rules that are part of no lookup
    pub alone: Vec<Alone>,
    pub dropped: Vec<Left>,
    /// How often each thing was done
    pub census: BTreeMap<String, u64>,
}

/// An event type and what is read of it.
#[derive(Debug, Serialize)]
pub struct ReadEvent {
    pub event: String,
    pub properties: Vec<String>,
}

/// A value that questions are asked of.
#[derive(Debug, Serialize)]
pub struct ShownSubject {
    pub value: String,
    /// `lead` or `event`
    pub scope: &'static str,
    /// `numbers`, `dates`, `yes/no`, `texts` or `lists`
    pub kind: &'static str,
    /// How it is told into classes
    pub by: String,
    pub questions: Vec<Used>,
}

/// A condition with what uses it.
#[derive(Debug, Serialize)]
pub struct Used {
    pub condition: String,
    pub used_by: Vec<String>,
}

/// A rule that stands by itself.
#[derive(Debug, Serialize)]
pub struct Alone {
    pub rule: String,
    pub score: String,
    pub why: String,
}

/// A rule or group that was left out.
#[derive(Debug, Serialize)]
pub struct Left {
    pub label: String,
    pub score: String,
    pub why: &'static str,
}

/// The plan in words.
pub fn shown(plan: &Plan<'_>) -> Shown {
    let labels = labels(plan.model);
    let users = Users::of(plan, &labels);
    let field = |id: &crate::model::FieldId| plan.model.lead.fields.get(id.index()).map(|field| field.name.clone());
    let label = |rule: &RuleId| labels.get(rule).cloned().unwrap_or_default();
    Shown {
        as_of: plan.as_of.to_string(),
        as_of_written: plan.model.zone.written(plan.as_of),
        fields: plan.fields.iter().filter_map(field).collect(),
        declared_fields: plan.model.lead.fields.len(),
        events: plan.events.iter().map(|event| read_event(plan, *event)).collect(),
        subjects: subjects(plan, &users),
        lookups: lookups::shown(plan, &labels),
        masks: masks(plan, &users),
        ignores: plan.ignores.iter().map(|ignore| states::ignore(plan, ignore)).collect(),
        states: (0..).zip(&plan.states).map(|(id, state)| states::state(plan, id, state, &users)).collect(),
        alone: plan
            .notes
            .unfolded
            .iter()
            .map(|(rule, why)| {
                let (score, rule) = label(rule);
                Alone { rule, score, why: why.clone() }
            })
            .collect(),
        dropped: plan
            .notes
            .dropped
            .iter()
            .map(|left| Left { label: left.label.clone(), score: left.score.clone(), why: left.why })
            .collect(),
        census: plan.notes.census.clone(),
    }
}

/// The plan as JSON.
pub fn json(plan: &Plan<'_>) -> String {
    // Names and numbers always can be written.
    let mut text = serde_json::to_string_pretty(&shown(plan)).unwrap_or_default();
    text.push('\n');
    text
}

/// Of each rule its score and its label.
type Labels = BTreeMap<RuleId, (String, String)>;

fn labels(model: &Model) -> Labels {
    let mut labels = Labels::new();
    for score in &model.scores {
        for rule in rules_of(score) {
            labels.insert(rule.id, (score.name.clone(), rule.label.clone()));
        }
    }
    labels
}

/// All rules of a score, in the order written.
fn rules_of(score: &crate::model::Score) -> Vec<&Rule> {
    use crate::model::{Item, ScoreBody};
    let ScoreBody::Rules { items, .. } = &score.body else { return Vec::new() };
    let mut rules = Vec::new();
    let mut waiting: Vec<&Item> = items.iter().rev().collect();
    while let Some(item) = waiting.pop() {
        match item {
            Item::Rule(rule) => rules.push(rule),
            Item::Group(group) => waiting.extend(group.items.iter().rev()),
        }
    }
    rules
}

fn read_event(plan: &Plan<'_>, id: EventId) -> ReadEvent {
    let event = plan.model.events.get(id.index());
    let properties = plan.properties.iter().filter(|(of, _)| *of == id);
    let names = properties.filter_map(|(_, property)| event?.properties.get(property.index()));
    ReadEvent {
        properties: names.map(|property| property.name.clone()).collect(),
        event: event.map(|event| event.name.clone()).unwrap_or_default(),
    }
}

fn subjects(plan: &Plan<'_>, users: &Users) -> Vec<ShownSubject> {
    let scopes: [(&Nodes, Option<&Nodes>, &'static str); 2] =
        [(&plan.lead, None, "lead"), (&plan.event, Some(&plan.lead), "event")];
    let mut shown = Vec::new();
    for (nodes, lead, scope) in scopes {
        let naming = Naming { model: plan.model, nodes, lead };
        for (id, subject) in (0..).zip(&nodes.subjects).filter(|(_, subject)| !subject.questions.is_empty()) {
            let used_by = |question: u32| users.of_question(scope == "event", id, question);
            shown.push(ShownSubject {
                value: naming.said(subject.value),
                scope,
                kind: cut_name(&subject.cut),
                by: by(&subject.cut),
                questions: (0..)
                    .zip(&subject.questions)
                    .map(|(question, said)| Used { condition: said.clone(), used_by: used_by(question) })
                    .collect(),
            });
        }
    }
    shown
}

fn by(cut: &Cut) -> String {
    match cut {
        Cut::Numbers { edges, .. } if edges.is_empty() => "known or missing".to_owned(),
        Cut::Numbers { edges, .. } => counted(edges.len(), "edge"),
        Cut::Dates { edges, .. } if edges.is_empty() => "known or missing".to_owned(),
        Cut::Dates { edges, .. } => counted(edges.len(), "edge"),
        Cut::YesNo { .. } => "yes, no or missing".to_owned(),
        Cut::Texts { tests, .. } | Cut::Lists { tests, .. } => machine(tests),
    }
}

/// `a table of 2 values, one search for 3 parts`
fn machine(tests: &TextTests) -> String {
    let sizes = tests.sizes();
    let (search, set) = tests.searches();
    let mut said = Vec::new();
    if sizes.values > 0 {
        said.push(format!("a table of {}", counted(sizes.values, "value")));
    }
    if sizes.inside > 0 {
        let parts = counted(sizes.inside, "part");
        said.push(match search {
            PartSearch::Each => format!("{parts} one by one"),
            PartSearch::Beginnings => format!("one search for {parts}"),
            PartSearch::Automaton => format!("one automaton of {parts}"),
        });
    }
    let sides = [(sizes.starts, "beginning"), (sizes.ends, "ending"), (sizes.patterns, "pattern")];
    said.extend(sides.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what)));
    match sizes.regexes {
        0 => {}
        regexes if set => said.push(format!("one set of {}", counted(regexes, "regular expression"))),
        regexes => said.push(counted(regexes, "regular expression")),
    }
    if tests.looks_at_keys() {
        said.push("keys hit at random".to_owned());
    }
    if said.is_empty() { "known or missing".to_owned() } else { said.join(", ") }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Conditions over several values that decide something by themselves.
fn masks(plan: &Plan<'_>, users: &Users) -> Vec<Used> {
    let naming = Naming { model: plan.model, nodes: &plan.lead, lead: None };
    let masks = users.masks.iter();
    masks
        .map(|(mask, used_by)| Used {
            condition: naming.said(super::ValueId::Mask(*mask)),
            used_by: used_by.iter().cloned().collect(),
        })
        .collect()
}

/// The mask that lets a rule give points.
fn mask_of(body: &BodyPlan) -> Option<super::MaskId> {
    match body {
        BodyPlan::When { mask, .. } => *mask,
        BodyPlan::ForEach(_) | BodyPlan::ForEvery { .. } => None,
    }
}
