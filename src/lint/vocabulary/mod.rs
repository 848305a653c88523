//! Names that people give to things, in many languages: what a field or an event is about, told from its name.
//!
//! | file | has |
//! |---|---|
//! | `sensitive.toml` | fields about what people are |
//! | `consent.toml` | fields in which people agree to be written to, or refuse |
//! | `events.toml` | opened mails, and what shows that somebody wants to buy |
//! | `phrases` | looks for all phrases of a subject at once |
//!
//! Each table of a file is a subject, each of its keys a language with words and phrases; `says` is how messages put it,
//! `unless` are words beside which a name is about something else.

mod phrases;

use crate::value::{contains_phrase, fold};
use phrases::Phrases;
use std::sync::LazyLock;
use toml::{Table, Value};

pub static SENSITIVE: LazyLock<Vec<Subject>> = LazyLock::new(|| read(include_str!("sensitive.toml")));
pub static CONSENT: LazyLock<Vec<Subject>> = LazyLock::new(|| read(include_str!("consent.toml")));
pub static EVENTS: LazyLock<Vec<Subject>> = LazyLock::new(|| read(include_str!("events.toml")));

/// What names can be about.
#[derive(Debug, Clone)]
pub struct Subject {
    pub name: String,
    /// "people by their age"
    pub says: String,
    /// As [`words`] leaves them
    unless: Phrases,
    phrases: Phrases,
}

impl Subject {
    /// Whether a name, or a column, is about it.
    pub fn is_named_by(&self, name: &str) -> bool {
        self.is_named_by_words(&words(name))
    }

    /// The same of a name as [`words`] leaves it.
    pub fn is_named_by_words(&self, name: &str) -> bool {
        self.phrases.are_in(name) && !self.unless.are_in(name)
    }
}

/// The subject of that name, of one of the lists.
pub fn subject<'s>(subjects: &'s [Subject], name: &str) -> Option<&'s Subject> {
    subjects.iter().find(|subject| subject.name == name)
}

/// Whether one of some phrases stands in the words of a name; all as [`words`] leaves them.
pub fn mentions(name: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| contains_phrase(name, phrase))
}

/// The words of a name, folded, with one blank between them: `firstName`, `First-Name` and `first_name` are
/// "first name".
pub fn words(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 8);
    let letters: Vec<char> = name.chars().collect();
    for (place, letter) in letters.iter().copied().enumerate() {
        let before = place.checked_sub(1).and_then(|place| letters.get(place)).copied();
        let after = letters.get(place + 1).copied();
        if before.is_some_and(|before| begins_word(before, letter, after)) {
            spaced.push(' ');
        }
        // A joiner without width stands between the words of a Persian name.
        let is_gap = letter.is_whitespace() || letter.is_ascii_punctuation() || letter == '\u{200C}';
        spaced.push(if is_gap { ' ' } else { letter });
    }
    fold(&spaced)
}

/// Whether a word begins at `letter` though nothing stands between it and the one before: `firstName`, `HTMLPage`,
/// `field2`.
fn begins_word(before: char, letter: char, after: Option<char>) -> bool {
    let camel = letter.is_uppercase() && before.is_lowercase();
    let capitals = before.is_uppercase() && letter.is_uppercase() && after.is_some_and(char::is_lowercase);
    camel || capitals || before.is_numeric() != letter.is_numeric()
}

/// What is no table of lists of texts is left out; a test holds that nothing is.
fn read(text: &str) -> Vec<Subject> {
    let file: Table = toml::from_str(text).unwrap_or_default();
    file.into_iter().filter_map(|(name, table)| subject_of(name, table.as_table()?)).collect()
}

fn subject_of(name: String, table: &Table) -> Option<Subject> {
    let texts = |value: &Value| -> Option<Vec<String>> {
        value.as_array()?.iter().map(|text| text.as_str().map(words)).collect()
    };
    let (mut says, mut unless, mut phrases) = (String::new(), Vec::new(), Vec::new());
    for (key, value) in table {
        match key.as_str() {
            "says" => value.as_str()?.clone_into(&mut says),
            "unless" => unless = texts(value)?,
            _ => phrases.extend(texts(value)?),
        }
    }
    Some(Subject { name, says, unless: Phrases::new(unless), phrases: Phrases::new(phrases) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        for name in ["first_name", "firstName", "First-Name", "FIRST  NAME", "first.name"] {
            assert_eq!(words(name), "first name");
        }
        assert_eq!(words("HTMLPage2"), "html page 2");
        assert_eq!(words("کد\u{200C}پستی"), words("کد پستی"));
    }

    /// Every list is read to its last word, and no phrase is blank or stands twice in its subject.
    #[test]
    fn the_lists_are_whole() {
        for text in [include_str!("sensitive.toml"), include_str!("consent.toml"), include_str!("events.toml")] {
            let file: Table = toml::from_str(text).unwrap();
            let subjects = read(text);
            assert_eq!(subjects.len(), file.len());
            for subject in &subjects {
                let mut phrases = subject.phrases.all.clone();
                assert!(phrases.iter().all(|phrase| !phrase.is_empty()), "{}", subject.name);
                phrases.sort();
                let twice: Vec<_> = phrases.windows(2).filter(|pair| pair[0] == pair[1]).collect();
                assert!(twice.is_empty(), "{}: {twice:?}", subject.name);
            }
        }
    }
}
