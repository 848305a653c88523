//! Expressions: their value, and of a condition which part held and the value it met.

use super::standing::score_text;
use super::typed::Line;
use super::{Answer, Look, Session};
use crate::check::check_expression_in;
use crate::model::{AnyExpr, Condition, ConditionKind, Symbol};
use crate::reference::{Evaluation, show};
use crate::syntax::tree::{Expr, ExprKind};
use crate::terminal::safe;
use crate::value::fold_name;

/// Answers an expression about the lead that is tried.
pub fn run(session: &Session, line: Line, expr: &Expr) -> Answer {
    let model = session.model();
    let evaluation = session.state.subject.evaluate(model, session.state.as_of);
    if let ExprKind::BandOf(name) = &expr.kind
        && let Some(Symbol::Score(score)) = model.names.get(&fold_name(&name.text))
        && model.scores.get(score.index()).is_some_and(|score| score.bands.is_some())
    {
        let band = crate::run::row::band_name(model, &evaluation.results, *score);
        return Ok(safe(band.unwrap_or("missing")));
    }
    if let ExprKind::Name(name) = &expr.kind
        && let Some(Symbol::Score(score)) = model.names.get(&fold_name(&name.text))
    {
        return Ok(safe(&score_text(model, &evaluation.results, *score)));
    }
    match check_expression_in(model, expr, &line.sources) {
        Err(mistakes) => Err(line.wrong()(mistakes)),
        Ok(AnyExpr::Condition(asked)) => {
            // Its words are looked up in the model's sources, which do not hold the line.
            Ok(with_sources(session, line, |evaluation| condition(evaluation, &asked, session.look)))
        }
        Ok(value) => Ok(safe(&show(evaluation.value(&value).as_ref()))),
    }
}

/// Evaluates with a model whose sources hold the line, too.
fn with_sources(session: &Session, line: Line, look: impl FnOnce(&Evaluation<'_>) -> String) -> String {
    let mut model = session.model().clone();
    model.sources = line.sources;
    look(&session.state.subject.evaluate(&model, session.state.as_of))
}

/// `holds` or `does not hold`, and a line for each part.
pub fn condition(evaluation: &Evaluation<'_>, asked: &Condition, look: Look) -> String {
    let paint = look.paint();
    let held = evaluation.holds(asked);
    let heading = if held { paint.green("holds") } else { paint.yellow("does not hold") };
    let mut lines = vec![heading];
    match &asked.kind {
        // The outermost needs no heading.
        ConditionKind::All(inner) | ConditionKind::Any(inner) => {
            inner.iter().for_each(|part| parts(evaluation, part, 1, look, &mut lines));
        }
        _ => parts(evaluation, asked, 1, look, &mut lines),
    }
    lines.join("\n")
}

/// Conditions nest to a bounded depth.
fn parts(evaluation: &Evaluation<'_>, asked: &Condition, depth: usize, look: Look, lines: &mut Vec<String>) {
    let begin = format!("{}{}", "  ".repeat(depth), mark(evaluation.holds(asked), look));
    let (words, inner) = match &asked.kind {
        ConditionKind::All(inner) => ("all of", inner),
        ConditionKind::Any(inner) => ("any of", inner),
        _ => return lines.push(format!("{begin} {}", safe(&evaluation.why(asked)))),
    };
    lines.push(format!("{begin} {words}"));
    inner.iter().for_each(|part| parts(evaluation, part, depth + 1, look, lines));
}

fn mark(held: bool, look: Look) -> String {
    let paint = look.paint();
    if held { paint.green("✓") } else { paint.yellow("✗") }
}
