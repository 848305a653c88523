//! What the comparison of two models says: nothing of a change that means nothing, an example of one that does.
//!
//! | module | does |
//! |---|---|
//! | `edits` | changes of one place of a text |
//! | `one_place` | models that differ in one place: an example, or a proof that nothing refutes |

pub mod edits;
mod one_place;

use crate::harness::{files_below, root};
use scorelang::impact::{Verdict, changes, verdict};
use scorelang::model::Model;
use scorelang::source::{Disk, FileSystem, Overlay};
use scorelang::value::{Instant, Moment, Zone, read_date};
use std::path::{Path, PathBuf};

fn as_of() -> Instant {
    let moment: Moment = read_date("2026-11-01", None, None, &Zone::utc()).unwrap();
    moment.last(&Zone::utc())
}

fn compiled(files: &dyn FileSystem, path: &Path) -> Option<Model> {
    scorelang::compile(files, path).ok().filter(|model| !model.scores.is_empty())
}

/// The model at `path`, if this were its text.
fn with_text(path: &Path, text: String) -> Option<Model> {
    let mut files = Overlay::default();
    files.set(path, text);
    compiled(&files, path)
}

fn example_models() -> Vec<PathBuf> {
    files_below("examples", ".score").into_iter().filter(|path| compiled(&Disk, path).is_some()).collect()
}

fn model(text: &str) -> Model {
    with_text(&root().join("examples/made-up.score"), text.to_owned()).expect("a model")
}

const BEFORE: &str = r#"lead {
  id text key
  title text
  employees number
  country text
}
event visit { path text }
list near = "US", "CA"
score fit {
  +10 "Boss" when title mentions "boss" and employees >= 50 and country is one of near
  group "Size" first match only {
    +5 when employees >= 1000
    +2 when employees >= 100
  }
  +3 "Visits" for each visit where path starts with "/a" in last 7 days at most 2 times decay half-life 14 days
}
bands fit { A from 10, B otherwise }
threshold good when fit >= 12
"#;

/// The same rules in other words: reordered, a define pulled out, a list written out, a week for seven days.
const REFACTORED: &str = r#"# a comment
event visit { path text }
lead { id text key
  country text, employees number, title text
}
define large = employees >= 50
define local_and_large = country is one of "CA", "US" and large
threshold good when fit >= 12
bands fit { B otherwise, A from 10 }
score fit {
  +3 "Visits" for each visit where path starts with "/a" in last 1 week at most 2 times decay half-life 2 weeks
  group "Size" first match only {
    +5 when employees >= 1000
    +2 when employees >= 100
  }
  +10 "Boss" when local_and_large and title mentions "boss"
}
"#;

#[test]
fn a_refactored_model_is_no_difference() {
    let (old, new) = (model(BEFORE), model(REFACTORED));
    let found = changes(&old, &new);
    assert!(found.changes.is_empty(), "{:?}", found.changes);
    assert_eq!(verdict(&found, as_of()), Verdict::Same);
    for path in example_models() {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut sources = scorelang::source::Sources::default();
        let id = sources.add("model", text.clone());
        let (file, _) = scorelang::syntax::parse(&sources, id);
        let laid_out = scorelang::syntax::format::format(&sources.file(id).text, &file).unwrap();
        let (old, new) = (compiled(&Disk, &path).unwrap(), with_text(&path, laid_out).unwrap());
        assert!(changes(&old, &new).changes.is_empty(), "{}", path.display());
    }
}

fn told(old: &str, new: &str) -> Vec<(String, String, String)> {
    let (old, new) = (model(old), model(new));
    let found = changes(&old, &new);
    let one = |change: &scorelang::impact::Change| {
        let aspects: Vec<&str> = change.details.iter().map(|detail| detail.aspect).collect();
        (change.kind.name().to_owned(), format!("{} {}", change.what, change.name), aspects.join(", "))
    };
    found.changes.iter().map(one).collect()
}

fn row(kind: &str, what: &str, aspects: &str) -> (String, String, String) {
    (kind.to_owned(), what.to_owned(), aspects.to_owned())
}

#[test]
fn each_change_is_told_once() {
    let change = |from: &str, to: &str| told(BEFORE, &BEFORE.replace(from, to));
    assert_eq!(change("+10 \"Boss\"", "+12 \"Boss\""), [row("changed", "rule Boss", "points")]);
    assert_eq!(change("employees >= 50", "employees >= 60"), [row("changed", "rule Boss", "condition")]);
    assert_eq!(change("\"Boss\"", "\"Chief\""), [row("changed", "rule Chief", "label")]);
    assert_eq!(change("at most 2", "at most 3"), [row("changed", "rule Visits", "occurrences")]);
    assert_eq!(change("half-life 14", "half-life 15"), [row("changed", "rule Visits", "decay")]);
    assert_eq!(change("in last 7 days", "in last 8 days"), [row("changed", "rule Visits", "condition")]);
    assert_eq!(change("A from 10", "A from 11"), [row("changed", "band A", "edge")]);
    assert_eq!(change("fit >= 12", "fit >= 13"), [row("changed", "threshold good", "condition")]);
    assert_eq!(change("first match only", "highest only"), [row("changed", "group Size", "header")]);
    assert_eq!(change("  country text\n", "  country text required\n"), [row("changed", "field country", "meaning")]);
    // The list, and the rule that reads it.
    let listed = change("\"US\", \"CA\"", "\"US\", \"MX\"");
    assert_eq!(listed, [row("changed", "list near", "meaning"), row("changed", "rule Boss", "condition")]);
    // Out of its group, unlabelled: known by its content.
    let moved = BEFORE.replace("    +2 when employees >= 100\n  }\n", "  }\n  +2 when employees >= 100\n");
    assert_eq!(told(BEFORE, &moved), [row("moved", "rule +2 when employees >= 100", "place")]);
    let boss = "  +10 \"Boss\" when title mentions \"boss\" and employees >= 50 and country is one of near\n";
    assert_eq!(change(boss, ""), [row("removed", "rule Boss", "rule")]);
}

#[test]
fn what_can_never_show_is_proved() {
    // Whoever has 1000 has 100.
    let twice = BEFORE.replace("employees >= 50 and", "employees >= 50 and employees >= 20 and");
    let never = BEFORE.replace("+3 \"Visits\"", "+7 \"Never\" when employees > 5 and employees < 5\n  +3 \"Visits\"");
    for changed in [twice, never] {
        let (old, new) = (model(BEFORE), model(&changed));
        assert_eq!(verdict(&changes(&old, &new), as_of()), Verdict::ProvedEqual);
    }
}
