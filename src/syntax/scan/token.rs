//! The pieces that the first pass cuts a text into.

use crate::source::{FileId, Span};
use crate::syntax::words;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum TokenKind {
    /// `employees`, `when`
    Word,
    /// `` `Lead Source` ``
    QuotedName,
    /// `1_000`, `30%`
    Number,
    /// `2026-05-01`
    Date,
    /// `"CEO"`
    Text,
    /// `/c.o/`
    Pattern,
    /// `,`
    Comma,
    /// `(` `)`
    OpenRound,
    CloseRound,
    /// `{` `}`
    OpenCurly,
    CloseCurly,
    /// `+`, `<=`, `:`, or a sign that means nothing
    Symbol,
}

/// A piece with its place, as byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) struct Token {
    pub kind: TokenKind,
    pub start: u32,
    pub end: u32,
    /// Whether nothing but blanks stands before it on its line.
    pub first_on_line: bool,
    /// Of an opening bracket, the index of the one that closes it.
    pub partner: Option<u32>,
}

impl Token {
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    pub fn span(&self, file: FileId) -> Span {
        Span { file, start: self.start, end: self.end }
    }

    pub fn is_word(&self, text: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text(text) == word
    }

    pub fn is_symbol(&self, text: &str, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text(text) == symbol
    }

    pub fn is_sign(&self, text: &str) -> bool {
        self.is_symbol(text, "+") || self.is_symbol(text, "-")
    }

    /// Whether a value can end with it: after it, a plain word can only be a mistake or a word of the language.
    pub fn ends_value(&self, text: &str) -> bool {
        match self.kind {
            TokenKind::Word => {
                let word = self.text(text);
                words::ENDS_PHRASE.contains(&word) || !words::is_form(word)
            }
            TokenKind::QuotedName | TokenKind::Number | TokenKind::Date | TokenKind::Text | TokenKind::Pattern => true,
            TokenKind::CloseRound | TokenKind::CloseCurly => true,
            TokenKind::Comma | TokenKind::OpenRound | TokenKind::OpenCurly | TokenKind::Symbol => false,
        }
    }

    /// Whether a line that ends with it goes on with the next.
    pub fn continues_line(&self, text: &str) -> bool {
        match self.kind {
            TokenKind::Comma => true,
            TokenKind::Symbol => {
                matches!(
                    self.text(text),
                    "+" | "-" | "*" | "/" | "=" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "=>" | ":"
                )
            }
            TokenKind::Word => matches!(self.text(text), "and" | "or" | "not" | "is" | "of"),
            _ => false,
        }
    }
}
