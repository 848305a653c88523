//! What holds of every text: the layout says the same, and a second pass changes nothing.

use super::dice::Dice;
use super::{formatted, is_read, models, pass, scramble};
use crate::syntax::tests::{FORMS, MODEL};
use proptest::collection::vec;
use proptest::prelude::*;

/// The comments of a text, in order.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.split_once("# comment ").map(|(_, comment)| comment)).collect()
}

/// No line ends in blanks, and no two empty ones follow each other.
fn assert_tidy(text: &str) {
    assert!(text.lines().all(|line| line.trim_end() == line), "blanks at the end of a line in:\n{text}");
    assert!(!text.contains("\n\n\n") && !text.starts_with('\n') && !text.ends_with("\n\n"), "empty lines in:\n{text}");
    assert!(text.is_empty() || text.ends_with('\n'));
}

#[test]
fn the_model_of_the_language_and_every_form() {
    for text in [MODEL, FORMS] {
        assert_tidy(&formatted(text));
        for seed in 0..12_u8 {
            let bytes: Vec<u8> =
                (0..20_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> (seed % 20)) as u8 ^ seed).collect();
            assert_tidy(&formatted(&scramble::scramble(text, &mut Dice::new(&bytes))));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_generated_models(choices in vec(any::<u8>(), 0..600)) {
        let text = models::model(&mut Dice::new(&choices));
        assert_tidy(&formatted(&text));
    }

    #[test]
    fn of_generated_models_in_odd_layouts(choices in vec(any::<u8>(), 0..600), gaps in vec(any::<u8>(), 0..2000)) {
        let plain = models::model(&mut Dice::new(&choices));
        let odd = scramble::scramble(&plain, &mut Dice::new(&gaps));
        // a statement's keyword alone on its line, above a name that is a keyword itself, is taken for a mistake
        prop_assume!(is_read(&odd));
        let result = formatted(&odd);
        assert_tidy(&result);
        assert_eq!(comments(&odd), comments(&result));
    }

    /// Blanks alone make no difference.
    #[test]
    fn of_blanks(choices in vec(any::<u8>(), 0..600), width in 1_usize..5) {
        let plain = models::model(&mut Dice::new(&choices));
        let wide = plain.replace('\n', &format!("{}\n{}", " ".repeat(width), "\t".repeat(width)));
        assert_eq!(pass(&plain), pass(&wide));
    }
}
