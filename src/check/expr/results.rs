//! `points of "Rule label" in fit`, where results are looked at.

use super::Expressions;
use super::unknown::written;
use crate::diagnostics::code::check as code;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{AnyExpr, Item, NumberExpr, Rule, Score, ScoreBody, ScoreId};
use crate::source::Span;
use crate::syntax::tree::{Name, Text as Quoted};

impl Expressions<'_> {
    pub(super) fn points_of(&mut self, label: &Quoted, score: Option<&Name>, span: Span) -> Option<AnyExpr> {
        if !self.place.results {
            self.findings.error(
                code::RESULTS_ONLY,
                span,
                "`points of` looks at results, so it can be asked in tests alone",
                "ask for the condition of that rule itself, or give it a name with `define`",
            );
            return None;
        }
        let model = self.model;
        let ids: Vec<ScoreId> = match score {
            Some(name) => vec![self.score_named(name, "rules stand in scores")?],
            None => (0..model.scores.len() as u32).map(ScoreId).collect(),
        };
        let scores: Vec<&Score> = ids.iter().filter_map(|id| model.scores.get(id.index())).collect();
        let rules: Vec<(&Score, &Rule)> = scores
            .iter()
            .flat_map(|score| rules(score).into_iter().map(move |rule| (*score, rule)))
            .filter(|(_, rule)| rule.label == label.node)
            .collect();
        match rules.as_slice() {
            [(_, rule)] => Some(AnyExpr::Number(NumberExpr::PointsOf(rule.id))),
            [] if ids.iter().any(|id| self.facts.incomplete.contains(id)) => None,
            [] => self.unknown_label(label, &scores),
            [(first, _), ..] => {
                let message = format!("several scores have a rule `{}`", label.node);
                let help = format!("say which one: `points of \"{}\" in {}`", label.node, written(&first.name));
                self.findings.error(code::LABEL_IN_SEVERAL, label.span, message, help);
                None
            }
        }
    }

    fn unknown_label<T>(&mut self, label: &Quoted, scores: &[&Score]) -> Option<T> {
        let all: Vec<&Rule> = scores.iter().flat_map(|score| rules(score)).collect();
        let group = scores.iter().any(|score| has_group(score, &label.node));
        let message = match scores {
            [one] => format!("the score `{}` has no rule `{}`", one.name, label.node),
            _ => format!("no rule is called `{}`", label.node),
        };
        let help = match nearest(&label.node, all.iter().map(|rule| rule.label.as_str())) {
            _ if group => "this is a group; name one of its rules, or the score".to_owned(),
            Some(meant) => format!("did you mean `points of \"{meant}\"`?"),
            None => "write the label of a rule as it stands in its score".to_owned(),
        };
        self.findings.add(Diagnostic::error(code::UNKNOWN_LABEL, label.span, message).help(help));
        None
    }
}

/// All rules of a score, in groups too.
fn rules(score: &Score) -> Vec<&Rule> {
    items(score).into_iter().filter_map(|item| if let Item::Rule(rule) = item { Some(rule) } else { None }).collect()
}

fn has_group(score: &Score, label: &str) -> bool {
    items(score).into_iter().any(|item| matches!(item, Item::Group(group) if group.label == label))
}

fn items(score: &Score) -> Vec<&Item> {
    let ScoreBody::Rules { items, .. } = &score.body else { return Vec::new() };
    let mut all = Vec::new();
    let mut waiting: Vec<&Item> = items.iter().rev().collect();
    while let Some(item) = waiting.pop() {
        all.push(item);
        if let Item::Group(group) = item {
            waiting.extend(group.items.iter().rev());
        }
    }
    all
}
