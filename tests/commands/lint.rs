//! `score lint`

use super::{MODEL, sample};
use crate::harness::json_schema::violations;
use crate::harness::{Folder, root, score};
use serde_json::Value;

/// Line 7 has a condition that nobody can meet.
const NEVER: &str = r#"lead {
  id         text key
  employees  number from 0
}

score fit to 10 {
  +10 "Odd"  when (employees < 10 and employees > 1000)
  +10 "Any"  when employees is known
  -5  "None" when employees is missing
}
"#;

/// Only that lint, whatever others say.
const ONLY: &str = "--allow all --warn never-true";

fn never() -> Folder {
    Folder::empty().with("a.score", NEVER)
}

/// Runs in the folder; the output of a run that ends with this code.
fn lint(words: &str, folder: &Folder, code: i32) -> String {
    score(&format!("lint {words}")).in_folder(folder).ends_with(code).output
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn a_finding_is_shown_and_fails() {
    let finished = score(&format!("lint a.score {ONLY}")).in_folder(&never()).ends_with(1);
    for part in ["S101 never-true", "a.score:7", "this can hold", "but never together with this", "help: "] {
        assert!(finished.output.contains(part), "{part}\n{}", finished.output);
    }
    assert_eq!(finished.messages, "1 file linted: 1 warning\n");
    let short = lint(&format!("a.score --format short {ONLY}"), &never(), 1);
    assert_eq!(short, "a.score:7:20: warning S101: no lead can meet the condition of rule `Odd`\n");
}

#[test]
fn flags_set_levels_and_what_fails() {
    let folder = never();
    assert!(lint("a.score --format short --allow all --deny never-true", &folder, 1).contains(": error S101:"));
    assert!(lint("a.score --format short --allow all --advise reach", &folder, 0).contains(": advice S101:"));
    assert_eq!(lint("a.score --format short --allow all", &folder, 0), "");
    lint(&format!("a.score {ONLY} --fail-on error"), &folder, 0);
    lint("a.score --allow all --advise never-true --fail-on advice", &folder, 1);
    for (flags, says) in [
        ("--deny never-tru", "did you mean `never-true`?"),
        ("--deny never-true --allow never-true", "two flags set `never-true`, to off and error"),
        ("--fail-on loud", "`loud` is no level to fail on"),
    ] {
        let refused = score(&format!("lint a.score {flags}")).in_folder(&folder).ends_with(2);
        assert!(refused.messages.contains(says), "{}", refused.messages);
    }
}

#[test]
fn the_nearest_settings_hold() {
    let off = "[lint.levels]\nall = \"off\"\n";
    let on = "[lint]\nfail-on = \"never\"\n[lint.levels]\nall = \"off\"\nnever-true = \"error\"\n";
    let folder = Folder::empty().with("score.toml", off).with("a.score", NEVER);
    let folder = folder.with("sub/deep/b.score", NEVER).with("sub/score.toml", on);
    let output = lint("a.score sub --format short", &folder, 0);
    assert!(output.starts_with("sub/deep/b.score:7:20: error S101:"), "{output}");
    assert_eq!(output.lines().count(), 1, "{output}");
    let folder = folder.with("sub/score.toml", "[lint.levels]\nreech = \"off\"\n");
    let refused = score("lint sub").in_folder(&folder).ends_with(2);
    assert!(refused.messages.contains("score.toml`: there is no lint or category `reech`"), "{}", refused.messages);
    assert!(refused.messages.contains("did you mean `reach`?"), "{}", refused.messages);
}

#[test]
fn comments_allow() {
    let flags =
        "a.score --format short --allow all --warn never-true,unneeded-allowance,allowance-without-reason,unknown-lint";
    let with = |above: &str| NEVER.replace("  +10 \"Odd\"", &format!("  {above}\n  +10 \"Odd\""));
    let lint = |text: String, code| lint(flags, &Folder::empty().with("a.score", text), code);
    assert_eq!(lint(with("# allow: never-true -- the form is wrong"), 0), "");
    assert_eq!(lint(format!("# allow-file: never-true -- an example\n{NEVER}"), 0), "");
    assert!(lint(with("# allow: never-true"), 1).contains("S692"));
    let misspelt = lint(with("# allow: nevertrue -- soon"), 1);
    assert!(misspelt.contains("S693") && misspelt.contains("S101"), "{misspelt}");
    let unneeded = NEVER.replace("is known", "is known  # allow: never-true -- soon");
    assert!(lint(unneeded, 1).contains("a.score:8:48: warning S691"));
}

#[test]
fn fixes_leave_a_file_that_is_laid_out() {
    let text = NEVER.replace("is known", "is known  # allow: never-true -- soon").replace("text key", "text   key");
    let folder = Folder::empty().with("a.score", &text).with("b.score", NEVER);
    let flags = "--allow all --warn unneeded-allowance --advise never-true";
    let finished = score(&format!("lint . --fix {flags}")).in_folder(&folder).succeeds();
    assert_eq!(finished.messages, "1 finding fixed in 1 file\n2 files linted: 2 advice\n");
    assert!(!folder.read("a.score").contains('#'), "{}", folder.read("a.score"));
    assert_eq!(folder.read("b.score"), NEVER, "a file without fixes is left as it is");
    score("fmt --check a.score").in_folder(&folder).succeeds();
    let again = score(&format!("lint . --fix {flags}")).in_folder(&folder).succeeds();
    assert!(again.messages.starts_with("nothing fixed\n"), "{}", again.messages);
    score("lint - --fix").in_folder(&folder).reading(NEVER).ends_with(2);
    score("lint a.score --unsafe").in_folder(&folder).ends_with(2);
}

#[test]
fn mistakes_come_first() {
    let folder = never().with("a.score", NEVER.replace("is known", "is knwn")).with("b.score", NEVER);
    let output = lint(&format!(". --format short {ONLY}"), &folder, 1);
    let lines: Vec<&str> = output.lines().collect();
    assert!(lines.iter().any(|line| line.starts_with("a.score:8:") || line.starts_with("./a.score:8:")), "{output}");
    assert!(lines.iter().all(|line| !line.contains("a.score:7")), "a file with mistakes is not linted: {output}");
    assert!(output.contains("b.score:7:20"), "{output}");
}

#[test]
fn a_part_is_linted_once() {
    let part = "define odd = (employees < 10 and employees > 1000)\n";
    let main = "model \"M\" { owner \"a\" }\nuse \"part.score\"\nlead {\n  id text key\n  employees number from 0\n}\nscore fit {\n  +1 when odd\n}\n";
    let folder = Folder::empty().with("part.score", part).with("one.score", main).with("two.score", main);
    let output = lint(&format!("part.score one.score two.score --format short {ONLY}"), &folder, 1);
    assert_eq!(output.lines().filter(|line| line.contains("part.score")).count(), 1, "{output}");
}

#[test]
fn output_is_the_same_whatever_the_threads() {
    let folder = (0..6).fold(Folder::empty(), |folder, number| folder.with(&format!("{number}.score"), NEVER));
    let outputs =
        ["1", "4"].map(|threads| lint(&format!(". --format json --threads {threads} --as-of 2026-11-01"), &folder, 1));
    assert_eq!(outputs[0], outputs[1]);
    let files: Vec<String> =
        json(&outputs[0]).as_array().unwrap().iter().map(|one| one["labels"][0]["file"].to_string()).collect();
    assert!(files.is_sorted() && files.len() >= 6, "{files:?}");
}

#[test]
fn json_says_all_there_is() {
    let all = json(&lint(&format!("a.score --format json {ONLY}"), &never(), 1));
    assert_eq!(all.as_array().unwrap().len(), 1);
    let one = &all[0];
    assert_eq!((&one["code"], &one["name"], &one["category"]), (&"S101".into(), &"never-true".into(), &"reach".into()));
    assert_eq!(
        (&one["severity"], &one["fails"], &one["labels"][0]["line"]),
        (&"warning".into(), &true.into(), &7.into())
    );
}

#[test]
fn sarif_fits_the_official_schema() {
    let schema = json(&std::fs::read_to_string(root().join("tests/schemas/sarif-schema-2.1.0.json")).unwrap());
    let unneeded = NEVER.replace("is known", "is known  # allow: never-true -- soon");
    let folder = never().with("sub/b c.score", unneeded).with("wrong.score", "scor fit {}\n");
    let log = json(&lint(". --format sarif", &folder, 1));
    assert_eq!(violations(&schema, &log), Vec::<String>::new());
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.iter().any(|one| one["ruleId"] == "S101") && results.iter().any(|one| one["fixes"].is_array()));
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(["a.score", "sub/b%20c.score", "wrong.score"].contains(&uri), "{uri}");
    }
}

