//! Which characters make names, and those that look like rule text but are not.

use super::{TokenKind, Walker};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::Span;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// A letter of any script, or `_`.
pub(in crate::syntax) fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter)
}

/// A letter, mark, digit, `_` or joiner.
pub(in crate::syntax) fn is_name_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    matches!(c, '\u{200C}' | '\u{200D}')
        || matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
        || c.general_category() == GeneralCategory::DecimalNumber
}

/// Controls that change the order in which text is shown, and other characters that cannot be seen.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

/// Those that reorder text: forbidden in comments too.
fn reorders(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// How far the other one of a pair of wrong quotes is looked for, in characters.
const LONGEST_QUOTE: usize = 200;

impl Walker<'_> {
    /// Reports a character that looks like rule text and is not, and passes over it. False where it is nothing of the kind.
    pub(super) fn wrong_character(&mut self, c: char) -> bool {
        match c {
            _ if is_hidden(c) || c.is_control() => self.hidden_character(c),
            '\'' | '’' if self.contraction(c) => {}
            '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '＂' => self.foreign_quotes(c),
            '،' | '，' | '、' | '؛' | '；' | '：' | '（' | '）' | '｛' | '｝' => self.foreign_punctuation(c),
            '≥' | '≤' | '≠' | '×' | '÷' | '−' | '–' | '—' => self.foreign_operator(c),
            _ if !c.is_ascii() && c.general_category() == GeneralCategory::DecimalNumber => self.foreign_digits(),
            _ => return false,
        }
        true
    }

    fn hidden_character(&mut self, c: char) {
        let length = c.len_utf8();
        self.wrong(
            codes::HIDDEN_CHARACTER,
            length,
            format!("a hidden character (U+{:04X}) stands here", c as u32),
            "delete it: it cannot be seen and can make rules read otherwise than they work".to_owned(),
        );
        self.at += length;
    }

    /// Reordering controls in a comment, a pattern or a name in backticks that starts here.
    pub(super) fn hidden_in(&mut self, piece: &str) {
        if let Some((offset, c)) = piece.char_indices().find(|(_, c)| reorders(*c)) {
            let start = self.at + offset;
            let span = Span::new(self.file, start, start + c.len_utf8());
            self.mistakes.push(
                Diagnostic::error(
                    codes::HIDDEN_CHARACTER,
                    span,
                    format!("a hidden character (U+{:04X}) stands here", c as u32),
                )
                .help("delete it: it cannot be seen and can make rules read otherwise than they work"),
            );
        }
    }

    /// `isn't "US"`, `doesn’t contain "x"`: said for the whole word, which is taken as one.
    fn contraction(&mut self, apostrophe: char) -> bool {
        let after = self.rest().get(apostrophe.len_utf8()..).unwrap_or("");
        let Some(last) = self.tokens.last().copied().filter(|last| last.end as usize == self.at) else { return false };
        let right = match last.text(self.text) {
            "isn" | "aren" | "wasn" | "weren" => "is not",
            "doesn" | "don" | "didn" => "does not",
            _ => return false,
        };
        let Some(value) = after.strip_prefix('t').filter(|rest| !rest.starts_with(is_name_char)) else { return false };
        let length = apostrophe.len_utf8() + 1;
        // up to the end of the text after it, to be pasted
        let line = value.split('\n').next().unwrap_or("");
        let words = line.split('"').next().filter(|words| words.len() < line.len() && !words.contains(['(', ',', '#']));
        let text = words.and_then(|words| line.get(words.len() + 1..)?.split_once('"').map(|(text, _)| (words, text)));
        let help = match text {
            Some((words, text)) => format!("write `{right}{words}\"{text}\"`"),
            None => format!("write `{right}`"),
        };
        self.at = last.start as usize;
        let whole = last.end as usize - self.at + length;
        let message = format!("`{}` is written in full", self.rest().get(..whole).unwrap_or(""));
        self.wrong(codes::FOREIGN_COMPARISON, whole, message, help);
        let begins_line = last.first_on_line;
        self.tokens.pop();
        self.line_is_blank = begins_line;
        self.push(TokenKind::Word, whole);
        true
    }

    /// `“CEO”`, `'CEO'`: taken as a text, so that what follows still makes sense.
    fn foreign_quotes(&mut self, open: char) {
        // a label or value is short; looking no further keeps a line full of such quotes cheap
        let after = self.rest().get(open.len_utf8()..).unwrap_or("");
        let near = after.char_indices().nth(LONGEST_QUOTE).map_or(after.len(), |(end, _)| end);
        let after = after.get(..near).and_then(|near| near.split('\n').next()).unwrap_or("");
        let closing: &[char] = match open {
            '\'' => &['\''],
            '«' => &['»'],
            '»' => &['«', '»'],
            _ => &['”', '“', '’', '‘', '"', '＂'],
        };
        let inside = after.find(closing).and_then(|end| after.get(..end));
        let closing_length =
            inside.and_then(|words| after.get(words.len()..)?.chars().next()).map_or(0, char::len_utf8);
        let length = open.len_utf8() + inside.map_or(0, str::len) + closing_length;
        let help = match inside {
            Some(words) if !words.contains('"') => format!("write `\"{words}\"`"),
            _ => "write texts between straight quotes, such as `\"CEO\"`".to_owned(),
        };
        self.wrong(
            codes::FOREIGN_QUOTES,
            length,
            format!("texts stand between straight quotes `\"`, not `{open}`"),
            help,
        );
        self.push(TokenKind::Text, length);
    }

    fn foreign_punctuation(&mut self, c: char) {
        let (kind, right) = match c {
            '،' | '，' | '、' => (TokenKind::Comma, ","),
            '：' => (TokenKind::Symbol, ":"),
            '（' => (TokenKind::OpenRound, "("),
            '）' => (TokenKind::CloseRound, ")"),
            '｛' => (TokenKind::OpenCurly, "{"),
            '｝' => (TokenKind::CloseCurly, "}"),
            _ => (TokenKind::Symbol, ";"),
        };
        let help = match right {
            ";" => "leave it out: a line end is enough".to_owned(),
            _ => format!("write `{right}`"),
        };
        let message = format!("`{c}` is not a sign of the rules, though it looks like `{right}`");
        self.wrong(codes::FOREIGN_PUNCTUATION, c.len_utf8(), message, help);
        self.push(kind, c.len_utf8());
    }

    fn foreign_operator(&mut self, c: char) {
        let right = match c {
            '≥' => ">=",
            '≤' => "<=",
            '≠' => "is not",
            '×' => "*",
            '÷' => "/",
            _ => "-",
        };
        self.wrong(
            codes::FOREIGN_PUNCTUATION,
            c.len_utf8(),
            format!("`{c}` is not a sign of the rules, though it looks like `{right}`"),
            format!("write `{right}`"),
        );
        self.push(TokenKind::Symbol, c.len_utf8());
    }

    /// `۲۰`: taken as a number.
    pub(super) fn foreign_digits(&mut self) {
        let is_part = |c: char| {
            c.general_category() == GeneralCategory::DecimalNumber || matches!(c, '.' | '٫' | '٬' | '٪' | '%')
        };
        let length = self.rest().find(|c| !is_part(c)).unwrap_or(self.rest().len());
        let written = self.rest().get(..length).unwrap_or("").to_owned();
        let plain: String = written.chars().filter_map(plain_digit).collect();
        let message = if written.starts_with(|c: char| c.is_ascii_digit()) {
            format!("numbers in rules have `.` before their decimals and `_` between thousands, not as in `{written}`")
        } else {
            format!("numbers in rules are written with the digits 0 to 9, not `{written}`")
        };
        self.wrong(codes::FOREIGN_DIGITS, length, message, format!("write `{plain}`"));
        self.push(TokenKind::Number, length);
    }
}

/// The same digit as `0` to `9`. Unicode keeps the decimal digits of a script together, from zero to nine.
fn plain_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' | '.' | '%' => Some(c),
        '٫' => Some('.'),
        '٪' => Some('%'),
        '٬' => Some('_'),
        _ => {
            let is_digit = |code: &u32| {
                char::from_u32(*code).is_some_and(|c| c.general_category() == GeneralCategory::DecimalNumber)
            };
            let smaller = (0..c as u32).rev().take_while(is_digit).count();
            char::from_digit(smaller as u32 % 10, 10)
        }
    }
}
