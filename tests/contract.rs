//! The language's contract, sentence by sentence, as `test` blocks whose values were worked out by hand.

use crate::harness::{files_below, score};

#[test]
fn the_contract_holds() {
    let files = files_below("tests/contract", ".score");
    assert!(files.len() >= 8);
    for file in files {
        let finished = score("test").word(file.to_string_lossy()).finishes();
        assert_eq!(finished.code, Some(0), "{}\n{}\n{}", file.display(), finished.output, finished.messages);
    }
}
