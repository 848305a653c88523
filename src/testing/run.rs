//! Runs the tests of a model.

use super::coverage::{Coverage, Observed};
use super::expect::Expectations;
use super::given::Given;
use super::report::{CaseRow, Failure, Report, Verdict};
use crate::model::{Case, Condition, Model, Test};
use crate::reference::evaluate;

/// Runs every test, each once for each row of its cases.
pub fn run(model: &Model) -> Report {
    let observed = Observed::default();
    let tests = model.tests.iter().map(|test| run_test(model, test, &observed)).collect();
    Report { tests, coverage: Coverage::new(model, &observed) }
}

/// What the tests of a model reach.
pub fn coverage(model: &Model) -> Coverage {
    run(model).coverage
}

fn run_test(model: &Model, test: &Test, observed: &Observed) -> Verdict {
    let mut verdict = Verdict { name: test.name.clone(), span: test.span, expectations: 0, failures: Vec::new() };
    match &test.cases {
        None => run_once(model, test, None, observed, &mut verdict),
        Some(cases) => {
            for (place, case) in cases.rows.iter().enumerate() {
                run_once(model, test, Some((place + 1, case)), observed, &mut verdict);
            }
        }
    }
    verdict
}

/// The test's own expectations, then those of the row.
fn run_once(model: &Model, test: &Test, case: Option<(usize, &Case)>, observed: &Observed, verdict: &mut Verdict) {
    let given = Given::new(model, test, case.map(|(_, case)| case));
    let listener = |condition: &Condition, held: bool| observed.condition(condition, held);
    let evaluation = evaluate(model, &given.lead, &given.events, &given.previous, test.as_of, Some(&listener));
    observed.results(&evaluation);

    let expectations = Expectations { model, evaluation: &evaluation };
    let row = case.map(|(number, case)| {
        let text = model.sources.text(case.span).split_whitespace().collect::<Vec<_>>().join(" ");
        CaseRow { number, text }
    });
    let expected = case.map(|(_, case)| case.expected.as_slice()).unwrap_or_default();
    verdict.expectations += test.expectations.len() + expected.len();
    let own = test.expectations.iter().filter_map(|condition| expectations.condition(condition));
    let cells = expected.iter().filter_map(|(expected, span)| expectations.cell(expected, *span));
    verdict.failures.extend(own.chain(cells).map(|failure| Failure { row: row.clone(), ..failure }));
}
