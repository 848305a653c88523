//! `:save test`, `:diff`, and files that change while a session goes on.

use super::folder;
use crate::harness::{Folder, score};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

#[test]
fn a_saved_test_passes_and_fmt_leaves_it_alone() {
    let folder = folder();
    score("fmt model.score").in_folder(&folder).finishes();
    let lines = "lead { title \"CEO\", employees 250, consent yes }\nevent page_view 2 days ago { path \"/pricing\" }\n\
                 before { mql yes }\n:save test \"a \\\"chief\\\"\"\n:pick L3\n:save test \"a student\"\n:save test \"a student\"\n";
    let run = score("repl model.score leads.csv --as-of 2026-01-31").in_folder(&folder).reading(lines);
    let output = run.ends_with(1).output;
    assert!(output.contains("there is a test \"a student\" already"), "{output}");
    let text = folder.read("model.score");
    assert!(text.contains("test \"a \\\"chief\\\"\" as of 2026-01-31 {"), "{text}");
    assert!(text.contains("expect excluded is \"Student\""), "{text}");
    assert!(score("test model.score").in_folder(&folder).succeeds().output.contains('2'));
    score("fmt model.score --check").in_folder(&folder).succeeds();
}

#[test]
fn a_saved_test_needs_what_is_required() {
    let folder = Folder::empty().with(
        "model.score",
        "lead {\n  id   text key\n  mail text required\n}\n\nscore s {\n  +1 when mail is known\n}\n",
    );
    let before = folder.read("model.score");
    let output =
        score("repl model.score").in_folder(&folder).reading("lead { }\n:save test \"x\"\n").ends_with(1).output;
    assert!(output.contains("error: `mail` is required, and this lead has none"), "{output}");
    assert_eq!(folder.read("model.score"), before);
}

/// The model is read again when it, or a file that it reads, is saved; a mistake in it is told, and the session goes on.
#[test]
fn a_file_that_is_saved_is_read_again() {
    let folder = Folder::empty()
        .with("model.score", "use \"part.score\"\nlead { id text key, country text }\nscore s {\n  +10 \"Core\" when country is one of core\n}\n")
        .with("part.score", "list core from \"core.txt\"\n")
        .with("core.txt", "US\n");
    let mut child = score("repl model.score --as-of 2026-01-31")
        .in_folder(&folder)
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut number = 0;
    // Each question is followed by a text that shows where its answer ends.
    let mut asks = |line: &str| {
        number += 1;
        writeln!(input, "{line}\n\"end {number}\"").unwrap();
        let shown = output.by_ref().map(Result::unwrap).take_while(|line| *line != format!("\"end {number}\""));
        shown.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(asks("lead { country \"DE\" }"), "s  0");
    std::fs::write(folder.path("core.txt"), "US\nDE\n").unwrap();
    assert_eq!(asks("s + 0"), "model.score was saved; read again\ns  0 → 10  (+10)\n10");
    std::fs::write(folder.path("part.score"), "list core\n").unwrap();
    let shown = asks("1 + 1");
    assert!(shown.contains("part.score:1") && shown.ends_with("\n2"), "{shown}");
    std::fs::write(folder.path("part.score"), "list core = \"FR\"\n").unwrap();
    let shown = asks("s + 1");
    assert!(shown.contains("s  10 → 0  (-10)"), "{shown}");
    let shown = asks(":diff");
    assert!(shown.contains("- list core from \"core.txt\"\n+ list core = \"FR\""), "{shown}");
    assert!(shown.contains("They differ: there is an example lead below."), "{shown}");
    drop(input);
    // One of the answers was a mistake.
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
