//! Models that differ in one place: each pair has an example that both, run anew, confirm, or is proved to be equal, and
//! then no lead refutes it.
//!
//! `cargo test` tries some pairs; to try as many as are asked for, from all examples:
//!
//! ```sh
//! IMPACT_PAIRS=500 cargo test --release --test integration impact -- --nocapture
//! ```
//!
//! `IMPACT_SEED=7` takes other pairs than the fixed ones, and changes of every kind.

use super::edits::{Edit, edits};
use super::{as_of, compiled, example_models, with_text};
use scorelang::impact::pools::{Chance, Pools};
use scorelang::impact::sample::{Sample, differences};
use scorelang::impact::{Verdict, changes, verdict};
use scorelang::model::Model;
use scorelang::source::Disk;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

/// Pairs of models that differ, of every test run.
const PAIRS: usize = 40;
/// So many leads try to refute each proof.
const REFUTING: usize = 400;

/// A text of a model and what one place of it is changed to.
struct Pair {
    path: PathBuf,
    line: usize,
    changed: String,
}

enum Judged {
    /// There is an example that both models, run anew, confirm.
    Differs,
    /// It is proved that there is none, or the change changes no meaning.
    Equal,
    Neither(String),
}

/// What was found.
#[derive(Default)]
struct Found {
    differ: usize,
    equal: Vec<String>,
    neither: Vec<String>,
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// Over the rules that people wrote.
#[test]
fn what_differs_in_one_place_has_an_example() {
    let wanted = variable("IMPACT_PAIRS").map_or(PAIRS, |pairs| pairs as usize);
    let work = Mutex::new(pairs(variable("IMPACT_SEED")).into_iter());
    let found = Mutex::new(Found::default());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            let worker = std::thread::Builder::new().stack_size(64 * 1024 * 1024);
            worker.spawn_scoped(scope, || judge_until(wanted, &work, &found)).unwrap();
        }
    });
    let Found { differ, equal, neither } = found.into_inner().unwrap();
    eprintln!("{differ} pairs have an example, {} are proved equal:\n{}", equal.len(), equal.join("\n"));
    assert!(neither.is_empty(), "{} pairs have neither:\n{}", neither.len(), neither.join("\n"));
    assert!(differ >= wanted, "{differ} pairs");
}

fn judge_until(wanted: usize, work: &Mutex<std::vec::IntoIter<Pair>>, found: &Mutex<Found>) {
    loop {
        let is_enough = {
            let found = found.lock().unwrap();
            found.differ + found.neither.len() >= wanted
        };
        let next = work.lock().unwrap().next().filter(|_| !is_enough);
        let Some(pair) = next else { return };
        // Some changes make no model.
        let (Some(old), Some(new)) = (compiled(&Disk, &pair.path), with_text(&pair.path, pair.changed)) else {
            continue;
        };
        let began = std::time::Instant::now();
        let judged = judged(&old, &new);
        let place = format!("{}:{}", pair.path.file_name().unwrap().to_string_lossy(), pair.line);
        if began.elapsed().as_secs() > 5 {
            eprintln!("{place} took {:?}", began.elapsed());
        }
        let mut found = found.lock().unwrap();
        match judged {
            Judged::Differs => found.differ += 1,
            Judged::Equal => found.equal.push(place),
            Judged::Neither(said) => {
                eprintln!("NEITHER {place}: {said}");
                found.neither.push(format!("{place}: {said}"))
            }
        }
    }
}

/// All changes to all examples, in an order of chance. Without a seed, the plain ones alone.
fn pairs(seed: Option<u64>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let models = example_models();
    assert!(models.len() >= 10);
    for path in &models {
        let text = std::fs::read_to_string(path).unwrap();
        let (plain, others) = edits(&text);
        let others = if seed.is_some() { others } else { Vec::new() };
        for Edit { range, instead } in plain.into_iter().chain(others) {
            let mut changed = text.clone();
            changed.replace_range(range.clone(), &instead);
            pairs.push(Pair { path: path.clone(), line: text[..range.start].lines().count(), changed });
        }
    }
    let mut chance = Chance::new(seed.unwrap_or_default());
    for place in (1..pairs.len()).rev() {
        pairs.swap(place, chance.below(place + 1));
    }
    pairs
}

fn judged(old: &Model, new: &Model) -> Judged {
    let changes = changes(old, new);
    match verdict(&changes, as_of()) {
        Verdict::Differ(told) => {
            let differ = told_apart(old, new, &told.sample).expect("both can read it");
            assert_eq!(differ, told.differences);
            assert!(!differ.is_empty());
            Judged::Differs
        }
        Verdict::Same | Verdict::ProvedEqual => {
            let change = format!("{:?}", changes.changes);
            nothing_refutes(old, new, &change);
            Judged::Equal
        }
        Verdict::Unknown { tried } => {
            let changes = changes.changes.iter();
            let told = changes.map(|change| format!("{} {} {:?}", change.what, change.name, change.details));
            Judged::Neither(format!("nothing found in {tried} leads: {}", told.collect::<Vec<_>>().join("; ")))
        }
    }
}

/// What differs, by both models run anew.
fn told_apart(old: &Model, new: &Model, sample: &Sample) -> Option<Vec<(String, String, String)>> {
    let (before, after) = (sample.results(old, as_of())?, sample.results(new, as_of())?);
    Some(differences((old, &before), (new, &after)))
}

/// Leads made up of what both models name find no difference.
pub fn nothing_refutes(old: &Model, new: &Model, what: &str) {
    let pools = Pools::new([old, new], as_of(), &[]);
    let mut chance = Chance::new(0xBAD);
    let names: Vec<String> = old.thresholds.iter().map(|threshold| threshold.name.clone()).collect();
    let everything: BTreeSet<String> =
        old.lead.fields.iter().map(|field| scorelang::value::fold_name(&field.name)).collect();
    for attempt in 0..REFUTING {
        let focus = if attempt % 2 == 0 { &everything } else { &BTreeSet::new() };
        let mut sample = pools.sample(&mut chance, as_of(), &Sample::default(), focus);
        sample.before.extend(names.iter().filter(|_| chance.one_in(3)).map(|name| scorelang::value::fold_name(name)));
        let differ = told_apart(old, new, &sample).unwrap_or_default();
        assert!(differ.is_empty(), "proved equal, but {differ:?} of {sample:?}: {what}");
    }
}
