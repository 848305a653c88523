//! The comparison as JSON: one object.

use super::Shown;
use crate::cli::page::json::{figure, number};
use crate::impact::population::{Crossing, ScoreShift};
use crate::impact::{Change, Population, Verdict};
use crate::run::histogram::Histogram;
use crate::value::Decimal;
use serde_json::{Value, json};

/// The whole text, with a line end at its end.
pub fn text(shown: &Shown<'_>, exceeded: &[String]) -> String {
    let changes: Vec<Value> = shown.changes.iter().map(change).collect();
    crate::cli::page::json::text(&json!({
        "old": shown.old,
        "new": shown.new,
        "as_of": shown.as_of.to_string(),
        "verdict": verdict(shown.verdict),
        "changes": changes,
        "leads": shown.population.map(population),
        "exceeded": exceeded,
    }))
}

fn change(change: &Change) -> Value {
    let details =
        change.details.iter().map(|detail| json!({ "aspect": detail.aspect, "old": detail.old, "new": detail.new }));
    json!({
        "kind": change.kind.name(),
        "what": change.what,
        "name": change.name,
        "score": change.score,
        "changes_results": change.counts,
        "details": details.collect::<Vec<_>>(),
    })
}

fn verdict(verdict: &Verdict) -> Value {
    match verdict {
        Verdict::Same => json!({ "result": "same" }),
        Verdict::ProvedEqual => json!({ "result": "proved equal" }),
        Verdict::Unknown { tried } => json!({ "result": "unknown", "tried": tried }),
        Verdict::Differ(told) => {
            let differences =
                told.differences.iter().map(|(name, old, new)| json!({ "name": name, "old": old, "new": new }));
            json!({ "result": "differ", "example": told.written, "differences": differences.collect::<Vec<_>>() })
        }
    }
}

fn population(population: &Population) -> Value {
    let thresholds: Vec<Value> = population
        .thresholds
        .iter()
        .map(|of| {
            json!({ "name": of.name, "label": of.label, "before": of.before, "after": of.after,
                "entered": crossing(&of.entered), "left": crossing(&of.left) })
        })
        .collect();
    let moved: Vec<Value> = population
        .moved
        .iter()
        .map(|of| {
            let rules = of.rules.iter().map(|(rule, by)| json!({ "label": rule, "by": number(*by) }));
            json!({ "lead": of.key, "before": of.before.map(number), "after": of.after.map(number), "by": number(of.by),
                "rules": rules.collect::<Vec<_>>() })
        })
        .collect();
    json!({
        "read": population.leads,
        "changed": population.changed,
        "scores": population.scores.iter().map(score).collect::<Vec<_>>(),
        "thresholds": thresholds,
        "moved_most": moved,
    })
}

fn score(of: &ScoreShift) -> Value {
    let bands = of.bands.as_ref().map(
        |bands| json!({ "before": bands.old, "after": bands.new, "leads": bands.counts, "changed": bands.changed }),
    );
    json!({
        "name": of.name,
        "label": of.label,
        "changed": of.changed(),
        "up": of.up,
        "down": of.down,
        "before": spread(&of.before, of.sum_before),
        "after": spread(&of.after, of.sum_after),
        "bands": bands,
    })
}

fn spread(histogram: &Histogram, sum: Decimal) -> Value {
    let mean = (histogram.count > 0).then(|| figure(sum.to_f64() / histogram.count as f64));
    json!({ "leads": histogram.count, "lowest": histogram.lowest.map(number), "highest": histogram.highest.map(number), "mean": mean })
}

fn crossing(of: &Crossing) -> Value {
    let rules = of.rules.iter().map(|(rule, leads)| json!({ "label": rule, "leads": leads }));
    json!({ "leads": of.leads, "rules": rules.collect::<Vec<_>>(), "such_as": of.keys })
}