/// A schema that lets everything pass would prove nothing.
#[test]
fn the_schema_refuses_what_is_no_sarif() {
    let schema = json(&std::fs::read_to_string(root().join("tests/schemas/sarif-schema-2.1.0.json")).unwrap());
    let wrong = serde_json::json!({ "version": "2.0.0", "runs": [{ "results": [{ "level": "loud", "wrong": 1 }] }] });
    let found = violations(&schema, &wrong).join("\n");
    for part in
        ["$.version", "lacks \"tool\"", "$.runs[0].results[0].level", "$.runs[0].results[0].wrong", "lacks \"message\""]
    {
        assert!(found.contains(part), "{part}\n{found}");
    }
}

#[test]
fn annotations_of_github() {
    let output = lint(&format!("a.score --format github {ONLY}"), &never(), 1);
    let start = "::warning file=a.score,line=7,endLine=7,col=20,endColumn=34,title=S101 never-true::no lead can meet";
    assert!(output.starts_with(start), "{output}");
    assert!(output.contains("%0Ahelp: ") && output.lines().count() == 1, "{output}");
}

#[test]
fn the_report_of_gitlab_outlives_moved_lines() {
    let report =
        |text: String| json(&lint(&format!("a.score --format gitlab {ONLY}"), &never().with("a.score", text), 1));
    let twice = NEVER.replace("  -5 ", "  +1 \"Again\"  when (employees < 10 and employees > 1000)\n  -5 ");
    let (before, after) = (report(twice.clone()), report(format!("# moved\n\n{twice}")));
    let prints = |report: &Value| -> Vec<String> {
        report.as_array().unwrap().iter().map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(prints(&before), prints(&after));
    assert!(prints(&before).len() == 2 && prints(&before)[0] != prints(&before)[1]);
    assert_eq!(before[0]["location"], serde_json::json!({ "path": "a.score", "lines": { "begin": 7, "end": 7 } }));
    assert_eq!((&before[0]["severity"], &before[0]["check_name"]), (&"major".into(), &"never-true".into()));
}

#[test]
fn junit_has_a_suite_for_each_file() {
    let folder = never().with("clean.score", "event a\n");
    let text = lint(&format!(". --format junit {ONLY}"), &folder, 1);
    let document = roxmltree::Document::parse(&text).unwrap();
    let suites: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    let counts: Vec<_> = suites.iter().map(|suite| (suite.attribute("tests"), suite.attribute("failures"))).collect();
    assert_eq!(counts, [(Some("1"), Some("1")), (Some("1"), Some("0"))]);
    assert!(document.descendants().any(|node| node.has_tag_name("failure")), "{text}");
}

#[test]
fn manuals_are_shown() {
    let folder = Folder::empty();
    let page = lint("--explain never-true", &folder, 0);
    assert!(page.starts_with("S101 never-true (reach, warning unless set otherwise)\n"), "{page}");
    assert!(page.contains("Why it matters") && !page.contains("```"), "{page}");
    assert_eq!(lint("--explain S101", &folder, 0), page);
    let refused = score("lint --explain nevertrue").in_folder(&folder).ends_with(2);
    assert!(refused.messages.contains("did you mean `never-true`?"), "{}", refused.messages);
    let list = lint("--list", &folder, 0);
    assert!(list.starts_with("reach\n  S101  never-true"), "{list}");
    let set = lint("--list --format json --deny never-true", &folder, 0);
    assert_eq!(json(&set)[0]["level"], "error");
    score("lint").in_folder(&folder).ends_with(2);
}

#[test]
fn leads_are_for_one_model() {
    let folder = sample().with("other.score", MODEL);
    let refused = score("lint . --data leads.csv").in_folder(&folder).ends_with(2);
    assert!(refused.messages.contains("`--data` is for one model"), "{}", refused.messages);
    let data = "lint model.score --data leads.csv --events events.csv --as-of 2026-02-01 --fail-on never";
    score(data).in_folder(&folder).succeeds();
    score(&format!("{data} --outcome 'consent is yes'")).in_folder(&folder).succeeds();
    let wrong = score(&format!("{data} --outcome 'consnt is yes'")).in_folder(&folder).ends_with(2);
    assert!(wrong.messages.contains("did you mean"), "{}", wrong.messages);
    let folder = folder.with("leads.csv", "id,Job Title,employees,consent\nL1,CEO,many,yes\n");
    score(data).in_folder(&folder).ends_with(3);
}

#[test]
fn standard_input_has_a_name() {
    let folder = never();
    let run = score(&format!("lint - --stdin-name new/rules.score --format short {ONLY}")).in_folder(&folder);
    assert!(run.reading(NEVER).ends_with(1).output.starts_with("new/rules.score:7:20: warning S101"));
}

#[test]
fn the_starting_model_and_the_examples_are_clean() {
    let folder = Folder::empty();
    score("new first").in_folder(&folder).succeeds();
    score("lint first --as-of 2026-06-30").in_folder(&folder).succeeds();
    score("lint examples --as-of 2026-11-01").succeeds();
}
