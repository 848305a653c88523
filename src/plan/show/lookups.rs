//! Lookups by what each class of their subject gives.

use super::Labels;
use crate::plan::census::{choice_name, cut_name};
use crate::plan::naming::Naming;
use crate::plan::{Cut, ItemPlan, Lookup, LookupEntry, PlacedItem, Plan, ScorePlan, Subject};
use crate::value::{Decimal, Instant};
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Debug, Serialize)]
pub struct ShownLookup {
    pub score: String,
    pub value: String,
    pub kind: &'static str,
    /// `sum`, `first match`, `highest` or `lowest`
    pub choice: &'static str,
    /// Where classes are known beforehand: neighbours that give the same are one
    pub classes: Vec<ShownClass>,
    pub rules: Vec<ShownRule>,
}

#[derive(Debug, Serialize)]
pub struct ShownClass {
    /// `missing`, `below 10`, `from 10, below 50`
    pub values: String,
    /// Null where no rule holds
    pub points: Option<Box<RawValue>>,
}

#[derive(Debug, Serialize)]
pub struct ShownRule {
    pub rule: String,
    pub condition: String,
    pub points: Option<Box<RawValue>>,
}

pub(super) fn shown(plan: &Plan<'_>, labels: &Labels) -> Vec<ShownLookup> {
    let mut shown = Vec::new();
    for (score, score_plan) in plan.model.scores.iter().zip(&plan.scores) {
        let ScorePlan::Rules { items, .. } = score_plan else { continue };
        let mut waiting: Vec<&PlacedItem> = items.iter().rev().collect();
        while let Some(item) = waiting.pop() {
            match &item.item {
                ItemPlan::Group(group) => waiting.extend(group.items.iter().rev()),
                ItemPlan::Lookup(lookup) => shown.extend(one(plan, labels, &score.name, lookup)),
                ItemPlan::Rule(_) => {}
            }
        }
    }
    shown
}

fn one(plan: &Plan<'_>, labels: &Labels, score: &str, lookup: &Lookup) -> Option<ShownLookup> {
    let subject = plan.lead.subjects.get(lookup.subject.index())?;
    let rules = lookup.rules.iter().map(|rule| ShownRule {
        rule: labels.get(&rule.rule).map(|(_, label)| label.clone()).unwrap_or_default(),
        condition: subject.questions.get(rule.question.index()).cloned().unwrap_or_default(),
        points: number(rule.points),
    });
    Some(ShownLookup {
        score: score.to_owned(),
        value: Naming { model: plan.model, nodes: &plan.lead, lead: None }.said(subject.value),
        kind: cut_name(&subject.cut),
        choice: choice_name(lookup.choice),
        classes: lookup.entries.as_deref().map(|entries| classes(subject, entries)).unwrap_or_default(),
        rules: rules.collect(),
    })
}

fn number(points: Decimal) -> Option<Box<RawValue>> {
    RawValue::from_string(points.to_string()).ok()
}

fn classes(subject: &Subject, entries: &[LookupEntry]) -> Vec<ShownClass> {
    let class = |values: String, entry: &LookupEntry| ShownClass {
        values,
        points: entry.place.and_then(|_| number(entry.points)),
    };
    let edges: Vec<String> = match &subject.cut {
        Cut::Numbers { edges, .. } => edges.iter().map(Decimal::to_string).collect(),
        Cut::Dates { edges, .. } => edges.iter().map(|edge| Instant(*edge).to_string()).collect(),
        Cut::YesNo { .. } | Cut::Texts { .. } | Cut::Lists { .. } => {
            let names = ["missing", "no", "yes"].iter().map(|name| (*name).to_owned());
            return names.zip(entries).map(|(values, entry)| class(values, entry)).collect();
        }
    };
    let Some((missing, known)) = entries.split_first() else { return Vec::new() };
    let mut shown = vec![class("missing".to_owned(), missing)];
    let mut start = 0;
    let gives = |entry: &LookupEntry| entry.place.map(|_| entry.points);
    for run in known.chunk_by(|one, other| gives(one) == gives(other)) {
        let end = start + run.len() - 1;
        shown.extend(run.first().map(|entry| class(between(&edges, start, end), entry)));
        start = end + 1;
    }
    shown
}

/// The values from one position to another: `2 i` lies below edge `i`, `2 i + 1` on it.
fn between(edges: &[String], start: usize, end: usize) -> String {
    let edge = |place: usize| edges.get(place).map_or("", String::as_str);
    let from = match start {
        0 => None,
        start if start % 2 == 1 => Some(format!("from {}", edge(start / 2))),
        start => Some(format!("above {}", edge(start / 2 - 1))),
    };
    let to = match end {
        end if end == 2 * edges.len() => None,
        end if end % 2 == 1 => Some(format!("to {}", edge(end / 2))),
        end => Some(format!("below {}", edge(end / 2))),
    };
    match (from, to) {
        _ if start == end && start % 2 == 1 => format!("exactly {}", edge(start / 2)),
        (None, None) => "known".to_owned(),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(from), Some(to)) => format!("{from}, {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn positions_in_words() {
        let edges = ["10".to_owned(), "50".to_owned()];
        let said = |start, end| between(&edges, start, end);
        assert_eq!(said(0, 4), "known");
        assert_eq!(said(0, 0), "below 10");
        assert_eq!(said(0, 1), "to 10");
        assert_eq!(said(1, 1), "exactly 10");
        assert_eq!(said(1, 2), "from 10, below 50");
        assert_eq!(said(2, 3), "above 10, to 50");
        assert_eq!(said(4, 4), "above 50");
    }
}
