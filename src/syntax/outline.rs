//! Cuts the tokens of a file into statements, and blocks into their items, by the rules of lines.
//!
//! A line that cannot begin an item of its block goes on with the line above. Where a text breaks the rules of the
//! language, a line is also taken to begin an item when what stands above it is whole: a misspelt `scor fit {` is then
//! one mistake of its own, and not one of the statement above.

use super::scan::{Token, TokenKind};
use super::words::{self, STATEMENTS, TEST_ITEMS, nearest};
use std::ops::Range;

/// What a stretch of text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// the file itself
    Statements,
    /// `model { … }`
    ModelItems,
    /// `lead { … }`
    Fields,
    /// `event x { … }`
    Properties,
    /// `events { … }`
    Mappings,
    /// `lookup … { … }`
    LookupRows,
    /// `score … { … }`, `group … { … }`
    Rules,
    /// `points … by … { … }`
    TableRows,
    /// `bands … { … }`
    Bands,
    /// `matrix … { … }`
    MatrixLines,
    /// `test … { … }`
    TestItems,
    /// `lead`, `event` and `before` in a test
    Givens,
    /// `cases { … }`
    CaseLines,
    /// a block where none belongs
    Nothing,
}

/// A statement or an item: its header, and the block after it.
#[derive(Debug)]
pub(super) struct Entry {
    /// Indices of tokens, never empty.
    pub header: Range<usize>,
    pub block: Option<Block>,
}

#[derive(Debug)]
pub(super) struct Block {
    /// The token index of `{`.
    pub open: usize,
    /// The token index of `}`.
    pub close: usize,
    pub entries: Vec<Entry>,
}

pub(super) fn outline(text: &str, tokens: &[Token]) -> Vec<Entry> {
    Outliner { text, tokens }.entries(0..tokens.len(), Holds::Statements)
}

/// The items from a token to the end of a text that is the inside of a block: what is typed in a session.
pub(super) fn entries(text: &str, tokens: &[Token], start: usize, holds: Holds) -> Vec<Entry> {
    Outliner { text, tokens }.entries(start..tokens.len(), holds)
}

/// What the block behind the header that starts at a token holds; `holds` is what that header stands in.
pub(super) fn inside(text: &str, tokens: &[Token], start: usize, holds: Holds) -> Holds {
    Outliner { text, tokens }.block_after(start, holds)
}

/// Whether a line that starts at the token `at` begins an item, behind one that starts at `start`.
pub(super) fn begins_item(text: &str, tokens: &[Token], at: usize, start: usize, holds: Holds) -> bool {
    Outliner { text, tokens }.begins(at, start, holds)
}

