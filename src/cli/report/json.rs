//! The report as JSON: one object.

use crate::cli::page::json::{figure, number};
use crate::report::Report;
use crate::report::figures::{MoneyFigures, ScoreFigures};
use crate::statistics::{Cutoff, Discrimination, Share};
use serde_json::{Value, json};

/// The whole text, with a line end at its end.
pub fn text(report: &Report) -> String {
    let has_outcome = report.outcome.is_some();
    let leads = |leads: Share| shared(leads, report.everybody, has_outcome);
    let scores: Vec<Value> = report.scores.iter().map(|of| score(of, report)).collect();
    let thresholds: Vec<Value> = report
        .thresholds
        .iter()
        .map(|of| merged(json!({ "name": of.name, "label": of.label }), leads(of.leads)))
        .collect();
    let rules: Vec<Value> = report
        .rules
        .iter()
        .map(|of| {
            let mut rule = merged(json!({ "score": of.score, "label": of.label }), leads(of.leads));
            let more = json!({ "points": number(of.points), "part_of_score": of.part_of_score.map(figure) });
            rule = merged(rule, more);
            if !has_outcome {
                return rule;
            }
            let told = json!({ "auc": auc(of.discrimination), "points_the_wrong_way": of.wrong_way, "tells_the_outcome": of.tells });
            merged(rule, told)
        })
        .collect();
    let parts = report.parts.as_ref().map(|parts| {
        let rows: Vec<Value> = parts
            .rows
            .iter()
            .map(|of| {
                let part = json!({ "value": of.value, "others": of.others, "mean": of.mean.map(figure), "qualified": of.qualified.all,
                    "auc": auc(of.discrimination), "revenue": number(of.revenue) });
                merged(part, leads(of.leads))
            })
            .collect();
        json!({ "by": parts.by, "values": rows })
    });
    let money = report.money.as_ref().map(|of| {
        let qualified = of.qualified.as_ref().map(|(label, of)| merged(json!({ "threshold": label }), money(of)));
        json!({ "all": money(&of.all), "qualified": qualified })
    });
    let whole = json!({
        "model": report.model,
        "as_of": report.as_of.to_string(),
        "as_of_field": report.as_of_field,
        "outcome": report.outcome,
        "leads_read": report.leads_read,
        "leads_rejected": report.leads_rejected,
        "excluded": report.excluded.all,
        "everybody": leads(report.everybody),
        "scores": scores,
        "thresholds": thresholds,
        "rules": rules,
        "split": parts,
        "money": money,
        "warnings": report.warnings,
    });
    crate::cli::page::json::text(&whole)
}

fn score(of: &ScoreFigures, report: &Report) -> Value {
    let has_outcome = report.outcome.is_some();
    let leads = |leads: Share| shared(leads, report.everybody, has_outcome);
    let bars: Vec<Value> = of
        .bars
        .iter()
        .map(|bar| {
            merged(
                json!({ "from": number(bar.from), "to": number(bar.to), "to_included": bar.closed }),
                leads(bar.leads),
            )
        })
        .collect();
    let bands: Vec<Value> = of
        .bands
        .iter()
        .map(|band| merged(json!({ "name": band.name, "label": band.label }), leads(band.leads)))
        .collect();
    let score = json!({
        "name": of.name,
        "label": of.label,
        "known": of.known.all,
        "missing": of.missing.all,
        "lowest": of.lowest.map(number),
        "highest": of.highest.map(number),
        "median": of.median.map(number),
        "mean": of.mean.map(figure),
        "histogram": bars,
        "bands": bands,
        "capacity": of.capacity.map(|it| json!({
            "calls_a_week": it.calls_a_week,
            "weeks": it.weeks.map(figure),
            "cutoff": it.cutoff.as_ref().map(cutoff),
        })),
    });
    if !has_outcome {
        return score;
    }
    let tenths: Vec<Value> = of
        .tenths
        .iter()
        .map(|it| {
            merged(
                json!({ "tenth": it.number, "lowest": number(it.lowest), "highest": number(it.highest) }),
                leads(it.leads),
            )
        })
        .collect();
    let cutoffs: Vec<Value> = of.cutoffs.iter().map(cutoff).collect();
    let told = json!({ "auc": auc(of.discrimination), "tenths": tenths, "cutoffs": cutoffs, "best_by_f1": of.best.as_ref().map(cutoff) });
    merged(score, told)
}

fn cutoff(of: &Cutoff) -> Value {
    json!({
        "from": number(of.from),
        "called": of.called.all,
        "bought": of.called.hits,
        "precision": of.precision().map(figure),
        "caught": of.caught().map(figure),
        "lift": of.lift().map(figure),
        "f1": of.f1().map(figure),
    })
}

fn money(of: &MoneyFigures) -> Value {
    json!({
        "leads": of.leads.all,
        "bought": of.leads.hits,
        "win_rate": of.leads.rate().map(figure),
        "deals": of.deals,
        "revenue": number(of.revenue),
        "average_deal": of.average_deal.map(figure),
        "median_days": of.median_days.map(number),
        "velocity_a_day": of.velocity.map(figure),
    })
}

fn shared(leads: Share, everybody: Share, has_outcome: bool) -> Value {
    if !has_outcome {
        return json!({ "leads": leads.all });
    }
    json!({
        "leads": leads.all,
        "bought": leads.hits,
        "rate": leads.rate().map(figure),
        "lift": leads.lift(everybody).map(figure),
    })
}

fn auc(of: Option<Discrimination>) -> Option<Value> {
    of.map(|it| figure(it.auc))
}

/// The members of both.
fn merged(one: Value, more: Value) -> Value {
    match (one, more) {
        (Value::Object(mut one), Value::Object(more)) => {
            one.extend(more);
            Value::Object(one)
        }
        (one, _) => one,
    }
}
