//! Plans: what each optimisation does, shown before and after it; the plan of an example; the command.

use crate::harness::{root, score};
use scorelang::plan::show::{human, shown};
use scorelang::plan::{Asked, PASSES, Pass, Passes, Plan};
use scorelang::source::Disk;
use scorelang::value::{Instant, Zone, read_date};

fn as_of() -> Instant {
    read_date("2026-11-01T12:00:00Z", None, None, &Zone::utc()).unwrap().first(&Zone::utc())
}

fn golden(name: &str, text: String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("cases/plan");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The plan of the pass's own model without it and with it.
fn before_and_after(pass: Pass, name: &str) {
    let model = scorelang::compile(&Disk, &root().join(format!("tests/cases/plan/{name}.score"))).unwrap();
    let plan = |passes| human(&shown(&Plan::with(&model, as_of(), &Asked::default(), passes)));
    let (before, after) = (plan(Passes::ALL.without(pass)), plan(Passes::ALL));
    assert_ne!(before, after, "{name} does nothing here");
    golden(name, format!("before {name}\n\n{before}\nafter {name}\n\n{after}"));
}

#[test]
fn each_pass_before_and_after() {
    for (pass, name) in PASSES {
        before_and_after(pass, name);
    }
}

#[test]
fn the_plan_of_the_first_example() {
    let command = "plan examples/b2b-saas/b2b-saas.score --as-of 2026-11-01";
    golden("b2b-saas", score(command).succeeds().output);
    let json = score(&format!("{command} --format json")).succeeds().output;
    let plan: serde_json::Value = serde_json::from_str(&json).unwrap();
    let keys: Vec<&str> = plan.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "alone",
        "as_of",
        "census",
        "declared_fields",
        "dropped",
        "events",
        "fields",
        "ignores",
        "lookups",
        "masks",
        "states",
        "subjects",
    ];
    let mut keys = keys;
    keys.sort_unstable();
    assert_eq!(keys, expected);
    // the rows of `points "Company size"`: missing -2, then nothing below 10, 5, 10 and 15
    let by_size = plan["lookups"].as_array().unwrap().iter().find(|lookup| lookup["value"] == "employees").unwrap();
    let points: Vec<Option<i64>> =
        by_size["classes"].as_array().unwrap().iter().map(|class| class["points"].as_i64()).collect();
    assert_eq!(points, [Some(-2), None, Some(5), Some(10), Some(15)]);
}

#[test]
fn a_model_from_standard_input() {
    let text = "lead { id text key, employees number }\nscore fit { +5 when employees > 9 }\n";
    let finished = score("plan - --as-of 2026-11-01").reading(text).succeeds();
    assert!(finished.output.contains("above 9"), "{}", finished.output);
    let wrong = score("plan - --stdin-name m.score").reading("score fit { +5 when employee > 9 }").ends_with(1);
    assert!(wrong.messages.contains("m.score"), "{}", wrong.messages);
}
