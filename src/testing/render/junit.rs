//! JUnit XML, for build servers.

use super::{Suite, entries};
use crate::diagnostics::render::Xml;
use crate::testing::{Failure, Verdict};
use std::io;

/// A `testsuite` for each model, a `testcase` for each test. Characters that XML cannot hold are replaced by U+FFFD.
pub fn junit(suites: &[Suite<'_>]) -> String {
    Xml::document(|xml| write_suites(xml, suites))
}

fn write_suites(xml: &mut Xml, suites: &[Suite<'_>]) -> io::Result<()> {
    let tests: usize = suites.iter().map(|suite| suite.report.tests.len()).sum();
    let failed: usize = suites.iter().map(|suite| suite.report.failed()).sum();
    xml.open("testsuites", &[("tests", &tests.to_string()), ("failures", &failed.to_string())])?;
    for suite in suites {
        write_suite(xml, suite)?;
    }
    xml.close("testsuites")
}

fn write_suite(xml: &mut Xml, suite: &Suite<'_>) -> io::Result<()> {
    let (tests, failed) = (suite.report.tests.len().to_string(), suite.report.failed().to_string());
    let attributes = [("name", suite.name), ("tests", &tests), ("failures", &failed), ("errors", "0")];
    xml.open("testsuite", &attributes)?;
    for test in &suite.report.tests {
        write_case(xml, suite, test)?;
    }
    xml.close("testsuite")
}

fn write_case(xml: &mut Xml, suite: &Suite<'_>, test: &Verdict) -> io::Result<()> {
    let line = suite.line(test.span).to_string();
    let assertions = test.expectations.to_string();
    let attributes = [
        ("name", test.name.as_str()),
        ("classname", suite.name),
        ("file", suite.file(test.span)),
        ("line", &line),
        ("assertions", &assertions),
    ];
    if test.passed() {
        return xml.empty("testcase", &attributes);
    }
    xml.open("testcase", &attributes)?;
    let first = test.failures.first().map(summary).unwrap_or_default();
    xml.open("failure", &[("message", &first), ("type", "expectation")])?;
    let details: Vec<String> = test.failures.iter().map(|failure| details(suite, failure)).collect();
    xml.text(&details.join("\n"))?;
    xml.close("failure")?;
    xml.close("testcase")
}

/// "row 2: expected `fit` is 45, but `fit` is 40"
fn summary(failure: &Failure) -> String {
    let row = failure.row.as_ref().map(|row| format!("row {}: ", row.number)).unwrap_or_default();
    format!("{row}expected {}, but {}", failure.expected, failure.actual)
}

fn details(suite: &Suite<'_>, failure: &Failure) -> String {
    let mut lines = vec![format!("{}: {}", suite.place(failure.span), summary(failure))];
    for score in &failure.breakdowns {
        lines.extend(entries::lines(score).into_iter().map(|line| format!("  {line}")));
    }
    lines.join("\n")
}
