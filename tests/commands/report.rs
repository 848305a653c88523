//! `score report`

use crate::harness::shared::shared;
use crate::harness::{Folder, score};
use serde_json::Value;

/// The score is 10 for a boss and 1 a visit.
const MODEL: &str = r#"lead {
  id text key
  title text
  stage text column "Stage"
}
event visit { path text }
exclude "Student" when title is "student"
score fit "Fit" {
  +10 "Boss" when title is "boss"
  -3 "Any title" when title is known
}
score total "Total" = fit + 5
bands total { A from 10, B otherwise }
threshold good "Good" when total >= 10
"#;

/// Totals are 12 for a boss, 2 for a clerk, 5 without a title. The excluded one bought.
const LEADS: &str = "\
id,title,Stage,Converted,worth,came,won on,team
1,boss,won,1,1000,2026-01-01,2026-01-11,north
2,boss,won,1,500,2026-01-01,2026-01-21,south
3,boss,lost,0,,2026-01-02,,north
4,clerk,won,1,,2026-01-03,2026-01-02,south
5,clerk,lost,0,,2026-01-04,,north
6,clerk,lost,0,,2026-01-05,,
7,,lost,0,,2026-01-06,,north
8,,lost,0,,2026-01-15,,south
9,student,won,1,9,2026-01-15,2026-01-16,south
";

fn folder() -> Folder {
    Folder::empty().with("model.score", MODEL).with("leads.csv", LEADS)
}

fn json(words: &str) -> Value {
    let run = score(&format!("report model.score leads.csv --as-of 2026-02-01 --format json {words}"));
    serde_json::from_str(&run.in_folder(&folder()).succeeds().output).unwrap()
}

#[test]
fn without_an_outcome_scores_are_spread() {
    let report = json("");
    assert_eq!((&report["everybody"]["leads"], &report["excluded"]), (&8.into(), &1.into()));
    let total = &report["scores"][1];
    // 12, 12, 12, 5, 5, 2, 2, 2: 52 in all
    assert_eq!((&total["lowest"], &total["highest"], &total["median"]), (&2.into(), &12.into(), &5.into()));
    assert_eq!(total["mean"], 6.5);
    assert_eq!((&total["bands"][0]["leads"], &total["bands"][1]["leads"]), (&3.into(), &5.into()));
    assert!(total.get("auc").is_none() && total["bands"][0].get("rate").is_none());
    let rule = &report["rules"][0];
    assert_eq!((&rule["leads"], &rule["points"]), (&3.into(), &30.into()));
    // 30 of the 30 and 18 points, plus and minus alike
    assert_eq!(rule["part_of_score"], 0.625);
}

#[test]
fn an_outcome_over_columns_that_no_field_declares() {
    for outcome in ["Converted is 1", "Converted", "stage is \"won\"", "`won on` is known"] {
        let report = json(&format!("--outcome '{outcome}'"));
        assert_eq!(report["everybody"]["bought"], 3, "{outcome}");
        let total = &report["scores"][1];
        // Buyers have 12, 12 and 2, the others 12, 5, 5, 2 and 2. Of 15 pairs the first two buyers win 4 and tie 1 each,
        // the third ties 2: (8 + 2 / 2 + 2 / 2) / 15.
        assert_eq!(total["auc"], 0.666_667);
        // Of 3 bosses 2 bought, of all 8 it is 3: the lift is (2/3) / (3/8).
        assert_eq!((&total["bands"][0]["bought"], &total["bands"][0]["lift"]), (&2.into(), &1.777_778.into()));
        let best = &total["best_by_f1"];
        assert_eq!((&best["from"], &best["caught"]), (&12.into(), &0.666_667.into()));
    }
}

#[test]
fn money_comes_of_those_who_are_qualified() {
    let report = json("--outcome Converted --amount worth --created came --closed 'won on' --capacity 2");
    let all = &report["money"]["all"];
    assert_eq!((&all["deals"], &all["revenue"], &all["average_deal"]), (&2.into(), &1500.into(), &750.0.into()));
    let qualified = &report["money"]["qualified"];
    // 3 leads, 2/3 of them won, 750 a deal, 10 and 20 days: 3 * 2/3 * 750 / 10
    assert_eq!((&qualified["median_days"], &qualified["velocity_a_day"]), (&10.into(), &150.0.into()));
    // The leads came in over 14 days, so 2 calls a week are 4 leads.
    let capacity = &report["scores"][1]["capacity"];
    assert_eq!((&capacity["weeks"], &capacity["cutoff"]["called"]), (&2.0.into(), &3.into()));
    assert!(report["warnings"].to_string().contains("closed before they were created"));
}

#[test]
fn parts_by_a_column() {
    let report = json("--outcome Converted --by team");
    let values = report["split"]["values"].as_array().unwrap();
    let rows: Vec<(&Value, &Value, &Value)> =
        values.iter().map(|row| (&row["value"], &row["leads"], &row["bought"])).collect();
    let expected =
        [("north".into(), 4.into(), 1.into()), ("south".into(), 3.into(), 2.into()), (Value::Null, 1.into(), 0.into())];
    assert_eq!(rows, expected.iter().map(|(a, b, c)| (a, b, c)).collect::<Vec<_>>());
}

