//! The rules as one query for DuckDB. `{leads}` and `{events}` stand for what reads the files.

use super::{joined, word_pattern};
use crate::leads::TODAY;
use crate::rules::{Bucket, EventRule, Filter, Item, Model, Rule, Shape, When};
use crate::table::date_text;

pub fn write(model: &Model) -> String {
    let points: Vec<String> = model.items.iter().map(item).collect();
    let texts = model.texts();
    let fields: Vec<String> = model
        .fields()
        .iter()
        .map(|field| if texts.contains(field) { format!("lower({field}) AS {field}") } else { field.to_string() })
        .collect();
    let leads = format!("leads AS (\n  SELECT id, {}\n  FROM {{leads}}\n)", fields.join(", "));
    let sum = sum(&points);
    let bounded = |sum: &str| format!("greatest({}, least({}, {sum}))", model.from, model.to);
    let [a, b, c] = model.bands;
    let band = format!("CASE WHEN fit >= {a} THEN 'A' WHEN fit >= {b} THEN 'B' WHEN fit >= {c} THEN 'C' ELSE 'D' END");
    let last = format!("SELECT id, fit, {band} AS fit_band\nFROM scored\n");
    if model.events.is_empty() {
        return format!("WITH {leads},\nscored AS (\n  SELECT id, {} AS fit\n  FROM leads\n)\n{last}", bounded(&sum));
    }
    let by_event = joined(&model.events, "\n    + ", event_rule);
    let kinds = event_types(model);
    let done = format!(
        "done AS (\n  SELECT lead_id, {by_event} AS points\n  FROM {{events}}\n  WHERE \"at\" <= {AS_OF} AND type IN ({kinds})\n  GROUP BY lead_id\n)"
    );
    let total = bounded(&format!("round({sum}\n    + coalesce(points, 0), 4)"));
    format!(
        "WITH {leads},\n{done},\nscored AS (\n  SELECT id, {total} AS fit\n  FROM leads LEFT JOIN done ON lead_id = id\n)\n{last}"
    )
}

const AS_OF: &str = "TIMESTAMPTZ '2026-11-01 00:00:00+00'";

fn event_types(model: &Model) -> String {
    let mut kinds: Vec<String> = model.events.iter().map(|rule| quoted(rule.event)).collect();
    kinds.sort();
    kinds.dedup();
    kinds.join(", ")
}

/// A chain for a few; a thousand are halved again and again, as DuckDB is slow with deep ones.
fn sum(points: &[String]) -> String {
    match points.len() {
        0..100 => format!("\n      {}", points.join("\n    + ")),
        _ => halved(points),
    }
}

fn halved(points: &[String]) -> String {
    match points {
        [single] => format!("\n{single}"),
        _ => {
            let (left, right) = points.split_at(points.len() / 2);
            format!("({} + {})", halved(left), halved(right))
        }
    }
}

fn item(item: &Item) -> String {
    match item {
        Item::Rule(Rule { points, when, .. }) => format!("CASE WHEN {} THEN {points} ELSE 0 END", condition(when)),
        Item::Highest { rules, .. } => {
            let cases = joined(rules, " ", |rule| format!("WHEN {} THEN {}", condition(&rule.when), rule.points));
            format!("CASE {cases} ELSE 0 END")
        }
        Item::Table { field, rows, missing, .. } => {
            let cases: String =
                rows.iter().rev().map(|(edge, points)| format!(" WHEN {field} >= {edge} THEN {points}")).collect();
            format!("CASE WHEN {field} IS NULL THEN {missing}{cases} ELSE 0 END")
        }
    }
}

