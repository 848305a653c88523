//! Generated models and data through the built program: files of every format, in any order, read by any number of
//! threads, give the same bytes, and what the reference evaluator says.

use super::case::Case;
use super::chance::Chance;
use super::files::{event_object, lead_object};
use super::given::{GivenEvent, GivenLead};
use super::outcome::{Questions, expected};
use crate::harness::{Folder, score};
use scorelang::model::Model;
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// A row of a file, by column.
type Record = Map<String, Json>;

/// An event, whose it is, and its row in a file.
#[derive(Clone)]
struct Event<'a> {
    lead: &'a GivenLead,
    event: &'a GivenEvent,
    row: Record,
}

/// How many cases the program runs.
const CASES: usize = 5;

/// Per cent of the cells of a messy file that can't be read, or not as their column's type.
const MESS: usize = 3;

const JUNK: &[&str] = &["abc", "", "12x", "2026-13-45", "NaN", "-1e30", "maybe", "1e3", "٣", "\"", "31/12/2025"];

fn cases(first: u64) -> impl Iterator<Item = (Case, Model)> {
    let cases = (first..).map(Case::generate).filter(|case| case.leads.iter().any(|lead| !lead.events.is_empty()));
    let cases = cases.filter(|case| case.leads.len() > 10).take(CASES);
    cases.filter_map(|case| case.compile().ok().map(|model| (case, model)))
}

#[test]
fn formats_order_threads_and_memory_do_not_matter() {
    for (case, model) in cases(900_000) {
        let folder = written(&case, &model, &mut |_| ());
        let plain = run(&folder, &case, "leads.ndjson", "events.ndjson", "--threads 1");
        as_expected(&met_in(&case, &model, ""), &model, &plain);
        every_way(&folder, &case, &plain, "");

        let folder = folder.with("before.ndjson", &plain);
        let after = run(&folder, &case, "leads.ndjson", "events.ndjson", "--previous before.ndjson");
        as_expected(&met_in(&case, &model, &plain), &model, &after);
        every_way(&folder, &case, &after, "--previous before.ndjson");
    }
}

/// Rows that can't be read are put aside.
#[test]
fn nor_do_they_for_bad_rows() {
    for (case, model) in cases(910_000) {
        let mut chance = Chance::new(case.seed);
        let folder = written(&case, &model, &mut |row| {
            for (name, value) in row.iter_mut() {
                *value = as_cell(value).into();
                if name != "lead_id" && name != "id" && chance.percent(MESS) {
                    *value = (*chance.pick(JUNK)).into();
                }
            }
        });
        let plain = run(&folder, &case, "leads.ndjson", "events.ndjson", "--threads 1 --rejects bad.csv");
        every_way(&folder, &case, &plain, "--rejects bad.csv");
    }
}

/// The model and its data in every format; `change` is made to each row before.
fn written(case: &Case, model: &Model, change: &mut dyn FnMut(&mut Record)) -> Folder {
    let folder = Folder::empty()
        .with("model.score", case.written.model.text())
        .with("copy.score", "lead { row text key }\nscore nothing { +0 }\n");
    let mut leads: Vec<Record> = case.leads.iter().map(|lead| lead_object(model, lead)).collect();
    leads.iter_mut().for_each(&mut *change);
    let given = case.leads.iter().flat_map(|lead| lead.events.iter().map(move |event| (lead, event)));
    let mut events: Vec<Event<'_>> =
        given.filter_map(|(lead, event)| Some(Event { lead, event, row: event_object(model, lead, event)? })).collect();
    events.iter_mut().for_each(|event| change(&mut event.row));
    let folder = with_table(folder, "leads", &leads);
    let folder = with_events(folder, "events", &events);
    let folder = with_events(folder, "by_time", &by_time(&events));
    with_events(folder, "shuffled", &shuffled(&events, case.seed))
}

/// The results in every other way that must not matter.
fn every_way(folder: &Folder, case: &Case, plain: &str, flags: &str) {
    let mut ways = vec![
        ("leads.csv", "events.csv", "--threads 2"),
        ("leads.parquet", "events.parquet", "--threads 7"),
        ("leads.ndjson", "by_time.csv", "--threads 7"),
        ("leads.csv", "shuffled.ndjson", "--threads 2"),
        ("leads.parquet", "shuffled.parquet", "--threads 1"),
    ];
    if takes_memory() {
        ways.push(("leads.csv", "shuffled.csv", "--threads 2 --memory 1MB"));
        ways.push(("leads.ndjson", "events.parquet", "--threads 7 --memory 1MB"));
    }
    for (leads, events, own_flags) in ways {
        let other = run(folder, case, leads, events, &format!("{own_flags} {flags}"));
        assert_eq!(other, plain, "seed {}: {leads} {events} {own_flags} {flags}", case.seed);
    }
}

