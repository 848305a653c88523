//! `:why`, `:why fit`, `:why mql`, `:why "Executive"`, `:why not "Executive"`

use super::{Command, Takes, all_rules, quoted};
use crate::diagnostics::nearest;
use crate::model::{AnyExpr, Condition, ConditionKind, Model, RuleId, ScoreId, Symbol, ThresholdId};
use crate::reference::{Entry, EntryKind, Evaluation, show};
use crate::repl::draw::{Step, waterfall};
use crate::repl::standing::score_text;
use crate::repl::{Answer, Look, Session, Wrong};
use crate::run::reasons::signed;
use crate::source::Span;
use crate::terminal::{count, safe};
use crate::value::fold_name;

pub static COMMAND: Command = Command {
    name: "why",
    form: "[NAME] · not \"RULE\"",
    about: "where the points of a score come from; why a threshold is met or not; why a rule gives nothing",
    takes: Takes::Result,
    run,
};

fn run(session: &mut Session, text: &str) -> Answer {
    let model = session.model();
    let evaluation = session.state.subject.evaluate(model, session.state.as_of);
    let look = session.look;
    if text.is_empty() {
        let scores = (0..model.scores.len() as u32).map(|id| of_score(model, &evaluation, ScoreId(id), look));
        let thresholds = (0..model.thresholds.len() as u32).map(|id| of_threshold(&evaluation, ThresholdId(id)));
        return Ok(scores.chain(thresholds).collect::<Vec<_>>().join("\n"));
    }
    let (negated, named) = match text.strip_prefix("not ") {
        Some(rest) => (true, rest.trim()),
        None => (false, text),
    };
    if let Some(label) = in_quotes(named) {
        let rule = rule_called(model, &label)?;
        return Ok(of_rule(&evaluation, rule, look));
    }
    match model.names.get(&fold_name(named.trim_matches('`'))) {
        Some(Symbol::Score(id)) if !negated => Ok(of_score(model, &evaluation, *id, look)),
        Some(Symbol::Threshold(id)) => Ok(of_threshold(&evaluation, *id)),
        Some(Symbol::Matrix(id)) => {
            let cell = evaluation.results.cell(model, *id).unwrap_or("missing");
            let matrix = model.matrices.get(id.index());
            let sides = matrix.map(|matrix| [matrix.rows, matrix.columns]).unwrap_or([ScoreId(0), ScoreId(0)]);
            let names = sides.map(|side| {
                let name = model.scores.get(side.index()).map(|score| score.name.clone()).unwrap_or_default();
                format!("{} is {}", safe(&name), safe(&score_text(model, &evaluation.results, side)))
            });
            Ok(format!("{}: {}", safe(cell), names.join(", ")))
        }
        Some(Symbol::Define(id)) => match model.defines.get(id.index()).map(|define| &define.value) {
            Some(AnyExpr::Condition(_)) => {
                let named = Condition { kind: ConditionKind::Define(*id), span: Span::default() };
                Ok(safe(&evaluation.why(&named)))
            }
            Some(value) => Ok(safe(&show(evaluation.value(value).as_ref()))),
            None => Ok(String::new()),
        },
        _ => Ok(of_rule(&evaluation, rule_called(model, named)?, look)),
    }
}

/// `"Rule"` without its quotes.
fn in_quotes(text: &str) -> Option<String> {
    let inside = text.strip_prefix('"')?;
    Some(inside.strip_suffix('"').unwrap_or(inside).replace("\\\"", "\"").replace("\\\\", "\\"))
}

fn rule_called(model: &Model, label: &str) -> Result<RuleId, Wrong> {
    let rules = all_rules(model);
    let exact = rules.iter().find(|(_, rule)| rule.label == label);
    let folded = || rules.iter().find(|(_, rule)| crate::value::fold(&rule.label) == crate::value::fold(label));
    if let Some((_, rule)) = exact.or_else(folded) {
        return Ok(rule.id);
    }
    let labels: Vec<&str> = rules.iter().map(|(_, rule)| rule.label.as_str()).collect();
    let names: Vec<&str> = model.scores.iter().map(|score| score.name.as_str()).collect();
    let wrong = Wrong::said(format!("there is no score, threshold or rule `{}`", safe(label)));
    Err(match nearest(label, labels.into_iter().chain(names.iter().copied())) {
        Some(near) => wrong.help(format!("did you mean `{}`?", safe(near))),
        None => wrong.help(format!("the scores are {}; `:rules` shows all rules", quoted(&names))),
    })
}

fn of_rule(evaluation: &Evaluation<'_>, rule: RuleId, look: Look) -> String {
    let entry = evaluation.breakdowns.iter().find_map(|breakdown| breakdown.rule(rule));
    let (Some(entry), Some(why)) = (entry, evaluation.why_rule(rule)) else { return String::new() };
    let paint = look.paint();
    let gives = match (entry.took_part, entry.dropped) {
        (false, _) => paint.yellow("gives nothing"),
        (true, true) => paint.yellow(&format!("{} are not chosen", signed(entry.points))),
        (true, false) => paint.green(&format!("gives {}", signed(entry.points))),
    };
    format!("{} {gives}\n  {}", paint.bold(&safe(&entry.label)), safe(&why.reason))
}

fn of_threshold(evaluation: &Evaluation<'_>, id: ThresholdId) -> String {
    let named = Condition { kind: ConditionKind::Threshold(id), span: Span::default() };
    safe(&evaluation.why(&named))
}

fn of_score(model: &Model, evaluation: &Evaluation<'_>, id: ScoreId, look: Look) -> String {
    let (Some(score), Some(breakdown)) = (model.scores.get(id.index()), evaluation.breakdowns.get(id.index())) else {
        return String::new();
    };
    let paint = look.paint();
    let text = score_text(model, &evaluation.results, id);
    let heading = format!("{}  {}", paint.bold(&safe(&score.label)), safe(&text));
    let takes_part = |entry: &&Entry| entry.took_part || entry.points != crate::value::Decimal::ZERO;
    let steps: Vec<Step> = breakdown.entries.iter().filter(takes_part).map(step).collect();
    let total = breakdown.total.map_or_else(|| "missing".to_owned(), |total| total.to_string());
    let mut lines = vec![heading];
    if let Some(exclude) = evaluation.results.excluded.and_then(|id| model.excludes.get(id.index())) {
        lines.push(format!("  excluded: {}; without that it would be", safe(&exclude.reason)));
    }
    if steps.is_empty() {
        lines.push(paint.dim("  no rule gives points"));
        return lines.join("\n");
    }
    lines.extend(waterfall(&steps, &total, look));
    lines.join("\n")
}

fn step(entry: &Entry) -> Step {
    let before = entry
        .before_decay
        .filter(|before| *before != entry.points)
        .map(|before| format!("{} before decay", signed(before)));
    let times = entry.occurrences.filter(|times| *times != 1).map(|times| count(times, "time", "times"));
    let dropped = entry.dropped.then(|| "not chosen".to_owned());
    let note: Vec<String> = [times, before, dropped].into_iter().flatten().collect();
    Step {
        label: safe(&entry.label),
        depth: entry.depth,
        points: entry.points,
        heading: entry.kind == EntryKind::Group,
        note: note.join(", "),
    }
}
