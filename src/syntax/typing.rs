//! A text while it is typed: whether more is to come, and its pieces.

use super::scan::{Token, TokenKind, unpaired};
use super::words::{self, STATEMENTS};
use std::ops::Range;

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// `when`: a word of the language, where it is not a name
    Word,
    /// `employees`, `` `Lead Source` ``
    Name,
    /// `50`, `2026-05-01`
    Number,
    /// `"CEO"`, also one that is not closed yet; `/c.o/`
    Text,
    /// `# so`
    Comment,
    /// `{`, `+`, `,`
    Sign,
}

/// A piece with its place, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    pub place: Range<usize>,
}

/// Whether a text is unfinished: a bracket is open, or its last line goes on (`… and`, `…,`).
pub fn goes_on(text: &str) -> bool {
    let (tokens, _) = unpaired(text);
    let depth = tokens.iter().fold(0_i64, |depth, token| match token.kind {
        TokenKind::OpenRound | TokenKind::OpenCurly => depth + 1,
        TokenKind::CloseRound | TokenKind::CloseCurly => depth - 1,
        _ => depth,
    });
    depth > 0 || depth == 0 && tokens.last().is_some_and(|last| last.continues_line(text))
}

/// The pieces of a text, in order.
pub fn pieces(text: &str) -> Vec<Piece> {
    let (tokens, comments) = unpaired(text);
    let of_token = |token: &Token| Piece { kind: kind(token, text), place: token.start as usize..token.end as usize };
    let comments = comments.iter().map(|comment| Piece { kind: PieceKind::Comment, place: comment.span.range() });
    let mut pieces: Vec<Piece> = tokens.iter().map(of_token).chain(comments).collect();
    pieces.sort_by_key(|piece| piece.place.start);
    pieces
}

fn kind(token: &Token, text: &str) -> PieceKind {
    match token.kind {
        TokenKind::Word => {
            let word = token.text(text);
            let is_word = words::is_reserved(word) || words::is_form(word) || STATEMENTS.contains(&word);
            if is_word { PieceKind::Word } else { PieceKind::Name }
        }
        TokenKind::QuotedName => PieceKind::Name,
        TokenKind::Number | TokenKind::Date => PieceKind::Number,
        TokenKind::Text | TokenKind::Pattern => PieceKind::Text,
        _ => PieceKind::Sign,
    }
}

/// A name as it can stand in the language: in backticks where it must.
pub fn written_name(name: &str) -> String {
    let is_plain = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && name.chars().all(super::scan::is_name_char);
    if is_plain && !words::is_reserved(name) { name.to_owned() } else { format!("`{name}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_brackets_and_joining_words_go_on() {
        for text in ["lead {", "lead { title \"a }\"", "any page_view where (path is \"/\"", "fit >= 3 and", "fit +"] {
            assert!(goes_on(text), "{text}");
        }
        for text in ["lead { }", "fit", "title = \"a {\"", "}", "fit # and"] {
            assert!(!goes_on(text), "{text}");
        }
    }

    #[test]
    fn pieces_have_kinds_and_places() {
        let found: Vec<(PieceKind, Range<usize>)> =
            pieces("title is \"CEO\" # x").into_iter().map(|piece| (piece.kind, piece.place)).collect();
        let expected =
            [(PieceKind::Name, 0..5), (PieceKind::Word, 6..8), (PieceKind::Text, 9..14), (PieceKind::Comment, 15..18)];
        assert_eq!(found, expected);
    }
}
