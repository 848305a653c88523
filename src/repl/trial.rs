//! A rule that is tried: what it would do to the lead, and to all leads, without touching the file.

use super::standing::Standing;
use super::typed::Line;
use super::{Answer, Session, Wrong};
use crate::check::check;
use crate::model::{Model, Results, RuleId, ThresholdId};
use crate::run::reasons::signed;
use crate::source::Disk;
use crate::syntax::program::Program;
use crate::syntax::tree::{Body, Item, Name, Score, ScoreBody, StatementKind};
use crate::terminal::{count, percent, safe};
use crate::value::{Decimal, fold_name};
use std::fmt::Write;

/// Answers rules: what moves, for the lead and for the leads of the file.
pub fn run(session: &mut Session, line: Line, score: Option<&Name>, items: Vec<Item>) -> Answer {
    let mut program = session.opened.program.clone();
    let Some(chosen) = chosen(&mut program, score, &items) else { return Err(no_score(session, line, score)) };
    let (name, first) = (chosen.name.text.clone(), span_of(&items));
    if let ScoreBody::Rules(all) = &mut chosen.body {
        all.extend(items);
    }
    program.sources = line.sources;
    let model =
        check(&program, &Disk).map_err(|diagnostics| Wrong::Rules { sources: program.sources.clone(), diagnostics })?;

    let as_of = session.state.as_of;
    let evaluation = session.state.subject.evaluate(&model, as_of);
    let tried: Vec<RuleId> = first.map(|first| rules_at(&model, first.file)).unwrap_or_default();
    let mut text = session.look.paint().dim(&format!("tried in `{}`, not kept", safe(&name)));
    for rule in &tried {
        let entry = evaluation.breakdowns.iter().find_map(|breakdown| breakdown.rule(*rule));
        let (Some(entry), Some(why)) = (entry, evaluation.why_rule(*rule)) else { continue };
        let points = if entry.took_part { signed(entry.points) } else { "·".to_owned() };
        // Writing to a String cannot fail.
        let _ = write!(text, "\n{points} {}: {}", safe(&entry.label), safe(&why.reason));
    }
    let moved = Standing::of(&model, &evaluation.results).moved_from(&session.standing(), session.look);
    text = format!("{text}\n{moved}");
    if session.population.is_some() {
        let before = session.results()?;
        let after = session.population()?.results(&model, as_of, session.threads)?;
        text += "\n";
        text += &impact(&model, &before, &after);
    }
    Ok(text)
}

/// The score that the rules are put into: the one that is named; else the first with rules that look at events the same
/// way as the first rule does; else the first with rules.
fn chosen<'p>(program: &'p mut Program, name: Option<&Name>, items: &[Item]) -> Option<&'p mut Score> {
    let for_each = items.iter().any(is_for_each);
    let has_rules = |score: &Score| matches!(score.body, ScoreBody::Rules(_));
    let is_alike = |score: &Score| match &score.body {
        ScoreBody::Rules(items) => items.iter().any(is_for_each) == for_each,
        ScoreBody::Derived(_) => false,
    };
    let mut scores: Vec<&mut Score> = program
        .files
        .iter_mut()
        .flat_map(|file| &mut file.statements)
        .filter_map(|statement| match &mut statement.kind {
            StatementKind::Score(score) if has_rules(score) => Some(score),
            _ => None,
        })
        .collect();
    let place = match name {
        Some(name) => scores.iter().position(|score| fold_name(&score.name.text) == fold_name(&name.text))?,
        None => scores.iter().position(|score| is_alike(score)).unwrap_or(0),
    };
    (place < scores.len()).then(|| scores.swap_remove(place))
}

fn is_for_each(item: &Item) -> bool {
    match item {
        Item::Rule(rule) => rule.body.as_ref().is_some_and(|body| !matches!(body.node, Body::When(_))),
        Item::Table(table) => table.for_each.is_some(),
        Item::Group(group) => group.items.iter().any(is_for_each),
    }
}

fn no_score(session: &Session, line: Line, name: Option<&Name>) -> Wrong {
    let with_rules = session.model().scores.iter();
    let with_rules = with_rules.filter(|score| matches!(score.body, crate::model::ScoreBody::Rules { .. }));
    let names: Vec<String> = with_rules.map(|score| format!("`{}`", score.name)).collect();
    drop(line);
    match name {
        None => Wrong::said("the model has no score with rules, so there is no place for this one"),
        Some(name) => Wrong::said(format!("no score with rules is called `{}`", name.text))
            .help(format!("those with rules are {}", names.join(", "))),
    }
}

fn span_of(items: &[Item]) -> Option<crate::source::Span> {
    items.first().map(|item| match item {
        Item::Rule(rule) => rule.span,
        Item::Table(table) => table.span,
        Item::Group(group) => group.span,
    })
}

/// The rules that stand in a file.
fn rules_at(model: &Model, file: crate::source::FileId) -> Vec<RuleId> {
    let mut found = Vec::new();
    for score in &model.scores {
        let crate::model::ScoreBody::Rules { items, .. } = &score.body else { continue };
        let mut open: Vec<&crate::model::Item> = items.iter().rev().collect();
        while let Some(item) = open.pop() {
            match item {
                crate::model::Item::Rule(rule) if rule.span.file == file => found.push(rule.id),
                crate::model::Item::Rule(_) => {}
                crate::model::Item::Group(group) => open.extend(group.items.iter().rev()),
            }
        }
    }
    found
}

/// What moves among all leads: a line a score and a threshold that moves for some.
pub fn impact(model: &Model, before: &[Results], after: &[Results]) -> String {
    let all = before.len() as u64;
    let leads = count(all, "lead", "leads");
    let mut lines = Vec::new();
    let pairs = || before.iter().zip(after);
    for (place, score) in model.scores.iter().enumerate() {
        let of = |results: &Results| results.scores.get(place).copied().flatten();
        let changed = pairs().filter(|(was, is)| of(was) != of(is)).count() as u64;
        if changed > 0 {
            let sum = pairs()
                .filter_map(|(was, is)| of(is)?.subtract(of(was)?))
                .fold(0_i128, |sum, by| sum.saturating_add(by.billionths()));
            let average =
                Decimal::ZERO.add(Decimal::from_billionths(sum / i128::from(changed.max(1)))).map(|by| by.round(1));
            let share = percent(changed, all);
            lines.push(format!(
                "{}  changes for {changed} of {leads} ({share}), by {} on average",
                safe(&score.name),
                signed(average.unwrap_or_default())
            ));
        }
    }
    for (threshold, id) in model.thresholds.iter().zip((0..).map(ThresholdId)) {
        let met = |results: &Results| results.thresholds.get(id.index()).copied().unwrap_or(false);
        let enter = pairs().filter(|(was, is)| !met(was) && met(is)).count();
        let leave = pairs().filter(|(was, is)| met(was) && !met(is)).count();
        if enter + leave > 0 {
            lines.push(format!("{}  {enter} enter, {leave} leave", safe(&threshold.name)));
        }
    }
    if lines.is_empty() {
        lines.push(format!("nothing moves for any of {leads}"));
    }
    lines.join("\n")
}
