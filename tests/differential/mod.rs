//! Generated models over generated leads, through both evaluators.
//!
//! | module | does |
//! |---|---|
//! | `chance` | numbers of chance from a seed |
//! | `vocabulary`, `pools` | what a model declares, and the constants that rules and data share |
//! | `write` | the text of a model |
//! | `leads` | leads and their events |
//! | `case`, `given` | all of it from one seed |
//! | `outcome` | what an evaluator says of a lead |
//! | `shrink`, `piece` | making a failing case small |
//! | `census` | how often everything happened |

mod case;
mod census;
mod chance;
mod given;
mod leads;
mod outcome;
mod piece;
mod pools;
mod shrink;
mod vocabulary;
mod write;

use case::Case;
use census::Census;

#[test]
fn generated_models_compile() {
    let mut census = Census::default();
    let mut messages = std::collections::BTreeMap::new();
    let mut spent = std::time::Duration::ZERO;
    for seed in 0..600 {
        let case = Case::generate(seed);
        match case.compile() {
            Ok(model) => {
                census.models += 1;
                case.constructs.iter().for_each(|(name, count)| census.add(*name, *count));
                let questions = match outcome::Questions::of(&case, &model) { Ok(q) => q, Err(e) => { *census.refused.entry(e).or_default() += 1; continue } };
                let start = std::time::Instant::now();
                for lead in &case.leads {
                    let outcome = outcome::expected(&model, &questions, &lead.typed(&model), case.as_of());
                    census.outcome(&model, &outcome);
                }
                spent += start.elapsed();
            }
            Err((code, message)) => {
                *census.refused.entry(code.clone()).or_default() += 1;
                messages.entry(code).or_insert(message);
            }
        }
    }
    for message in messages.values() { eprintln!("{message}"); }
    eprintln!("{census}\n{spent:?}");
}
