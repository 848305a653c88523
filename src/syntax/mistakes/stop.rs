//! Where understanding stopped, and the words around it.

use super::Place;
use crate::source::{FileId, Span};
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::scan::{Token, TokenKind};
use pest::Parser;
use pest::error::InputLocation;

pub(in crate::syntax) struct Stop<'a> {
    pub text: &'a str,
    pub file: FileId,
    /// Of the item alone.
    pub tokens: &'a [Token],
    /// The first token that was not understood; one past the last where the item ends too early.
    pub at: usize,
    pub place: &'static Place,
    /// What the item was read as.
    pub rule: Rule,
}

impl<'a> Stop<'a> {
    pub fn new(
        text: &'a str,
        file: FileId,
        tokens: &'a [Token],
        offset: usize,
        (rule, place): (Rule, &'static Place),
    ) -> Stop<'a> {
        let at = tokens.partition_point(|token| (token.end as usize) <= offset);
        Stop { text, file, tokens, at, place, rule }
    }

    /// Whether the item is understood, or at least further, with other words in place of the tokens from `start` up to
    /// `end`.
    pub fn understood_with(&self, start: usize, end: usize, words: &str) -> bool {
        self.reach_with(start, end, words).is_some_and(|reach| reach > self.at)
    }

    /// Up to which token the item is then understood; one past the last where all of it is.
    fn reach_with(&self, start: usize, end: usize, words: &str) -> Option<usize> {
        let first = self.tokens.first()?.start as usize;
        let last = self.tokens.last()?.end as usize;
        let from = self.tokens.get(start).map_or(last, |token| token.start as usize);
        let to = end.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(from, |token| token.end as usize);
        let (before, after) = (self.text.get(first..from)?, self.text.get(to.max(from)..last)?);
        let blank = if to <= from { " " } else { "" };
        match Grammar::parse(self.rule, &format!("{before}{words}{blank}{after}")) {
            Ok(_) => Some(self.tokens.len() + 1),
            Err(error) => {
                let (InputLocation::Pos(offset) | InputLocation::Span((offset, _))) = error.location;
                let beyond = offset.checked_sub(before.len() + words.len() + blank.len())? + to.max(from);
                Some(self.tokens.partition_point(|token| (token.end as usize) <= beyond))
            }
        }
    }

    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// The text of a token, empty where there is none.
    pub fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    /// A token's text if it is a word.
    pub fn word(&self, at: usize) -> &'a str {
        if self.kind(at) == Some(TokenKind::Word) { self.text(at) } else { "" }
    }

    /// The text of the token so many before the stop.
    pub fn before(&self, back: usize) -> &'a str {
        self.at.checked_sub(back).map_or("", |at| self.text(at))
    }

    pub fn kind_before(&self, back: usize) -> Option<TokenKind> {
        self.at.checked_sub(back).and_then(|at| self.kind(at))
    }

    pub fn here(&self) -> &'a str {
        self.text(self.at)
    }

    pub fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether what stands before the stop can be a whole value.
    pub fn after_value(&self) -> bool {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|token| token.ends_value(self.text))
    }

    /// The place of one token; of the last one where there is none.
    pub fn span(&self, at: usize) -> Span {
        let token = self.tokens.get(at).or(self.tokens.last());
        token.map_or(Span::new(self.file, 0, 0), |token| token.span(self.file))
    }

    pub fn span_here(&self) -> Span {
        self.span(self.at)
    }

    pub fn spans(&self, from: usize, to: usize) -> Span {
        self.span(from).to(self.span(to))
    }

    /// The source text from one token to another, on one line and with single blanks.
    pub fn quote(&self, from: usize, to: usize) -> String {
        let written = self.text.get(self.spans(from, to).range()).unwrap_or("");
        let plain = written.lines().map(|line| line.split('#').next().unwrap_or(""));
        if written.contains('\n') {
            plain.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
        } else {
            written.to_owned()
        }
    }

    /// Where the run of plain words that holds a token ends: not at a word of the language, nor beyond the line.
    pub fn run_of_words(&self, from: usize) -> usize {
        let mut end = from;
        while self.is_plain(end + 1) && self.tokens.get(end + 1).is_some_and(|token| !token.first_on_line) {
            end += 1;
        }
        end
    }

    /// A word with no meaning in the language, or a number among such words.
    pub fn is_plain(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::Word) => !crate::syntax::words::is_form(self.text(at)),
            Some(TokenKind::Number) => true,
            _ => false,
        }
    }
}