fn condition(when: &When) -> String {
    match when {
        When::Is(field, values) => is(field, values),
        When::DomainIs(field, values) => is(&format!("split_part({field}, '@', 2)"), values),
        When::Mentions(field, words) => format!("regexp_matches({field}, {})", quoted(&word_pattern(words))),
        When::Contains(field, words) => any("contains", field, words),
        When::StartsWith(field, words) => any("starts_with", field, words),
        When::EndsWith(field, words) => any("suffix", field, words),
        When::AtLeast(field, number) => format!("{field} >= {number}"),
        When::Below(field, number) => format!("{field} < {number}"),
        When::Between(field, from, to) => format!("{field} BETWEEN {from} AND {to}"),
        When::Known(field) => format!("{field} IS NOT NULL"),
        When::Missing(field) => format!("{field} IS NULL"),
        When::Yes(field) => field.to_string(),
        When::No(field) => format!("NOT {field}"),
        When::Before(field, day) => format!("{field} < {}", date(*day)),
        When::After(field, day) => format!("{field} > {}", date(*day)),
        When::InLastDays(field, days) => format!("{field} BETWEEN {} AND {}", date(TODAY - days), date(TODAY)),
        When::And(parts) => joined(parts, " AND ", condition),
    }
}

fn is(value: &str, values: &[String]) -> String {
    match values {
        [single] => format!("{value} = {}", quoted(single)),
        _ => format!("{value} IN ({})", joined(values, ", ", |value| quoted(value))),
    }
}

fn any(function: &str, field: &str, words: &[String]) -> String {
    format!("({})", joined(words, " OR ", |word| format!("{function}({field}, {})", quoted(word))))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn date(day: i32) -> String {
    format!("DATE '{}'", date_text(i64::from(day)))
}

fn event_rule(rule: &EventRule) -> String {
    let only = format!("FILTER (WHERE {})", selected(rule));
    let points = rule.points;
    match &rule.shape {
        Shape::Any => format!("CASE WHEN count(*) {only} > 0 THEN {points} ELSE 0 END"),
        Shape::AtLeast(count) => format!("CASE WHEN count(*) {only} >= {count} THEN {points} ELSE 0 END"),
        Shape::Each { once_per, at_most, no_higher_than } => {
            let counted = match once_per {
                None => format!("count(*) {only}"),
                Some(Bucket::Property(name)) => format!("count(DISTINCT {name}) {only}"),
                Some(Bucket::Day) => format!("count(DISTINCT \"at\"::DATE) {only}"),
                Some(Bucket::Week) => format!("count(DISTINCT date_trunc('week', \"at\"::DATE)) {only}"),
                Some(Bucket::Month) => format!("count(DISTINCT date_trunc('month', \"at\"::DATE)) {only}"),
            };
            let counted = at_most.map_or(counted.clone(), |times| format!("least({counted}, {times})"));
            least(format!("{points} * {counted}"), *no_higher_than)
        }
        Shape::Fading { half_life_days, at_most, no_higher_than } => {
            let half_life = half_life_days * 86_400;
            let faded =
                |at: &str| format!("round({points} * pow(2, (epoch({at}) - epoch({AS_OF})) / {half_life}.0), 4)");
            let sum = match at_most {
                None => format!("sum({}) {only}", faded("\"at\"")),
                Some(times) => {
                    format!("list_sum(list_transform(max(\"at\", {times}) {only}, lambda t: {}))", faded("t"))
                }
            };
            least(format!("coalesce({sum}, 0)"), *no_higher_than)
        }
    }
}

fn least(points: String, no_higher_than: Option<i64>) -> String {
    no_higher_than.map_or(points.clone(), |highest| format!("least({points}, {highest})"))
}

fn selected(rule: &EventRule) -> String {
    let mut parts = vec![format!("type = {}", quoted(rule.event))];
    parts.extend(rule.filters.iter().map(|filter| match filter {
        Filter::Yes(property) => property.to_string(),
        Filter::StartsWith(property, text) => format!("starts_with(lower({property}), {})", quoted(text)),
        Filter::Contains(property, text) => format!("contains(lower({property}), {})", quoted(text)),
        Filter::AtLeast(property, number) => format!("{property} >= {number}"),
    }));
    if let Some(days) = rule.in_last_days {
        parts.push(format!("\"at\" >= {AS_OF} - INTERVAL {days} DAY"));
    }
    parts.join(" AND ")
}
