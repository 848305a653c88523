//! From the outline to the tree: parses each header and item by itself and builds what it says.
//!
//! Functions here hand on `None` where a mistake has been noted, and the caller leaves that piece out.

mod data;
mod events;
mod expr;
mod filter;
mod literal;
mod rule;
mod score;
mod statement;
mod test;
mod typed;

pub(super) use literal::escape;

use super::depth;
use super::grammar::{Grammar, Rule};
use super::mistakes::{self, Place, Stop};
use super::outline::{Block, Entry};
use super::scan::{DEEPEST, Token};
use super::tree::{self, Name, Text};
use crate::diagnostics::code::syntax as codes;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Span, Spanned};
use pest::Parser;
use std::ops::Range;

/// A piece of grammar that fits, with what is inside it.
pub(in crate::syntax) type Node<'a> = pest::iterators::Pair<'a, Rule>;

pub(in crate::syntax) struct Reader<'a> {
    pub text: &'a str,
    pub file: FileId,
    pub tokens: &'a [Token],
    /// Where the first pass has found a mistake: what holds one is not parsed. In order of place.
    wrong: Vec<u32>,
    /// Where the item that is being built starts.
    base: usize,
    /// How many blocks there are around it.
    level: usize,
    /// The `+ - * /` met in it so far.
    operators: usize,
    pub mistakes: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, file: FileId, tokens: &'a [Token], found: &[Diagnostic]) -> Reader<'a> {
        let wrong = found.iter().flat_map(|mistake| mistake.labels.first()).map(|label| label.span.start).collect();
        Reader { text, file, tokens, wrong, base: 0, level: 0, operators: 0, mistakes: Vec::new() }
    }

    /// The statements of a file.
    pub fn statements(&mut self, entries: &[Entry]) -> Vec<tree::Statement> {
        entries.iter().filter_map(|entry| self.statement(entry)).collect()
    }

    /// A text that is one expression.
    pub fn lone_expression(&mut self) -> Option<tree::Expr> {
        if self.tokens.is_empty() && self.wrong.is_empty() {
            let nothing = Span::new(self.file, 0, 0);
            self.mistake(
                Diagnostic::error(codes::CUT_SHORT, nothing, "there is no condition here")
                    .help("write one such as `total >= 50`"),
            );
            return None;
        }
        let node = self.parse(Rule::lone_expression, &(0..self.tokens.len()), &mistakes::place::EXPRESSION)?;
        let condition = self.parts(node).next()?;
        self.condition(condition)
    }

    /// Parses a stretch of tokens by an entry rule. Notes a mistake if it does not fit, unless the first pass has
    /// noted one in it.
    fn parse(&mut self, rule: Rule, tokens: &Range<usize>, place: &'static Place) -> Option<Node<'a>> {
        let span = self.span_of(tokens);
        let slice = self.tokens.get(tokens.clone()).unwrap_or(&[]);
        if slice.is_empty() || self.is_wrong(span) {
            return None;
        }
        if let Some(at) = depth::too_deep(self.text, slice, DEEPEST.saturating_sub(self.level)) {
            let place = slice.get(at).map_or(span, |token| token.span(self.file));
            self.mistake(
                Diagnostic::error(codes::NESTED_TOO_DEEPLY, place, "this nests too deeply")
                    .help("give the inner parts names with `define`"),
            );
            return None;
        }
        match Grammar::parse(rule, self.text.get(span.range())?) {
            Ok(mut nodes) => {
                self.base = span.start as usize;
                self.operators = 0;
                nodes.next()
            }
            Err(error) => {
                let offset = match error.location {
                    pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
                };
                let stop = Stop::new(self.text, self.file, slice, span.start as usize + offset, (rule, place));
                self.mistake(mistakes::explain(&stop));
                None
            }
        }
    }

    fn is_wrong(&self, span: Span) -> bool {
        let first = self.wrong.partition_point(|start| *start < span.start);
        self.wrong.get(first).is_some_and(|start| *start < span.end)
    }

    /// Notes a mistake.
    fn mistake(&mut self, mistake: Diagnostic) {
        self.mistakes.push(mistake);
    }

    /// Reads the items of a block one level further in.
    fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.level += 1;
        let result = read(self);
        self.level -= 1;
        result
    }

    /// What is inside a node, but for the words of the language and the end.
    fn parts(&self, node: Node<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
        node.into_inner().filter(|part| !part.as_rule().is_word() && part.as_rule() != Rule::EOI)
    }

    /// The only part of a node.
    fn part(&self, node: Node<'a>) -> Option<Node<'a>> {
        self.parts(node).next()
    }

    /// Where a node stands. Blanks and comments that it ends with are not its own.
    fn span(&self, node: &Node<'a>) -> Span {
        let start = self.base + node.as_span().start();
        let written = node.as_str().trim_end();
        let mut end = start + written.len();
        if written.contains('#') {
            let after = self.tokens.partition_point(|token| (token.start as usize) < end);
            end = after
                .checked_sub(1)
                .and_then(|last| self.tokens.get(last))
                .map_or(end, |last| end.min(last.end as usize));
        }
        Span::new(self.file, start, end)
    }

    /// From the first to the last of some tokens.
    fn span_of(&self, tokens: &Range<usize>) -> Span {
        let first = self.tokens.get(tokens.start).map_or(0, |token| token.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(first, |token| token.end);
        Span { file: self.file, start: first, end: last.max(first) }
    }

    /// From the first character of an entry to its last, with its block.
    fn span_of_entry(&self, entry: &Entry) -> Span {
        let header = self.span_of(&entry.header);
        entry.block.as_ref().map_or(header, |block| header.to(self.span_of(&(block.close..block.close + 1))))
    }

    fn name(&self, node: &Node<'a>) -> Name {
        let span = self.span(node);
        match node.as_rule() {
            Rule::text => Name { text: self.text_of(node).node, quoted: true, span },
            Rule::quoted_name => Name { text: node.as_str().trim_matches('`').to_owned(), quoted: true, span },
            _ => Name { text: node.as_str().to_owned(), quoted: false, span },
        }
    }

    fn text_of(&self, node: &Node<'a>) -> Text {
        Spanned::new(literal::unescaped(node.as_str()), self.span(node))
    }

    /// A block that must be there: its absence is a mistake at the end of the header.
    fn needed_block<'b>(&mut self, entry: &'b Entry, what: &str, example: &str) -> Option<&'b Block> {
        if entry.block.is_none() {
            let header = self.span_of(&entry.header);
            let said = self.mistakes.last().is_some_and(|last| header.to(last.span()) == header);
            if !self.is_wrong(header) && !said {
                let message = format!("this {what} has no block in `{{ }}`");
                let help = format!("write what belongs to it in a block: `{example}`");
                self.mistake(Diagnostic::error(codes::MISSING_BLOCK, header, message).help(help));
            }
        }
        entry.block.as_ref()
    }

    /// A block where none belongs.
    fn refuse_block(&mut self, entry: &Entry, what: &str) {
        if let Some(block) = &entry.block {
            let span = self.span_of(&(block.open..block.open + 1));
            // an unclosed one has been said
            if self.is_wrong(span) {
                return;
            }
            self.mistake(
                Diagnostic::error(codes::UNEXPECTED_BLOCK, span, format!("a {what} has no block in `{{ }}`"))
                    .help("delete the block, or begin the statement that it belongs to"),
            );
        }
    }

    /// A second one of something that stands once.
    fn twice(&mut self, code: Code, span: Span, first: Span, what: &str) {
        self.mistake(
            Diagnostic::error(code, span, format!("{what} is said twice"))
                .also(first, "first said here")
                .help("delete one of them"),
        );
    }
}
