//! Whether the cells of a column say yes or no.

use super::distinct::Distinct;
use super::hints::Hints;

/// The words that need no `as`, folded.
const WORDS: [&str; 10] = ["true", "false", "yes", "no", "y", "n", "t", "f", "1", "0"];

/// Yes and no in other languages, folded; yes first.
const PAIRS: [(&str, &str); 34] = [
    ("oui", "non"),
    ("si", "no"),
    ("sí", "no"),
    ("sì", "no"),
    ("sim", "não"),
    ("sim", "nao"),
    ("ja", "nein"),
    ("ja", "nee"),
    ("ja", "nej"),
    ("ja", "nei"),
    ("kyllä", "ei"),
    ("tak", "nie"),
    ("ano", "ne"),
    ("áno", "nie"),
    ("da", "nu"),
    ("da", "ne"),
    ("igen", "nem"),
    ("evet", "hayır"),
    ("да", "нет"),
    ("так", "ні"),
    ("ναι", "οχι"),
    ("ναι", "όχι"),
    ("نعم", "لا"),
    ("بله", "خیر"),
    ("بلی", "خیر"),
    ("כן", "לא"),
    ("हाँ", "नहीं"),
    ("はい", "いいえ"),
    ("是", "否"),
    ("예", "아니요"),
    ("예", "아니오"),
    ("ya", "tidak"),
    ("on", "off"),
    ("checked", "unchecked"),
];

/// How many 0s and 1s it takes to believe that they are not counts.
const ENOUGH_DIGITS: u64 = 20;

/// Whether the values read as yes and no without `as`.
pub fn plain(values: &Distinct, known: u64, hints: &Hints) -> bool {
    if !values.all_in(&WORDS) {
        return false;
    }
    if values.all_in(&["true", "false", "yes", "no"]) || hints.flag {
        return true;
    }
    let both = |one: &str, other: &str| values.given(one).is_some() && values.given(other).is_some();
    if values.all_in(&["0", "1"]) {
        return both("0", "1") && known >= ENOUGH_DIGITS && !hints.count;
    }
    both("y", "n") || both("t", "f") || !values.all_in(&["y", "n", "t", "f", "0", "1"])
}

/// The two words of a known language that the values are, as they are written; yes first.
pub fn words(values: &Distinct) -> Option<(String, String)> {
    PAIRS.iter().find_map(|(yes, no)| {
        let (yes, no) = (crate::value::fold(yes), crate::value::fold(no));
        match (values.given(&yes), values.given(&no)) {
            (Some(given_yes), Some(given_no)) if values.all_in(&[&yes, &no]) => {
                Some((given_yes.to_owned(), given_no.to_owned()))
            }
            _ => None,
        }
    })
}
