//! Signs of spreadsheets and programs: `=` for `is`, `&&` for `and`, `=>`, `;`, `[ ]`.

use super::Stop;
use crate::diagnostics::code::syntax as codes;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::scan::TokenKind;

pub(super) fn foreign_sign(stop: &Stop) -> Option<Diagnostic> {
    if stop.kind(stop.at) != Some(TokenKind::Symbol) {
        return None;
    }
    let sign = stop.here();
    let (code, message, help): (Code, String, String) = match sign {
        "=" | "==" => {
            if !stop.place.holds_condition || !stop.after_value() {
                return None;
            }
            (
                codes::SIGN_FOR_WORD,
                format!("two values are compared with `is`, not with `{sign}`"),
                format!("write `{}`", compared(stop, false)),
            )
        }
        "!=" | "<>" | "!" => {
            let words = if sign == "!" { "not" } else { "is not" };
            let right = match sign {
                "!" => format!("not {}", stop.text(stop.at + 1)),
                _ => compared(stop, true),
            };
            (codes::SIGN_FOR_WORD, format!("`{sign}` is written in words: `{words}`"), format!("write `{right}`"))
        }
        "&&" | "&" => (codes::SIGN_FOR_WORD, format!("`{sign}` is written in words: `and`"), "write `and`".to_owned()),
        "||" | "|" if stop.place.holds_condition => {
            (codes::SIGN_FOR_WORD, format!("`{sign}` is written in words: `or`"), "write `or`".to_owned())
        }
        "=>" | "=<" => {
            let right = if sign == "=>" { ">=" } else { "<=" };
            (codes::SIGN_FOR_WORD, format!("`{sign}` is written the other way round"), format!("write `{right}`"))
        }
        ";" => (
            codes::SEMICOLON,
            "a `;` ends nothing here".to_owned(),
            "leave it out: a line end is enough, and texts of a list have `,` between them".to_owned(),
        ),
        "[" | "]" => (
            codes::SQUARE_BRACKETS,
            "lists are written without brackets".to_owned(),
            "write the values with commas between them: `is one of \"US\", \"CA\"`".to_owned(),
        ),
        "." if stop.kind_before(1) == Some(TokenKind::Word) => (
            codes::NOT_UNDERSTOOD,
            "a name has no dot in it".to_owned(),
            "`lead.email` is the one form with a dot; the path of a column stands in quotes: `column \"company.size\"`"
                .to_owned(),
        ),
        "+" | "-" | "*" | "/" | "<" | ">" | "<=" | ">=" | ":" | "." | "||" | "|" => return None,
        _ => (
            codes::NOT_UNDERSTOOD,
            format!("`{sign}` means nothing in rules"),
            "delete it, or put quotes around the text that it belongs to".to_owned(),
        ),
    };
    Some(Diagnostic::error(code, stop.span_here(), message).help(help))
}

/// `is "US"` for `= "US"`; texts and words that stand for yes, no and nothing in the words of the language.
fn compared(stop: &Stop, negated: bool) -> String {
    let value = stop.text(stop.at + 1);
    let right = match (value.to_ascii_lowercase().as_str(), negated) {
        ("true", false) | ("false", true) => "is yes",
        ("false", false) | ("true", true) => "is no",
        ("\"\"" | "null" | "none" | "nil", false) => "is missing",
        ("\"\"" | "null" | "none" | "nil", true) => "is known",
        (_, false) => return format!("is {value}"),
        (_, true) => return format!("is not {value}"),
    };
    right.to_owned()
}
