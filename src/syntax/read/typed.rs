//! Lines typed in a session: which kind each is shows in its first words.

use super::Reader;
use crate::syntax::grammar::Rule;
use crate::syntax::mistakes::place;
use crate::syntax::outline::{Holds, entries};
use crate::syntax::scan::TokenKind;
use crate::syntax::tree::{Given, Typed};

/// What a typed text is read as.
enum Kind {
    Parts,
    Change,
    /// From this token on
    Rules(usize),
    Expression,
}

impl<'a> Reader<'a> {
    /// A text that was typed in a session.
    pub fn typed(&mut self) -> Option<Typed> {
        match self.kind_of_typed() {
            Kind::Parts => {
                let entries = entries(self.text, self.tokens, 0, Holds::TestItems);
                let parts = self.inside(|reader| entries.iter().filter_map(|item| reader.test_part(item)).collect());
                Some(Typed::Parts(parts))
            }
            Kind::Change => self.change(),
            Kind::Rules(start) => {
                let named = self.tokens.get(..start.min(1)).and_then(|tokens| tokens.first());
                let score = named.map(|token| {
                    let text = token.text(self.text);
                    let quoted = token.kind == TokenKind::QuotedName;
                    crate::syntax::tree::Name {
                        text: text.trim_matches('`').to_owned(),
                        quoted,
                        span: token.span(self.file),
                    }
                });
                let entries = entries(self.text, self.tokens, start, Holds::Rules);
                let items = self.inside(|reader| entries.iter().filter_map(|entry| reader.item(entry)).collect());
                Some(Typed::Rules { score, items })
            }
            Kind::Expression => self.lone_expression().map(Typed::Expression),
        }
    }

    /// `title = "VP Sales"`
    fn change(&mut self) -> Option<Typed> {
        let node = self.parse(Rule::change, &(0..self.tokens.len()), &place::CHANGE)?;
        let mut parts = self.parts(node);
        let name = self.name(&parts.next()?);
        Some(Typed::Change(Given { name, values: self.cell(parts.next()?) }))
    }

    fn kind_of_typed(&self) -> Kind {
        let next_is = |sign: &str| self.tokens.get(1).is_some_and(|next| next.is_symbol(self.text, sign));
        let next_kind = self.tokens.get(1).map(|next| next.kind);
        let opens = next_kind == Some(TokenKind::OpenCurly);
        let Some(first) = self.tokens.first() else { return Kind::Expression };
        let word = if first.kind == TokenKind::Word { first.text(self.text) } else { "" };
        let is_name = matches!(first.kind, TokenKind::Word | TokenKind::QuotedName);
        match word {
            "lead" if !next_is(".") => Kind::Parts,
            "event" => Kind::Parts,
            "before" if opens => Kind::Parts,
            "expect" if !next_is("=") && self.tokens.len() > 1 => Kind::Parts,
            _ if is_name && next_is("=") => Kind::Change,
            _ if self.begins_rules(0) => Kind::Rules(0),
            _ if is_name && next_is(":") => Kind::Rules(2),
            _ => Kind::Expression,
        }
    }

    /// `+10 …`, `first +5 then …`, `points "Size" by …`, `group { … }`
    fn begins_rules(&self, at: usize) -> bool {
        let Some(first) = self.tokens.get(at) else { return false };
        let next = self.tokens.get(at + 1);
        let next_is_text = next.is_some_and(|next| next.kind == TokenKind::Text);
        let has_block = self.tokens.iter().any(|token| token.kind == TokenKind::OpenCurly);
        match first.kind {
            TokenKind::Symbol => first.is_sign(self.text),
            TokenKind::Word => match first.text(self.text) {
                "first" => next.is_some_and(|next| next.is_sign(self.text)),
                "points" => next_is_text || next.is_some_and(|next| next.is_word(self.text, "by")),
                "group" => next_is_text || has_block,
                _ => false,
            },
            _ => false,
        }
    }
}
