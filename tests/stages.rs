//! One input, a golden for each stage: a change shows which stage it moved.
//!
//! As of noon of 1 November lead `a` has visits of two days, 4 days 23 hours (the later of the 27th) and 10 days old: 5
//! points times (240 - 119) / 240 hours are 2.5208, and nothing. With 20 for the title that is 22.5208, band A.

use crate::harness::{root, score};
use scorelang::source::Disk;
use scorelang::syntax::program;

const MODEL: &str = "tests/cases/small/model.score";
const DATA: &str = "tests/cases/small/leads.csv --events tests/cases/small/events.csv --as-of 2026-11-01T12:00:00Z";

fn golden(stage: &str, shown: String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("cases/small");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(stage, shown));
}

#[test]
fn the_tree() {
    let (program, mistakes) = program::load(&Disk, &root().join(MODEL)).unwrap();
    assert_eq!(mistakes, []);
    golden("tree", format!("{:#?}\n{:#?}", program.files[0].statements, program.files[0].comments));
}

#[test]
fn the_model() {
    let model = scorelang::compile(&Disk, &root().join(MODEL)).unwrap();
    let shown = format!("{:#?}\n{:#?}\n{:#?}\n{:#?}", model.order, model.usage, model.scores, model.thresholds);
    golden("model", shown);
}

#[test]
fn the_results() {
    let finished = score(&format!("run {MODEL} {DATA} --format csv --reasons 2")).succeeds();
    assert!(finished.output.contains("\na,22.5208,A,true,"), "{}", finished.output);
    golden("results", finished.output);
    golden("summary", finished.messages);
}

#[test]
fn the_breakdown() {
    golden("breakdown", score(&format!("explain {MODEL} {DATA} --id a --id c --all")).succeeds().output);
}
