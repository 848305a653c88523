//! The first pass: walks the text once, cuts it into tokens and checks what can be told without meaning.
//!
//! It knows texts, comments, patterns, names in backticks and brackets, and the characters that belong in none of
//! them: curly quotes, commas and digits of other scripts, hidden controls. What it has complained about, nobody after
//! it complains about again.

mod brackets;
mod characters;
mod literals;
mod token;

pub(super) use brackets::DEEPEST;
pub(super) use characters::{is_name_char, is_name_start};
pub(super) use token::{Token, TokenKind};

use super::tree::Comment;
use crate::diagnostics::code::syntax as codes;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// A text, cut up.
#[derive(Debug)]
pub(super) struct Scan {
    /// All tokens; round brackets that have no partner are plain symbols here, curly ones always have one.
    pub tokens: Vec<Token>,
    pub comments: Vec<Comment>,
    /// In order of place.
    pub mistakes: Vec<Diagnostic>,
}

pub(super) fn scan(text: &str, file: FileId) -> Scan {
    if let Some(at) = text.find('\0') {
        let span = Span::new(file, at, at + 1);
        let mistake = Diagnostic::error(codes::NOT_RULE_TEXT, span, "this file is not a text of rules")
            .here("an unreadable byte")
            .help("save it again as plain text (UTF-8), or name another file");
        return Scan { tokens: Vec::new(), comments: Vec::new(), mistakes: vec![mistake] };
    }
    let mut walker = Walker::new(text, file);
    walker.walk();
    let mut mistakes = walker.mistakes;
    let tokens = brackets::pair(text, file, walker.tokens, &mut mistakes);
    mistakes.sort_by_key(|mistake| mistake.span());
    Scan { tokens, comments: walker.comments, mistakes }
}

/// All tokens of a text that may end anywhere, as while it is typed: brackets have no partners.
pub(super) fn unpaired(text: &str) -> (Vec<Token>, Vec<Comment>) {
    let mut walker = Walker::new(text, FileId::default());
    walker.walk();
    (walker.tokens, walker.comments)
}

struct Walker<'a> {
    text: &'a str,
    file: FileId,
    at: usize,
    tokens: Vec<Token>,
    comments: Vec<Comment>,
    mistakes: Vec<Diagnostic>,
    /// Nothing but blanks so far on this line.
    line_is_blank: bool,
    /// A wrong character has been reported on this line; the next of them say nothing new.
    line_has_mistake: bool,
    /// Inside a list after `matches` or `any of`, where `/` begins a pattern.
    in_pattern_list: bool,
}

impl<'a> Walker<'a> {
    fn new(text: &'a str, file: FileId) -> Walker<'a> {
        Walker {
            text,
            file,
            at: 0,
            tokens: Vec::new(),
            comments: Vec::new(),
            mistakes: Vec::new(),
            line_is_blank: true,
            line_has_mistake: false,
            in_pattern_list: false,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn walk(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '\n' => {
                    self.line_is_blank = true;
                    self.line_has_mistake = false;
                    self.at += 1;
                }
                _ if next.is_whitespace() => self.at += next.len_utf8(),
                '#' => self.comment(),
                '"' => self.quoted_text(),
                '`' => self.quoted_name(),
                '/' if self.pattern_may_begin() => self.pattern(),
                '0'..='9' => self.number_or_date(),
                _ if is_name_start(next) => self.word(),
                _ => self.sign(next),
            }
        }
    }

    fn word(&mut self) {
        let length = self.rest().find(|c| !is_name_char(c)).unwrap_or(self.rest().len());
        self.push(TokenKind::Word, length);
    }

    /// Brackets, commas, operators, and what belongs to none of these.
    fn sign(&mut self, next: char) {
        let begins_line = self.line_is_blank;
        let kind = match next {
            '(' => TokenKind::OpenRound,
            ')' => TokenKind::CloseRound,
            '{' => TokenKind::OpenCurly,
            '}' => TokenKind::CloseCurly,
            ',' => TokenKind::Comma,
            _ => TokenKind::Symbol,
        };
        if self.rest().starts_with("//") || (begins_line && self.rest().starts_with("--")) {
            return self.foreign_comment();
        }
        if self.wrong_character(next) {
            return;
        }
        const PAIRS: [&str; 9] = ["<=", ">=", "==", "!=", "=>", "=<", "<>", "&&", "||"];
        let length = if PAIRS.iter().any(|pair| self.rest().starts_with(pair)) { 2 } else { next.len_utf8() };
        self.push(kind, length);
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let token = Token {
            kind,
            start: self.at as u32,
            end: (self.at + length) as u32,
            first_on_line: self.line_is_blank,
            partner: None,
        };
        self.in_pattern_list = self.stays_in_pattern_list(&token);
        self.tokens.push(token);
        self.line_is_blank = false;
        self.at += length;
    }

    /// `/` begins a pattern only right after `matches`, `match`, `any of`, or a comma in such a list.
    fn pattern_may_begin(&self) -> bool {
        self.in_pattern_list
            && self.tokens.last().is_some_and(|last| last.kind == TokenKind::Comma || last.kind == TokenKind::Word)
            && self.tokens.last().is_some_and(|last| {
                last.kind == TokenKind::Comma || matches!(last.text(self.text), "matches" | "match" | "of")
            })
    }

    fn stays_in_pattern_list(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::Word => match token.text(self.text) {
                "matches" | "match" => true,
                "of" => self.tokens.last().is_some_and(|last| last.is_word(self.text, "any")),
                word => self.in_pattern_list && !super::words::is_reserved(word),
            },
            TokenKind::Comma | TokenKind::Text | TokenKind::Pattern | TokenKind::Number | TokenKind::QuotedName => {
                self.in_pattern_list
            }
            _ => false,
        }
    }

    /// Notes a mistake of characters, one a line.
    fn wrong(&mut self, code: Code, length: usize, message: String, help: String) {
        if !self.line_has_mistake {
            let span = Span::new(self.file, self.at, self.at + length);
            self.mistakes.push(Diagnostic::error(code, span, message).help(help));
        }
        self.line_has_mistake = true;
    }

    fn comment(&mut self) {
        let line = self.rest_of_line();
        let (start, end) = (self.at, self.at + line.len());
        self.hidden_in(line);
        self.comments.push(Comment { span: Span::new(self.file, start, end), own_line: self.line_is_blank });
        self.at = end;
    }

    /// `// so` and `-- so`: said once, then passed over like a comment.
    fn foreign_comment(&mut self) {
        let line = self.rest_of_line();
        let sign = line.get(..2).unwrap_or(line).to_owned();
        let words = line.get(2..).unwrap_or("").trim();
        self.wrong(
            codes::FOREIGN_COMMENT,
            2,
            format!("a comment starts with `#`, not with `{sign}`"),
            if words.is_empty() { "write `#`".to_owned() } else { format!("write `# {words}`") },
        );
        self.at += line.len();
    }

    /// Up to the end of the line, without the line end or blanks before it.
    fn rest_of_line(&self) -> &'a str {
        let line = self.rest().split('\n').next().unwrap_or("");
        line.trim_end()
    }
}
