//! Pairs brackets, and mends what does not pair so that the rest of the file still makes sense.
//!
//! A file whose brackets pair is left as it is. Where they do not, a second look goes by indentation and by lines that
//! can only begin a statement, so that the bracket that is really missing is named and everything after it is read.

use super::{Token, TokenKind};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::{FileId, Span};
use crate::syntax::words::{STATEMENTS, WITH_BLOCK};

/// How deep things may nest.
pub(in crate::syntax) const DEEPEST: usize = 64;

/// Every curly bracket of the result has its partner; a round one without is a symbol.
pub(super) fn pair(text: &str, file: FileId, tokens: Vec<Token>, mistakes: &mut Vec<Diagnostic>) -> Vec<Token> {
    let mut first = Pairing::new(text, file, false);
    first.run(&tokens);
    let chosen = if first.curly_trouble {
        let mut second = Pairing::new(text, file, true);
        second.run(&tokens);
        second
    } else {
        first
    };
    mistakes.extend(chosen.mistakes);
    linked(merged(chosen.out, chosen.insertions))
}

/// An open bracket: its place in `out`, its kind, and the indentation of its line.
#[derive(Clone, Copy)]
struct Open {
    index: usize,
    curly: bool,
    indent: usize,
}

/// A header that needs a block and has none so far.
#[derive(Clone, Copy)]
struct Pending {
    /// Where its first line ends in `out`.
    line_end: usize,
    depth: usize,
    /// Its items start with a sign, `points` or `group`.
    holds_rules: bool,
}

struct Pairing<'a> {
    text: &'a str,
    file: FileId,
    recovering: bool,
    out: Vec<Token>,
    /// Curly brackets to put in before an index of `out`.
    insertions: Vec<(usize, Token)>,
    open: Vec<Open>,
    pending: Option<Pending>,
    indent: usize,
    /// Open brackets inside one that is too deep.
    skipped: usize,
    mistakes: Vec<Diagnostic>,
    curly_trouble: bool,
}

