//! The rules in each language that is measured, one a file.

pub mod cel;
pub mod polars;
pub mod rhai;
pub mod score;
pub mod sql;
pub mod zen;

/// The pattern that finds any of these as whole words in a text in lower case.
fn word_pattern(words: &[String]) -> String {
    format!(r"\b({})\b", words.join("|"))
}

fn joined<T>(parts: &[T], with: &str, shown: impl Fn(&T) -> String) -> String {
    parts.iter().map(shown).collect::<Vec<String>>().join(with)
}
