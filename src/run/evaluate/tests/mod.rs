//! Batches against the reference evaluator, lead by lead: every example and a few models of our own, with leads made up
//! of their own words and numbers. Nothing is expected here but that both agree.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod examples;
mod made_up;
mod models;
mod scope;

use super::{BatchResults, LeadEvents, NoEvents, evaluate_batches};
use crate::model::{AnyExpr, Condition, Lead, Model, Previous, Results, RuleId, ScoreId};
use crate::plan::{Asked, Passes, Plan};
use crate::reference::{Evaluation, evaluate};
use crate::run::batch::Column;
use crate::value::{Decimal, Instant, Value};

/// Compares all that both evaluators say about leads without events, planned with all optimisations and with none, in
/// batches of two sizes.
fn agree(model: &Model, as_of: Instant, leads: &[Lead], only: Option<Condition>) {
    let kept: Vec<AnyExpr> = model.defines.iter().map(|define| define.value.clone()).collect();
    let previous: Vec<Previous> = (0..leads.len())
        .map(|lead| Previous { met: (0..model.thresholds.len()).map(|id| (lead + id) % 3 == 0).collect() })
        .collect();
    let expected: Vec<Evaluation<'_>> =
        leads.iter().zip(&previous).map(|(lead, before)| evaluate(model, lead, &[], before, as_of, None)).collect();
    let asked = Asked { only, kept, rules: true };
    for (passes, size) in [(Passes::ALL, 1_000), (Passes::ALL, 7), (Passes::none(), 64)] {
        let batches = evaluated(&Plan::with(model, as_of, &asked, passes), leads, &previous, size);
        for (number, (lead, expected)) in leads.iter().zip(&expected).enumerate() {
            let (batch, row) = (&batches[number / size], number % size);
            compare(model, lead, expected, batch, row);
            compare_asked(&asked, lead, expected, batch, row);
        }
    }
    let silent = evaluated(&Plan::new(model, as_of, &Asked::default()), leads, &previous, 64);
    for (number, (lead, expected)) in leads.iter().zip(&expected).enumerate() {
        let results = Results { overflows: expected.results.overflows, ..silent[number / 64].of_row(number % 64) };
        assert_eq!(results, expected.results, "without rules, of {lead:#?}");
    }
}

fn evaluated(plan: &Plan<'_>, leads: &[Lead], previous: &[Previous], size: usize) -> Vec<BatchResults> {
    let none = |_: &[&Lead]| -> Box<dyn LeadEvents + '_> { Box::new(NoEvents { plan }) };
    evaluate_batches(plan, leads, &none, previous, size)
}

fn compare(model: &Model, lead: &Lead, expected: &Evaluation<'_>, batch: &BatchResults, row: usize) {
    let mut results = batch.of_row(row);
    // one counts calculations, the other leads
    results.overflows = expected.results.overflows;
    assert_eq!(results, expected.results, "of {lead:#?}");
    for rule in (0..model.rules).map(RuleId) {
        let score = expected.breakdowns.iter().find(|score| score.rule(rule).is_some());
        let entry = score.filter(|score| score.total.is_some()).and_then(|score| score.rule(rule));
        let points = entry.map(|entry| if entry.dropped { Decimal::ZERO } else { entry.points });
        let took_part = entry.is_some_and(|entry| entry.took_part && !entry.dropped);
        let column = &batch.rules[rule.index()];
        let found = (column.points.get(row), column.took_part.get(row));
        assert_eq!(found, (points, took_part), "{rule:?} of {lead:#?}\n{:#?}", expected.breakdowns);
    }
    for (score, id) in expected.breakdowns.iter().zip((0..).map(ScoreId)) {
        let is_known = score.total.is_some();
        assert_eq!(batch.scores[id.index()].known.get(row), is_known, "{id:?} of {lead:#?}");
    }
}

fn compare_asked(asked: &Asked, lead: &Lead, expected: &Evaluation<'_>, batch: &BatchResults, row: usize) {
    let wanted = asked.only.as_ref().is_none_or(|only| expected.holds(only));
    assert_eq!(batch.only.get(row), wanted, "`--only` of {lead:#?}");
    for (expr, column) in asked.kept.iter().zip(&batch.kept) {
        assert_eq!(value_of(column, row), expected.value(expr), "{expr:?} of {lead:#?}");
    }
}

fn value_of(column: &Column, row: usize) -> Option<Value> {
    match column {
        Column::Number(column) => column.get(row).map(Value::Number),
        Column::Text(column) => column.texts.text(column.codes[row]).cloned().map(Value::Text),
        Column::YesNo(column) => column.known.get(row).then(|| Value::YesNo(column.yes.get(row))),
        Column::Date(column) => column.values[row].map(Value::Date),
        Column::List(column) => column.values[row].as_ref().map(|list| Value::List(list.to_vec())),
    }
}
