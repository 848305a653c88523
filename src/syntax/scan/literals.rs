//! Texts, patterns, names in backticks, numbers and dates: each ends on its line.

use super::{TokenKind, Walker, is_name_char};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::Span;

impl Walker<'_> {
    pub(super) fn quoted_text(&mut self) {
        let rest = self.rest();
        match closing(rest, '"') {
            Some(length) => {
                self.escapes(rest.get(..length).unwrap_or(""));
                self.push(TokenKind::Text, length);
            }
            None => {
                let line = self.rest_of_line();
                let mut help = "close it with `\"` on the same line".to_owned();
                if line.contains(['”', '“', '»']) {
                    help = "close it with a straight quote `\"`".to_owned();
                }
                self.unclosed(codes::UNCLOSED_TEXT, "this text has no closing quote on its line", &help);
                self.push(TokenKind::Text, line.len());
            }
        }
    }

    pub(super) fn pattern(&mut self) {
        let rest = self.rest();
        match closing(rest, '/') {
            Some(length) => {
                self.hidden_in(rest.get(..length).unwrap_or(""));
                self.push(TokenKind::Pattern, length);
            }
            None => {
                let line = self.rest_of_line();
                self.unclosed(
                    codes::UNCLOSED_PATTERN,
                    "this pattern has no closing `/` on its line",
                    "close it with `/`; a slash inside a pattern is written `\\/`",
                );
                self.push(TokenKind::Pattern, line.len());
            }
        }
    }

    pub(super) fn quoted_name(&mut self) {
        let rest = self.rest();
        let end = rest.get(1..).and_then(|inside| inside.find(['`', '\n']));
        match end.filter(|end| rest.get(end + 1..).is_some_and(|sign| sign.starts_with('`'))) {
            Some(0) => {
                self.wrong(
                    codes::EMPTY_NAME,
                    2,
                    "there is no name between these backticks".to_owned(),
                    "write the name between them, such as `` `Lead Source` ``".to_owned(),
                );
                self.push(TokenKind::QuotedName, 2);
            }
            Some(inside) => {
                self.hidden_in(rest.get(..inside + 2).unwrap_or(""));
                self.push(TokenKind::QuotedName, inside + 2);
            }
            None => {
                let line = self.rest_of_line();
                self.unclosed(
                    codes::UNCLOSED_NAME,
                    "this name has no closing backtick on its line",
                    "close it with a backtick: `` `Lead Source` ``",
                );
                self.push(TokenKind::QuotedName, line.len());
            }
        }
    }

    fn unclosed(&mut self, code: crate::diagnostics::Code, message: &str, help: &str) {
        let span = Span::new(self.file, self.at, self.at + 1);
        self.mistakes.push(Diagnostic::error(code, span, message).here("it begins here").help(help));
        self.line_has_mistake = true;
    }

    /// Reports every `\` in a text that is no escape.
    fn escapes(&mut self, text: &str) {
        let mut from = 0;
        while let Some(offset) = text.get(from..).and_then(|rest| rest.find('\\')) {
            let start = from + offset;
            let rest = text.get(start..).unwrap_or("");
            let length = match super::super::read::escape(rest) {
                Some((_, length)) => length,
                None => {
                    let length = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
                    let written = rest.get(..length).unwrap_or("\\").to_owned();
                    let span = Span::new(self.file, self.at + start, self.at + start + length);
                    self.mistakes.push(
                        Diagnostic::error(codes::UNKNOWN_ESCAPE, span, format!("`{written}` means nothing in a text"))
                            .help("write `\\\\` for a backslash; the others are `\\\"`, `\\n`, `\\t` and `\\u{1F600}`"),
                    );
                    length
                }
            };
            from = start + length;
        }
    }

    pub(super) fn number_or_date(&mut self) {
        let rest = self.rest();
        if let Some(length) = date_length(rest) {
            return self.push(TokenKind::Date, length);
        }
        if let Some((length, help)) = slashed_date(rest) {
            let written = rest.get(..length).unwrap_or("").to_owned();
            self.wrong(codes::DATE_FORM, length, format!("`{written}` is not how dates are written"), help);
            return self.push(TokenKind::Date, length);
        }
        let length = number_length(rest);
        if rest.get(length..).is_some_and(|after| after.starts_with(['٫', '٬', '٪'])) {
            return self.foreign_digits();
        }
        if let Some((whole, help)) = thousands(rest, length) {
            let written = rest.get(..whole).unwrap_or("").to_owned();
            self.wrong(codes::NUMBER_FORM, whole, format!("a number has no comma in it: `{written}`"), help);
            return self.push(TokenKind::Number, whole);
        }
        let glued: usize =
            rest.get(length..).unwrap_or("").chars().take_while(|c| is_name_char(*c)).map(char::len_utf8).sum();
        if glued > 0 && !rest.get(..length).unwrap_or("").ends_with('%') {
            let (number, word) = (rest.get(..length).unwrap_or(""), rest.get(length..length + glued).unwrap_or(""));
            let help = glued_help(number, word)
                .unwrap_or_else(|| format!("write `{number} {word}`, or begin a name with a letter"));
            self.wrong(
                codes::NUMBER_FORM,
                length + glued,
                format!("`{number}{word}` is neither a number nor a name"),
                help,
            );
            return self.push(TokenKind::Number, length + glued);
        }
        self.push(TokenKind::Number, length);
    }
}

