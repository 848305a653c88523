//! Text, and the folded form in which it is compared.

use super::sixteen::kinds;
use caseless::Caseless;
use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

/// A text value: as given (trimmed, NFC) and folded. The folded form is never empty: such a value is missing. Short ones,
/// which most are, stand in the value itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    pub given: CompactString,
    pub folded: CompactString,
}

impl Text {
    /// `None` where the text folds to nothing.
    pub fn new(text: &str) -> Option<Text> {
        let folded = folded(text);
        if folded.is_empty() {
            return None;
        }
        let trimmed = trimmed(text);
        let given = if trimmed.is_ascii() || is_latin(trimmed) { trimmed.into() } else { trimmed.nfc().collect() };
        Some(Text { given, folded })
    }

    /// Whether it is one of these folded texts.
    pub fn is_among(&self, folded: &[String]) -> bool {
        folded.iter().any(|one| *one == self.folded)
    }
}

/// The form in which texts are compared: NFKC, full case folding (U+0307 after `i` dropped), trimmed, inner white space
/// collapsed; Arabic letter variants unified; tatweel, joiners, harakat and bidirectional controls dropped;
/// Arabic-Indic and Persian digits as ASCII. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    folded(text).into()
}

fn folded(text: &str) -> CompactString {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    if is_latin(text) {
        return collapse(text.chars().flat_map(fold_latin), text.len());
    }
    until_stable(text, fold_once)
}

/// Whether a text has nothing but ASCII and the letters `À` to `ÿ`, which NFC and NFKC leave as they are.
fn is_latin(text: &str) -> bool {
    // The first byte of each of those letters is 0xC3; of any other beyond ASCII it is another one from 0xC0.
    text.bytes().all(|byte| byte < 0xC0 || byte == 0xC3)
}

fn fold_latin(letter: char) -> impl Iterator<Item = char> {
    let folded = match letter {
        'ß' => 's',
        'À'..='Þ' if letter != '×' => char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter),
        letter => letter.to_ascii_lowercase(),
    };
    [folded].into_iter().chain((letter == 'ß').then_some('s'))
}

fn fold_ascii(text: &str) -> CompactString {
    let trimmed = trimmed(text);
    if !only_case_matters(trimmed) {
        return collapse(trimmed.bytes().map(|byte| char::from(byte.to_ascii_lowercase())), trimmed.len());
    }
    let mut folded = CompactString::new(trimmed);
    folded.make_ascii_lowercase();
    folded
}

/// Most texts have no white space at their ends, which takes one look.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Whether a trimmed text is ASCII without white space but single blanks, as most texts are: it is folded by making its
/// letters small.
#[inline]
pub(crate) fn only_case_matters(trimmed: &str) -> bool {
    match kinds(trimmed.as_bytes(), |bytes| [bytes.beyond_ascii().or(bytes.between(b'\t', b'\r')), bytes.equal(b' ')]) {
        Some([odd, blanks]) => odd == 0 && blanks & blanks << 1 == 0,
        None => {
            trimmed.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'\t'..=b'\r')) && !trimmed.contains("  ")
        }
    }
}

/// The form in which names of the language are compared: NFKC, without joiners, Arabic letter variants unified; case
/// counts.
pub fn fold_name(name: &str) -> String {
    if name.is_ascii() {
        return name.to_string();
    }
    until_stable(name, |name| name.nfkc().filter(|letter| !is_joiner(*letter)).map(unify_arabic).collect()).into()
}

/// Whether a text folds to nothing.
pub fn is_blank(text: &str) -> bool {
    if text.is_ascii() {
        return text.trim().is_empty();
    }
    fold(text).is_empty()
}

/// Applies a step until it changes nothing: what one step drops can let its neighbours compose in the next. Two or three
/// steps do for any text; the bound is a safeguard.
fn until_stable(text: &str, step: impl Fn(&str) -> CompactString) -> CompactString {
    let mut folded = step(text);
    for _ in 0..16 {
        if folded.is_ascii() {
            break;
        }
        let next = step(&folded);
        if next == folded {
            break;
        }
        folded = next;
    }
    folded
}

fn fold_once(text: &str) -> CompactString {
    let mut previous = None;
    let letters = text
        .nfkc()
        .default_case_fold()
        .filter(|letter| !is_dropped(*letter))
        .filter(move |letter| {
            let dot_of_i = *letter == '\u{307}' && previous == Some('i');
            if !dot_of_i {
                previous = Some(*letter);
            }
            !dot_of_i
        })
        .map(|letter| ascii_digit(unify_arabic(letter)));
    collapse(letters, text.len())
}

/// Without white space at the ends, with one space for each run of it inside.
fn collapse(letters: impl Iterator<Item = char>, capacity: usize) -> CompactString {
    let mut collapsed = CompactString::with_capacity(capacity);
    let mut gap = false;
    for letter in letters {
        if letter.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && !collapsed.is_empty() {
            collapsed.push(' ');
        }
        gap = false;
        collapsed.push(letter);
    }
    collapsed
}

