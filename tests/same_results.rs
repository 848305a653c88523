//! What must not matter does not: the format of the input, the order of its columns, the order of events in their file.

use crate::harness::{Folder, root, score};

const MODEL: &str = "examples/b2b-saas/b2b-saas.score";
const LEADS: &str = "examples/b2b-saas/leads.csv";
const EVENTS: &str = "examples/b2b-saas/events.csv";

fn results(leads: &str, events: &str) -> String {
    let run = score(&format!("run {MODEL} --as-of 2026-11-01 --format csv --reasons 3 --quiet"));
    run.word(leads).word("--events").word(events).succeeds().output
}

/// Copies a table into another format: a run that scores nothing and carries every column along.
fn copied(folder: &Folder, table: &str, key: &str, name: &str) -> String {
    let header = std::fs::read_to_string(root().join(table)).unwrap().lines().next().unwrap().to_string();
    let path = folder.path(name).to_string_lossy().into_owned();
    let mut copy = score("run --quiet")
        .word(folder.path("copy.score").to_string_lossy())
        .word(root().join(table).to_string_lossy());
    for column in header.split(',').filter(|column| *column != key) {
        copy = copy.word(format!("--keep={column}"));
    }
    copy.word("--output").word(&path).succeeds();
    path
}

#[test]
fn the_format_of_leads_does_not_matter() {
    let plain = results(LEADS, EVENTS);
    assert!(plain.lines().count() > 300);
    let folder = Folder::empty().with("copy.score", "lead { id text key }\nscore nothing { +0 }\n");
    for name in ["l.tsv", "l.ndjson", "l.json", "l.parquet", "l.csv.gz", "l.ndjson.zst"] {
        let leads = copied(&folder, LEADS, "id", name);
        assert_eq!(results(&leads, EVENTS), plain, "{name}");
    }
}

/// Rows of a plain CSV without quotes, columns turned around.
fn turned(table: &str) -> String {
    let text = std::fs::read_to_string(root().join(table)).unwrap();
    assert!(!text.contains('"'), "{table} has no quoted cells");
    text.lines().map(|line| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n").collect()
}

#[test]
fn the_order_of_columns_does_not_matter() {
    let folder = Folder::empty().with("l.csv", turned(LEADS)).with("e.csv", turned(EVENTS));
    let (leads, events) = (folder.path("l.csv"), folder.path("e.csv"));
    assert_eq!(results(&leads.to_string_lossy(), &events.to_string_lossy()), results(LEADS, EVENTS));
}

/// Events of one lead at one instant keep their order, all others may stand anywhere: they are sorted by another field.
#[test]
fn the_order_of_events_does_not_matter() {
    let text = std::fs::read_to_string(root().join(EVENTS)).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.sort_by_key(|row| row.split(',').nth(1).unwrap().to_string());
    let sorted = format!("{header}\n{}\n", rows.join("\n"));
    assert_ne!(sorted, text);
    let folder = Folder::empty().with("e.csv", sorted);
    assert_eq!(results(LEADS, &folder.path("e.csv").to_string_lossy()), results(LEADS, EVENTS));
}
