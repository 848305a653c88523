//! Whatever stands in a file, reading it ends, quickly and without a crash.

use super::{FORMS, MODEL, mistake, parsed, shown, tree};
use crate::diagnostics::code::syntax as codes;
use crate::source::{Memory, Sources};
use crate::syntax::program::load_text;
use proptest::prelude::*;
use std::path::Path;

#[test]
fn each_code_is_brought_about_by_its_example_alone() {
    for code in codes::CODES {
        let (program, mistakes) =
            load_text(&Memory::default(), Path::new("/model/example.score"), code.0.example.to_owned());
        let text = program.sources.file(crate::source::FileId(0)).text.as_str();
        let found: Vec<&str> = mistakes.iter().map(|mistake| mistake.code.0.name).collect();
        assert_eq!(found, [code.0.name], "{}: {}", code.0.id, shown(text, &mistakes));
    }
}

#[test]
fn codes_are_numbered_in_order_and_once() {
    let ids: Vec<&str> = codes::CODES.iter().map(|code| code.0.id).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
}

#[test]
fn sixty_four_brackets_work_and_sixty_five_are_one_mistake() {
    for (open, close) in
        [("(", ")"), ("not ", ""), ("- ", ""), ("30% of ", ""), ("domain of ", ""), ("highest of ", "")]
    {
        let nested = |depth: usize| format!("define a = {}b{}\n", open.repeat(depth), close.repeat(depth));
        tree(&nested(64));
        assert_eq!(mistake(&nested(65)).1.code, codes::NESTED_TOO_DEEPLY, "{open}");
        assert_eq!(mistake(&nested(50_000)).1.code, codes::NESTED_TOO_DEEPLY, "{open}");
    }
    let groups = |depth: usize| format!("score s {}{{ {}\n", "{\ngroup \"x\" ".repeat(depth - 1), "}\n".repeat(depth));
    tree(&groups(64));
    assert_eq!(mistake(&groups(65)).1.code, codes::NESTED_TOO_DEEPLY);
}

#[test]
fn long_chains_do_not_overflow_the_stack() {
    let code = |text: String| mistake(&text).1.code;
    assert_eq!(code(format!("define a = b{}\n", " + b".repeat(20_000))), codes::NESTED_TOO_DEEPLY);
    tree(&format!("define a = b{}\n", " and b".repeat(20_000)));
    tree(&format!("list a = \"b\"{}\n", ", \"b\"".repeat(20_000)));
    assert_eq!(code(format!("define a = {}b\n", "highest of b, ".repeat(10_000))), codes::NESTED_TOO_DEEPLY);
    let filters = format!("define a = {}b\n", "count of a where domain of ".repeat(10_000));
    assert!(!parsed(&filters).1.is_empty());
    let lists = "first known of latest a in b in last 3 days, ".repeat(10_000);
    assert_eq!(code(format!("define a = {lists}b\n")), codes::NESTED_TOO_DEEPLY);
}

#[test]
fn a_large_model_is_read_in_linear_time() {
    let rule = "  +15 \"Pricing N\" for each page_view where (path starts with \"/pricing\" and seconds >= 5) in last 90 days at most 2 times\n";
    let rules: String = (0..2_000).map(|n| rule.replace('N', &n.to_string())).collect();
    let started = std::time::Instant::now();
    tree(&format!("score s {{\n{rules}}}\n"));
    // a debug build is some twenty times slower than a release; this only catches what grows faster than the text
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// The words of the samples, to delete and to double.
fn words() -> Vec<(usize, usize)> {
    let text = format!("{MODEL}\n{FORMS}");
    let scan = crate::syntax::scan::scan(&text, crate::source::FileId(0));
    scan.tokens.iter().map(|token| (token.start as usize, token.end as usize)).collect()
}

#[test]
fn a_very_long_word_is_read_quickly() {
    let word = "x".repeat(1_000_000);
    let started = std::time::Instant::now();
    parsed(&format!("define a = b\n{word} fit {{ }}\nscore s {{\n+1 {word}\n{word}\n}}\n"));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

fn harmless(text: &str) {
    let mut sources = Sources::default();
    let id = sources.add("test.score", text);
    let (_, mistakes) = crate::syntax::parse(&sources, id);
    let text = &sources.file(id).text;
    for mistake in &mistakes {
        assert!(text.get(mistake.span().range()).is_some(), "{mistake:?} does not stand on borders of characters");
        assert!(mistake.help.is_some(), "{mistake:?} has no help");
    }
    let _ = crate::syntax::parse_expression(&sources, id);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_is_harmless(text in "\\PC*") {
        harmless(&text);
    }

    #[test]
    fn random_words_are_harmless(picks in prop::collection::vec(any::<prop::sample::Index>(), 0..60), breaks in any::<u64>()) {
        let text = format!("{MODEL}\n{FORMS}");
        let words = words();
        let pick = |pick: &prop::sample::Index| { let (start, end) = words[pick.index(words.len())]; &text[start..end] };
        let parts: Vec<String> = picks.iter().enumerate()
            .map(|(at, index)| format!("{}{}", pick(index), if breaks >> (at % 64) & 3 == 3 { "\n" } else { " " })).collect();
        harmless(&parts.concat());
    }

    #[test]
    fn a_truncated_model_is_harmless(cut in any::<prop::sample::Index>()) {
        let text = format!("{MODEL}\n{FORMS}");
        let mut cut = cut.index(text.len());
        while !text.is_char_boundary(cut) { cut -= 1; }
        harmless(&text[..cut]);
        harmless(&text[cut..]);
    }

    #[test]
    fn a_deleted_word_is_harmless(index in any::<prop::sample::Index>()) {
        let text = format!("{MODEL}\n{FORMS}");
        let words = words();
        let (start, end) = words[index.index(words.len())];
        harmless(&format!("{}{}", &text[..start], &text[end..]));
    }

    #[test]
    fn a_doubled_word_is_harmless(index in any::<prop::sample::Index>()) {
        let text = format!("{MODEL}\n{FORMS}");
        let words = words();
        let (start, end) = words[index.index(words.len())];
        harmless(&format!("{} {} {}", &text[..end], &text[start..end], &text[end..]));
    }
}
