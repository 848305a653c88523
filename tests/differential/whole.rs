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

/// A row of a file, by column.
type Record = Map<String, Json>;

/// How many cases the program runs.
const CASES: usize = 8;

#[test]
fn the_built_program_agrees_with_itself_and_the_reference() {
    let cases = (900_000..).map(Case::generate).filter(|case| case.leads.iter().any(|lead| !lead.events.is_empty()));
    for case in cases.filter(|case| case.leads.len() > 10).take(CASES) {
        if let Ok(model) = case.compile() {
            agrees(&case, &model);
        }
    }
}

fn agrees(case: &Case, model: &Model) {
    let folder = Folder::empty()
        .with("model.score", case.written.model.text())
        .with("copy.score", "lead { row text key }\nscore nothing { +0 }\n");
    let leads: Vec<Record> = case.leads.iter().map(|lead| lead_object(model, lead)).collect();
    let folder = with_table(folder, "leads", &leads);
    let events: Vec<(&GivenLead, &GivenEvent)> =
        case.leads.iter().flat_map(|lead| lead.events.iter().map(move |event| (lead, event))).collect();
    let rows = |events: &[(&GivenLead, &GivenEvent)]| -> Vec<Record> {
        events.iter().filter_map(|(lead, event)| event_object(model, lead, event)).collect()
    };
    let folder = with_table(folder, "events", &rows(&events));
    let folder = with_table(folder, "by_time", &rows(&by_time(&events)));
    let folder = with_table(folder, "shuffled", &rows(&shuffled(&events, case.seed)));

    let plain = run(&folder, case, "leads.ndjson", "events.ndjson", "--threads 1");
    as_expected(case, model, &plain);
    let ways = [
        ("leads.csv", "events.csv", "--threads 2"),
        ("leads.parquet", "events.parquet", "--threads 7"),
        ("leads.ndjson", "by_time.csv", "--threads 7"),
        ("leads.csv", "shuffled.ndjson", "--threads 2"),
        ("leads.parquet", "shuffled.parquet", "--threads 1"),
    ];
    for (leads, events, flags) in ways {
        let other = run(&folder, case, leads, events, flags);
        assert_eq!(other, plain, "seed {}: {leads} {events} {flags}", case.seed);
    }
    if takes_memory() {
        for flags in ["--threads 2 --memory 1MB", "--threads 7 --memory 1MB"] {
            let other = run(&folder, case, "leads.csv", "shuffled.csv", flags);
            assert_eq!(other, plain, "seed {}: {flags}", case.seed);
        }
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

/// Each score and threshold is what the reference evaluator says, where there were no previous results.
fn as_expected(case: &Case, model: &Model, output: &str) {
    let mut rows = output.lines();
    let questions = Questions::of(case, model).unwrap();
    for lead in &case.leads {
        let unmet = GivenLead { met: Vec::new(), ..lead.clone() };
        let wanted = expected(model, &questions, &unmet.typed(model), case.as_of());
        if !wanted.only {
            continue;
        }
        let row: Record = serde_json::from_str(rows.next().unwrap()).unwrap();
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
    let folder = folder
        .with(&format!("{name}.csv"), csv.into_inner().unwrap())
        .with(&format!("{name}.ndjson"), ndjson);
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

/// Events of one lead at one instant keep their order.
fn by_time<'a>(events: &[(&'a GivenLead, &'a GivenEvent)]) -> Vec<(&'a GivenLead, &'a GivenEvent)> {
    let mut sorted = events.to_vec();
    sorted.sort_by_key(|(_, event)| event.at);
    sorted
}

/// Likewise.
fn shuffled<'a>(events: &[(&'a GivenLead, &'a GivenEvent)], seed: u64) -> Vec<(&'a GivenLead, &'a GivenEvent)> {
    let mut places: Vec<usize> = (0..events.len()).collect();
    Chance::new(seed).shuffle(&mut places);
    let group = |place: usize| (&events[place].0.key, events[place].1.at);
    let mut next: std::collections::HashMap<_, Vec<usize>> = std::collections::HashMap::new();
    for place in (0..events.len()).rev() {
        next.entry(group(place)).or_default().push(place);
    }
    places.into_iter().map(|place| events[next.get_mut(&group(place)).unwrap().pop().unwrap()]).collect()
}
