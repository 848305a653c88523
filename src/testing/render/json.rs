//! JSON: one object, for programs.

use super::{Suite, coverage};
use crate::reference::{Entry, EntryKind};
use crate::testing::{Failure, ScoreBreakdown, Verdict};
use crate::value::Decimal;
use serde_json::{Value, json};

/// One object for all models. The exit code and `failed` agree.
pub fn json(suites: &[Suite<'_>], with_coverage: bool) -> String {
    let suite_values: Vec<Value> = suites.iter().map(|suite| suite_value(suite, with_coverage)).collect();
    let tests: usize = suites.iter().map(|suite| suite.report.tests.len()).sum();
    let failed: usize = suites.iter().map(|suite| suite.report.failed()).sum();
    let all = json!({ "tests": tests, "failed": failed, "models": suite_values });
    format!("{all:#}\n")
}

fn suite_value(suite: &Suite<'_>, with_coverage: bool) -> Value {
    let tests: Vec<Value> = suite.report.tests.iter().map(|test| test_value(suite, test)).collect();
    let mut value = json!({ "model": suite.name, "tests": tests });
    if with_coverage {
        value["coverage"] = coverage::json(suite);
    }
    value
}

fn test_value(suite: &Suite<'_>, test: &Verdict) -> Value {
    json!({
        "name": test.name,
        "passed": test.passed(),
        "expectations": test.expectations,
        "file": suite.file(test.span),
        "line": suite.line(test.span),
        "failures": test.failures.iter().map(|failure| failure_value(suite, failure)).collect::<Vec<_>>(),
    })
}

fn failure_value(suite: &Suite<'_>, failure: &Failure) -> Value {
    json!({
        "row": failure.row.as_ref().map(|row| row.number),
        "cells": failure.row.as_ref().map(|row| &row.text),
        "expected": failure.expected,
        "actual": failure.actual,
        "file": suite.file(failure.span),
        "line": suite.line(failure.span),
        "scores": failure.breakdowns.iter().map(score_value).collect::<Vec<_>>(),
    })
}

fn score_value(score: &ScoreBreakdown) -> Value {
    json!({
        "label": score.label,
        "score": score.breakdown.total.map(number),
        "entries": score.breakdown.entries.iter().map(entry_value).collect::<Vec<_>>(),
    })
}

fn entry_value(entry: &Entry) -> Value {
    let kind = match entry.kind {
        EntryKind::Start => "start",
        EntryKind::Rule(_) => "rule",
        EntryKind::Group => "group",
        EntryKind::Choice => "choice",
        EntryKind::Weight => "weight",
        EntryKind::Limit => "limit",
        EntryKind::Rounding => "rounding",
        EntryKind::Term => "term",
    };
    json!({
        "kind": kind,
        "label": entry.label,
        "depth": entry.depth,
        "occurrences": entry.occurrences,
        "before_decay": entry.before_decay.map(number),
        "points": number(entry.points),
        "took_part": entry.took_part,
        "dropped": entry.dropped,
    })
}

/// In its shortest form.
fn number(value: Decimal) -> Value {
    value.to_string().parse().map_or(Value::Null, Value::Number)
}
