//! `score diff`

use super::{MODEL, sample};
use crate::harness::{Folder, score};
use serde_json::Value;
use std::process::Command;

/// A look at the prices is worth 12 now; mql from 50 on.
fn changed() -> String {
    MODEL.replace("+10 \"Pricing\"", "+12 \"Pricing\"").replace("when total >= 40 until", "when total >= 50 until")
}

fn folder() -> Folder {
    sample().with("new.score", changed())
}

fn json(words: &str) -> Value {
    let run = score(&format!("diff model.score new.score {words} --as-of 2026-02-01 --format json --quiet"));
    serde_json::from_str(&run.in_folder(&folder()).finishes().output).unwrap()
}

#[test]
fn without_leads_the_rules_are_compared() {
    let diff = json("");
    let names: Vec<&Value> = diff["changes"].as_array().unwrap().iter().map(|change| &change["name"]).collect();
    assert_eq!(names, ["Pricing", "mql"]);
    assert_eq!(diff["changes"][0]["details"][0]["old"], "+10");
    assert_eq!((&diff["verdict"]["result"], &diff["leads"]), (&"differ".into(), &Value::Null));
    let example = diff["verdict"]["example"].as_str().unwrap();
    assert!(example.contains("lead {"), "{example}");
}

#[test]
fn a_model_and_itself_do_not_differ() {
    let run = score("diff model.score model.score leads.csv --events events.csv --as-of 2026-02-01 --quiet");
    let output = run.in_folder(&sample()).succeeds().output;
    assert!(
        output.contains("No difference: both mean the same.") && output.contains("0 of 4 leads change"),
        "{output}"
    );
}

/// L1 has fit 25 and two visits to the prices: 20 and 24 points. L2 has fit 20 and one: 10 and 12.
#[test]
fn leads_are_counted_under_both() {
    let diff = json("leads.csv --events events.csv");
    let leads = &diff["leads"];
    assert_eq!((&leads["read"], &leads["changed"]), (&4.into(), &2.into()));
    let total = &leads["scores"][2];
    assert_eq!((&total["name"], &total["up"], &total["down"]), (&"total".into(), &2.into(), &0.into()));
    assert_eq!((&total["before"]["highest"], &total["after"]["highest"]), (&45.into(), &49.into()));
    // 45 was enough for mql, 49 is not.
    let mql = &leads["thresholds"][0];
    assert_eq!(
        (&mql["left"]["leads"], &mql["left"]["such_as"][0], &mql["entered"]["leads"]),
        (&1.into(), &"L1".into(), &0.into())
    );
    let moved = leads["moved_most"].as_array().unwrap();
    assert_eq!((moved.len(), &moved[0]["lead"], &moved[0]["by"]), (2, &"L1".into(), &4.into()));
    assert_eq!(moved[0]["rules"][0]["label"], "Pricing");
    let table = score("diff model.score new.score leads.csv --events events.csv --as-of 2026-02-01 --quiet");
    let output = table.in_folder(&folder()).succeeds().output;
    assert!(output.contains("Qualified: 1 before, 0 after"), "{output}");
}

/// L1 and L2 met mql before, and neither has fallen below 25: 45 and 30 points before, 49 and 32 now.
#[test]
fn both_models_look_back_to_previous_results() {
    let previous = "id,mql,mql_since\nL1,true,2025-12-24T00:00:00Z\nL2,true,2025-12-25T00:00:00Z\n";
    let folder = folder().with("last.csv", previous);
    let words = "diff model.score new.score leads.csv --events events.csv --previous last.csv --as-of 2026-02-01";
    let run = score(words).word("--format").word("json").in_folder(&folder).succeeds();
    let diff: Value = serde_json::from_str(&run.output).unwrap();
    let mql = &diff["leads"]["thresholds"][0];
    assert_eq!((&mql["before"], &mql["after"], &mql["left"]["leads"]), (&2.into(), &2.into(), &0.into()));
    assert!(!run.messages.contains("without `--previous`"), "{}", run.messages);
    let over =
        score(words).word("--output").word("last.csv").word("--format").word("json").in_folder(&folder).ends_with(2);
    assert!(over.messages.contains("previous results"), "{}", over.messages);
}

#[test]
fn a_limit_that_is_exceeded_fails() {
    let diff = |limit: &str| {
        let run = score("diff model.score new.score leads.csv --events events.csv --as-of 2026-02-01 --fail-if");
        run.word(limit).in_folder(&folder()).finishes()
    };
    // 1 of 4 leads leaves.
    for (limit, code) in [
        ("left mql > 0", 1),
        ("left mql > 24%", 1),
        ("left mql > 25%", 0),
        ("moved total > 2", 0),
        ("moved total > 1", 1),
        ("band total > 0", 0),
        ("moved totl > 1", 2),
        ("mql", 2),
    ] {
        let finished = diff(limit);
        assert_eq!(finished.code, Some(code), "{limit}: {}", finished.messages);
    }
    assert!(diff("left mql > 0").messages.contains("`left mql > 0`: it is 1 lead (25.0%)"));
}

#[test]
fn every_format() {
    let shown = |format: &str| {
        let run = score(&format!("diff model.score new.score leads.csv --as-of 2026-02-01 --quiet --format {format}"));
        run.in_folder(&folder()).succeeds().output
    };
    assert!(
        shown("markdown").contains("| points | rule | Pricing | engagement | `+10` | `+12` |"),
        "{}",
        shown("markdown")
    );
    assert!(shown("html").contains("<td>Pricing</td>"));
}

fn git(folder: &Folder, words: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder.root()).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(words);
    assert!(command.output().unwrap().status.success(), "{words:?}");
}

/// The revision's own list counts, and a file that is gone can still be read.
#[test]
fn the_old_model_may_be_a_revision() {
    let used = "list near = \"US\"\n";
    let model = "use \"parts/near.score\"\nlead {\n  id text key\n  country text\n}\nscore s {\n  +1 when country is one of near\n}\n";
    let folder = Folder::empty().with("rules/m.score", model).with("rules/parts/near.score", used);
    git(&folder, &["init", "-q", "-b", "main"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "rules"]);
    let folder = folder.with("rules/parts/near.score", "list near = \"US\", \"CA\"\n");
    let diff = |old: &str| score(&format!("diff {old} rules/m.score --format json")).in_folder(&folder).finishes();
    let output: Value = serde_json::from_str(&diff("git:main:rules/m.score").output).unwrap();
    assert_eq!(output["verdict"]["result"], "differ");
    assert_eq!(output["changes"][0]["name"], "near");
    assert!(output["verdict"]["example"].as_str().unwrap().contains("CA"), "{output}");
    assert_eq!(diff("git:mian:rules/m.score").code, Some(2));
    assert!(diff("git:mian:rules/m.score").messages.contains("no revision `mian`"));
    assert!(diff("git:main:rules/n.score").messages.contains("there is no such file"));
}
