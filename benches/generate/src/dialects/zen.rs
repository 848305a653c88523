//! The rules in ZEN's expression language, one a line: each gives the points of one rule or group.

use super::joined;
use crate::leads::TODAY;
use crate::rules::{Item, Model, Rule, When};

pub fn write(model: &Model) -> String {
    model.items.iter().map(|each| format!("{}\n", item(each))).collect()
}

fn item(item: &Item) -> String {
    match item {
        Item::Rule(Rule { points, when, .. }) => format!("({}) ? {points} : 0", condition(when)),
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
        // The row has the title once more as `title_words`: lower case, a blank before and after each word.
        When::Mentions(field, words) => {
            known(field, &any(words, |word| format!("contains({field}_words, \" {word} \")")))
        }
        When::Contains(field, words) => known(field, &any(words, |word| format!("contains({field}, {word:?})"))),
        When::StartsWith(field, words) => known(field, &any(words, |word| format!("startsWith({field}, {word:?})"))),
        When::EndsWith(field, words) => known(field, &any(words, |word| format!("endsWith({field}, {word:?})"))),
        When::AtLeast(field, number) => known(field, &format!("{field} >= {number}")),
        When::Below(field, number) => known(field, &format!("{field} < {number}")),
        When::Between(field, from, to) => known(field, &format!("{field} >= {from} and {field} <= {to}")),
        When::Known(field) => format!("{field} != null"),
        When::Missing(field) => format!("{field} == null"),
        When::Yes(field) => format!("{field} == true"),
        When::No(field) => format!("{field} == false"),
        When::Before(field, day) => known(field, &format!("{field} < {day}")),
        When::After(field, day) => known(field, &format!("{field} > {day}")),
        When::InLastDays(field, days) => known(field, &format!("{field} >= {} and {field} <= {TODAY}", TODAY - days)),
        When::And(parts) => joined(parts, " and ", |part| format!("({})", condition(part))),
    }
}

fn known(field: &str, then: &str) -> String {
    format!("{field} != null and {then}")
}

fn any(words: &[String], test: impl Fn(&String) -> String) -> String {
    match words {
        [word] => test(word),
        _ => format!("({})", joined(words, " or ", test)),
    }
}

fn is(value: &str, values: &[String]) -> String {
    match values {
        [single] => format!("{value} == {single:?}"),
        _ => format!("{value} in {values:?}"),
    }
}
