//! The letters that matter to some patterns: those they name, and one for each kind of all others.

use super::{Part, Pattern};
use crate::value::fold;
use std::collections::BTreeSet;

/// Others of each kind: a letter or digit, what parts words, a letter of a script written without spaces, a mark. To a
/// pattern that does not name them, all others of one kind are alike.
const OTHERS: [&[char]; 4] = [
    &['x', 'o', 'e', 'a', 'n', 't', 'k', 'z', 'q', 'j', '7', '8', '9', 'ж', 'щ', 'ლ'],
    &[' ', '-', '.', ',', '_', '/', ':', ';', '!', '+', '~'],
    &['海', '森', '雨', '月', '鳥'],
    &['\u{301}', '\u{302}', '\u{308}', '\u{331}', '\u{323}'],
];

/// The kinds of letters that `OTHERS` has one row each of.
pub(super) fn alphabet(patterns: &[&Pattern]) -> Vec<char> {
    let named: BTreeSet<char> = patterns.iter().flat_map(|pattern| &pattern.parts).flat_map(letters_of).collect();
    // A letter of each kind that no pattern names; where all tried ones are named, the alphabet has none of that kind
    // and a walk over it proves nothing, which the caller learns from `is_whole`.
    let others = OTHERS.iter().filter_map(|kind| kind.iter().find(|other| !named.contains(other)));
    let mut alphabet: Vec<char> = others.copied().collect();
    alphabet.extend(&named);
    alphabet
}

/// Whether there is one other of each kind.
pub(super) fn is_whole(patterns: &[&Pattern]) -> bool {
    let named: BTreeSet<char> = patterns.iter().flat_map(|pattern| &pattern.parts).flat_map(letters_of).collect();
    OTHERS.iter().all(|kind| kind.iter().any(|other| !named.contains(other)))
}

fn letters_of(part: &Part) -> Vec<char> {
    match part {
        Part::Contains(text) | Part::Mentions(text) | Part::StartsWith(text) | Part::EndsWith(text) => {
            text.chars().collect()
        }
        Part::Glob(pattern) => pattern.chars().filter(|letter| *letter != '*' && *letter != '?').collect(),
    }
}

/// Whether a text is its own folded form, as it can stand in data.
pub(super) fn is_folded(text: &str) -> bool {
    !text.is_empty() && fold(text) == text
}
