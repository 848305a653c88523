//! `score fmt`

use crate::harness::{Folder, score};

const UNTIDY: &str = "# fields\nlead { id text,\n email   text }\nscore fit { # who\n+20 \"Boss\" when id is \"x\"\n+5 \"Mail\" when email is known }\n";

/// Worked out by hand: names of fields two blanks apart from types, labels from bodies.
const TIDY: &str = "\
# fields
lead {
  id     text
  email  text
}
score fit {  # who
  +20 \"Boss\"  when id is \"x\"
  +5  \"Mail\"  when email is known
}
";

#[test]
fn files_are_laid_out_in_their_place() {
    let folder = Folder::empty().with("a.score", UNTIDY).with("more/b.score", TIDY);
    let finished = score("fmt .").in_folder(&folder).succeeds();
    assert_eq!(folder.read("a.score"), TIDY);
    assert_eq!(
        (finished.output.as_str(), finished.messages.as_str()),
        ("", "1 file laid out anew, 1 file is already\n")
    );
    let again = score("fmt . --quiet").in_folder(&folder).succeeds();
    assert_eq!((again.output.as_str(), again.messages.as_str()), ("", ""));
    assert_eq!(folder.names(), ["a.score", "more"]);
}

#[test]
fn check_names_the_files_and_changes_none() {
    let folder = Folder::empty().with("a.score", UNTIDY).with("b.score", TIDY);
    let finished = score("fmt --check a.score b.score").in_folder(&folder).ends_with(1);
    assert_eq!(finished.output, "a.score\n");
    assert_eq!(finished.messages, "1 file would be laid out anew, 1 file is already\n");
    assert_eq!(folder.read("a.score"), UNTIDY);
    score("fmt --check b.score").in_folder(&folder).succeeds();
}

#[test]
fn a_diff_can_be_applied() {
    let folder = Folder::empty().with("a.score", "event  a\nevent b\nevent c\nevent d\nevent e\n");
    let shown = "--- a.score\n+++ a.score\n@@ -1,4 +1,4 @@\n-event  a\n+event a\n event b\n event c\n event d\n";
    assert_eq!(score("fmt a.score --diff").in_folder(&folder).succeeds().output, shown);
    assert_eq!(score("fmt a.score --diff --check").in_folder(&folder).ends_with(1).output, shown);
    assert!(folder.read("a.score").starts_with("event  a\n"));
    let colored = score("fmt a.score --diff --color always").in_folder(&folder).succeeds().output;
    assert!(colored.contains("\x1b[32m+event a\x1b[0m\n"), "{colored}");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::empty();
    let run = |words: &str, text: &str| score(words).in_folder(&folder).reading(text);
    assert_eq!(run("fmt -", UNTIDY).succeeds().output, TIDY);
    assert_eq!(run("fmt -", TIDY).succeeds().output, TIDY);
    assert_eq!(run("fmt - --check --stdin-name new.score", UNTIDY).ends_with(1).output, "new.score\n");
    assert!(run("fmt - --diff", UNTIDY).succeeds().output.starts_with("--- standard input\n"));
    let wrong = run("fmt - --stdin-name new.score", "scor a\n").ends_with(1);
    assert_eq!(wrong.output, "");
    assert!(wrong.messages.contains("[new.score:1:1]"), "{}", wrong.messages);
}

/// The message is the one of `check`; other files are laid out all the same.
#[test]
fn a_file_with_mistakes_stays_as_it_is() {
    let wrong = "event  a\nscore fit {\n  10 when a\n}\n";
    let folder = Folder::empty().with("a.score", wrong).with("b.score", UNTIDY);
    let finished = score("fmt . --color never").in_folder(&folder).ends_with(1);
    let check = score("check a.score --color never").in_folder(&folder).ends_with(1);
    let frame = |text: &str| text.lines().find(|line| line.contains("─")).unwrap_or("").replace("./", "");
    assert_eq!(frame(&finished.messages), frame(&check.output));
    assert!(finished.messages.contains("1 file has mistakes and stays as it is"), "{}", finished.messages);
    assert_eq!((folder.read("a.score").as_str(), folder.read("b.score").as_str()), (wrong, TIDY));
}

/// Mistakes of meaning are no matter of layout, and neither are the files that one uses.
#[test]
fn names_and_used_files_do_not_matter() {
    let folder = Folder::empty().with("a.score", "use  \"none.score\"\ndefine a = nothing\n");
    score("fmt a.score").in_folder(&folder).succeeds();
    assert_eq!(folder.read("a.score"), "use \"none.score\"\ndefine a = nothing\n");
}

#[test]
fn what_cannot_be_read_hides_no_other_file() {
    let folder = Folder::empty().with("a.score", b"\xFF").with("b.score", UNTIDY).with("leads.csv", "id,email\n1,x\n");
    let finished = score("fmt a.score b.score none.score leads.csv").in_folder(&folder).ends_with(2);
    assert!(finished.messages.contains("a.score` is not UTF-8"), "{}", finished.messages);
    assert!(finished.messages.contains("cannot read `none.score`"), "{}", finished.messages);
    assert!(finished.messages.contains("`leads.csv` looks like data"), "{}", finished.messages);
    assert!(
        finished.messages.ends_with("1 file laid out anew, 3 files not read or written\n"),
        "{}",
        finished.messages
    );
    assert_eq!(folder.read("b.score"), TIDY);
    score("fmt").in_folder(&folder).ends_with(2);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_tidy_files_are_not_touched() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = Folder::empty().with("a.score", UNTIDY).with("b.score", TIDY);
    let mode = |name: &str, mode| std::fs::set_permissions(folder.path(name), PermissionsExt::from_mode(mode)).unwrap();
    mode("a.score", 0o640);
    mode("b.score", 0o444);
    let before = std::fs::metadata(folder.path("b.score")).unwrap();
    score("fmt .").in_folder(&folder).succeeds();
    assert_eq!(std::fs::metadata(folder.path("a.score")).unwrap().mode() & 0o777, 0o640);
    let after = std::fs::metadata(folder.path("b.score")).unwrap();
    assert_eq!((before.ino(), before.modified().unwrap()), (after.ino(), after.modified().unwrap()));
    mode("a.score", 0o444);
    std::fs::remove_file(folder.path("b.score")).unwrap();
    let folder = folder.with("c.score", UNTIDY);
    std::fs::set_permissions(folder.path("c.score"), PermissionsExt::from_mode(0o444)).unwrap();
    let refused = score("fmt c.score").in_folder(&folder).ends_with(2);
    assert!(refused.messages.contains("write-protected"), "{}", refused.messages);
    assert_eq!(folder.read("c.score"), UNTIDY);
}