/// What happened after a lead's own date does not count.
#[test]
fn each_lead_as_of_its_own_date() {
    let events = "lead_id,type,at\n1,visit,2026-01-05T00:00:00Z\n1,visit,2026-01-20T00:00:00Z\n2,visit,2026-01-20T00:00:00Z\n3,visit,2026-01-20T00:00:00Z\n";
    let model = "lead {\n  id text key\n}\nevent visit\nscore s {\n  +1 for each visit\n}\n";
    let folder = Folder::empty().with("m.score", model).with("leads.csv", LEADS).with("events.csv", events);
    let mean = |words: &str| {
        let run =
            score(&format!("report m.score leads.csv --events events.csv --as-of 2026-02-01 --format json {words}"));
        let report: Value = serde_json::from_str(&run.in_folder(&folder).succeeds().output).unwrap();
        (report["scores"][0]["mean"].clone(), report["warnings"].to_string())
    };
    // 4 visits of 9 leads; by the day each was won: one of lead 1's, lead 2's of the day before, and lead 3, who has no
    // such day, is scored as of February.
    assert_eq!(mean("").0, 0.444_444);
    let (mean, warnings) = mean("--as-of-field 'won on'");
    assert_eq!(mean, 0.333_333);
    assert!(warnings.contains("5 leads have no date in `won on`"), "{warnings}");
}

#[test]
fn what_is_not_there_is_said() {
    let said = |words: &str| {
        score(&format!("report model.score leads.csv {words}")).in_folder(&folder()).ends_with(2).messages
    };
    assert!(said("--outcome 'Convertd is 1'").contains("did you mean `Converted`?"));
    assert!(said("--by tem").contains("did you mean `team`?"));
    assert!(said("--outcome Converted --amount title").contains("`title` is not a number"));
    assert!(said("--score totl").contains("did you mean `--score total`?"));
    assert!(said("--output report.pdf").contains("does not tell which format"));
    assert!(said("--outcome 'title is'").contains("--outcome"));
}

#[test]
fn a_page_for_the_browser_asks_nobody() {
    let finished = score("report model.score leads.csv --outcome Converted --output report.html");
    let folder = folder();
    finished.in_folder(&folder).succeeds();
    let page = folder.read("report.html");
    assert!(page.starts_with("<!doctype html>") && page.contains("<svg role=\"img\""), "{page}");
    assert!(page.matches("</svg>").count() >= 4, "{page}");
    // A name of the standard, not an address to fetch from
    let addresses = page.replace("http://www.w3.org/2000/svg", "");
    for fetched in ["http:", "https:", "src=", "@import", "url(", "<script", "<link"] {
        assert!(!addresses.contains(fetched), "{fetched}");
    }
    assert!(page.contains("@media print") && page.contains("width=device-width"));
    let svg: String = page.split("</figcaption>").skip(1).filter_map(|part| part.split("</figure>").next()).collect();
    roxmltree::Document::parse(&format!("<all>{svg}</all>")).expect("pictures are well-formed");
}

#[test]
fn markdown_has_the_same_tables() {
    let run = score("report model.score leads.csv --outcome Converted --format markdown --as-of 2026-02-01");
    let output = run.in_folder(&folder()).succeeds().output;
    assert!(output.contains("| A | 3 | 37.5% | 2 | 66.7% | 1.78× |"), "{output}");
}

/// 9,240 real leads: conversion falls from tenth to tenth, and the AUC is as good as a model without leaks can be.
#[test]
fn real_leads_without_and_with_a_leak() {
    let Some(leads) = shared("x-education/Leads.csv") else { return };
    let model = crate::harness::root().join("examples/course-seller/course-seller.score");
    let rules = std::fs::read_to_string(model).unwrap();
    let report = |rules: &str| -> Value {
        let folder = Folder::empty().with("m.score", rules);
        let run = score("report m.score --format json --as-of 2026-11-01 --outcome").word("Converted is 1");
        let run = run.word(leads.canonicalize().unwrap().to_string_lossy());
        serde_json::from_str(&run.in_folder(&folder).succeeds().output).unwrap()
    };
    let honest = report(&rules);
    let total = &honest["scores"][2];
    // scikit-learn 1.7.2 says 0.8868 of the scores that `score run` writes.
    assert!((total["auc"].as_f64().unwrap() - 0.8868).abs() < 0.0001, "{}", total["auc"]);
    assert_eq!(honest["warnings"], Value::Array(Vec::new()));
    let rates: Vec<f64> =
        total["bands"].as_array().unwrap().iter().map(|band| band["rate"].as_f64().unwrap()).collect();
    assert!(rates.windows(2).all(|pair| pair[0] > pair[1] + 0.05), "{rates:?}");
    let leaking = rules.replace("  specialization   text column", "  Tags text\n  specialization   text column").replace(
        "score activity",
        "score leak {\n  points \"Tag\" by Tags {\n    \"Will revert after reading the email\", \"Closed by Horizzon\": +30\n    \"Ringing\": -10\n  }\n}\n\nscore activity",
    );
    let warnings = report(&leaking)["warnings"].to_string();
    assert!(warnings.contains("rule `Tag` of `leak` tells who bought"), "{warnings}");
}
