//! Which tokens stand close together.

use crate::syntax::outline::Holds;
use crate::syntax::scan::{Token, TokenKind};
use crate::syntax::words;
use std::ops::Range;

/// The tokens of an item, and what it is an item of.
pub(super) struct Spacing<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub item: Range<usize>,
    pub holds: Holds,
}

impl<'a> Spacing<'a> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at).filter(|_| self.item.contains(&at))
    }

    fn written(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.text(self.text))
    }

    /// Whether a blank stands before a token.
    pub fn blank_before(&self, at: usize) -> bool {
        let Some((before, token)) = at.checked_sub(1).and_then(|before| self.token(before)).zip(self.token(at)) else {
            return false;
        };
        let (left, right) = (before.text(self.text), token.text(self.text));
        match (before.kind, token.kind) {
            (TokenKind::OpenRound, _) | (_, TokenKind::CloseRound | TokenKind::Comma) => false,
            (_, TokenKind::Symbol) if matches!(right, ":" | ".") => false,
            (TokenKind::Symbol, _) if left == "." => false,
            (_, TokenKind::Symbol) if right == "/" && self.is_yes_no(at) => false,
            (TokenKind::Symbol, _) if left == "/" && self.is_yes_no(at - 1) => false,
            (_, TokenKind::Symbol) if right == "-" && self.is_half_life(at) => false,
            (TokenKind::Symbol, _) if left == "-" && self.is_half_life(at - 1) => false,
            // two signs in a row would begin a comment of other languages
            (TokenKind::Symbol, TokenKind::Symbol) if matches!(left, "+" | "-") => true,
            (TokenKind::Symbol, _) if matches!(left, "+" | "-") => self.is_binary(at - 1),
            _ => true,
        }
    }

    /// The sign in `yes/no`, a type.
    fn is_yes_no(&self, at: usize) -> bool {
        matches!(self.holds, Holds::Fields | Holds::Properties)
            && at.checked_sub(1).is_some_and(|before| self.written(before) == "yes")
            && self.written(at + 1) == "no"
    }

    /// The sign in `decay half-life 30 days`.
    fn is_half_life(&self, at: usize) -> bool {
        at.checked_sub(2).is_some_and(|decay| self.written(decay) == "decay")
            && self.written(at - 1) == "half"
            && self.written(at + 1) == "life"
    }

    /// Whether a `+` or `-` stands between two values, rather than before one.
    pub fn is_binary(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.token(before)) else { return false };
        if matches!(self.holds, Holds::Givens | Holds::ModelItems | Holds::Fields | Holds::Properties) {
            return false;
        }
        match before.kind {
            TokenKind::Word => {
                let word = before.text(self.text);
                let asks_for_value = matches!(word, "than" | "by" | "at" | "last" | "least");
                matches!(word, "yes" | "no" | "missing") || !(words::is_reserved(word) || asks_for_value)
            }
            _ => before.ends_value(self.text),
        }
    }
}
