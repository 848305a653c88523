//! `score check`

use super::{MODEL, sample};
use crate::harness::{Folder, score};

#[test]
fn a_folder_stands_for_the_rule_files_below_it() {
    let folder = sample().with("more/other.score", MODEL).with("old/broken.score", "scor").with(".gitignore", "old/\n");
    let finished = score("check .").in_folder(&folder).succeeds();
    assert_eq!((finished.output.as_str(), finished.messages.as_str()), ("", "2 files checked, no errors\n"));
}

#[test]
fn a_part_is_checked_with_the_file_that_uses_it() {
    let part = "define grown = employees > 10\nlist words = \"a\"\n";
    let folder = sample().with("model.score", format!("use \"part.score\"\n{MODEL}")).with("part.score", part);
    let finished = score("check part.score model.score").in_folder(&folder).succeeds();
    assert_eq!(finished.messages, "2 files checked, no errors\n");
    let wrong = folder.with("part.score", "define grown = employes > 10\n");
    let finished = score("check . --format short").in_folder(&wrong).ends_with(1);
    assert!(finished.output.starts_with("part.score:1:") || finished.output.starts_with("./part.score:1:"));
    assert_eq!(finished.messages, "2 files checked, 1 error\n");
}

#[test]
fn standard_input_has_a_name() {
    let folder = Folder::empty();
    let run = score("check - --stdin-name new/rules.score --format short").in_folder(&folder);
    let finished = run.reading("lead {\n  id text\n}\nscore a {\n  +1 when idd is known\n}\n").ends_with(1);
    assert!(finished.output.starts_with("new/rules.score:5:11: error"), "{}", finished.output);
}

#[test]
fn json_is_one_array() {
    let folder = Folder::empty().with("a.score", "define a = b\n").with("b.score", "define a = b\n");
    let finished = score("check . --format json --quiet").in_folder(&folder).ends_with(1);
    let all: serde_json::Value = serde_json::from_str(&finished.output).unwrap();
    assert!(all.as_array().unwrap().len() >= 2, "{}", finished.output);
    assert_eq!(all[0]["severity"], "error");
    assert_eq!(finished.messages, "");
}

#[test]
fn a_folder_without_rules_is_said() {
    let finished = score("check .").in_folder(&Folder::empty()).ends_with(2);
    assert!(finished.messages.contains("no `.score` file"), "{}", finished.messages);
}
