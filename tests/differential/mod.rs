//! Generated models over generated leads, through both evaluators.
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
//! | `census` | how often everything happened |
//! | `whole` | the built program |

mod case;
mod census;
mod chance;
//mod check;
mod files;
mod given;
mod leads;
mod outcome;
mod piece;
mod pools;
//mod session;
mod shrink;
//mod subject;
mod vocabulary;
mod whole;
mod write;

use case::Case;

/// Nearly all generated models are models: the others would be compared with nothing.
#[test]
fn generated_models_compile() {
    let refused: Vec<String> = (0..200).filter_map(|seed| Case::generate(seed).compile().err()).map(|(_, message)| message).collect();
    assert!(refused.len() <= 4, "{}", refused.join("\n"));
}
