//! What no test reached, as text and as JSON.

use super::Suite;
use crate::source::Span;
use crate::testing::{ConditionCoverage, Coverage, Reached, ThresholdCoverage};
use serde_json::{Value, json};
use std::fmt::Write;

/// A line of counts, then each thing not reached with its place.
pub(super) fn human(suite: &Suite<'_>) -> String {
    let coverage = &suite.report.coverage;
    let mut text = format!("coverage of {}\n", suite.name);
    let counts = counts(coverage);
    for (name, reached, all) in counts {
        if all > 0 {
            let _ = writeln!(text, "  {name:<20} {reached} of {all}");
        }
    }
    for (span, missed) in missed(suite) {
        let _ = writeln!(text, "  {}: {missed}", suite.place(span));
    }
    text.push('\n');
    text
}

/// What was reached, of how many; a condition or threshold has two outcomes.
fn counts(coverage: &Coverage) -> [(&'static str, usize, usize); 4] {
    let reached = |all: &[Reached]| all.iter().filter(|one| one.reached).count();
    let outcomes = |one: bool, other: bool| usize::from(one) + usize::from(other);
    let conditions = coverage.conditions.iter().map(|one| outcomes(one.held, one.failed)).sum();
    let thresholds = coverage.thresholds.iter().map(|one| outcomes(one.met, one.not_met)).sum();
    [
        ("rules", reached(&coverage.rules), coverage.rules.len()),
        ("bands", reached(&coverage.bands), coverage.bands.len()),
        ("condition outcomes", conditions, 2 * coverage.conditions.len()),
        ("threshold outcomes", thresholds, 2 * coverage.thresholds.len()),
    ]
}

/// In order of place.
fn missed(suite: &Suite<'_>) -> Vec<(Span, String)> {
    let coverage = &suite.report.coverage;
    let rules = coverage.rules.iter().filter(|one| !one.reached);
    let bands = coverage.bands.iter().filter(|one| !one.reached);
    let mut missed: Vec<(Span, String)> = Vec::new();
    missed.extend(rules.map(|one| (one.span, format!("no test reaches rule `{}`", one.label))));
    missed.extend(bands.map(|one| (one.span, format!("no test reaches band `{}`", one.label))));
    missed.extend(coverage.conditions.iter().filter_map(|one| missed_condition(suite, one)));
    missed.extend(coverage.thresholds.iter().filter_map(missed_threshold));
    missed.sort_by_key(|(span, _)| *span);
    missed
}

fn missed_condition(suite: &Suite<'_>, condition: &ConditionCoverage) -> Option<(Span, String)> {
    let missed = match (condition.held, condition.failed) {
        (true, true) => return None,
        (false, true) => "never holds in a test",
        (true, false) => "holds in every test",
        (false, false) => "is looked at by no test",
    };
    Some((condition.span, format!("`{}` {missed}", suite.text(condition.span))))
}

fn missed_threshold(threshold: &ThresholdCoverage) -> Option<(Span, String)> {
    let missed = match (threshold.met, threshold.not_met) {
        (true, true) => return None,
        (true, false) => "is met in every test",
        (false, _) => "is met in no test",
    };
    Some((threshold.span, format!("threshold `{}` {missed}", threshold.name)))
}

pub(super) fn json(suite: &Suite<'_>) -> Value {
    let coverage = &suite.report.coverage;
    let place = |span: Span| json!({ "file": suite.file(span), "line": suite.line(span) });
    let reached = |all: &[Reached]| -> Vec<Value> {
        let of = |one: &Reached| json!({ "label": one.label, "reached": one.reached, "at": place(one.span) });
        all.iter().map(of).collect()
    };
    let condition = |one: &ConditionCoverage| json!({ "text": suite.text(one.span), "held": one.held, "failed": one.failed, "at": place(one.span) });
    let threshold = |one: &ThresholdCoverage| json!({ "name": one.name, "met": one.met, "not_met": one.not_met, "at": place(one.span) });
    json!({
        "rules": reached(&coverage.rules),
        "bands": reached(&coverage.bands),
        "conditions": coverage.conditions.iter().map(condition).collect::<Vec<_>>(),
        "thresholds": coverage.thresholds.iter().map(threshold).collect::<Vec<_>>(),
    })
}