/// What does not show: tatweel, joiners, harakat, bidirectional controls.
fn is_dropped(letter: char) -> bool {
    let is_tatweel = letter == '\u{640}';
    let is_haraka = matches!(letter, '\u{64B}'..='\u{65F}' | '\u{670}');
    let is_bidi_control =
        matches!(letter, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    is_tatweel || is_haraka || is_bidi_control || is_joiner(letter)
}

/// Zero-width non-joiner and joiner, word joiner, and the two other characters without width that copying leaves behind:
/// zero-width space and zero-width no-break space (the byte-order mark). The soft hyphen is none of them.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// yeh ي ى→ی, kaf ك→ک, alef أ إ آ ٱ→ا, teh marbuta ة→ه
fn unify_arabic(letter: char) -> char {
    match letter {
        '\u{64A}' | '\u{649}' => '\u{6CC}',
        '\u{643}' => '\u{6A9}',
        '\u{623}' | '\u{625}' | '\u{622}' | '\u{671}' => '\u{627}',
        '\u{629}' => '\u{647}',
        other => other,
    }
}

/// Arabic-Indic `٣` and Persian `۳` as `3`; any other character as it is.
pub(super) fn ascii_digit(letter: char) -> char {
    let zero = match letter {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        _ => return letter,
    };
    char::from_digit(u32::from(letter) - zero, 10).unwrap_or(letter)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_that_are_one_value() {
        for (one, two) in [
            ("إيران", "ایران"),
            ("STRASSE", "straße"),
            ("İstanbul", "istanbul"),
            ("i\u{307}\u{307}x", "IX"),
            ("  New\t \u{a0}York ", "new york"),
            ("ＣＥＯ", "ceo"),
            ("ﬁnance", "FINANCE"),
            ("E\u{301}cole", "école"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("كتاب", "کتاب"),
            ("على", "علی"),
            ("مدرسة", "مدرسه"),
            ("مُحَمَّد", "محمد"),
            ("محـــمد", "محمد"),
            ("می\u{200c}خواهم", "میخواهم"),
            ("٤٢", "42"),
            ("۴۲", "42"),
            ("\u{200f}acme\u{202c}", "acme"),
            ("\u{feff}acme\u{200b}", "acme"),
        ] {
            assert_eq!(fold(one), fold(two), "{one} {two}");
        }
    }

    #[test]
    fn texts_that_are_not() {
        for (one, two) in
            [("resume", "résumé"), ("istanbul", "ıstanbul"), ("ئ", "ی"), ("ab", "a b"), ("ab", "a\u{ad}b")]
        {
            assert_ne!(fold(one), fold(two), "{one} {two}");
        }
    }

    #[test]
    fn dropping_lets_neighbours_compose_and_collapse() {
        assert_eq!(fold("a\u{200d}\u{301}"), "á");
        assert_eq!(fold("a \u{200c} b"), "a b");
        assert_eq!(fold("I\u{200d}\u{307}\u{301}"), "í");
    }

    #[test]
    fn a_value_that_folds_to_nothing_is_missing() {
        for text in ["", " \t", "\u{a0}", "\u{200c}", "ـ", "\u{64b} \u{200f}"] {
            assert_eq!(Text::new(text), None);
            assert!(is_blank(text));
        }
        assert!(!is_blank("-"));
    }

    #[test]
    fn given_is_trimmed_and_composed_only() {
        let text = Text::new("  E\u{301}cole  DE ﬁl ").unwrap();
        assert_eq!(text.given, "École  DE ﬁl");
        assert_eq!(text.folded, "école de fil");
    }

    #[test]
    fn names_keep_their_case() {
        assert_ne!(fold_name("Title"), fold_name("title"));
        assert_eq!(fold_name("كشور"), fold_name("کشور"));
        assert_eq!(fold_name("می\u{200c}ل"), fold_name("ميل"));
        assert_eq!(fold_name("ｆｉｔ"), "fit");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(is_blank(&text), folded.is_empty());
            let name = fold_name(&text);
            prop_assert_eq!(fold_name(&name), name);
        }

        #[test]
        fn folding_twice_changes_nothing_where_it_is_hard(
            text in "[iIİı\u{307}\u{301}\u{345}\u{3b1}\u{1fb3}\u{130}a\u{200d} \u{a0}يىئأا\u{653}\u{654}ـ\u{b4}ßẞ\u{1e9e}٣A-Z]{0,12}"
        ) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn the_short_way_for_latin_letters_is_the_long_way(text in "[a-c A-C\u{c0}-\u{ff}\\t\u{a0}]{0,20}") {
            prop_assert_eq!(folded(&text), until_stable(&text, fold_once));
            let given: Option<String> = Text::new(&text).map(|text| text.given.into());
            prop_assert_eq!(given, Some(text.trim().nfc().collect::<String>()).filter(|_| !is_blank(&text)));
        }

        #[test]
        fn the_short_way_for_ascii_is_the_long_way(text in "[ -~\\t\\n\\x0b]{0,20}") {
            let folded = fold_once(&text);
            prop_assert_eq!(fold(&text), folded.clone());
            prop_assert_eq!(trimmed(&text), text.trim());
            if only_case_matters(text.trim()) {
                prop_assert_eq!(text.trim().to_ascii_lowercase(), folded.as_str());
            }
        }
    }
}
