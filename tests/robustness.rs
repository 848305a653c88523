//! Nothing that a rule file says makes the program crash or hang.
//!
//! Texts that once did are kept in `tests/corpus/` and run each time.

use crate::harness::{Folder, files_below, score};
use proptest::prelude::*;
use scorelang::source::Memory;
use std::path::Path;

/// Compiles a text; what comes out does not matter, that it comes out does.
fn compiles_or_says_why(text: &[u8]) {
    let mut files = Memory::default();
    files.files.insert("model.score".into(), text.to_vec());
    if let Err(scorelang::CompileError::Wrong { sources, diagnostics }) =
        scorelang::compile(&files, Path::new("model.score"))
    {
        assert!(!diagnostics.is_empty());
        let shown = scorelang::diagnostics::render::human(&sources, &diagnostics, false, 80);
        assert!(!shown.is_empty());
    }
}

/// Every rule file of the examples.
fn examples() -> Vec<String> {
    files_below("examples", ".score").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn the_corpus_runs() {
    let files = files_below("tests/corpus", ".score");
    assert!(!files.is_empty());
    for file in files {
        compiles_or_says_why(&std::fs::read(file).unwrap());
    }
}

/// The pieces that a mutation moves: words, numbers, quoted texts, single signs, blanks.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(length);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        compiles_or_says_why(&bytes);
    }

    #[test]
    fn random_words(words in proptest::collection::vec(prop_oneof![
        Just("score"), Just("lead"), Just("{"), Just("}"), Just("("), Just(")"), Just("+5"), Just("\"x\""), Just("when"),
        Just("for each"), Just("a"), Just("is"), Just("not"), Just("and"), Just("or"), Just("\n"), Just(","), Just("in last"),
        Just("30 days"), Just("%"), Just("of"), Just("event"), Just("test"), Just("cases"), Just("|"), Just("from"),
        Just("/"), Just("matches"), Just("`"), Just("شهر"), Just("once per day"), Just("decay"), Just("-"), Just("="),
    ], 0..60)) {
        compiles_or_says_why(words.join(" ").as_bytes());
    }

    #[test]
    fn cut_off_examples(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let examples = examples();
        let text = which.get(&examples);
        compiles_or_says_why(&text.as_bytes()[..at.index(text.len())]);
    }

    #[test]
    fn deleted_and_doubled_pieces(
        which in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..4),
    ) {
        let examples = examples();
        let mut pieces = pieces(which.get::<String>(&examples));
        for (at, double) in changes {
            let at = at.index(pieces.len());
            if double { pieces.insert(at, pieces[at]) } else { pieces.remove(at); }
        }
        compiles_or_says_why(pieces.concat().as_bytes());
    }
}

fn nested(depth: usize) -> String {
    format!("lead {{\n  id text\n  n number\n}}\ndefine x = {}n{} > 1\n", "(".repeat(depth), ")".repeat(depth))
}

#[test]
fn nesting_is_bounded() {
    let folder = Folder::empty().with("fine.score", nested(64)).with("deep.score", nested(65));
    score("check fine.score").in_folder(&folder).succeeds();
    score("check deep.score").in_folder(&folder).ends_with(1);
    for deep in ["(", "not ", "-", "domain of ", "30% of ", "{", "score a { group {", "a is "] {
        let text = format!("lead {{ id text }}\ndefine x = {}id\n", deep.repeat(100_000));
        compiles_or_says_why(text.as_bytes());
    }
}

/// A chain of 20,000 defines, 20,000 alternatives: long is fine.
#[test]
fn long_files_compile() {
    let chain: String = (1..20_000).map(|number| format!("define d{number} = d{} + 1\n", number - 1)).collect();
    let text = format!("lead {{\n  id text\n  n number\n}}\ndefine d0 = n\n{chain}score s {{ +1 when d19999 > 5 }}\n");
    let files = Memory::default().with("model.score", &text);
    assert!(scorelang::compile(&files, Path::new("model.score")).is_ok());
    let many: Vec<String> = (0..20_000).map(|number| format!("n is {number}")).collect();
    let text = format!("lead {{\n  id text\n  n number\n}}\ndefine d = {}\n", many.join(" or "));
    let files = Memory::default().with("model.score", &text);
    assert!(scorelang::compile(&files, Path::new("model.score")).is_ok());
}
