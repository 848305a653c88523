//! Models that say much in little, without events. The first line of each says what is asked of the results.

use super::agree;
use super::made_up::{Dice, Words};
use crate::plan::{Asked, Plan};
use crate::run::condition;
use crate::source::Disk;
use crate::value::Instant;
use std::collections::BTreeMap;
use std::path::Path;

/// 2026-05-15T10:00:00Z
const AS_OF: Instant = Instant(1_778_839_200_000_000);

/// Gives how often each thing was done for its plan.
fn agrees(name: &str) -> BTreeMap<String, u64> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/run/evaluate/tests").join(name);
    let model = match crate::compile(&Disk, &path) {
        Ok(model) => model,
        Err(crate::CompileError::Wrong { diagnostics, .. }) => panic!("{diagnostics:#?}"),
        Err(error) => panic!("{error:?}"),
    };
    let text = std::fs::read_to_string(&path).unwrap();
    let only = text.lines().next().and_then(|line| line.strip_prefix("# --only: ")).unwrap();
    let only = match condition::read(&model, "--only", only) {
        Ok((only, _)) => only,
        Err(wrong) => panic!("{:#?}", wrong.diagnostics),
    };
    let leads = Words::of(&text).leads(&model, AS_OF, 300, &mut Dice::new(7));
    agree(&model, AS_OF, &leads, Some(only));
    Plan::new(&model, AS_OF, &Asked::default()).notes.census
}

#[test]
fn choices_weights_limits_bands_and_thresholds() {
    agrees("choices.score");
}

#[test]
fn dates_texts_and_numbers() {
    agrees("dates.score");
}

#[test]
fn conditions_over_several_fields() {
    assert!(agrees("joined.score").contains_key("questions joined together"));
}
