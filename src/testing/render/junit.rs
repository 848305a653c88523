//! JUnit XML, for build servers.

use super::{Suite, entries};
use crate::testing::{Failure, Verdict};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// A `testsuite` for each model, a `testcase` for each test. Characters that XML cannot hold are replaced by U+FFFD.
pub fn junit(suites: &[Suite<'_>]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = write_suites(&mut writer, suites);
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    text
}

type Xml = Writer<Vec<u8>>;

fn write_suites(xml: &mut Xml, suites: &[Suite<'_>]) -> io::Result<()> {
    let tests: usize = suites.iter().map(|suite| suite.report.tests.len()).sum();
    let failed: usize = suites.iter().map(|suite| suite.report.failed()).sum();
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    open(xml, "testsuites", &[("tests", &tests.to_string()), ("failures", &failed.to_string())])?;
    for suite in suites {
        write_suite(xml, suite)?;
    }
    close(xml, "testsuites")
}

fn write_suite(xml: &mut Xml, suite: &Suite<'_>) -> io::Result<()> {
    let (tests, failed) = (suite.report.tests.len().to_string(), suite.report.failed().to_string());
    let attributes = [("name", suite.name), ("tests", &tests), ("failures", &failed), ("errors", "0")];
    open(xml, "testsuite", &attributes)?;
    for test in &suite.report.tests {
        write_case(xml, suite, test)?;
    }
    close(xml, "testsuite")
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
        return xml.write_event(Event::Empty(element("testcase", &attributes)));
    }
    open(xml, "testcase", &attributes)?;
    let first = test.failures.first().map(summary).unwrap_or_default();
    open(xml, "failure", &[("message", &first), ("type", "expectation")])?;
    let details: Vec<String> = test.failures.iter().map(|failure| details(suite, failure)).collect();
    xml.write_event(Event::Text(BytesText::new(&printable(&details.join("\n")))))?;
    close(xml, "failure")?;
    close(xml, "testcase")
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

fn open(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Start(element(name, attributes)))
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, printable(value).as_str()));
    }
    element
}

fn close(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.write_event(Event::End(BytesEnd::new(name)))
}

/// The characters that XML 1.0 can hold; others are replaced.
fn printable(text: &str) -> String {
    let is_allowed = |character: char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|character| if is_allowed(character) { character } else { '\u{fffd}' }).collect()
}
