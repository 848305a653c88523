//! Generated models over generated leads, through both evaluators: what the plan gives is what the reference evaluator
//! gives.
//!
//! A fixed number of cases is tried by `cargo test`. To go on for longer, on all cores:
//!
//! ```sh
//! DIFFERENTIAL_PAIRS=10000000 cargo test --release --test integration differential::plan -- --nocapture
//! ```
//!
//! `DIFFERENTIAL_START=7` begins with another seed than the fixed one, `DIFFERENTIAL_SEED=7` tries that one alone. What
//! fails is made small and printed as a rule file with tests, ready for `score test`; the census says what was tried.
//!
//! | module | does |
//! |---|---|
//! | `chance` | numbers of chance from a seed |
//! | `vocabulary`, `pools` | what a model declares, and the constants that rules and data share |
//! | `write` | the text of a model |
//! | `leads` | leads and their events |
//! | `case`, `given`, `files` | all of it from one seed; as typed values, as files |
//! | `outcome`, `subject` | what the reference evaluator says of a lead, and what the plan does |
//! | `check`, `session` | one case; case after case on all cores |
//! | `shrink`, `piece` | making a failing case small |
//! | `census`, `wanted` | how often everything happened, and what has to |
//! | `properties` | what holds without an oracle |
//! | `sessions` | what a session suggests, and what it says of the time to come |
//! | `whole` | the built program |
//! | `subjects`, `anyone` | models that people wrote, and leads for them |
//! | `proofs`, `fixes` | what the analysis says of a model; what lints change in it |
//! | `equal` | what is proved equal of two models |

// Without the `*`, what is picked would have to be a `str`.
#![allow(clippy::explicit_auto_deref)]

mod anyone;
mod case;
mod census;
mod chance;
mod check;
mod equal;
mod files;
mod fixes;
mod given;
mod leads;
mod outcome;
mod piece;
mod pools;
mod proofs;
mod properties;
mod session;
mod sessions;
mod shrink;
mod subject;
mod subjects;
mod vocabulary;
mod wanted;
mod whole;
mod write;

use case::Case;
use census::Census;
use session::Session;

/// Pairs of a model and a lead that every test run tries.
const PAIRS: u64 = 12_000;

fn variable(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.replace('_', "").parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

#[test]
fn plan_and_reference_agree() {
    if let Some(seed) = variable("DIFFERENTIAL_SEED") {
        let report = session::one(seed, &mut Census::default());
        assert!(report.is_none(), "{}", report.unwrap_or_default());
        return;
    }
    let asked = variable("DIFFERENTIAL_PAIRS");
    let session = Session {
        first_seed: variable("DIFFERENTIAL_START").unwrap_or(1),
        pairs: asked.unwrap_or(PAIRS),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        failures: 3,
        told: asked.is_some(),
    };
    let (census, failed) = session.run();
    eprintln!("{census}");
    assert!(failed.is_empty(), "{} cases failed:\n{}", failed.len(), failed.join("\n"));
    let never = census.never();
    assert!(never.is_empty(), "never happened, so nothing is known of it: {never:?}");
}

/// Nearly all generated models are models: the others would be compared with nothing.
#[test]
fn generated_models_compile() {
    let refused = (0..200).filter_map(|seed| Case::generate(seed).compile().err());
    let refused: Vec<String> = refused.map(|(_, message)| message).collect();
    assert!(refused.len() <= 4, "{}", refused.join("\n"));
}
