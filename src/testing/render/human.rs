//! Text for people: each failing test with what was expected, what was so, and where the points came from.

use super::{Suite, counted, coverage, entries};
use crate::model::ScoreId;
use crate::testing::{Failure, Verdict};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Passing tests are one line each unless `brief`; with `with_coverage`, what no test reached.
pub fn human(suites: &[Suite<'_>], brief: bool, with_coverage: bool) -> String {
    let mut text = String::new();
    for suite in suites {
        if suites.len() > 1 && !suite.report.tests.is_empty() && (!brief || suite.report.failed() > 0) {
            let blank = if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n" };
            let _ = writeln!(text, "{blank}{}", on_one_line(suite.name));
        }
        for test in &suite.report.tests {
            write_test(&mut text, suite, test, brief);
        }
    }
    if suites.len() > 1 && !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    if with_coverage {
        for suite in suites {
            text.push_str(&coverage::human(suite));
        }
    }
    let tests = suites.iter().map(|suite| suite.report.tests.len()).sum();
    let failed: usize = suites.iter().map(|suite| suite.report.failed()).sum();
    let _ = match (tests, failed) {
        (0, _) => writeln!(text, "no tests"),
        (tests, 0) => writeln!(text, "{} passed", counted(tests, "test")),
        (tests, failed) => writeln!(text, "{failed} of {} failed", counted(tests, "test")),
    };
    text
}

fn write_test(text: &mut String, suite: &Suite<'_>, test: &Verdict, brief: bool) {
    let name = on_one_line(&test.name);
    if test.passed() {
        if !brief {
            let _ = writeln!(text, "passed  {name}");
        }
        return;
    }
    let _ = writeln!(text, "FAILED  {name}  ({})", suite.place(test.span));
    let mut shown = BTreeSet::new();
    for failure in &test.failures {
        write_failure(text, suite, failure, &mut shown);
    }
    text.push('\n');
}

/// A score is taken apart once a test, or once a row of its cases: `shown` keeps which were.
fn write_failure(
    text: &mut String,
    suite: &Suite<'_>,
    failure: &Failure,
    shown: &mut BTreeSet<(Option<usize>, ScoreId)>,
) {
    let row = failure.row.as_ref().map(|row| row.number);
    text.push('\n');
    if let Some(row) = &failure.row {
        let _ = writeln!(text, "  row {}: {}", row.number, row.text);
    }
    let _ = writeln!(text, "  expected  {}  ({})", failure.expected, suite.place(failure.span));
    let _ = writeln!(text, "  actual    {}", failure.actual);
    for score in failure.breakdowns.iter().filter(|score| shown.insert((row, score.score))) {
        text.push('\n');
        for line in entries::lines(score) {
            let _ = writeln!(text, "    {line}");
        }
    }
}

/// Names may hold any character: control characters become spaces.
fn on_one_line(name: &str) -> String {
    name.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