/// The length up to and with the closing sign on the same line, past escapes.
fn closing(text: &str, sign: char) -> Option<usize> {
    let mut escaped = false;
    for (offset, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == sign => return Some(offset + c.len_utf8()),
            _ => {}
        }
    }
    None
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn digits_at(text: &str, at: usize) -> usize {
    digits(text.get(at..).unwrap_or(""))
}

/// `50`, `1_000`, `12.5`, `30%`
fn number_length(text: &str) -> usize {
    let mut length = grouped(text, 0);
    if text.get(length..).is_some_and(|rest| rest.starts_with('.')) && digits_at(text, length + 1) > 0 {
        length = grouped(text, length + 1);
    }
    if text.get(length..).is_some_and(|rest| rest.starts_with('%')) { length + 1 } else { length }
}

fn grouped(text: &str, from: usize) -> usize {
    let mut end = from + digits_at(text, from);
    while text.get(end..).is_some_and(|rest| rest.starts_with('_')) && digits_at(text, end + 1) > 0 {
        end += 1 + digits_at(text, end + 1);
    }
    end
}

/// `2026-05-01`, `2026-05-01T09:30`, `2026-05-01T09:30:00.5+02:00`
fn date_length(text: &str) -> Option<usize> {
    let mut end = shape(text, 0, "dddd-dd-dd")?;
    if let Some(clock) = shape(text, end, "Tdd:dd") {
        end = clock;
        if let Some(seconds) = shape(text, end, ":dd") {
            end = seconds;
            if text.get(end..).is_some_and(|rest| rest.starts_with('.')) && digits_at(text, end + 1) > 0 {
                end += 1 + digits_at(text, end + 1);
            }
        }
        end = ["Z", "+dd:dd", "-dd:dd"].iter().find_map(|offset| shape(text, end, offset)).unwrap_or(end);
    }
    let next = text.get(end..)?.chars().next();
    (!next.is_some_and(is_name_char)).then_some(end)
}

/// Where `pattern` ends when it stands at `from`; `d` in it is a digit.
fn shape(text: &str, from: usize, pattern: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(from..from + pattern.len())?;
    let fits = bytes.iter().zip(pattern.bytes()).all(|(byte, sign)| match sign {
        b'd' => byte.is_ascii_digit(),
        _ => *byte == sign,
    });
    fits.then_some(from + pattern.len())
}

/// `01/05/2026`, `2026/5/1`, `1.5.2026`: its length, and what to write.
fn slashed_date(text: &str) -> Option<(usize, String)> {
    let sign = text.as_bytes().get(digits(text)).copied().filter(|byte| matches!(byte, b'/' | b'.'))?;
    let first = digits(text);
    let second = digits_at(text, first + 1);
    if text.as_bytes().get(first + 1 + second) != Some(&sign) {
        return None;
    }
    let third = digits_at(text, first + second + 2);
    let part = |from: usize, length: usize| text.get(from..from + length).unwrap_or("");
    let (a, b, c) = (part(0, first), part(first + 1, second), part(first + second + 2, third));
    let length = first + second + third + 2;
    match (first, second, third) {
        (4, 1..=2, 1..=2) => Some((length, format!("write `{a}-{b:0>2}-{c:0>2}`"))),
        (1..=2, 1..=2, 4) => Some((length, year_first(a, b, c))),
        _ => None,
    }
}

/// `01/05/2026`: which reading is which, where both can be meant.
fn year_first(first: &str, second: &str, year: &str) -> String {
    let is_month = |part: &str| part.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let (by_day, by_month) = (format!("{year}-{second:0>2}-{first:0>2}"), format!("{year}-{first:0>2}-{second:0>2}"));
    match (is_month(first), is_month(second)) {
        (false, true) => format!("write the year first: `{by_day}`"),
        (true, false) => format!("write the year first: `{by_month}`"),
        _ if by_day == by_month => format!("write the year first: `{by_day}`"),
        _ => format!(
            "write the year first: `{by_month}` if the month stands first here, `{by_day}` if the day stands first"
        ),
    }
}

/// `30d`, `50k`, `10pts`
fn glued_help(number: &str, word: &str) -> Option<String> {
    let unit = match word.to_ascii_lowercase().as_str() {
        "k" | "thousand" => return Some(format!("write `{number}_000`")).filter(|_| !number.contains('.')),
        "m" if !number.contains('.') => {
            return Some(format!("write `{number} minutes`, or `{number}_000_000` for millions"));
        }
        "d" | "day" | "days" => "days",
        "h" | "hr" | "hrs" | "hours" => "hours",
        "min" | "mins" => "minutes",
        "s" | "sec" | "secs" => "seconds",
        "w" | "wk" | "wks" | "weeks" => "weeks",
        "mo" | "mon" | "months" => "months",
        "y" | "yr" | "yrs" | "years" => "years",
        "x" | "times" => "times",
        "p" | "pt" | "pts" | "points" => "points",
        _ => return None,
    };
    Some(format!("write `{number} {unit}`"))
}

/// `1,000`: its length, and what to write.
fn thousands(text: &str, length: usize) -> Option<(usize, String)> {
    if !(1..=3).contains(&length) || digits(text) != length {
        return None;
    }
    let mut end = length;
    while text.get(end..)?.starts_with(',') && digits_at(text, end + 1) == 3 {
        end += 4;
    }
    if end == length {
        return None;
    }
    let written = text.get(..end)?;
    Some((
        end,
        format!(
            "write `{}`; if these are several numbers, put a blank after the comma: `{}`",
            written.replace(',', "_"),
            written.replace(',', ", ")
        ),
    ))
}
