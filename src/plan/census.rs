//! What a plan has come to, counted: so that a test can see that every optimisation was met.

use super::builder::Builder;
use super::join::JOINED_TOGETHER;
use super::*;
use crate::model::Choice;

impl Builder<'_> {
    /// What was there already.
    pub(super) fn count_shared(&mut self) {
        for arena in [&self.lead, &self.event, &self.after] {
            self.notes.count_many("shared value", arena.shared_values);
            self.notes.count_many("shared question", arena.shared_questions);
        }
    }
}

impl Plan<'_> {
    pub(super) fn take_census(&mut self) {
        let mut counted: Vec<String> = Vec::new();
        for nodes in [&self.lead, &self.event, &self.after] {
            for subject in nodes.subjects.iter().filter(|subject| !subject.questions.is_empty()) {
                counted.push(format!("subject: {}", cut_name(&subject.cut)));
                if let Cut::Texts { tests, .. } = &subject.cut {
                    let (parts, set) = tests.searches();
                    match parts {
                        PartSearch::Each => {}
                        PartSearch::Beginnings => counted.push("text beginnings".to_owned()),
                        PartSearch::Automaton => counted.push("text automaton".to_owned()),
                    }
                    counted.extend(set.then(|| "regex set".to_owned()));
                }
            }
            counted.extend((nodes.joined() >= JOINED_TOGETHER).then(|| "questions joined together".to_owned()));
            for value in &nodes.order {
                if let ValueId::Mask(id) = value {
                    counted.extend(nodes.masks.get(id.index()).map(mask_name).map(|name| format!("mask: {name}")));
                }
            }
        }
        for score in &self.scores {
            if let ScorePlan::Rules { items, .. } = score {
                count_items(items, &self.lead, &mut counted);
            }
        }
        for state in &self.states {
            counted.push(format!("state: {} {}", kind_name(state.kind), asks_name(&state.asks)));
        }
        for ignore in &self.ignores {
            counted.push(format!("ignore: {}", if ignore.is_local() { "as it is read" } else { "at the end" }));
        }
        counted.into_iter().for_each(|name| self.notes.count(name));
    }
}

/// Groups nest to a depth that the checker bounds.
fn count_items(items: &[PlacedItem], nodes: &Nodes, counted: &mut Vec<String>) {
    for item in items {
        match &item.item {
            ItemPlan::Group(group) => count_items(&group.items, nodes, counted),
            ItemPlan::Lookup(lookup) => {
                let cut = nodes.subjects.get(lookup.subject.index()).map_or("", |subject| cut_name(&subject.cut));
                counted.push(format!("lookup: {cut}"));
                counted.push(format!("lookup: {}", choice_name(lookup.choice)));
            }
            ItemPlan::Rule(rule) => counted.push(match &rule.body {
                BodyPlan::When { .. } => "rule: by mask".to_owned(),
                BodyPlan::ForEach(_) => "rule: for each".to_owned(),
                BodyPlan::ForEvery { .. } => "rule: for every".to_owned(),
            }),
        }
    }
}

pub(super) fn cut_name(cut: &Cut) -> &'static str {
    match cut {
        Cut::Numbers { .. } => "numbers",
        Cut::Dates { .. } => "dates",
        Cut::YesNo { .. } => "yes/no",
        Cut::Texts { .. } => "texts",
        Cut::Lists { .. } => "lists",
    }
}

pub(super) fn choice_name(choice: Choice) -> &'static str {
    match choice {
        Choice::All => "sum",
        Choice::FirstMatch => "first match",
        Choice::Highest => "highest",
        Choice::Lowest => "lowest",
    }
}

fn mask_name(mask: &MaskNode) -> &'static str {
    match mask {
        MaskNode::Constant(_) => "constant",
        MaskNode::All(_) => "and",
        MaskNode::Any(_) => "or",
        MaskNode::Not(_) => "not",
        MaskNode::Question(..) => "question",
        MaskNode::Questions(_) => "questions joined",
        MaskNode::Known(_) => "known",
        MaskNode::YesNo { .. } => "yes/no",
        MaskNode::Number { .. } => "two numbers",
        MaskNode::Text { .. } => "two texts",
        MaskNode::Includes { .. } => "a list and a text",
        MaskNode::Date { .. } => "two dates",
        MaskNode::Band { .. } | MaskNode::BandKnown(_) => "band",
        MaskNode::Threshold(_) => "threshold",
        MaskNode::Excluded => "excluded",
        MaskNode::OfLead(_) => "of the lead",
    }
}

pub(super) fn kind_name(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Fixed => "fixed",
        StateKind::PerBucket => "per bucket",
        StateKind::List => "list",
    }
}

fn asks_name(asks: &Asks) -> &'static str {
    match asks {
        Asks::Count => "count",
        Asks::CountOfDistinct(_) => "count of distinct",
        Asks::Sum(_) => "sum",
        Asks::Average(_) => "average",
        Asks::Highest(_) => "highest",
        Asks::Lowest(_) => "lowest",
        Asks::Latest(_) => "latest",
        Asks::First(_) => "first",
        Asks::LatestAt => "latest at",
        Asks::FirstAt => "first at",
        Asks::Points(_) => "points",
    }
}