impl<'a> Pairing<'a> {
    fn new(text: &'a str, file: FileId, recovering: bool) -> Pairing<'a> {
        Pairing {
            text,
            file,
            recovering,
            out: Vec::new(),
            insertions: Vec::new(),
            open: Vec::new(),
            pending: None,
            indent: 0,
            skipped: 0,
            mistakes: Vec::new(),
            curly_trouble: false,
        }
    }

    fn run(&mut self, tokens: &[Token]) {
        for (at, token) in tokens.iter().enumerate() {
            if self.skipped > 0 && !self.leaves_the_deep(token) {
                continue;
            }
            if token.first_on_line {
                self.begin_line(tokens, at);
            }
            match token.kind {
                TokenKind::OpenRound => self.open_bracket(*token, false),
                TokenKind::OpenCurly => {
                    self.give_up_rounds();
                    self.pending = None;
                    self.open_bracket(*token, true);
                }
                TokenKind::CloseRound => self.close_round(*token),
                TokenKind::CloseCurly => self.close_curly(*token),
                _ => {
                    if token.is_symbol(self.text, "=")
                        && self.pending.is_some_and(|header| header.depth == self.open.len())
                    {
                        self.pending = None;
                    }
                    self.out.push(*token);
                }
            }
        }
        self.end_of_file();
    }

    fn span(&self, index: usize) -> Span {
        self.out.get(index).map_or(Span::new(self.file, 0, 0), |token| token.span(self.file))
    }

    /// Inside brackets nested too deeply nothing counts but the bracket that ends them.
    fn leaves_the_deep(&mut self, token: &Token) -> bool {
        match token.kind {
            TokenKind::OpenCurly | TokenKind::OpenRound => self.skipped += 1,
            TokenKind::CloseCurly | TokenKind::CloseRound => self.skipped -= 1,
            _ => {}
        }
        self.skipped == 0
    }

    fn open_bracket(&mut self, token: Token, curly: bool) {
        self.open.push(Open { index: self.out.len(), curly, indent: self.indent });
        self.out.push(token);
        if self.open.len() > DEEPEST {
            self.skipped = 1;
            self.mistakes.push(
                Diagnostic::error(codes::NESTED_TOO_DEEPLY, token.span(self.file), "this nests too deeply")
                    .here(format!("the {}th bracket inside another", DEEPEST + 1))
                    .help("give the inner parts names with `define`, or write fewer groups"),
            );
        }
    }

    fn close_round(&mut self, token: Token) {
        if self.open.last().is_some_and(|open| !open.curly) {
            self.open.pop();
            self.out.push(token);
        } else {
            self.extra(token, ")");
        }
    }

    fn extra(&mut self, token: Token, sign: &str) {
        self.mistakes.push(
            Diagnostic::error(codes::EXTRA_BRACKET, token.span(self.file), format!("this `{sign}` closes nothing"))
                .help("delete it, or add the bracket that it should close"),
        );
    }

    /// `(` that a `{`, a `}` or the end of the file finds still open.
    fn give_up_rounds(&mut self) {
        while let Some(open) = self.open.pop_if(|open| !open.curly) {
            let span = self.span(open.index);
            if let Some(token) = self.out.get_mut(open.index) {
                token.kind = TokenKind::Symbol;
            }
            self.mistakes.push(
                Diagnostic::error(codes::UNCLOSED_BRACKET, span, "this `(` is never closed")
                    .here("it opens here")
                    .help("add `)` where it should end"),
            );
        }
    }

    fn close_curly(&mut self, token: Token) {
        self.give_up_rounds();
        if self.recovering && token.first_on_line {
            self.close_by_indentation(token);
        }
        if self.open.pop().is_some() {
            self.out.push(token);
            self.pending = None;
            return;
        }
        self.curly_trouble = true;
        match self.pending.take() {
            Some(header) => {
                self.missing_open(header.line_end);
                self.out.push(token);
            }
            None => self.extra(token, "}"),
        }
    }

    /// `}` at the indentation of an outer opener, while an inner one, further in, is still open.
    fn close_by_indentation(&mut self, token: Token) {
        let meant = self.open.iter().rposition(|open| open.indent == self.indent);
        while let (Some(meant), Some(top)) = (meant, self.open.last().copied()) {
            if self.open.len() <= meant + 1 || top.indent <= self.indent {
                return;
            }
            self.unclosed(&[top.index]);
            self.open.pop();
            self.out.push(Token { kind: TokenKind::CloseCurly, end: token.start, ..token });
        }
    }

    fn missing_open(&mut self, line_end: usize) {
        let place = self.span(line_end);
        self.mistakes.push(
            Diagnostic::error(codes::MISSING_OPENING, place, "the block after this has no `{`")
                .help("add `{` at the end of this line"),
        );
        let after =
            Token { kind: TokenKind::OpenCurly, start: place.end, end: place.end, first_on_line: false, partner: None };
        self.insertions.push((line_end + 1, after));
    }

    fn unclosed(&mut self, openers: &[usize]) {
        let Some((inner, others)) = openers.split_last() else { return };
        let mut mistake = Diagnostic::error(codes::UNCLOSED_BRACKET, self.span(*inner), "this `{` is never closed")
            .here("it opens here")
            .help("add `}` where the block should end");
        for other in others.iter().rev().take(3) {
            mistake = mistake.also(self.span(*other), "nor is this one");
        }
        self.mistakes.push(mistake);
    }

    fn begin_line(&mut self, tokens: &[Token], at: usize) {
        let Some(token) = tokens.get(at) else { return };
        let before = self.text.get(..token.start as usize).unwrap_or("");
        self.indent = before.bytes().rev().take_while(|byte| *byte != b'\n').count();
        if let Some(header) = self.pending
            && header.holds_rules
            && header.depth == self.open.len()
            && begins_rule(self.text, tokens, at)
        {
            self.pending = None;
            self.curly_trouble = true;
            let last = self.out.len().saturating_sub(1);
            self.missing_open(last);
            self.open.push(Open { index: last, curly: true, indent: self.indent.min(1) });
        }
        if self.recovering && self.indent == 0 && begins_statement(self.text, tokens, at) {
            self.close_all(token.start);
        }
        self.note_header(tokens, at);
    }

    fn close_all(&mut self, at: u32) {
        self.give_up_rounds();
        let openers: Vec<usize> = self.open.drain(..).map(|open| open.index).collect();
        self.unclosed(&openers);
        let close = Token { kind: TokenKind::CloseCurly, start: at, end: at, first_on_line: false, partner: None };
        self.out.extend(openers.iter().map(|_| close));
    }

    /// Remembers a header that must be followed by `{`.
    fn note_header(&mut self, tokens: &[Token], at: usize) {
        let Some(token) = tokens.get(at).filter(|token| token.kind == TokenKind::Word) else { return };
        let word = token.text(self.text);
        let statement = self.open.is_empty() && STATEMENTS.contains(&word);
        let group = word == "group" && !self.open.is_empty();
        if !statement && !group {
            return;
        }
        let needs_block = group || WITH_BLOCK.contains(&word);
        let on_line = tokens.iter().skip(at + 1).take_while(|next| !next.first_on_line).count();
        self.pending = needs_block.then_some(Pending {
            line_end: self.out.len() + on_line,
            depth: self.open.len(),
            holds_rules: group || word == "score",
        });
    }

    fn end_of_file(&mut self) {
        let end = self.text.len() as u32;
        if self.skipped == 0 {
            self.give_up_rounds();
        }
        let openers: Vec<usize> = self.open.iter().filter(|open| open.curly).map(|open| open.index).collect();
        if !openers.is_empty() {
            self.curly_trouble = true;
            if self.skipped == 0 {
                self.unclosed(&openers);
            }
            let close = Token { kind: TokenKind::CloseCurly, start: end, end, first_on_line: false, partner: None };
            self.out.extend(openers.iter().map(|_| close));
        }
    }
}

/// `+20`, `first -5`, `points "x"`, `group "x"`
fn begins_rule(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(token), next) = (tokens.get(at), tokens.get(at + 1)) else { return false };
    token.is_sign(text)
        || (token.is_word(text, "first") && next.is_some_and(|next| next.is_sign(text)))
        || (token.kind == TokenKind::Word
            && matches!(token.text(text), "group" | "points")
            && next.is_some_and(|next| next.kind == TokenKind::Text))
}

