//! Files of events: the same as the reader that holds every event, in results, counts, messages and their order.

use super::made_up::MadeUp;
use super::{AS_OF, agree, compiled};
use crate::data::events::Events;
use crate::data::leads::ReadLead;
use crate::data::{BadRow, DataError, Source};
use crate::model::{FieldId, Lead, Model, Usage};
use crate::plan::{Asked, Plan};
use crate::run::events::{EventStore, Reading};
use std::fmt::Write;
use tempfile::TempDir;

const TYPES: [&str; 7] = ["view", "open", "reset", "buy", " view ", "unknown", ""];
const TIMES: [&str; 12] = [
    "2026-05-01T10:20:30Z",
    "2026-05-01T10:20:30.5Z",
    "2026-04-30T23:59:59.123456789z",
    "2026-05-01",
    "2026-05-01 10:20",
    "2026-05-01T10:20:30+02:00",
    "2026-03-29 02:30",
    "2026-04-11T10:20:30Z",
    "2026-05-02T00:00:00Z",
    "2026-05-01T24:00:00Z",
    "soon",
    "",
];
const NUMBERS: [&str; 8] = ["1", "12.5", " 7 ", "-3", "1e2", "", "many", "0.25"];
const TEXTS: [&str; 6] = ["/", "/pricing", " /Pricing ", "", "book", "\"a, b\""];
const WORDS: [&str; 6] = ["yes", "true", "NO", "", "1", "false"];

/// Rows that are now and then wrong, in one way or more.
fn rows(made_up: &mut MadeUp, count: usize) -> String {
    let mut text = "lead_id,type,at,path,seconds,shown,read_on,tags,amount,item,event_id\n".to_owned();
    for row in 0..count {
        let lead = made_up.roll(30);
        let lead = if lead == 29 { String::new() } else { format!("L{lead}") };
        let one = |made_up: &mut MadeUp, all: &[&'static str], mostly: usize| match made_up.roll(9) {
            0 => all[made_up.roll(all.len())],
            _ => all[made_up.roll(mostly)],
        };
        let kind = one(made_up, &TYPES, 4);
        let at = one(made_up, &TIMES, 7);
        let (path, item) = (one(made_up, &TEXTS, 2), one(made_up, &TEXTS, 5));
        let (seconds, amount) = (one(made_up, &NUMBERS, 3), one(made_up, &NUMBERS, 3));
        let (shown, when) = (one(made_up, &WORDS, 4), one(made_up, &TIMES, 8));
        let id = made_up.roll(count);
        if made_up.roll(60) == 0 {
            text.push_str("cut,short\n");
        }
        writeln!(text, "{lead},{kind},{at},{path},{seconds},{shown},{when},a;b{row},{amount},{item},i{id}").unwrap();
    }
    text
}

struct Run {
    folder: TempDir,
    model: Model,
    leads: Vec<Lead>,
}

impl Run {
    fn new(change: impl FnOnce(&mut Model)) -> Run {
        let mut model = compiled("states.score");
        change(&mut model);
        let fields = model.lead.fields.len();
        let lead = |number: usize| Lead { key: format!("L{number}"), values: vec![None; fields] };
        Run { folder: tempfile::tempdir().unwrap(), model, leads: (0..25).map(lead).collect() }
    }

    fn file(&self, name: &str, text: &str) -> Source {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Source::file(path)
    }

    /// Reads the files both ways, on some threads and with little memory too, and compares all there is to see.
    fn agrees(&self, sources: &[Source]) {
        let plan = Plan::new(&self.model, AS_OF, &Asked { rules: true, ..Asked::default() });
        for (threads, memory) in [(1, u64::MAX), (3, u64::MAX), (2, 0)] {
            let usage = Usage { events: plan.events.clone(), properties: plan.properties.clone(), ..Usage::default() };
            let mut expected = Events::read(sources, &self.model, &usage, &mut |_| Ok(())).unwrap();
            let read = || EventStore::read(sources, &plan, Reading { threads, memory }, &mut |_| Ok(())).unwrap();
            let found = read();
            assert_eq!(found.broken(), expected.broken());
            assert_eq!(found.warnings(), expected.warnings());
            let mut of_lead = Vec::new();
            for lead in &self.leads {
                let asked = ReadLead { lead: lead.clone(), kept: Vec::new(), matched_by: Vec::new() };
                let taken = expected.take(&asked);
                let batch = found.take(&[&lead.key], &[]).unwrap();
                let bad: Vec<BadRow> = batch.bad().iter().map(|(_, bad)| bad.clone()).collect();
                assert_eq!(bad, taken.bad, "{lead:?}");
                of_lead.push((lead.clone(), taken.events));
            }
            assert_eq!(found.counts(), expected.counts());
            let how = format!("{threads} threads, {memory} bytes");
            agree(&self.model, &plan, &of_lead, &read(), &how);
        }
    }
}

#[test]
fn rows_that_are_wrong_in_many_ways() {
    let run = Run::new(|_| {});
    let mut made_up = MadeUp::new(5);
    let sources = [run.file("a.csv", &rows(&mut made_up, 700)), run.file("b.csv", &rows(&mut made_up, 20))];
    run.agrees(&sources);
}

