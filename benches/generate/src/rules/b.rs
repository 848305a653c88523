//! Model B: 1,000 rules over 20 fields, or any other number of them: the kinds of rules are mixed as large models mix
//! them, seven in ten over one field by value or range, one in ten searching a text, two in ten over two fields.

use super::{Item, Model, Rule, When};
use crate::leads::TODAY;
use crate::pools::*;
use crate::random::Random;
use std::collections::HashSet;

pub fn model(rules: usize) -> Model {
    let random = &mut Random::of(&[7]);
    let mut seen = HashSet::new();
    let mut items = Vec::new();
    while items.len() < rules {
        let when = match random.below(10) {
            0..7 => by_value(random),
            7 => by_search(random),
            _ => When::And(vec![by_value(random), by_value(random)]),
        };
        let reads_one_field_twice = matches!(&when, When::And(parts) if parts[0].field() == parts[1].field());
        if reads_one_field_twice || !seen.insert(when.clone()) {
            continue;
        }
        let points = [1, 1, 1, 2, 2, 3, 4, 5, -1, -2, -3, -5][random.below(12)];
        items.push(Item::Rule(Rule { points, label: format!("Rule {}", items.len() + 1), when }));
    }
    Model { name: "b", items, events: Vec::new(), from: 0, to: 1000, bands: [120, 80, 40] }
}

/// One field, by its value or a range of it.
fn by_value(random: &mut Random) -> When {
    match random.below(40) {
        0..4 => is(random, "department", DEPARTMENTS),
        4..9 => is(random, "industry", INDUSTRIES),
        9..14 => is(random, "country", COUNTRIES),
        14..19 => is(random, "city", &CITIES_TO_NAME),
        19..22 => is(random, "source", SOURCES),
        22 => is(random, "language", LANGUAGES),
        23 => When::DomainIs("email", some(random, FREE_MAIL)),
        24 => is(random, "first_name", FIRST_NAMES),
        25..29 => sized(random, "employees", 1.0, 20_000.0),
        29..32 => sized(random, "revenue", 1e5, 1e9),
        32..34 => sized(random, "visits", 1.0, 300.0),
        34..36 => sized(random, "budget", 1000.0, 4e5),
        36 => dated(random, "created"),
        37 => dated(random, "last_contact"),
        38 => [When::Yes("consent"), When::No("consent"), When::Yes("customer"), When::No("customer")][random.below(4)]
            .clone(),
        _ => [When::Known("phone"), When::Missing("phone"), When::Known("website"), When::Missing("budget")]
            [random.below(4)]
        .clone(),
    }
}

/// One text, searched.
fn by_search(random: &mut Random) -> When {
    match random.below(12) {
        0..5 => When::Mentions("title", some(random, TITLE_WORDS)),
        5..7 => When::Contains("title", some(random, &["engineer", "market", "sale", "manag", "financ", "develop"])),
        7..9 => When::Contains("company", some(random, COMPANY_SECOND)),
        9 => When::EndsWith("email", some(random, &[".de", ".fr", ".io", ".edu", ".org", ".co.uk", ".ai", ".es"])),
        10 => When::StartsWith("phone", some(random, CALLING_CODES)),
        _ => When::Contains("website", some(random, &["software", "bank", "cloud", "labs", ".edu", ".ai", "-media"])),
    }
}

const TITLE_WORDS: &[&str] = &[
    "ceo",
    "cto",
    "cfo",
    "coo",
    "cmo",
    "chief",
    "founder",
    "owner",
    "president",
    "vp",
    "vice president",
    "director",
    "head",
    "manager",
    "lead",
    "principal",
    "senior",
    "junior",
    "student",
    "intern",
    "assistant",
    "marketing",
    "sales",
    "product",
    "finance",
    "operations",
    "procurement",
    "data",
    "security",
    "growth",
    "developer",
    "architect",
    "consultant",
    "buyer",
    "recruiter",
    "technology",
    "innovation",
    "logistics",
    "partner",
    "teacher",
    "professor",
    "account executive",
    "product manager",
    "software engineer",
    "customer success",
    "business development",
];

/// The cities but the one whose lower case the peers do not agree on.
const CITIES_TO_NAME: [&str; 60] = {
    let mut cities = [""; 60];
    let mut place = 0;
    while place < 60 {
        cities[place] = CITIES[place * 3];
        place += 1;
    }
    cities
};

fn is(random: &mut Random, field: &'static str, from: &[&str]) -> When {
    When::Is(field, some(random, from))
}

/// One to six of them, each once.
fn some(random: &mut Random, from: &[&str]) -> Vec<String> {
    let mut chosen: Vec<String> = Vec::new();
    for _ in 0..1 + random.below(6) {
        let value = random.pick(from).to_lowercase();
        if !chosen.contains(&value) {
            chosen.push(value);
        }
    }
    chosen
}

fn sized(random: &mut Random, field: &'static str, lowest: f64, highest: f64) -> When {
    let edge = round(random.logarithmic(lowest, highest));
    match random.below(3) {
        0 => When::AtLeast(field, edge),
        1 => When::Below(field, edge),
        _ => When::Between(field, edge, round(edge as f64 * (1.5 + random.fraction() * 10.0))),
    }
}

/// Three digits, as people choose their edges.
fn round(number: f64) -> i64 {
    let step = 10_f64.powf((number.log10().floor() - 2.0).max(0.0));
    ((number / step).round() * step) as i64
}

fn dated(random: &mut Random, field: &'static str) -> When {
    let days = 1 + random.below(1400) as i32;
    match random.below(3) {
        0 => When::Before(field, TODAY - days),
        1 => When::After(field, TODAY - days),
        _ => When::InLastDays(field, days),
    }
}