struct Outliner<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Outliner<'a> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    fn word(&self, at: usize) -> &'a str {
        self.token(at).filter(|token| token.kind == TokenKind::Word).map_or("", |token| token.text(self.text))
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|token| token.kind)
    }

    fn is_sign(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_sign(self.text))
    }

    /// Recursion is as deep as curly brackets nest, which the first pass bounds.
    fn entries(&self, range: Range<usize>, holds: Holds) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if self.kind(at) == Some(TokenKind::Comma) && !entries.is_empty() && holds.parted_by_commas() {
                at += 1;
                continue;
            }
            let (entry, next) = self.entry(at, range.end, holds);
            entries.push(entry);
            at = next.max(at + 1);
        }
        entries
    }

    /// The entry that starts at a token, and where the next one starts.
    fn entry(&self, start: usize, end: usize, holds: Holds) -> (Entry, usize) {
        let mut at = start;
        while at < end {
            let Some(token) = self.token(at) else { break };
            if at > start && token.first_on_line && self.begins(at, start, holds) {
                break;
            }
            match (token.kind, token.partner) {
                (TokenKind::OpenRound, Some(partner)) => at = partner as usize,
                (TokenKind::OpenCurly, Some(partner)) => {
                    let close = partner as usize;
                    let inside = self.block_after(start, holds);
                    let block = Block { open: at, close, entries: self.entries(at + 1..close, inside) };
                    let header = start..at.max(start);
                    return (Entry { header, block: Some(block) }, close + 1);
                }
                (TokenKind::Comma, _)
                    if at > start && self.comma_parts(at, holds) && !self.lists_choices(start, at) =>
                {
                    return (Entry { header: start..at, block: None }, at + 1);
                }
                _ => {}
            }
            at += 1;
        }
        (Entry { header: start..at.min(end), block: None }, at)
    }

    fn block_after(&self, start: usize, holds: Holds) -> Holds {
        match (holds, self.word(start)) {
            (Holds::Statements, word) => match statement_like(word) {
                "model" => Holds::ModelItems,
                "lead" => Holds::Fields,
                "event" => Holds::Properties,
                "events" => Holds::Mappings,
                "lookup" => Holds::LookupRows,
                "score" => Holds::Rules,
                "bands" => Holds::Bands,
                "matrix" => Holds::MatrixLines,
                "test" => Holds::TestItems,
                _ => Holds::Nothing,
            },
            (Holds::Rules, "group") => Holds::Rules,
            (Holds::Rules, "points") => Holds::TableRows,
            (Holds::TestItems, "lead" | "event" | "before") => Holds::Givens,
            (Holds::TestItems, "cases") => Holds::CaseLines,
            _ => Holds::Nothing,
        }
    }

    /// Whether a comma ends an item: it does before a name, and goes on with a list before a value.
    fn comma_parts(&self, at: usize, holds: Holds) -> bool {
        if !holds.parted_by_commas() {
            return false;
        }
        let word = self.word(at + 1);
        match self.kind(at + 1) {
            Some(TokenKind::CloseCurly) => true,
            Some(TokenKind::Word) if holds == Holds::TestItems => TEST_ITEMS.contains(&word),
            Some(TokenKind::Word) => !matches!(word, "yes" | "no" | "missing"),
            Some(TokenKind::QuotedName) => holds != Holds::TestItems,
            Some(TokenKind::Text) => matches!(holds, Holds::Bands | Holds::MatrixLines),
            _ => false,
        }
    }

    /// `industry one of technology, finance`: texts without their quotes, and no fields.
    fn lists_choices(&self, start: usize, at: usize) -> bool {
        let of = (start..at).rev().find(|of| self.word(*of) == "of" && self.word(of.wrapping_sub(1)) == "one");
        let unquoted = of.is_some_and(|of| self.kind(of + 1) == Some(TokenKind::Word));
        let follows = self.kind(at + 2);
        unquoted && (matches!(follows, Some(TokenKind::Comma | TokenKind::CloseCurly)) || self.ends_line(at + 1))
    }

    fn ends_line(&self, at: usize) -> bool {
        self.token(at + 1).is_none_or(|next| next.first_on_line)
    }

    /// Whether the line that starts at a token begins an item; `start` is where the item above it starts.
    fn begins(&self, at: usize, start: usize, holds: Holds) -> bool {
        let Some((token, before)) = self.token(at).zip(self.token(at.wrapping_sub(1))) else { return true };
        if token.is_sign(self.text) {
            return true;
        }
        if before.continues_line(self.text) && holds != Holds::CaseLines {
            return false;
        }
        let word = self.word(at);
        match holds {
            // bands without `{`
            Holds::Statements
                if self.word(start) == "bands" && matches!(self.word(at + 1), "from" | "above" | "otherwise") =>
            {
                false
            }
            Holds::Statements => self.begins_statement(at),
            Holds::Rules => self.begins_rule(at, start),
            Holds::TestItems => TEST_ITEMS.contains(&word) || self.begins_by_mistake(at, TEST_ITEMS),
            Holds::LookupRows | Holds::TableRows => match token.kind {
                TokenKind::Word => {
                    !words::is_reserved(word) || matches!(word, "from" | "otherwise" | "missing" | "yes" | "no")
                }
                TokenKind::Text | TokenKind::Number | TokenKind::Date | TokenKind::QuotedName => true,
                // `> 10: +5`, where `above 10` is meant
                _ => matches!(token.text(self.text), "<" | "<=" | ">" | ">="),
            },
            Holds::Bands | Holds::MatrixLines => token.kind == TokenKind::Text || self.is_name(at),
            Holds::CaseLines => true,
            Holds::Fields | Holds::Properties => {
                self.is_name(at) || self.reserved_field(at) || (holds == Holds::Properties && self.maps(at))
            }
            Holds::Mappings => self.is_name(at) || word == "lead",
            Holds::ModelItems | Holds::Givens | Holds::Nothing => self.is_name(at),
        }
    }

    fn is_name(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::QuotedName) => true,
            Some(TokenKind::Word) => !words::is_reserved(self.word(at)),
            _ => false,
        }
    }

    /// `lead column …` of an event.
    fn maps(&self, at: usize) -> bool {
        self.word(at) == "lead" && matches!(self.word(at + 1), "column" | "by" | "as" | "in")
    }

    /// `from text`: a word that cannot be a name, where a field was meant.
    fn reserved_field(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        words::is_reserved(self.word(at))
            && self.word(at) != "of"
            && (matches!(next, "text" | "number" | "date")
                || (matches!(next, "one" | "list") && self.word(at + 2) == "of"))
    }

    fn begins_statement(&self, at: usize) -> bool {
        let word = self.word(at);
        if STATEMENTS.contains(&word) {
            return !(word == "lead" && self.token(at + 1).is_some_and(|next| next.is_symbol(self.text, ".")));
        }
        self.begins_by_mistake(at, STATEMENTS)
    }

    fn has_label_or_body(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|at| self.kind(at) == Some(TokenKind::Text) || matches!(self.word(at), "when" | "for"))
    }

    /// A plain word after something whole, where no word of the language can be meant.
    fn begins_by_mistake(&self, at: usize, starters: &[&str]) -> bool {
        let word = self.word(at);
        let whole = self.token(at.wrapping_sub(1)).is_some_and(|before| before.ends_value(self.text));
        if word.is_empty() || words::is_form(word) {
            return false;
        }
        if whole && matches!(word, "if" | "else") {
            return true;
        }
        match nearest(word, starters.iter().copied()) {
            Some(_) => whole || self.kind(at + 1) == Some(TokenKind::Text),
            None => whole && nearest(word, words::FORMS.iter().copied()).is_none(),
        }
    }

    fn begins_rule(&self, at: usize, start: usize) -> bool {
        match self.word(at) {
            "points" | "group" => return true,
            "first" if self.is_sign(at + 1) || self.kind(at + 1) == Some(TokenKind::Number) => return true,
            _ => {}
        }
        let whole = self.token(at.wrapping_sub(1)).is_some_and(|before| before.ends_value(self.text));
        match self.kind(at) {
            // `20 "Executive" when …`, without its sign
            Some(TokenKind::Number) => whole,
            // a label has its place right after the points: after a label or a body, a text is another rule's
            Some(TokenKind::Text) => whole && self.has_label_or_body(start..at),
            // `add 10 "Executive" when …`
            Some(TokenKind::Word) if words::SAID_SIGNS.contains(&self.word(at)) => {
                whole && self.kind(at + 1) == Some(TokenKind::Number)
            }
            Some(TokenKind::Word) => self.begins_by_mistake(at, words::RULE_ITEMS),
            _ => false,
        }
    }
}

impl Holds {
    /// Rules, tables, rows and statements are parted by line ends alone.
    fn parted_by_commas(self) -> bool {
        !matches!(self, Holds::Statements | Holds::Rules | Holds::LookupRows | Holds::TableRows | Holds::CaseLines)
    }
}

/// The statement that a word is, or is nearly.
fn statement_like(word: &str) -> &str {
    if STATEMENTS.contains(&word) { word } else { nearest(word, STATEMENTS.iter().copied()).unwrap_or(word) }
}
