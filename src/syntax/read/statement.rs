//! Which statement is which.

use super::Reader;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::syntax as codes;
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::mistakes::{self, place};
use crate::syntax::outline::Entry;
use crate::syntax::scan::TokenKind;
use crate::syntax::tree::{self, Define, Exclude, StatementKind};
use crate::syntax::words::STATEMENTS;
use crate::syntax::words::nearest;

impl<'a> Reader<'a> {
    pub(super) fn statement(&mut self, entry: &Entry) -> Option<tree::Statement> {
        let span = self.span_of_entry(entry);
        let kind = self.statement_kind(entry)?;
        Some(tree::Statement { kind, span })
    }

    fn statement_kind(&mut self, entry: &Entry) -> Option<StatementKind> {
        Some(match self.first_word(entry) {
            "model" => StatementKind::Model(self.model(entry)?),
            "use" => {
                self.refuse_block(entry, "`use`");
                let node = self.parse(Rule::use_statement, &entry.header, &place::USE)?;
                let path = self.part(node)?;
                StatementKind::Use(self.text_of(&path))
            }
            "lead" => StatementKind::Lead(self.lead(entry)?),
            "event" => StatementKind::Event(self.event(entry)?),
            "events" => StatementKind::Events(self.events(entry)?),
            "list" => StatementKind::List(self.list(entry)?),
            "define" => StatementKind::Define(self.define(entry)?),
            "lookup" => StatementKind::Lookup(self.lookup(entry)?),
            "ignore" => {
                self.refuse_block(entry, "`ignore`");
                let node = self.parse(Rule::ignore_statement, &entry.header, &place::IGNORE)?;
                StatementKind::Ignore(self.selector_in(node)?)
            }
            "exclude" => StatementKind::Exclude(self.exclude(entry)?),
            "score" => StatementKind::Score(self.score(entry)?),
            "bands" => StatementKind::Bands(self.bands(entry)?),
            "matrix" => StatementKind::Matrix(self.matrix(entry)?),
            "threshold" => StatementKind::Threshold(self.threshold(entry)?),
            "test" => StatementKind::Test(self.test(entry)?),
            _ => {
                self.unknown_statement(entry);
                return None;
            }
        })
    }

    pub(super) fn first_word(&self, entry: &Entry) -> &'a str {
        let first = self.tokens.get(entry.header.start).filter(|_| !entry.header.is_empty());
        first.filter(|token| token.kind == TokenKind::Word).map_or("", |token| token.text(self.text))
    }

    /// The place of what an entry begins with, be it a header or the bracket of its block.
    fn first_span(&self, entry: &Entry) -> Span {
        self.span_of(&(entry.header.start..entry.header.start + 1))
    }

    /// `scor fit {`: one mistake, and its block is passed over.
    fn unknown_statement(&mut self, entry: &Entry) {
        if self.is_wrong(self.span_of(&entry.header)) {
            return;
        }
        let word = self.first_word(entry);
        let place = self.first_span(entry);
        if let Some(meant) = nearest(word, STATEMENTS.iter().copied()) {
            self.mistake(
                Diagnostic::error(codes::UNKNOWN_STATEMENT, place, format!("no statement begins with `{word}`"))
                    .help(format!("did you mean `{meant}`?")),
            );
            return;
        }
        let stray = self.tokens.get(entry.header.start).copied();
        let mistake = match stray {
            Some(token) if token.is_sign(self.text) && self.follows_formula(entry) => {
                let sign = token.text(self.text);
                let message = format!("a line that begins with `{sign}` does not go on with the line above");
                Diagnostic::error(codes::MISPLACED_ITEM, place, message)
                    .help(format!("put the `{sign}` at the end of the line above"))
            }
            Some(token) if token.is_sign(self.text) || matches!(word, "first" | "points" | "group") => {
                Diagnostic::error(codes::MISPLACED_ITEM, place, "this rule stands outside of any score")
                    .help("put it into a score: `score fit { … }`")
            }
            _ => mistakes::unknown_item(
                self.text,
                place,
                self.text.get(place.range()).unwrap_or(""),
                "statement",
                STATEMENTS,
            ),
        };
        self.mistake(mistake);
    }

    /// Whether the statement before is `score … = …` or `define … = …`.
    fn follows_formula(&self, entry: &Entry) -> bool {
        const FARTHEST: usize = 100;
        let start = entry.header.start;
        let before = self.tokens.get(start.saturating_sub(FARTHEST)..start).unwrap_or(&[]);
        let equals = before.iter().rposition(|token| token.is_symbol(self.text, "="));
        let first = equals
            .and_then(|equals| before.get(..equals))
            .and_then(|left| left.iter().rfind(|token| token.first_on_line));
        let curly = equals.and_then(|equals| before.get(equals..)).is_some_and(|right| {
            right.iter().any(|token| matches!(token.kind, TokenKind::OpenCurly | TokenKind::CloseCurly))
        });
        !curly && first.is_some_and(|token| token.is_word(self.text, "score") || token.is_word(self.text, "define"))
    }

    /// `define big = employees >= 1000`
    fn define(&mut self, entry: &Entry) -> Option<Define> {
        self.refuse_block(entry, "`define`");
        let node = self.parse(Rule::define_statement, &entry.header, &place::DEFINE)?;
        let mut parts = self.parts(node);
        let name = self.name(&parts.next()?);
        Some(Define { name, value: self.condition(parts.next()?)? })
    }

    /// `exclude "Competitor" when …`
    fn exclude(&mut self, entry: &Entry) -> Option<Exclude> {
        self.refuse_block(entry, "`exclude`");
        let node = self.parse(Rule::exclude_statement, &entry.header, &place::EXCLUDE)?;
        let mut parts = self.parts(node).peekable();
        let reason = parts.next_if(|part| part.as_rule() == Rule::text).map(|text| self.text_of(&text));
        Some(Exclude { reason, when: self.condition(parts.next()?)? })
    }
}
