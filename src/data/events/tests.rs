#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::data::testing::{Folder, field, model};
use crate::model::{EventType, FieldKind, Lead, Mapping};
use crate::source::Span;
use crate::value::{EpochUnit, Text, Value};

fn event(name: &str, called: &str) -> EventType {
    EventType {
        name: name.into(),
        called: called.into(),
        properties: vec![field("seconds", FieldKind::Number { from: None, to: None, format: None })],
        mapping: Mapping {
            lead: "lead_id".into(),
            lead_by: None,
            kind: "type".into(),
            at: "at".into(),
            at_format: None,
            at_unit: None,
            id: None,
        },
        missing: Vec::new(),
        span: Span::default(),
    }
}

/// `event visit { seconds number }`, `event webinar called "Webinar Attended" { … }` and an unused `event note { … }`
fn events_model() -> Model {
    let mut model = model(vec![field("id", FieldKind::Text), field("email", FieldKind::Text)]);
    model.lead.key = Some(FieldId(0));
    model.events = vec![event("visit", "visit"), event("webinar", "Webinar Attended"), event("note", "note")];
    model
}

fn usage() -> Usage {
    let events = [EventId(0), EventId(1)];
    let properties = events.map(|event| (event, PropertyId(0)));
    Usage { events: events.into(), properties: properties.into(), ..Usage::default() }
}

fn lead(key: &str, email: Option<&str>) -> ReadLead {
    let matched_by = email.map(|email| (FieldId(1), email.to_owned())).into_iter().collect();
    ReadLead { lead: Lead { key: key.into(), values: Vec::new() }, kept: Vec::new(), matched_by }
}

fn read<'model>(model: &'model Model, files: &[(&str, &str)]) -> Events<'model> {
    let folder = Folder::new();
    let sources: Vec<Source> = files.iter().map(|(name, text)| folder.file(name, text)).collect();
    Events::read(&sources, model, &usage(), &mut |_| Ok(())).unwrap()
}