fn takes_memory() -> bool {
    score("run --help").succeeds().output.contains("--memory")
}

fn run(folder: &Folder, case: &Case, leads: &str, events: &str, flags: &str) -> String {
    let run = score(&format!("run model.score {leads} --quiet --format ndjson {flags}")).in_folder(folder);
    let mut run = run.word("--as-of").word(&case.as_of).word("--events").word(events);
    run = case.written.keep.iter().fold(run, |run, name| run.word(format!("--keep={name}")));
    if let Some(only) = &case.written.only {
        run = run.word(format!("--only={}", only.text()));
    }
    run.succeeds().output
}

/// The case after a run that gave this output; a first run knows of none before.
fn met_in(case: &Case, model: &Model, output: &str) -> Case {
    let rows: Vec<Record> = output.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let mut case = case.clone();
    for lead in &mut case.leads {
        let row = rows.iter().find(|row| row["id"] == lead.key.as_str());
        let met = model.thresholds.iter().filter(|threshold| row.is_some_and(|row| row[&threshold.name] == true));
        lead.met = met.map(|threshold| threshold.name.clone()).collect();
    }
    case
}

/// Each score and threshold is what the reference evaluator says.
fn as_expected(case: &Case, model: &Model, output: &str) {
    let mut rows = output.lines();
    let questions = Questions::of(case, model).unwrap();
    for lead in &case.leads {
        let wanted = expected(model, &questions, &lead.typed(model), case.as_of());
        if !wanted.only {
            continue;
        }
        let row: Record = serde_json::from_str(rows.next().unwrap()).unwrap();
        assert_eq!(row["id"], lead.key.as_str());
        for (declared, value) in model.scores.iter().zip(&wanted.scores) {
            let got = &row[&declared.name];
            let wanted = value.map_or("null".to_string(), |value| value.to_string());
            assert_eq!(got.to_string(), wanted, "seed {}, lead {}, {}", case.seed, lead.key, declared.name);
        }
        for (declared, met) in model.thresholds.iter().zip(&wanted.thresholds) {
            assert_eq!(row[&declared.name], Json::from(*met), "seed {}, {}", case.seed, lead.key);
        }
    }
    assert_eq!(rows.next(), None);
}

/// As NDJSON, CSV and Parquet; Parquet is made by a run that scores nothing and carries every column along.
fn with_table(folder: Folder, name: &str, rows: &[Record]) -> Folder {
    let mut columns: Vec<String> = Vec::new();
    for column in rows.iter().flat_map(|row| row.keys()) {
        if !columns.contains(column) {
            columns.push(column.clone());
        }
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(columns.iter().map(String::as_str).chain(["row"])).unwrap();
    let mut ndjson = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells = columns.iter().map(|column| row.get(column).map(as_cell).unwrap_or_default());
        csv.write_record(cells.chain([number.to_string()])).unwrap();
        ndjson.push_str(&format!("{}\n", Json::Object(row.clone())));
    }
    let folder = folder.with(&format!("{name}.csv"), csv.into_inner().unwrap()).with(&format!("{name}.ndjson"), ndjson);
    let mut copy = score(&format!("run copy.score {name}.csv --quiet --output {name}.parquet")).in_folder(&folder);
    for column in columns {
        copy = copy.word(format!("--keep={column}"));
    }
    copy.succeeds();
    folder
}

fn as_cell(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(all) => all.iter().map(as_cell).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

fn with_events(folder: Folder, name: &str, events: &[Event<'_>]) -> Folder {
    let rows: Vec<Record> = events.iter().map(|event| event.row.clone()).collect();
    with_table(folder, name, &rows)
}

/// Events of one lead at one instant keep their order.
fn by_time<'a>(events: &[Event<'a>]) -> Vec<Event<'a>> {
    let mut sorted = events.to_vec();
    sorted.sort_by_key(|event| event.event.at);
    sorted
}

/// Likewise.
fn shuffled<'a>(events: &[Event<'a>], seed: u64) -> Vec<Event<'a>> {
    let mut places: Vec<usize> = (0..events.len()).collect();
    Chance::new(seed).shuffle(&mut places);
    let group = |place: usize| (&events[place].lead.key, events[place].event.at);
    let mut next: HashMap<_, Vec<usize>> = HashMap::new();
    for place in (0..events.len()).rev() {
        next.entry(group(place)).or_default().push(place);
    }
    places.into_iter().map(|place| events[next.get_mut(&group(place)).unwrap().pop().unwrap()].clone()).collect()
}
