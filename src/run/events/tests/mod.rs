//! Made-up events of made-up leads through both evaluators: whatever the order of the events, the size of blocks, the
//! threads, and however often what is kept goes to a temporary file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod files;
mod made_up;
mod ways;

use super::building::Building;
use super::memory::{self, Placed};
use super::tally::Tally;
use super::*;
use crate::model::{Lead, Model, Previous, RuleId};
use crate::plan::{Asked, Plan};
use crate::reference::evaluate;
use crate::run::evaluate::{LeadEvents, evaluate_batches};
use crate::source::Disk;
use crate::value::Instant;
use made_up::MadeUp;
use std::path::Path;

/// 2026-05-15T10:00:00Z
const AS_OF: Instant = Instant(1_778_839_200_000_000);

fn compiled(name: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/run/events/tests").join(name);
    match crate::compile(&Disk, &path) {
        Ok(model) => model,
        Err(crate::CompileError::Wrong { diagnostics, .. }) => panic!("{diagnostics:#?}"),
        Err(error) => panic!("{error:?}"),
    }
}

/// Compares the results of all leads with those of the reference evaluator.
fn agree(model: &Model, plan: &Plan<'_>, leads: &[(Lead, Vec<Event>)], store: &EventStore<'_>, how: &str) {
    let only: Vec<Lead> = leads.iter().map(|(lead, _)| lead.clone()).collect();
    let events = |batch: &[&Lead]| -> Box<dyn LeadEvents + '_> {
        let keys: Vec<&str> = batch.iter().map(|lead| &lead.key[..]).collect();
        Box::new(store.take(&keys, &[]).unwrap())
    };
    let found = evaluate_batches(plan, &only, &events, &[], 7);
    for (number, (lead, events)) in leads.iter().enumerate() {
        let mut sorted = events.clone();
        sorted.sort_by_key(|event| event.at);
        let (batch, row) = (&found[number / 7], number % 7);
        let previous = Previous::default();
        let expected = evaluate(model, lead, &sorted, &previous, plan.as_of, None);
        for rule in (0..model.rules).map(RuleId) {
            let score = expected.breakdowns.iter().find(|score| score.rule(rule).is_some());
            let entry = score.filter(|score| score.total.is_some()).and_then(|score| score.rule(rule));
            let found = batch.rules[rule.index()].points.get(row);
            let label = entry.map_or("", |entry| &entry.label);
            assert_eq!(found, entry.map(|entry| entry.points), "{how}: `{label}` of {lead:#?} with {sorted:#?}");
        }
        let mut found = batch.of_row(row);
        // a number too large is told too for events that a limit leaves out
        assert!(found.overflows > 0 || expected.results.overflows == 0, "{how}: overflows of {lead:#?}");
        found.overflows = expected.results.overflows;
        assert_eq!(found, expected.results, "{how}: {lead:#?} with {sorted:#?}");
    }
}

fn stored<'plan>(
    plan: &'plan Plan<'plan>,
    blocks: &[Vec<Placed<'_>>],
    together: usize,
    memory: u64,
) -> EventStore<'plan> {
    let building = Building::new(Shape::new(plan), memory);
    std::thread::scope(|scope| {
        for blocks in blocks.chunks(blocks.len().div_ceil(2)) {
            let building = &building;
            scope.spawn(move || {
                for block in blocks {
                    memory::add(building, block.clone(), together);
                    building.spill_where_full().unwrap();
                }
            });
        }
    });
    EventStore::finish(building, memory, Tally::default()).unwrap()
}

fn agrees(name: &str) {
    let model = compiled(name);
    let plan = Plan::new(&model, AS_OF, &Asked { rules: true, ..Asked::default() });
    let mut made_up = MadeUp::new(11);
    let leads = made_up.leads(&model, AS_OF, 90);
    let by_key: Vec<(&str, &[Event])> = leads.iter().map(|(lead, events)| (&lead.key[..], &events[..])).collect();
    agree(&model, &plan, &leads, &EventStore::of(&plan, &by_key), "in memory");
    let mut placed = memory::in_rows(&by_key);
    made_up.shuffle(&mut placed);
    let blocks: Vec<Vec<Placed<'_>>> = placed.chunks(97).map(<[Placed<'_>]>::to_vec).collect();
    for (together, memory, how) in [
        (1_000, u64::MAX, "shuffled"),
        (5, u64::MAX, "shuffled, small blocks"),
        (50, 0, "spilled"),
        (50, 40_000, "spilled at times"),
    ] {
        agree(&model, &plan, &leads, &stored(&plan, &blocks, together, memory), how);
    }
}

#[test]
fn every_kind_of_state() {
    agrees("states.score");
}

#[test]
fn ignored_events() {
    agrees("ignores.score");
}

#[test]
fn a_lead_without_room_is_told_by_its_key() {
    let model = compiled("states.score");
    let plan = Plan::new(&model, AS_OF, &Asked { rules: true, ..Asked::default() });
    let view = Event { kind: EventId(0), at: AS_OF, values: vec![None; 5] };
    let many = vec![view; 60_000];
    let leads: [(&str, &[Event]); 2] = [("L1", &many), ("L2", &many[..2])];
    let blocks: Vec<Vec<Placed<'_>>> = memory::in_rows(&leads).chunks(5_000).map(<[Placed<'_>]>::to_vec).collect();
    let store = stored(&plan, &blocks, 5_000, 0);
    let error = store.take(&["L1"], &[]).err().unwrap().to_string();
    assert!(error.contains("the events of lead `L1` alone need more than"), "{error}");
    assert!(error.contains("raise `--memory`"), "{error}");
    assert!(store.take(&["L2"], &[]).is_ok());
}
