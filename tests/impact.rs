//! What the comparison of two models says: nothing of a change that means nothing, an example of one that does.
//!
//! `cargo test` tries some pairs of models; to try all kinds of changes to all examples:
//!
//! ```sh
//! IMPACT_PAIRS=500 cargo test --release --test integration impact -- --nocapture
//! ```

use crate::harness::{files_below, root};
use scorelang::impact::sample::differences;
use scorelang::impact::{Verdict, changes, verdict};
use scorelang::model::Model;
use scorelang::source::{Disk, FileSystem, Overlay};
use scorelang::value::{Instant, Moment, Zone, read_date};
use std::path::{Path, PathBuf};

/// Pairs of models that differ in one place, of every test run.
const PAIRS: usize = 40;

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

/// A change of one number or one text of the rules: where it begins and ends, and what stands there instead.
struct Edit {
    range: std::ops::Range<usize>,
    instead: String,
}

/// Every place of the scores, bands, matrices, thresholds and exclusions where a number or a compared text stands.
fn edits(text: &str) -> Vec<Edit> {
    const OPENS: [&str; 5] = ["score ", "bands ", "threshold ", "exclude ", "lookup "];
    let (mut edits, mut inside, mut start) = (Vec::new(), false, 0);
    for line in text.split_inclusive('\n') {
        let first = line.chars().next().unwrap_or(' ');
        if !first.is_whitespace() && first != '}' {
            inside = OPENS.iter().any(|word| line.starts_with(word));
        }
        if inside && !line.trim_start().starts_with('#') {
            of_line(line, start, &mut edits);
        }
        start += line.len();
    }
    edits
}

fn of_line(line: &str, start: usize, edits: &mut Vec<Edit>) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => return,
            b'"' => {
                let Some(length) = line[at + 1..].find('"') else { return };
                let end = at + 1 + length;
                let before = line[..at].trim_end();
                let compared =
                    ["is", "of", "contains", "with", "mentions", ","].iter().any(|word| before.ends_with(word));
                if compared && !line[at..end].contains('*') {
                    edits
                        .push(Edit { range: start + at + 1..start + end, instead: format!("{}q", &line[at + 1..end]) });
                }
                at = end + 1;
            }
            byte if byte.is_ascii_digit() => {
                let length = line[at..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(line.len() - at);
                let part_of_more =
                    |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(byte));
                let before = at.checked_sub(1).and_then(|before| bytes.get(before)).filter(|byte| **byte != b'-');
                let is_date = line.as_bytes().get(at + length) == Some(&b'-');
                if !part_of_more(before) && !is_date && !part_of_more(bytes.get(at + length)) {
                    let number: u64 = line[at..at + length].parse().unwrap();
                    edits.push(Edit { range: start + at..start + at + length, instead: (number + 1).to_string() });
                }
                at += length;
            }
            _ => at += line[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// Over the rules that people wrote: each number and each compared text changed by itself.
#[test]
fn what_differs_in_one_place_has_an_example() {
    let mut pairs = Vec::new();
    let models = example_models();
    assert!(models.len() >= 10);
    for path in &models {
        let text = std::fs::read_to_string(path).unwrap();
        for edit in edits(&text) {
            let mut changed = text.clone();
            changed.replace_range(edit.range.clone(), &edit.instead);
            pairs.push((path.clone(), text[..edit.range.start].lines().count(), changed));
        }
    }
    let wanted = std::env::var("IMPACT_PAIRS").map_or(PAIRS, |text| text.parse().unwrap());
    // Spread over all models, the same ones every time; some edits make no model.
    let step = (pairs.len() / (wanted + wanted / 8)).max(1);
    let picked: Vec<_> = pairs.iter().step_by(step).collect();
    let work = std::sync::Mutex::new(picked.into_iter());
    let found = std::sync::Mutex::new((0_usize, 0_usize, Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let worker = std::thread::Builder::new().stack_size(64 * 1024 * 1024);
            worker
                .spawn_scoped(scope, || {
                    loop {
                        let Some((path, line, changed)) = work.lock().unwrap().next() else { return };
                        let (Some(old), Some(new)) = (compiled(&Disk, path), with_text(path, changed.clone())) else {
                            continue;
                        };
                        let began = std::time::Instant::now();
                        let said = judged(&old, &new);
                        if began.elapsed().as_secs() > 5 {
                            eprintln!("{}:{line} took {:?}", path.display(), began.elapsed());
                        }
                        let mut found = found.lock().unwrap();
                        found.0 += 1;
                        match said {
                            None => found.1 += 1,
                            Some(said) => {
                                eprintln!("{}:{line}: {said}", path.display());
                                found.2.push(format!("{}:{line}: {said}", path.display()));
                            }
                        }
                    }
                })
                .unwrap();
        }
    });
    let (tried, differ, others) = found.into_inner().unwrap();
    eprintln!("{differ} of {tried} pairs have an example\n{}", others.join("\n"));
    assert!(tried >= wanted, "{tried} pairs");
    // What remains has neither an example nor a proof, and says so: edges that scores made of fives never meet, and some
    // that are met by few leads. It is never called the same.
    assert!(!others.iter().any(|said| said.ends_with("no difference")), "{}", others.join("\n"));
    assert!(differ * 100 >= tried * 90, "{differ} of {tried}\n{}", others.join("\n"));
}

/// `None` where there is an example that both models, run anew, confirm.
fn judged(old: &Model, new: &Model) -> Option<String> {
    let changes = changes(old, new);
    match verdict(&changes, as_of()) {
        Verdict::Differ(told) => {
            let results = |model: &Model| told.sample.results(model, as_of()).expect("both can read it");
            let differ = differences((old, &results(old)), (new, &results(new)));
            assert_eq!(differ, told.differences);
            assert!(!differ.is_empty());
            None
        }
        Verdict::Same => Some("no difference".to_owned()),
        Verdict::ProvedEqual => Some("proved equal".to_owned()),
        Verdict::Unknown { tried } => {
            let change =
                changes.changes.iter().map(|change| format!("{} {} {:?}", change.what, change.name, change.details));
            Some(format!("nothing found in {tried} leads: {}", change.collect::<Vec<_>>().join("; ")))
        }
    }
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