/// The kinds and seconds of a lead's events.
fn shape(events: &LeadEvents) -> Vec<(u32, Option<String>)> {
    let seconds = |event: &Event| match &event.values[0] {
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    events.events.iter().map(|event| (event.kind.0, seconds(event))).collect()
}

#[test]
fn events_stand_by_instant_then_file_then_row() {
    let model = events_model();
    let mut events = read(
        &model,
        &[
            (
                "a.csv",
                "lead_id,type,at,seconds\nL1,visit,2026-01-02,1\nL1, Webinar Attended ,2026-01-01,2\nL1,visit,2026-01-01T00:00:00Z,3\n",
            ),
            ("b.ndjson", "{\"lead_id\":\"L1\",\"type\":\"visit\",\"at\":\"2026-01-01\",\"seconds\":4}\n"),
        ],
    );
    let some = |text: &str| Some(text.to_owned());
    let taken = events.take(&lead(" L1".trim(), None));
    assert_eq!(shape(&taken), [(1, some("2")), (0, some("3")), (0, some("4")), (0, some("1"))]);
    assert_eq!((events.counts().read, events.counts().used, events.counts().without_lead), (4, 4, 0));
}

#[test]
fn strangers_are_counted_and_not_checked() {
    let model = events_model();
    let text = "lead_id,type,at,seconds\nL9,visit,2026-01-01,many\nL1,opened,never,x\n,opened,,\nL1,note,never,x\nL1,visit,2026-01-01,many\n";
    let mut events = read(&model, &[("a.csv", text)]);
    let taken = events.take(&lead("L1", None));
    assert!(taken.events.is_empty());
    assert_eq!(taken.bad.len(), 1);
    assert_eq!((taken.bad[0].row, taken.bad[0].column.as_deref()), (5, Some("seconds")));
    let counts = events.counts();
    assert_eq!((counts.without_lead, counts.unneeded), (1, 1));
    assert_eq!(counts.undeclared, IndexMap::from([("opened".to_owned(), 2)]));
    assert!(events.broken().is_empty());
}

#[test]
fn rows_without_lead_or_time_are_bad() {
    let model = events_model();
    let text = "lead_id,type,at,seconds\n,visit,2026-01-01,1\nL1,,2026-01-01,1\nL1,visit,,1\nL1,visit,soon,1\n";
    let mut events = read(&model, &[("a.csv", text)]);
    let broken: Vec<&str> = events.broken().iter().map(|bad| bad.reason.as_str()).collect();
    assert_eq!(broken, ["the lead of the event is missing", "the type of the event is missing"]);
    let bad = events.take(&lead("L1", None)).bad;
    assert_eq!(bad[0].reason, "the time of the event is missing");
    assert_eq!((bad[1].row, bad[1].column.as_deref(), bad[1].raw.as_str()), (4, Some("at"), "L1,visit,soon,1"));
}

#[test]
fn a_repeated_id_is_skipped_over_all_types() {
    let mut model = events_model();
    for event in &mut model.events {
        event.mapping.id = Some("event_id".into());
    }
    let text = "lead_id,type,at,event_id\nL1,visit,2026-01-01,a\nL1,Webinar Attended,2026-01-01, a\nL1,visit,2026-01-02,\nL1,visit,2026-01-03,\n";
    let mut events = read(&model, &[("a.csv", text)]);
    assert_eq!(events.take(&lead("L1", None)).events.len(), 3);
    assert_eq!(events.counts().repeated, 1);
}

#[test]
fn leads_may_be_matched_by_a_field_and_the_first_gets_the_event() {
    let mut model = events_model();
    model.events[0].mapping.lead = "user".into();
    model.events[0].mapping.lead_by = Some(FieldId(1));
    model.events[0].mapping.at = "when".into();
    model.events[0].mapping.at_unit = Some(EpochUnit::Seconds);
    let text = "user,lead_id,type,when,at,seconds\na@b.c,,visit,86400,,1\n,L2,Webinar Attended,,2026-01-01,2\n";
    let mut events = read(&model, &[("a.csv", text)]);
    let first = events.take(&lead("L1", Some("a@b.c")));
    assert_eq!(first.events[0].at, Instant(86_400_000_000));
    let second = events.take(&lead("L2", Some("a@b.c")));
    assert_eq!(shape(&second), [(1, Some("2".to_owned()))]);
    assert!(events.take(&lead("L3", Some("A@b.c"))).events.is_empty());
}

#[test]
fn a_file_may_hold_one_type_only() {
    let model = events_model();
    let folder = Folder::new();
    let mut source = folder.file("w.csv", "lead_id,at\nL1,2026-01-01\n");
    source.event = Some(EventId(1));
    let mut events = Events::read(&[source], &model, &usage(), &mut |_| Ok(())).unwrap();
    assert_eq!(shape(&events.take(&lead("L1", None))), [(1, None)]);
    let warnings = events.warnings();
    assert!(
        warnings[0].contains("has no column `seconds`, so `seconds` is missing for every `webinar`"),
        "{warnings:?}"
    );
}

#[test]
fn a_file_without_the_columns_of_every_event_is_refused() {
    let model = events_model();
    let folder = Folder::new();
    let refusal = |text: &str| {
        let source = folder.file("e.csv", text);
        Events::read(&[source], &model, &usage(), &mut |_| Ok(())).err().unwrap().to_string()
    };
    assert!(refusal("lead_id,Type,at\n").contains("it has no column `type`, which tells the type of each event"));
    assert!(
        refusal("lead_id,Type,at\n").contains("\nhelp: write `events { type column \"Type\" }`, or for events of one")
    );
    assert!(refusal("user,type,at\n").contains("it has no column `lead_id`, which names the lead of each event"));
    assert!(refusal("lead_id,type,time\n").contains("it has no column `at`, the time of each event"));
}

#[test]
fn unlisted_values_of_taken_events_are_counted() {
    let mut model = events_model();
    model.events[0].properties[0].kind = FieldKind::OneOf(Text::new("5").into_iter().collect());
    let text = "lead_id,type,at,seconds\nL1,visit,2026-01-01,5\nL1,visit,2026-01-01,6\nL9,visit,2026-01-01,7\n";
    let mut events = read(&model, &[("a.csv", text)]);
    events.take(&lead("L1", None));
    assert_eq!(events.unlisted()[&(EventId(0), PropertyId(0))], IndexMap::from([(Some("6".to_owned()), 1)]));
}
