//! The rules as a Python module of Polars expressions.

use super::{joined, word_pattern};
use crate::leads::TODAY;
use crate::rules::{Bucket, EventRule, Filter, Item, Model, Rule, Shape, When};
use crate::table::civil;

pub fn write(model: &Model) -> String {
    let mut text = String::from("from datetime import date, datetime, timedelta, timezone\nimport polars as pl\n\n");
    text.push_str("AS_OF = datetime(2026, 11, 1, tzinfo=timezone.utc)\n");
    text.push_str(&format!("FIELDS = {:?}\n", model.fields()));
    text.push_str(&format!("TEXTS = {:?}  # in lower case before any rule looks\n", model.texts()));
    text.push_str(&format!("LOWEST, HIGHEST = {}, {}\nBANDS = {:?}\n\n", model.from, model.to, model.bands));
    text.push_str(&format!(
        "POINTS = [\n{}]\n",
        model.items.iter().map(|each| format!("    {},\n", item(each))).collect::<String>()
    ));
    if model.events.is_empty() {
        return text;
    }
    let mut kinds: Vec<&str> = model.events.iter().map(|rule| rule.event).collect();
    kinds.sort_unstable();
    kinds.dedup();
    text.push_str(&format!("\nEVENT_TYPES = {kinds:?}\nAT = pl.col(\"at\")\nDAY = AT.dt.date()\n"));
    let rules: String = model.events.iter().map(|each| format!("    {},\n", event_rule(each))).collect();
    text.push_str(&format!("EVENT_POINTS = [\n{rules}]\n"));
    text
}

fn item(item: &Item) -> String {
    match item {
        Item::Rule(Rule { points, when, .. }) => format!("pl.when({}).then({points}).otherwise(0)", condition(when)),
        Item::Highest { rules, .. } => {
            let cases = joined(rules, ".", |rule| format!("when({}).then({})", condition(&rule.when), rule.points));
            format!("pl.{cases}.otherwise(0)")
        }
        Item::Table { field, rows, missing, .. } => {
            let cases: String = rows
                .iter()
                .rev()
                .map(|(edge, points)| format!(".when({} >= {edge}).then({points})", col(field)))
                .collect();
            format!("pl.when({}.is_null()).then({missing}){cases}.otherwise(0)", col(field))
        }
    }
}

fn col(field: &str) -> String {
    format!("pl.col({field:?})")
}

fn condition(when: &When) -> String {
    match when {
        When::Is(field, values) => is(col(field), values),
        When::DomainIs(field, values) => is(format!("{}.str.split_exact(\"@\", 1).struct[1]", col(field)), values),
        When::Mentions(field, words) => format!("{}.str.contains({:?})", col(field), word_pattern(words)),
        When::Contains(field, words) => match words.as_slice() {
            [word] => format!("{}.str.contains({word:?}, literal=True)", col(field)),
            _ => format!("{}.str.contains_any({words:?})", col(field)),
        },
        When::StartsWith(field, words) => any("starts_with", field, words),
        When::EndsWith(field, words) => any("ends_with", field, words),
        When::AtLeast(field, number) => format!("{} >= {number}", col(field)),
        When::Below(field, number) => format!("{} < {number}", col(field)),
        When::Between(field, from, to) => format!("{}.is_between({from}, {to})", col(field)),
        When::Known(field) => format!("{}.is_not_null()", col(field)),
        When::Missing(field) => format!("{}.is_null()", col(field)),
        When::Yes(field) => col(field),
        When::No(field) => format!("~{}", col(field)),
        When::Before(field, day) => format!("{} < {}", col(field), date(*day)),
        When::After(field, day) => format!("{} > {}", col(field), date(*day)),
        When::InLastDays(field, days) => {
            format!("{}.is_between({}, {})", col(field), date(TODAY - days), date(TODAY))
        }
        When::And(parts) => joined(parts, " & ", |part| format!("({})", condition(part))),
    }
}

fn is(value: String, values: &[String]) -> String {
    match values {
        [single] => format!("{value} == {single:?}"),
        _ => format!("{value}.is_in({values:?})"),
    }
}

fn any(function: &str, field: &str, words: &[String]) -> String {
    joined(words, " | ", |word| format!("{}.str.{function}({word:?})", col(field)))
}

fn date(day: i32) -> String {
    let (year, month, day) = civil(i64::from(day));
    format!("date({year}, {month}, {day})")
}

fn event_rule(rule: &EventRule) -> String {
    let (only, points) = (selected(rule), rule.points);
    match &rule.shape {
        Shape::Any => format!("({only}).any().cast(pl.Int32) * {points}"),
        Shape::AtLeast(count) => format!("(({only}).sum() >= {count}).cast(pl.Int32) * {points}"),
        Shape::Each { once_per, at_most, no_higher_than } => {
            let of = |value: &str| format!("{value}.filter({only}).n_unique()");
            let counted = match once_per {
                None => format!("({only}).sum()"),
                Some(Bucket::Property(name)) => of(&col(name)),
                Some(Bucket::Day) => of("DAY"),
                Some(Bucket::Week) => of("DAY.dt.truncate(\"1w\")"),
                Some(Bucket::Month) => of("DAY.dt.truncate(\"1mo\")"),
            };
            let counted = at_most.map_or(counted.clone(), |times| format!("{counted}.clip(0, {times})"));
            clip(format!("({counted}.cast(pl.Int32) * {points})"), *no_higher_than)
        }
        Shape::Fading { half_life_days, at_most, no_higher_than } => {
            let chosen = match at_most {
                None => format!("AT.filter({only})"),
                Some(times) => format!("AT.filter({only}).top_k({times})"),
            };
            let age = format!("(({chosen} - AS_OF).dt.total_seconds() / {})", half_life_days * 86_400);
            clip(format!("(pl.lit(2.0).pow({age}) * {points}).round(4).sum()"), *no_higher_than)
        }
    }
}

fn clip(points: String, no_higher_than: Option<i64>) -> String {
    no_higher_than.map_or(points.clone(), |highest| format!("{points}.clip(upper_bound={highest})"))
}

fn selected(rule: &EventRule) -> String {
    let mut parts = vec![format!("(pl.col(\"type\") == {:?})", rule.event)];
    parts.extend(rule.filters.iter().map(|filter| match filter {
        Filter::Yes(property) => col(property),
        Filter::StartsWith(property, text) => format!("{}.str.to_lowercase().str.starts_with({text:?})", col(property)),
        Filter::Contains(property, text) => {
            format!("{}.str.to_lowercase().str.contains({text:?}, literal=True)", col(property))
        }
        Filter::AtLeast(property, number) => format!("({} >= {number})", col(property)),
    }));
    if let Some(days) = rule.in_last_days {
        parts.push(format!("(AT >= AS_OF - timedelta(days={days}))"));
    }
    parts.join(" & ")
}
