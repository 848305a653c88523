//! Globs: `*` any run, `?` one code point, over folded text.

/// `matches "*manager?"`, folded; covers the whole value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    /// Folded, `*` and `?` kept.
    pattern: String,
}

impl Glob {
    /// `None` where the pattern folds to nothing.
    pub fn new(pattern: &str) -> Option<Glob> {
        let pattern = super::fold(pattern);
        if pattern.is_empty() { None } else { Some(Glob { pattern }) }
    }

    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether a folded text matches, in time that grows with text times pattern at most.
    ///
    /// Where the rest fails, only the last `*` need take one more code point: what an earlier one takes more of, the
    /// last one can take as well.
    pub fn matches(&self, folded: &str) -> bool {
        let (mut pattern, mut text) = (self.pattern.chars(), folded.chars());
        // what follows the last `*`, and what it has not taken yet
        let mut last_star = None;
        loop {
            let at_text = text.clone();
            match (pattern.next(), text.next()) {
                (None, None) => return true,
                (Some('*'), _) => {
                    text = at_text;
                    if pattern.as_str().is_empty() {
                        return true;
                    }
                    last_star = Some((pattern.clone(), text.clone()));
                }
                (Some('?'), Some(_)) => {}
                (Some(wanted), Some(found)) if wanted == found => {}
                _ => {
                    let Some((after_star, mut untaken)) = last_star else { return false };
                    if untaken.next().is_none() {
                        return false;
                    }
                    (pattern, text) = (after_star.clone(), untaken.clone());
                    last_star = Some((after_star, untaken));
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Glob::new(pattern).unwrap().matches(&crate::value::fold(text))
    }

    #[test]
    fn covers_the_whole_value() {
        for (pattern, text) in [
            ("*manager*", "Account Manager, EMEA"),
            ("manager", "MANAGER"),
            ("m?nager", "Mänager"),
            ("*", "x"),
            ("a*b*c", "a b b c c"),
            ("*.pdf", "brochure.pdf.pdf"),
            ("??", "ab"),
            ("a**b", "ab"),
            ("STRA?E*", "straseX"),
        ] {
            assert!(matches(pattern, text), "{pattern}: {text}");
        }
        for (pattern, text) in
            [("manager", "managers"), ("?", "ab"), ("*a?", "ba"), ("a*b", "abc"), ("*x*", "abc"), ("foo *", "foo")]
        {
            assert!(!matches(pattern, text), "{pattern}: {text}");
        }
    }

    #[test]
    fn many_stars_take_no_longer() {
        assert!(!matches(&format!("{}b", "*a".repeat(200)), &"a".repeat(20_000)));
    }

    #[test]
    fn a_pattern_that_folds_to_nothing_is_none() {
        assert_eq!(Glob::new(" \u{200d} "), None);
    }

    /// The definition, by recursion.
    fn by_definition(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|taken| by_definition(rest, &text[taken..])),
            Some((wanted, rest)) => text
                .split_first()
                .is_some_and(|(found, left)| (*wanted == '?' || wanted == found) && by_definition(rest, left)),
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[ab*?]{1,7}", text in "[ab]{0,9}") {
            let (letters, of_text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(matches(&pattern, &text), by_definition(&letters, &of_text));
        }
    }
}
