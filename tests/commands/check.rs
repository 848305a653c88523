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

/// What is wrong in the other files is said, too; in the end a file was not read.
#[test]
fn a_file_that_cannot_be_read_hides_no_other() {
    let folder =
        Folder::empty().with("a.score", "define a = b\n").with("b.score", b"\xFF\xFE").with("c.score", "scor\n");
    let finished = score("check . --format short").in_folder(&folder).ends_with(2);
    assert!(finished.output.contains("a.score:1:12") && finished.output.contains("c.score:1:1"), "{}", finished.output);
    assert!(finished.messages.contains("b.score` is not UTF-8 text"), "{}", finished.messages);
    assert!(finished.messages.contains("1 file not read"), "{}", finished.messages);
    let finished = score("test .").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("b.score` is not UTF-8") && finished.messages.contains("scor"));
}

#[test]
fn of_very_many_errors_the_first_are_shown() {
    let folder = Folder::empty();
    let run = score("check - --format short").in_folder(&folder);
    let finished = run.reading("score ".repeat(5_000) + &"define\n".repeat(300)).ends_with(1);
    assert!(finished.output.lines().count() <= 101, "{}", finished.output.lines().count());
    let json = score("check - --format json").in_folder(&folder).reading("define\n".repeat(300)).ends_with(1);
    assert!(json.output.matches("\"severity\"").count() >= 300);
    let human = score("check -").in_folder(&folder).reading("define\n".repeat(300)).ends_with(1);
    assert!(human.output.trim_end().ends_with("more errors"), "{}", human.output);
}

#[test]
fn an_empty_file_is_noted() {
    let finished = score("check a.score").in_folder(&Folder::empty().with("a.score", "# later\n")).succeeds();
    assert!(finished.messages.contains("`a.score` is empty"), "{}", finished.messages);
}

#[test]
fn a_checked_file_is_not_overwritten() {
    let folder = sample();
    for command in ["check model.score", "test model.score", "schema leads.csv"] {
        let file = command.split(' ').nth(1).unwrap();
        let finished = score(&format!("{command} --output {file}")).in_folder(&folder).ends_with(2);
        assert!(finished.messages.contains("would overwrite"), "{}", finished.messages);
    }
    assert_eq!(folder.read("model.score"), MODEL);
}

#[test]
fn tests_of_several_files_stand_under_their_names() {
    let tests = "test \"one\" as of 2026-01-31 {\n  lead { id \"L1\" }\n  expect fit is 0\n}\n";
    let folder = sample().with("model.score", format!("{MODEL}{tests}")).with("other.score", format!("{MODEL}{tests}"));
    let output = score("test model.score other.score").in_folder(&folder).finishes().output;
    assert!(output.starts_with("model.score\n") && output.contains("\nother.score\n"), "{output}");
    let output = score("test model.score").in_folder(&folder).finishes().output;
    assert!(!output.contains("model.score\n"), "{output}");
}
