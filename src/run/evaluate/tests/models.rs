//! Models that say much in little, without events. The first line of each says what is asked of the results.

use super::agree;
use super::made_up::{Dice, Words};
use crate::run::condition;
use crate::source::Disk;
use crate::value::Instant;
use std::path::Path;

/// 2026-05-15T10:00:00Z
const AS_OF: Instant = Instant(1_778_839_200_000_000);

fn agrees(name: &str) {
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
}

#[test]
fn choices_weights_limits_bands_and_thresholds() {
    agrees("choices.score");
}

#[test]
fn dates_texts_and_numbers() {
    agrees("dates.score");
}
