//! Values of data inside messages and tables: short, and harmless to a terminal.

use std::fmt::Write;

/// The longest value that a message shows in full, in characters.
const LONGEST: usize = 40;

/// A value for a message: at most 40 characters, controls written out.
pub fn shown(text: &str) -> String {
    shortened(text, LONGEST)
}

/// At most `longest` characters, the cut marked with `…`; see [`escaped`].
pub(super) fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => escaped(text),
        Some(_) => {
            let cut = text.char_indices().nth(longest.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
            escaped(text.get(..cut).unwrap_or(text)) + "…"
        }
    }
}

/// Controls and hidden marks of direction written out (`\n`, `\u{1b}`), so that a terminal cannot be led astray.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            letter if letter.is_control() || is_hidden(letter) => {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => safe.push(letter),
        }
    }
    safe
}

/// Line separators, marks and overrides of direction, tag characters.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_and_controls_written_out() {
        assert_eq!(shown("12,5"), "12,5");
        assert_eq!(shown("a\nb\u{1b}[2J"), "a\\nb\\u{1b}[2J");
        assert_eq!(shown("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(shown(&"é".repeat(40)), "é".repeat(40));
        assert_eq!(shown(&"é".repeat(41)), "é".repeat(39) + "…");
    }
}
