//! Texts of rules and data inside Markdown.

use super::terminal::safe;

/// Text that Markdown leaves as it is.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in safe(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

/// Likewise, but names in backticks stay code.
pub fn code(text: &str) -> String {
    let pieces = safe(text);
    let pieces = pieces.split('`').enumerate();
    let marked = |(place, piece): (usize, &str)| if place % 2 == 1 { piece.replace('|', "\\|") } else { plain(piece) };
    pieces.map(marked).collect::<Vec<_>>().join("`")
}
