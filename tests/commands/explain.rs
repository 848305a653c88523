//! `score explain`

use super::sample;
use crate::harness::{Finished, score};

fn explain(flags: &str) -> Finished {
    score(&format!("explain model.score leads.csv --events events.csv --as-of 2026-01-31T12:00:00Z {flags}"))
        .in_folder(&sample())
        .finishes()
}

#[test]
fn entries_stand_under_each_other() {
    let finished = explain("--id L1");
    let expected = "\
L1 · Sample · as of 2026-01-31T12:00:00Z

Fit
                                    times  points
  Seniority                                   +20
    Executive                                 +20
    Chief                                     +15  not chosen
    highest only                              -15
  Large                                        +5
                                           ──────
                                               25  A
";
    assert_eq!(finished.code, Some(0), "{}", finished.messages);
    assert!(finished.output.starts_with(expected), "{}", finished.output);
    for line in ["  Pricing                               2     +20", "Qualified", "met → notify sales"] {
        assert!(finished.output.contains(line), "{line}\n{}", finished.output);
    }
    assert!(!finished.output.contains('\u{1b}'));
}

#[test]
fn all_shows_what_kept_a_rule_from_giving_points() {
    let finished = explain("--id L4 --all");
    assert!(finished.output.contains("`title`"), "{}", finished.output);
    assert!(finished.output.contains("no such event"), "{}", finished.output);
}

#[test]
fn an_excluded_lead_shows_what_it_would_have_had() {
    let output = explain("--id L3").output;
    assert!(output.contains("excluded: Student"), "{output}");
    assert!(output.contains("Excluded: Student") && output.contains("-5"), "{output}");
}

#[test]
fn json_holds_the_same_numbers() {
    let output = explain("--id L2 L1 --format json").output;
    let leads: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(leads[0]["lead"], "L2");
    assert_eq!(leads[1]["scores"][2]["value"], 45);
    assert_eq!(leads[1]["thresholds"][0]["met"], true);
    let entries = leads[1]["scores"][0]["entries"].as_array().unwrap();
    let sum: i64 =
        entries.iter().filter(|entry| entry["depth"] == 0).map(|entry| entry["points"].as_i64().unwrap()).sum();
    assert_eq!(sum, 25);
}

#[test]
fn markdown_is_a_table_a_score() {
    let output = explain("--id L1 --format markdown").output;
    assert!(output.starts_with("## L1\n"), "{output}");
    assert!(output.contains("### Fit: 25, A") && output.contains("| Large |  |  | +5 |"), "{output}");
}

#[test]
fn an_unknown_lead_is_said_with_its_neighbours() {
    let finished = explain("--id L12");
    assert_eq!(finished.code, Some(2));
    assert!(finished.messages.contains("`L12`") && finished.messages.contains("`L1`"), "{}", finished.messages);
}
