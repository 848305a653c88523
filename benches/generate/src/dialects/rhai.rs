//! The rules as one Rhai script; the points are its value. Absent fields are `()`.

use super::joined;
use crate::leads::TODAY;
use crate::rules::{Item, Model, Rule, When};

pub fn write(model: &Model) -> String {
    let items: String = model.items.iter().map(|each| format!("{}\n", item(each))).collect();
    format!("let points = 0;\n{items}points\n")
}

fn item(item: &Item) -> String {
    match item {
        Item::Rule(Rule { points, when, .. }) => format!("if {} {{ points += {points}; }}", condition(when)),
        Item::Highest { rules, .. } => {
            joined(rules, " else ", |rule| format!("if {} {{ points += {}; }}", condition(&rule.when), rule.points))
        }
        Item::Table { field, rows, missing, .. } => {
            let cases: String = rows
                .iter()
                .rev()
                .map(|(edge, points)| format!(" else if {field} >= {edge} {{ points += {points}; }}"))
                .collect();
            format!("if {field} == () {{ points += {missing}; }}{cases}")
        }
    }
}

fn condition(when: &When) -> String {
    match when {
        When::Is(field, values) => is(field, values),
        When::DomainIs(_, values) => is("domain", values),
        When::Mentions(field, words) => known(field, &any(words, |word| format!("mentions({field}, {word:?})"))),
        When::Contains(field, words) => known(field, &any(words, |word| format!("{field}.contains({word:?})"))),
        When::StartsWith(field, words) => known(field, &any(words, |word| format!("{field}.starts_with({word:?})"))),
        When::EndsWith(field, words) => known(field, &any(words, |word| format!("{field}.ends_with({word:?})"))),
        When::AtLeast(field, number) => known(field, &format!("{field} >= {number}")),
        When::Below(field, number) => known(field, &format!("{field} < {number}")),
        When::Between(field, from, to) => known(field, &format!("{field} >= {from} && {field} <= {to}")),
        When::Known(field) => format!("{field} != ()"),
        When::Missing(field) => format!("{field} == ()"),
        When::Yes(field) => format!("{field} == true"),
        When::No(field) => format!("{field} == false"),
        When::Before(field, day) => known(field, &format!("{field} < {day}")),
        When::After(field, day) => known(field, &format!("{field} > {day}")),
        When::InLastDays(field, days) => known(field, &format!("{field} >= {} && {field} <= {TODAY}", TODAY - days)),
        When::And(parts) => joined(parts, " && ", condition),
    }
}

fn known(field: &str, then: &str) -> String {
    format!("{field} != () && {then}")
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
