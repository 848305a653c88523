//! Text on a terminal: colours, widths, and nothing from data that could lead the terminal astray.

use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Colours, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint(pub bool);

impl Paint {
    pub fn bold(self, text: &str) -> String {
        self.with_code("1", text)
    }

    pub fn dim(self, text: &str) -> String {
        self.with_code("2", text)
    }

    pub fn red(self, text: &str) -> String {
        self.with_code("1;31", text)
    }

    pub fn green(self, text: &str) -> String {
        self.with_code("32", text)
    }

    pub fn yellow(self, text: &str) -> String {
        self.with_code("33", text)
    }

    pub fn cyan(self, text: &str) -> String {
        self.with_code("36", text)
    }

    /// By the number of a colour.
    pub fn with_code(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Controls and marks of direction written out.
pub fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => safe.push(' '),
            letter
                if letter.is_control()
                    || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => safe.push(letter),
        }
    }
    safe
}

/// Filled up with blanks to `width` columns of a terminal.
pub fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Likewise, at the right end.
pub fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// `1,204`
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 lead`, `1,204 leads`
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// `12.5%`, half up; empty for a part of nothing.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return String::new();
    }
    let tenths = (u128::from(part) * 2000 + u128::from(whole)) / (u128::from(whole) * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_rounded() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(percent(1, 8), "12.5%");
        assert_eq!(percent(2, 3), "66.7%");
        assert_eq!(percent(0, 0), "");
    }

    #[test]
    fn data_cannot_command_the_terminal() {
        assert_eq!(safe("a\u{1b}[2J\nb\u{202e}"), "a\\u{1b}[2J b\\u{202e}");
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(left("日本", 6), "日本  ");
        assert_eq!(right("é", 3), "  é");
    }
}
