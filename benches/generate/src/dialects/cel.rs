//! The rules in CEL: one expression a line, each giving the points of one rule or group. Absent fields are null.

use super::joined;
use crate::leads::TODAY;
use crate::rules::{Item, Model, Rule, When};

pub fn write(model: &Model) -> String {
    model.items.iter().map(|each| format!("{}\n", item(each))).collect()
}

fn item(item: &Item) -> String {
    match item {
        Item::Rule(Rule { points, when, .. }) => format!("{} ? {points} : 0", condition(when)),
        Item::Highest { rules, .. } => {
            let cases: String =
                rules.iter().map(|rule| format!("({}) ? {} : (", condition(&rule.when), rule.points)).collect();
            format!("{cases}0{}", ")".repeat(rules.len()))
        }
        Item::Table { field, rows, missing, .. } => {
            let cases: String =
                rows.iter().rev().map(|(edge, points)| format!("{field} >= {edge} ? {points} : (")).collect();
            format!("{field} == null ? {missing} : ({cases}0{}", ")".repeat(rows.len() + 1))
        }
    }
}

fn condition(when: &When) -> String {
    match when {
        When::Is(field, values) => is(field, values),
        When::DomainIs(_, values) => is("domain", values),
        When::Mentions(field, words) => known(field, &any(words, |word| format!("mentions({field}, {word:?})"))),
        When::Contains(field, words) => known(field, &any(words, |word| format!("{field}.contains({word:?})"))),
        When::StartsWith(field, words) => known(field, &any(words, |word| format!("{field}.startsWith({word:?})"))),
        When::EndsWith(field, words) => known(field, &any(words, |word| format!("{field}.endsWith({word:?})"))),
        When::AtLeast(field, number) => known(field, &format!("{field} >= {number}")),
        When::Below(field, number) => known(field, &format!("{field} < {number}")),
        When::Between(field, from, to) => known(field, &format!("{field} >= {from} && {field} <= {to}")),
        When::Known(field) => format!("{field} != null"),
        When::Missing(field) => format!("{field} == null"),
        When::Yes(field) => format!("{field} == true"),
        When::No(field) => format!("{field} == false"),
        When::Before(field, day) => known(field, &format!("{field} < {day}")),
        When::After(field, day) => known(field, &format!("{field} > {day}")),
        When::InLastDays(field, days) => known(field, &format!("{field} >= {} && {field} <= {TODAY}", TODAY - days)),
        When::And(parts) => joined(parts, " && ", condition),
    }
}

fn known(field: &str, then: &str) -> String {
    format!("{field} != null && {then}")
}

fn any(words: &[String], test: impl Fn(&String) -> String) -> String {
    match words {
        [word] => test(word),
        _ => format!("({})", joined(words, " || ", test)),
    }
}

fn is(value: &str, values: &[String]) -> String {
    match values {
        [single] => format!("{value} == {single:?}"),
        _ => format!("{value} in {values:?}"),
    }
}
