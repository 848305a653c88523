//! An item as a row of pieces: its tokens, with blanks, comments, and where a line may be broken.

use super::comments::{Comments, Own};
use super::page::width;
use super::places::Places;
use super::spacing::Spacing;
use crate::syntax::outline::{self, Holds};
use crate::syntax::scan::{Token, TokenKind};
use std::ops::Range;

/// Where a line is broken first: the outermost brackets, and there the first of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// before a clause: `at most 2 times`, `decay …`, `until …`
    Clause,
    /// before `and`, `or`: all of them, or none
    Joined,
    /// before `where`, `in last …`
    Selector,
    /// behind `+`, `-`
    Sum,
    /// behind a comma
    List,
}

/// How deep in round brackets, and what is broken there.
pub(super) type Level = (usize, Break);

#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    /// In columns.
    pub width: usize,
    /// Whether a blank stands before it, unless it begins a line.
    pub blank: bool,
    /// Whether a line may be broken before it.
    pub level: Option<Level>,
    /// A clause of a header or a rule begins here: its rank.
    pub clause: Option<u8>,
    /// Whether it is the `stays` of a threshold.
    pub is_stays: bool,
    /// Comments on lines of their own above it.
    pub above: Vec<Own<'a>>,
    /// The comment behind it.
    pub behind: Option<&'a str>,
}

impl<'a> Piece<'a> {
    /// A sign that the layout puts in.
    pub fn sign(text: &'a str, blank: bool) -> Piece<'a> {
        Piece {
            text,
            width: text.len(),
            blank,
            level: None,
            clause: None,
            is_stays: false,
            above: Vec::new(),
            behind: None,
        }
    }

    pub fn is_text(&self) -> bool {
        self.text.starts_with('"')
    }
}

/// A text and what is known of it.
pub(super) struct Written<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub comments: Comments<'a>,
    pub places: Places,
}

impl<'a> Written<'a> {
    /// The pieces of an item's or a header's tokens, in the order written.
    pub fn pieces(&self, item: Range<usize>, holds: Holds) -> Vec<Piece<'a>> {
        let spacing = Spacing { text: self.text, tokens: self.tokens, item: item.clone(), holds };
        let mut depth = 0_usize;
        let mut pieces = Vec::with_capacity(item.len());
        for (at, token) in self.tokens.iter().enumerate().take(item.end).skip(item.start) {
            if token.kind == TokenKind::CloseRound {
                depth = depth.saturating_sub(1);
            }
            let text = token.text(self.text);
            let blank = spacing.blank_before(at);
            let kind = if blank { self.breaks(&spacing, at, depth) } else { None };
            let begins = || depth == 0 && outline::begins_item(self.text, self.tokens, at, item.start, holds);
            pieces.push(Piece {
                text,
                width: width(text),
                blank,
                level: kind.filter(|_| !begins()).map(|kind| (depth, kind)),
                clause: self.places.clauses.get(&token.start).copied(),
                is_stays: self.places.stays.contains(&token.start),
                above: if at > item.start { self.comments.above(at).to_vec() } else { Vec::new() },
                behind: self.comments.behind(at),
            });
            if token.kind == TokenKind::OpenRound {
                depth += 1;
            }
        }
        pieces
    }

    /// What a line that is broken before a token is broken at.
    fn breaks(&self, spacing: &Spacing<'a>, at: usize, depth: usize) -> Option<Break> {
        let token = self.tokens.get(at)?;
        let word = token.text(self.text);
        let before = at.checked_sub(1)?;
        let before_token = self.tokens.get(before)?;
        let next = self.tokens.get(at + 1).map(|next| next.start);
        let is_word = token.kind == TokenKind::Word;
        if self.places.clauses.contains_key(&token.start)
            || (depth == 0 && is_word && matches!(word, "when" | "for" | "until" | "do"))
        {
            return Some(Break::Clause);
        }
        if is_word && matches!(word, "and" | "or") && next.is_some_and(|next| self.places.joined.contains(&next)) {
            return Some(Break::Joined);
        }
        if (is_word && word == "where") || self.places.selector_clauses.contains(&token.start) {
            return Some(Break::Selector);
        }
        if before_token.kind == TokenKind::Comma {
            return Some(Break::List);
        }
        let is_sum = before_token.is_sign(self.text) && spacing.is_binary(before);
        is_sum.then_some(Break::Sum)
    }
}
