//! Every message about rules, as people see it: one picture a code, each read and judged.

use crate::harness::{Folder, score};
use scorelang::diagnostics::{CODES, Code};

fn codes() -> Vec<Code> {
    CODES.iter().flat_map(|stage| stage.iter().copied()).collect()
}

/// The example of each code brings about that code and nothing else.
#[test]
fn every_code_has_a_picture() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/messages");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut others = Vec::new();
    for code in codes() {
        let folder = Folder::empty().with("example.score", code.0.example);
        let finished = score("check example.score --color never").in_folder(&folder).ends_with(1);
        if finished.output.matches(code.0.id).count() != 1 || !finished.messages.contains(" 1 error") {
            others.push(format!("{code:?}\n{}", finished.output));
            continue;
        }
        let picture = format!("{}\n---\n{}", code.0.example, finished.output);
        settings.bind(|| insta::assert_snapshot!(format!("{}-{}", code.0.id, code.0.name), picture));
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn ids_and_names_are_used_once() {
    let mut ids: Vec<_> = codes().iter().map(|code| code.0.id).collect();
    let mut names: Vec<_> = codes().iter().map(|code| code.0.name).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    names.sort_unstable();
    names.dedup();
    assert_eq!((ids.len(), names.len()), (count, count));
}

/// Five unrelated mistakes are five messages, each at its own line.
#[test]
fn five_mistakes_are_five_messages() {
    let model = "lead {\n  id text key\n  title text\n  employees number\n}\n\
        scor other {\n  +1 when title is \"x\"\n}\n\
        score fit {\n  20 \"Executive\" when title is \"ceo\"\n  +5 \"Size\" when employes > 5\n  \
        +5 \"Both\" when title is \"a\" and employees > 1 or employees < 9\n  +5 \"Fine\" when title is \"cto\n}\n";
    let folder = Folder::empty().with("model.score", model);
    let finished = score("check model.score --format short").in_folder(&folder).ends_with(1);
    let lines: Vec<&str> = finished.output.lines().map(|line| line.split(':').nth(1).unwrap()).collect();
    assert_eq!(lines, ["6", "10", "11", "12", "13"], "{}", finished.output);
}
