//! Generated models over generated leads, through both evaluators.

mod case;
mod chance;
mod given;
mod leads;
mod piece;
mod pools;
mod vocabulary;
mod write;

use case::Case;
use std::collections::BTreeMap;

#[test]
fn generated_models_compile() {
    let mut wrong: BTreeMap<String, (u64, String)> = BTreeMap::new();
    let mut written: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..1000 {
        let case = Case::generate(seed);
        match case.compile() {
            Ok(_) => case.constructs.iter().for_each(|(name, count)| *written.entry(name).or_default() += count),
            Err((code, message)) => {
                let entry = wrong.entry(code).or_default();
                entry.0 += 1;
                if entry.1.is_empty() { entry.1 = message; }
            }
        }
    }
    for (code, (count, message)) in &wrong {
        eprintln!("{code}: {count}\n{message}");
    }
    eprintln!("{written:#?}");
}
