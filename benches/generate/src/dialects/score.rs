//! The rules as a `.score` file.

use super::joined;
use crate::events;
use crate::leads;
use crate::rules::{Bucket, EventRule, Filter, Item, Model, Rule, Shape, When};
use crate::table::{Columns, Kind, date_text};

pub fn write(model: &Model) -> String {
    let mut text = String::from("lead {\n");
    declare(&mut text, leads::COLUMNS, "  ");
    text.push_str("}\n\n");
    if !model.events.is_empty() {
        declare_events(&mut text);
    }
    text.push_str(&format!("score fit \"Fit\" from {} to {} {{\n", model.from, model.to));
    model.items.iter().for_each(|item| text.push_str(&write_item(item)));
    model.events.iter().for_each(|rule| text.push_str(&write_event_rule(rule)));
    let [a, b, c] = model.bands;
    text.push_str(&format!("}}\n\nbands fit {{ A from {a}, B from {b}, C from {c}, D otherwise }}\n"));
    text
}

fn declare(text: &mut String, columns: Columns, indent: &str) {
    for (name, kind) in columns {
        let key = if *name == "id" { " key" } else { "" };
        text.push_str(&format!("{indent}{name} {}{key}\n", type_of(*kind)));
    }
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Whole | Kind::Decimal => "number",
        Kind::Date | Kind::Instant => "date",
        Kind::YesNo => "yes/no",
    }
}

/// Every type but one (`ad_view`), with the properties that it has.
fn declare_events(text: &mut String) {
    let types = [
        ("page_view", &["path", "seconds", "device", "session"][..]),
        ("email_open", &["campaign"]),
        ("email_sent", &["campaign"]),
        ("email_click", &["campaign"]),
        ("download", &["asset"]),
        ("form", &["device"]),
        ("webinar", &["attended"]),
        ("ticket", &[]),
        ("demo_request", &[]),
        ("unsubscribe", &[]),
    ];
    for (name, properties) in types {
        let declared: Vec<String> = events::COLUMNS
            .iter()
            .filter(|(column, _)| properties.contains(column))
            .map(|(column, kind)| format!("{column} {}", type_of(*kind)))
            .collect();
        match declared.is_empty() {
            true => text.push_str(&format!("event {name}\n")),
            false => text.push_str(&format!("event {name} {{ {} }}\n", declared.join(", "))),
        }
    }
    text.push('\n');
}

fn write_item(item: &Item) -> String {
    match item {
        Item::Rule(rule) => write_rule(rule, "  "),
        Item::Highest { label, rules } => {
            let rules: String = rules.iter().map(|rule| write_rule(rule, "    ")).collect();
            format!("  group \"{label}\" highest only {{\n{rules}  }}\n")
        }
        Item::Table { label, field, rows, missing } => {
            let rows: String = rows.iter().map(|(edge, points)| format!("    from {edge}: {points:+}\n")).collect();
            format!("  points \"{label}\" by {field} {{\n{rows}    missing: {missing:+}\n  }}\n")
        }
    }
}

fn write_rule(rule: &Rule, indent: &str) -> String {
    format!("{indent}{:+} \"{}\" when {}\n", rule.points, rule.label, condition(&rule.when))
}

fn condition(when: &When) -> String {
    match when {
        When::Is(field, values) => format!("{field} {}", is(values)),
        When::DomainIs(field, values) => format!("domain of {field} {}", is(values)),
        When::Mentions(field, words) => format!("{field} mentions {}", any_of(words)),
        When::Contains(field, words) => format!("{field} contains {}", any_of(words)),
        When::StartsWith(field, words) => format!("{field} starts with {}", any_of(words)),
        When::EndsWith(field, words) => format!("{field} ends with {}", any_of(words)),
        When::AtLeast(field, number) => format!("{field} >= {number}"),
        When::Below(field, number) => format!("{field} < {number}"),
        When::Between(field, from, to) => format!("{field} between {from} and {to}"),
        When::Known(field) => format!("{field} is known"),
        When::Missing(field) => format!("{field} is missing"),
        When::Yes(field) => format!("{field} is yes"),
        When::No(field) => format!("{field} is no"),
        When::Before(field, day) => format!("{field} before {}", date_text(i64::from(*day))),
        When::After(field, day) => format!("{field} after {}", date_text(i64::from(*day))),
        When::InLastDays(field, days) => format!("{field} in last {days} days"),
        When::And(parts) => joined(parts, " and ", condition),
    }
}

fn is(values: &[String]) -> String {
    match values {
        [value] => format!("is {value:?}"),
        _ => format!("is one of {}", joined(values, ", ", |value| format!("{value:?}"))),
    }
}

fn any_of(values: &[String]) -> String {
    match values {
        [value] => format!("{value:?}"),
        _ => format!("any of {}", joined(values, ", ", |value| format!("{value:?}"))),
    }
}

fn write_event_rule(rule: &EventRule) -> String {
    let mut selector = rule.event.to_string();
    if let [single] = rule.filters.as_slice() {
        selector.push_str(&format!(" where {}", filter(single)));
    } else if !rule.filters.is_empty() {
        selector.push_str(&format!(" where ({})", joined(&rule.filters, " and ", filter)));
    }
    if let Some(days) = rule.in_last_days {
        selector.push_str(&format!(" in last {days} days"));
    }
    let body = match &rule.shape {
        Shape::Any => format!("when any {selector}"),
        Shape::AtLeast(count) => format!("when at least {count} {selector}"),
        Shape::Each { once_per, at_most, no_higher_than } => {
            let once = once_per.map_or(String::new(), |bucket| format!(" once per {}", bucket_name(bucket)));
            format!("for each {selector}{once}{}{}", times(*at_most), points(*no_higher_than))
        }
        Shape::Fading { half_life_days, at_most, no_higher_than } => {
            let limits = format!("{}{}", times(*at_most), points(*no_higher_than));
            format!("for each {selector}{limits} decay half-life {half_life_days} days")
        }
    };
    format!("  {:+} \"{}\" {body}\n", rule.points, rule.label)
}

fn filter(filter: &Filter) -> String {
    match filter {
        Filter::Yes(property) => format!("{property} is yes"),
        Filter::StartsWith(property, text) => format!("{property} starts with {text:?}"),
        Filter::Contains(property, text) => format!("{property} contains {text:?}"),
        Filter::AtLeast(property, number) => format!("{property} >= {number}"),
    }
}

fn bucket_name(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Day => "day",
        Bucket::Week => "week",
        Bucket::Month => "month",
        Bucket::Property(name) => name,
    }
}

fn times(at_most: Option<u32>) -> String {
    at_most.map_or(String::new(), |times| format!(" at most {times} times"))
}

fn points(no_higher_than: Option<i64>) -> String {
    no_higher_than.map_or(String::new(), |points| format!(" no higher than {points} points"))
}
