//! Verdicts, coverage and their shapes, over a small model made by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod flagship;

use super::render::{Suite, human, json, junit};
use super::{Report, run};
use crate::model::*;
use crate::reference::tests::build::*;
use crate::source::{FileId, Span};
use crate::value::Instant;

const SOURCE: &str = "+10 when employees >= 50\nexpect fit is 10\n50 | 10\n9 | 10";

fn span(text: &str) -> Span {
    let start = SOURCE.find(text).unwrap();
    Span::new(FileId(0), start, start + text.len())
}

fn fit_is(points: &str) -> Condition {
    let fit = NumberExpr::Score(ScoreId(0));
    Condition { span: span("fit is 10"), ..compare(fit, Compare::Equal, points) }
}

/// `+10 when employees >= 50`, with one test.
fn tested(lead: Vec<(FieldId, Option<crate::value::Value>)>, cases: Option<Cases>, name: &str) -> Model {
    let size = Condition { span: span("employees >= 50"), ..compare(employees(), Compare::GreaterOrEqual, "50") };
    let mut model = scoring(vec![rule(0, Points::Constant(decimal("10")), Body::When(size))]);
    model.sources.add("model.score", SOURCE);
    model.tests.push(Test {
        name: name.to_owned(),
        as_of: AS_OF,
        lead,
        events: Vec::new(),
        before: Vec::new(),
        expectations: vec![fit_is("10")],
        cases,
        span: span("expect fit is 10"),
    });
    model
}

fn employed(count: &str) -> (FieldId, Option<crate::value::Value>) {
    (FieldId(0), Some(number(count)))
}

#[test]
fn a_test_that_holds_passes() {
    let report = run(&tested(vec![employed("50")], None, "large"));
    assert!(report.passed());
    assert_eq!(report.tests[0].expectations, 1);
    let coverage = report.coverage;
    assert!(coverage.rules[0].reached);
    assert_eq!((coverage.conditions[0].held, coverage.conditions[0].failed), (true, false));
    assert!(!coverage.is_complete());
}

#[test]
fn a_failure_shows_expected_and_actual_and_the_breakdown() {
    let report = run(&tested(vec![employed("49")], None, "large"));
    let failure = &report.tests[0].failures[0];
    assert_eq!(failure.expected, "`fit is 10`");
    assert_eq!(failure.actual, "`fit` is 0");
    assert_eq!(failure.breakdowns[0].label, "FIT");
    assert!(!report.coverage.rules[0].reached);
}

#[test]
fn cases_name_the_row_that_fails() {
    let case = |row: &str, count: &str| Case {
        inputs: vec![employed(count)],
        expected: vec![(Expected::Score(ScoreId(0), Some(decimal("10"))), span(row))],
        span: span(row),
    };
    let cases = Cases { rows: vec![case("50 | 10", "50"), case("9 | 10", "9")] };
    // The test's own expectation and the row's cell, for both rows.
    let report = run(&tested(vec![employed("1")], Some(cases), "sizes"));
    assert_eq!(report.tests[0].expectations, 4);
    let failures = &report.tests[0].failures;
    assert_eq!(failures.len(), 2);
    assert_eq!(failures[1].row.as_ref().map(|row| (row.number, row.text.as_str())), Some((2, "9 | 10")));
    assert_eq!((failures[1].expected.as_str(), failures[1].actual.as_str()), ("`fit` is 10", "`fit` is 0"));
    assert!(report.coverage.is_complete());
}

#[test]
fn events_stand_in_order_of_time_then_of_writing() {
    let mut model = tested(Vec::new(), None, "order");
    let event = |age: i64, path: &str| TestEvent {
        kind: VIEW,
        at: Instant(AS_OF.0 - age * DAY),
        properties: vec![(PropertyId(0), Some(text(path)))],
        span: Default::default(),
    };
    model.tests[0].events = vec![event(1, "/last"), event(5, "/first"), event(1, "/very last")];
    let latest = TextExpr::Latest(property("path"), Box::new(selector(VIEW)));
    let operand = TextOperand::Literal(crate::value::Text::new("/very last").unwrap());
    let is_last = ConditionKind::Text { value: latest, test: TextTest::Is(vec![operand]) };
    model.tests[0].expectations = vec![condition(is_last)];
    assert!(run(&model).passed());
}

fn shown(model: &Model, show: impl Fn(&[Suite<'_>]) -> String) -> String {
    let report: Report = run(model);
    show(&[Suite { name: "model.score", model, report: &report }])
}

#[test]
fn text_for_people() {
    let model = tested(vec![employed("49")], None, "large");
    let expected = "\
FAILED  large  (model.score:2:1)

  expected  `fit is 10`  (model.score:2:8)
  actual    `fit` is 0

    FIT  0

coverage of model.score
  rules                0 of 1
  condition outcomes   1 of 2
  model.score: no test reaches rule `rule 0`
";
    let text = shown(&model, |suites| human(suites, false, true));
    let places = text.replace("model.score:1:1: no", "model.score: no");
    assert!(places.starts_with(expected), "{text}");
    assert!(text.ends_with("1 of 1 test failed\n"), "{text}");
}

#[test]
fn junit_is_valid_xml_whatever_the_names() {
    let model = tested(vec![employed("49")], None, "<a & \"b\"> \u{1}\u{ffff}\n\u{202e}تجربة 🦀");
    let xml = shown(&model, junit);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let case = document.descendants().find(|node| node.has_tag_name("testcase")).unwrap();
    assert!(case.attribute("name").unwrap().starts_with("<a & \"b\"> \u{fffd}\u{fffd}"));
    let failure = case.children().find(|node| node.has_tag_name("failure")).unwrap();
    assert_eq!(failure.attribute("message"), Some("expected `fit is 10`, but `fit` is 0"));
}

#[test]
fn json_tells_what_passed() {
    let model = tested(vec![employed("50")], None, "large");
    let value: serde_json::Value = serde_json::from_str(&shown(&model, |suites| json(suites, true))).unwrap();
    assert_eq!(value["failed"], 0);
    assert_eq!(value["models"][0]["tests"][0]["passed"], true);
    assert_eq!(value["models"][0]["coverage"]["rules"][0]["reached"], true);
}
