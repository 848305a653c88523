//! Model A: 20 rules over lead fields, as a marketing team would write them.

use super::{Item, Model, Rule, When, words};
use crate::leads::TODAY;
use crate::pools::FREE_MAIL;

pub fn model() -> Model {
    Model { name: "a", items: items(), events: Vec::new(), from: 0, to: 100, bands: [60, 40, 20] }
}

pub fn items() -> Vec<Item> {
    let executive = ["ceo", "cto", "cfo", "coo", "cmo", "chief", "founder", "owner"];
    let director = ["vp", "vice president", "director", "head"];
    let enterprise =
        vec![When::Is("industry", words(&["technology"])), When::AtLeast("employees", 1000), When::Yes("consent")];
    vec![
        Item::Highest {
            label: "Seniority".to_string(),
            rules: vec![
                rule(20, "Executive", When::Mentions("title", words(&executive))),
                rule(15, "Director", When::Mentions("title", words(&director))),
                rule(8, "Manager", When::Mentions("title", words(&["manager", "lead", "principal"]))),
            ],
        },
        one(-10, "Student", When::Mentions("title", words(&["student", "intern", "assistant"]))),
        one(7, "Our buyers", When::Is("department", words(&["sales", "marketing", "operations"]))),
        one(12, "Core industry", When::Is("industry", words(&["technology", "finance"]))),
        one(6, "Second industry", When::Is("industry", words(&["health", "manufacturing", "logistics", "insurance"]))),
        one(10, "Core country", When::Is("country", words(&["united states", "united kingdom", "canada"]))),
        one(6, "Europe", When::Is("country", words(&["germany", "france", "spain", "netherlands", "italy", "poland"]))),
        Item::Table {
            label: "Company size".to_string(),
            field: "employees",
            rows: vec![(1, -5), (10, 3), (50, 8), (250, 12), (1000, 15), (5000, 6)],
            missing: -2,
        },
        one(8, "Large revenue", When::AtLeast("revenue", 10_000_000)),
        one(5, "Has a budget", When::AtLeast("budget", 50_000)),
        one(-15, "Free mail", When::DomainIs("email", words(FREE_MAIL))),
        one(5, "Left a phone", When::Known("phone")),
        one(5, "Consent", When::Yes("consent")),
        one(-8, "Already a customer", When::Yes("customer")),
        one(6, "Came by themselves", When::Is("source", words(&["website", "referral", "organic search", "webinar"]))),
        one(4, "New", When::InLastDays("created", 90)),
        one(-5, "Not spoken to for long", When::Before("last_contact", TODAY - 518)),
        one(6, "Enterprise technology", When::And(enterprise)),
    ]
}

fn rule(points: i64, label: &str, when: When) -> Rule {
    Rule { points, label: label.to_string(), when }
}

fn one(points: i64, label: &str, when: When) -> Item {
    Item::Rule(rule(points, label, when))
}
