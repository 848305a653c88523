//! What holds whatever an evaluator says of a case.

use super::case::Case;
use super::given::Typed;
use super::outcome::{Questions, expected};
use super::subject::{Asking, Manner, outcomes};
use scorelang::model::{Choice, Item, Model, ScoreBody};
use scorelang::value::Decimal;

/// How many cases are looked at.
const CASES: u64 = 60;

/// Each item behind those written after it, but in a group where the first match counts.
fn turned(model: &Model) -> Model {
    let mut model = model.clone();
    for score in &mut model.scores {
        if let ScoreBody::Rules { items, .. } = &mut score.body {
            turn(items, Choice::All);
        }
    }
    model
}

fn turn(items: &mut [Item], choice: Choice) {
    if choice != Choice::FirstMatch {
        items.reverse();
    }
    for item in items {
        if let Item::Group(group) = item {
            turn(&mut group.items, group.choice);
        }
    }
}

#[test]
fn the_order_of_rules_does_not_matter_but_where_the_first_match_counts() {
    let questions = Questions::default();
    for seed in 500_000..500_000 + CASES {
        let mut case = Case::generate(seed);
        case.leads.truncate(40);
        let Ok(model) = case.compile() else { continue };
        let turned = turned(&model);
        let typed: Vec<Typed> = case.leads.iter().map(|lead| lead.typed(&model)).collect();
        let manner = Manner { batch: 64, rules: false, one_pool: true, file: None, without: 0 };
        let planned = |model: &Model| -> Vec<Vec<Option<Decimal>>> {
            let asking = Asking { model, questions: &questions, as_of: case.as_of(), manner };
            let all = outcomes(&asking, &case.leads, &typed, &mut |_| ()).unwrap();
            all.into_iter().map(|outcome| outcome.scores).collect()
        };
        assert_eq!(planned(&model), planned(&turned), "seed {seed}");
        for typed in &typed {
            let scores = |model| expected(model, &questions, typed, case.as_of()).scores;
            assert_eq!(scores(&model), scores(&turned), "seed {seed}");
        }
    }
}