#[test]
fn identities_are_met_in_the_order_of_rows() {
    let run = Run::new(|model| {
        for event in &mut model.events {
            event.mapping.id = Some("event_id".into());
        }
    });
    let mut made_up = MadeUp::new(8);
    run.agrees(&[run.file("a.csv", &rows(&mut made_up, 400)), run.file("b.csv", &rows(&mut made_up, 400))]);
}

#[test]
fn placeholders_and_required_properties() {
    let run = Run::new(|model| {
        model.events[0].missing = vec!["/".into(), "12.5".into(), "2026-05-01".into()];
        model.events[0].properties[1].required = true;
        model.events[3].missing = vec!["book".into()];
    });
    run.agrees(&[run.file("a.csv", &rows(&mut MadeUp::new(9), 300))]);
}

#[test]
fn lines_of_json_and_files_of_one_type() {
    let run = Run::new(|_| {});
    let lines = concat!(
        "{\"lead_id\":\"L1\",\"type\":\"view\",\"at\":\"2026-05-01\",\"path\":\"/\",\"seconds\":5,\"shown\":true,\"tags\":[\"a\",null,\"b\"]}\n",
        "{\"lead_id\":2,\"type\":\"view\",\"at\":\"2026-05-01T10:20:30Z\",\"seconds\":\"5\",\"tags\":\"a;b\",\"read_on\":\"2026-05-01\"}\n",
        "{\"lead_id\":\"L2\",\"type\":\"view\",\"at\":1,\"seconds\":[1]}\n",
        "{\"lead_id\":[\"L2\"],\"type\":\"view\",\"at\":\"2026-05-01\"}\n",
        "{\"lead_id\":\"L3\",\"type\":\"view\",\"at\":\"2026-05-02\",\"seconds\":{\"a\":1}}\n",
        "broken\n",
        "{\"lead_id\":\"L3\",\"type\":\"buy\",\"at\":\"2026-05-02\",\"amount\":1e400}\n",
        "{\"lead_id\":\"L3\",\"type\":\"buy\",\"at\":\"2026-05-02\",\"amount\":12,\"item\":\"PEN\"}\n",
    );
    let mut of_one_type = run.file("opens.csv", "lead_id,at\nL1,2026-05-01\nL4,2026-05-03\n,\n");
    of_one_type.event = Some(crate::model::EventId(1));
    run.agrees(&[run.file("a.ndjson", lines), of_one_type]);
}

#[test]
fn values_outside_their_list_are_counted_in_order() {
    let run = Run::new(|_| {});
    let text = "lead_id,type,at,item,amount\nL1,buy,2026-05-01,Rubber,1\nL9,buy,2026-05-01,ink,1\nL1,buy,2026-05-01,BOOK,1\nL1,buy,2026-05-01,Rubber,x\nL1,buy,2026-05-01,ink,1\n";
    let plan = Plan::new(&run.model, AS_OF, &Asked::default());
    let reading = Reading { threads: 2, memory: u64::MAX };
    let store = EventStore::read(&[run.file("a.csv", text)], &plan, reading, &mut |_| Ok(())).unwrap();
    let counts: Vec<(Option<String>, u64)> =
        store.unlisted().values().flatten().map(|(text, count)| (text.clone(), *count)).collect();
    assert_eq!(counts, [(Some("Rubber".to_owned()), 1), (Some("ink".to_owned()), 2)]);
}

#[test]
fn the_first_lead_with_a_text_gets_its_events() {
    let run = Run::new(|model| model.events[0].mapping.lead_by = Some(FieldId(2)));
    let text = "lead_id,type,at,seconds\nUS,view,2026-05-01,1\nL1,buy,2026-05-01,\nUS,view,2026-05-02,many\n";
    let plan = Plan::new(&run.model, AS_OF, &Asked::default());
    for memory in [u64::MAX, 0] {
        let reading = Reading { threads: 1, memory };
        let store = EventStore::read(&[run.file("a.csv", text)], &plan, reading, &mut |_| Ok(())).unwrap();
        assert!(store.in_order());
        let batch = store.take(&["L1", "L2"], &[(FieldId(2), vec![Some("US"), Some("US")])]).unwrap();
        let bad: Vec<(usize, u64)> = batch.bad().iter().map(|(lead, bad)| (*lead, bad.row)).collect();
        assert_eq!((bad, store.counts().used, store.counts().without_lead), (vec![(0, 3)], 2, 0));
    }
}

#[test]
fn a_file_without_the_columns_of_every_event_is_refused() {
    let run = Run::new(|_| {});
    let plan = Plan::new(&run.model, AS_OF, &Asked::default());
    let reading = Reading { threads: 2, memory: u64::MAX };
    let refusal = |text: &str| {
        let sources = [run.file("e.csv", text)];
        EventStore::read(&sources, &plan, reading, &mut |_| Ok(())).err().unwrap().to_string()
    };
    assert!(refusal("lead_id,Type,at\n").contains("it has no column `type`, which tells the type of each event"));
    assert!(refusal("user,type,at\n").contains("it has no column `lead_id`, which names the lead of each event"));
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let run = Run::new(|_| {});
    let plan = Plan::new(&run.model, AS_OF, &Asked::default());
    let sources = [run.file("a.csv", &rows(&mut MadeUp::new(1), 50))];
    let reading = Reading { threads: 2, memory: u64::MAX };
    let stopped = EventStore::read(&sources, &plan, reading, &mut |_| Err(DataError::Interrupted));
    assert!(matches!(stopped, Err(DataError::Interrupted)));
}
