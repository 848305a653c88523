//! Names and texts as they are written in the language, for helps that are ready to paste.

/// A name: in backticks where it must be.
pub fn name(name: &str) -> String {
    let is_plain = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if is_plain && !crate::syntax::is_reserved(name) { name.to_owned() } else { format!("`{name}`") }
}

/// A text in its quotes.
pub fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Texts in their quotes, the first few: `"a", "b" and 3 more`.
pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>, shown: usize) -> String {
    let all: Vec<String> = texts.into_iter().map(text).collect();
    let mut told = all.iter().take(shown).cloned().collect::<Vec<_>>().join(", ");
    if all.len() > shown {
        told += &format!(" and {} more", all.len() - shown);
    }
    told
}

/// `1 lead`, `3 leads`
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_they_are_written() {
        assert_eq!(super::name("fit"), "fit");
        assert_eq!(super::name("Lead Source"), "`Lead Source`");
        assert_eq!(super::name("first"), "`first`");
        assert_eq!(super::texts(["a", "say \"b\"", "c"], 2), "\"a\", \"say \\\"b\\\"\" and 1 more");
    }
}
