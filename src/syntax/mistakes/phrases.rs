//! Phrases in other words than the language's: `max 3 times`, `country is "US", "UK"`, `in the last 30 days`.
//!
//! Each is written as a pattern of words. What is proposed instead is read first: only what can be understood further
//! than what the author wrote is said.

mod table;

use super::Stop;
use crate::diagnostics::code::syntax as codes;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::scan::TokenKind;
use crate::syntax::words::{UNITS, is_form, is_reserved};
use table::{KINDS, Kind, SPLIT_NAMES};

/// `max 3 times`: a phrase around the stop, and what is right.
pub(super) fn in_other_words(stop: &Stop) -> Option<Diagnostic> {
    find(stop, KINDS)
}

/// `for each page view`
pub(super) fn split_name(stop: &Stop) -> Option<Diagnostic> {
    find(stop, SPLIT_NAMES)
}

fn find(stop: &Stop, kinds: &[Kind]) -> Option<Diagnostic> {
    kinds.iter().filter(|kind| kind.places.is_empty() || kind.places.contains(&stop.place)).find_map(|kind| {
        kind.phrases.iter().find_map(|(written, right)| {
            let (start, end, pieces) = around(stop, written)?;
            let right = filled(right, &pieces);
            let first =
                stop.tokens.get(start).is_some_and(|token| stop.at == start && token.first_on_line && start > 0);
            (!first && stop.understood_with(start, end, &right)).then(|| said(stop, kind.code, start, end, &right))
        })
    })
}

fn said(stop: &Stop, code: Code, start: usize, end: usize, right: &str) -> Diagnostic {
    let found = stop.quote(start, end - 1);
    let message = if code == codes::ELAPSED_TIME {
        "a date is not compared with a length of time this way".to_owned()
    } else if code == codes::RANGE_IN_ROW {
        "only the lower edge is written; it holds up to the next one".to_owned()
    } else if code == codes::RESERVED_NAME {
        "a name has no blanks in it".to_owned()
    } else if code == codes::CUT_SHORT {
        "which columns of the file are meant is not said".to_owned()
    } else {
        format!("`{found}` is not how it is written")
    };
    Diagnostic::error(code, stop.spans(start, end - 1), message).help(format!("write `{right}`"))
}

/// Where a pattern fits so that the stop is inside it or right after it, and its pieces.
fn around(stop: &Stop, written: &str) -> Option<(usize, usize, Vec<String>)> {
    const LONGEST: usize = 12;
    (stop.at.saturating_sub(LONGEST)..=stop.at).find_map(|start| {
        let (end, pieces) = fits(stop, start, written)?;
        (end >= stop.at && end > start).then_some((start, end, pieces))
    })
}

/// Where a pattern that starts at a token ends, and its pieces.
fn fits(stop: &Stop, start: usize, written: &str) -> Option<(usize, Vec<String>)> {
    let mut at = start;
    let mut pieces = Vec::new();
    for element in written.split(' ') {
        let (length, piece) = element.split('|').find_map(|one| piece(stop, at, one))?;
        at += length;
        pieces.push(piece);
    }
    Some((at, pieces))
}

/// How many tokens a piece of a pattern takes, and how it is repeated.
fn piece(stop: &Stop, at: usize, element: &str) -> Option<(usize, String)> {
    let text = stop.text(at);
    let kind = stop.kind(at)?;
    let one = |fits: bool| fits.then(|| (1, text.to_owned()));
    let number = |at: usize| stop.kind(at) == Some(TokenKind::Number) && !stop.text(at).ends_with('%');
    let name = kind == TokenKind::QuotedName || kind == TokenKind::Word && !is_form(text);
    let negative = text == "-" && stop.kind(at + 1) == Some(TokenKind::Number);
    match element {
        "NUM" => one(number(at)),
        "PERCENT" => one(kind == TokenKind::Number && text.ends_with('%')),
        "AMOUNT" | "VALUE" if negative => Some((2, format!("-{}", stop.text(at + 1)))),
        "AMOUNT" => one(number(at)),
        "NAME" => one(name),
        "TEXT" => one(kind == TokenKind::Text),
        "VALUE" => one(matches!(kind, TokenKind::Text | TokenKind::Number | TokenKind::Date | TokenKind::QuotedName)
            || (kind == TokenKind::Word && (!is_reserved(text) || matches!(text, "yes" | "no")))),
        "UNIT" => one(UNITS.contains(&text)),
        "DAYS" => {
            let (amount, unit) = (text.replace('_', "").parse::<u32>().ok()?, stop.word(at + 1));
            let days = match unit {
                "day" | "days" => amount,
                "week" | "weeks" => amount.checked_mul(7)?,
                _ => return None,
            };
            Some((2, days.to_string()))
        }
        "SAID" => Some((1, said_number(text)?.to_string())),
        "TEXTS" => texts(stop, at),
        "START" | "END" | "LIKE" => {
            let inside = text.strip_prefix('"')?.strip_suffix('"')?;
            let fits = match element {
                "START" => inside.ends_with('%') && !inside.starts_with('%'),
                "END" => inside.starts_with('%') && !inside.ends_with('%'),
                _ => true,
            };
            fits.then(|| (1, format!("\"{}\"", inside.trim_matches('%'))))
        }
        word => one(text == word),
    }
}

/// `"a", "b"`, `"a" or "b"`
fn texts(stop: &Stop, start: usize) -> Option<(usize, String)> {
    let is_text = |at: usize| stop.kind(at) == Some(TokenKind::Text);
    let mut found = vec![stop.text(start)];
    let mut at = start;
    while is_text(start) && matches!(stop.text(at + 1), "," | "or" | "and") {
        let next = if stop.text(at + 1) == "," && matches!(stop.text(at + 2), "or" | "and") { at + 3 } else { at + 2 };
        if !is_text(next) {
            break;
        }
        found.push(stop.text(next));
        at = next;
    }
    (found.len() > 1).then(|| (at + 1 - start, found.join(", ")))
}

fn said_number(word: &str) -> Option<u8> {
    const SAID: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let tens = match word {
        "a" | "an" => Some(1),
        "fifteen" => Some(15),
        "twenty" => Some(20),
        "thirty" => Some(30),
        "sixty" => Some(60),
        "ninety" => Some(90),
        _ => None,
    };
    (1..).zip(SAID).find(|(_, said)| *said == word).map(|(number, _)| number).or(tens)
}

/// The right form with the pieces in it: `$1` the first one, `$3+` the third one and one more.
fn filled(right: &str, pieces: &[String]) -> String {
    let mut result = String::new();
    let mut rest = right;
    while let Some((before, after)) = rest.split_once('$') {
        result.push_str(before);
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let (index, left) = after.split_at(digits);
        let piece = index.parse::<usize>().ok().and_then(|index| pieces.get(index.checked_sub(1)?));
        let piece = piece.map_or("", String::as_str);
        rest = match left.strip_prefix('+') {
            Some(left) => {
                let more = piece.replace('_', "").parse::<u64>().ok().and_then(|number| number.checked_add(1));
                result.push_str(&more.map_or_else(|| piece.to_owned(), |more| more.to_string()));
                left
            }
            None => {
                result.push_str(piece);
                left
            }
        };
    }
    result.push_str(rest);
    result
}