/// `score fit`, `test "…"`, `lead {`
fn begins_statement(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let next = tokens.get(at + 1).filter(|next| !next.first_on_line);
    token.kind == TokenKind::Word
        && STATEMENTS.contains(&token.text(text))
        && next.is_some_and(|next| match next.kind {
            TokenKind::Text | TokenKind::OpenCurly | TokenKind::QuotedName => true,
            TokenKind::Word => !crate::syntax::words::is_form(next.text(text)),
            _ => false,
        })
}

fn merged(tokens: Vec<Token>, mut insertions: Vec<(usize, Token)>) -> Vec<Token> {
    if insertions.is_empty() {
        return tokens;
    }
    insertions.sort_by_key(|(index, _)| *index);
    let mut insertions = insertions.into_iter().peekable();
    let mut out = Vec::with_capacity(tokens.len() + insertions.len());
    for (index, token) in tokens.into_iter().enumerate() {
        while let Some((_, inserted)) = insertions.next_if(|(before, _)| *before <= index) {
            out.push(inserted);
        }
        out.push(token);
    }
    out.extend(insertions.map(|(_, inserted)| inserted));
    out
}

/// Notes partners. What still does not pair becomes a symbol.
fn linked(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..tokens.len() {
        let Some(kind) = tokens.get(index).map(|token| token.kind) else { continue };
        let opener = match kind {
            TokenKind::OpenRound | TokenKind::OpenCurly => {
                open.push(index);
                continue;
            }
            TokenKind::CloseRound => TokenKind::OpenRound,
            TokenKind::CloseCurly => TokenKind::OpenCurly,
            _ => continue,
        };
        let pairs = open.last().and_then(|top| tokens.get(*top)).is_some_and(|top| top.kind == opener);
        if pairs {
            if let Some(top) = open.pop().and_then(|top| tokens.get_mut(top)) {
                top.partner = Some(index as u32);
            }
        } else if let Some(token) = tokens.get_mut(index) {
            token.kind = TokenKind::Symbol;
        }
    }
    for index in open {
        if let Some(token) = tokens.get_mut(index) {
            token.kind = TokenKind::Symbol;
        }
    }
    tokens
}
