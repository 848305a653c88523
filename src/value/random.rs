//! `looks random`: typed by mashing keys.

/// Whether a text looks like keys hit at random (`asdfgh`, `xkjqwz`), not like a name or a word. ASCII letters only;
/// anything with another letter does not.
pub fn looks_random(text: &str) -> bool {
    todo!()
}
