//! Text of rule files made safe to show: what could steer the terminal or turn the order of signs is put as a mark.

use std::borrow::Cow;

/// The text with a mark for each control character but line ends and tabs, and for each bidirectional control. Every mark
/// is as many bytes long as what it stands for, so places stay true.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|character| if is_hidden(character) { mark(character) } else { character }).collect()
}

fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\t' | '\r' => false,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        _ => character.is_control(),
    }
}

fn mark(character: char) -> char {
    match character.len_utf8() {
        1 => '?',
        2 => '¿',
        _ => '\u{FFFD}',
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn marks_are_as_long_as_what_they_stand_for() {
        let text = "a\u{1b}[2J \u{85} \u{202e}b\tc\nشهر";
        assert_eq!(visible(text), "a?[2J ¿ \u{fffd}b\tc\nشهر");
        assert_eq!(visible(text).len(), text.len());
    }
}
