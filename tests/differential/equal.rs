//! Generated models with one place changed: what is proved equal gives the same for every generated lead.

use super::anyone::Constants;
use super::case::Case;
use super::chance::Chance;
use super::given::Typed;
use super::proofs::is_as_declared;
use crate::impact::edits::edits;
use scorelang::impact::sample::differences;
use scorelang::impact::{Verdict, changes, verdict};
use scorelang::model::{Model, Results};
use scorelang::reference::evaluate;
use scorelang::source::Memory;
use scorelang::value::Instant;
use std::path::Path;

/// How many generated models every test run changes; `DIFFERENTIAL_EQUAL` sets another number.
const CASES: u64 = 3;
/// So many places of each are changed.
const CHANGES: usize = 4;
/// So many leads try to refute each proof, beside those of the case.
const LEADS: usize = 300;

fn compiled(text: &str) -> Option<Model> {
    let files = Memory::default().with("model.score", text);
    scorelang::compile(&files, Path::new("model.score")).ok()
}

#[test]
fn no_generated_lead_refutes_a_proof_of_equality() {
    let (mut asked, mut proved, mut unknown) = (0, 0, 0);
    for seed in 820_000..820_000 + super::variable("DIFFERENTIAL_EQUAL").unwrap_or(CASES) {
        let case = Case::generate(seed);
        let text = case.written.model.text();
        let Some(old) = compiled(&text) else { continue };
        let mut chance = Chance::new(seed);
        let (plain, others) = edits(&text);
        let all: Vec<_> = plain.into_iter().chain(others).collect();
        for _ in 0..CHANGES.min(all.len()) {
            let edit = &all[chance.below(all.len())];
            let mut changed = text.clone();
            changed.replace_range(edit.range.clone(), &edit.instead);
            let Some(new) = compiled(&changed) else { continue };
            asked += 1;
            match verdict(&changes(&old, &new), case.as_of()) {
                Verdict::Differ(_) => {}
                Verdict::Unknown { .. } => unknown += 1,
                Verdict::Same | Verdict::ProvedEqual => {
                    proved += 1;
                    let constants = Constants::of(&text);
                    let made = (0..LEADS).map(|_| constants.lead(&old, case.as_of(), &mut chance));
                    let own = case.leads.iter().map(|lead| lead.typed(&old));
                    for mut lead in made.chain(own).filter(|lead| is_as_declared(&old, lead)) {
                        lead.events.sort_by_key(|event| event.at);
                        agree(&old, &new, &lead, case.as_of(), &changed);
                    }
                }
            }
        }
    }
    eprintln!("{asked} changes of generated models: {proved} proved equal, {unknown} neither");
}

/// The fields and events of both models are declared alike.
fn agree(old: &Model, new: &Model, typed: &Typed, as_of: Instant, text: &str) {
    let results = |model: &Model| -> Results {
        evaluate(model, &typed.lead, &typed.events, &typed.previous, as_of, None).results
    };
    let differ = differences((old, &results(old)), (new, &results(new)));
    assert!(differ.is_empty(), "proved equal, but {differ:?} of {:?} {:?}\n{text}", typed.lead, typed.events);
}
