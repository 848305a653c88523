//! The same text with other blanks, line ends and commas, and with comments in every place where one may stand.

use super::dice::Dice;
use crate::source::FileId;
use crate::syntax::outline::{self, Entry, Holds};
use crate::syntax::scan::{TokenKind, scan};
use std::collections::HashMap;

/// What stands in front of a token.
#[derive(Clone, Copy)]
enum Gap {
    /// A line may end here.
    Free,
    /// Only blanks.
    Blanks,
    /// The token begins an item, and a line end or a comma stands before it.
    Item,
}

pub(super) fn scramble(text: &str, dice: &mut Dice<'_>) -> String {
    let tokens = scan(text, FileId(0)).tokens;
    let entries = outline::outline(text, &tokens);
    let mut items = HashMap::new();
    items_of(text, &tokens, &entries, Holds::Statements, &mut items);
    let mut result = String::new();
    let (mut depth, mut comments) = (0_usize, 0_usize);
    // the item that the token stands in
    let mut item = (0, Holds::Statements);
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| tokens[before]);
        let written = before.map_or("", |before| &text[before.end as usize..token.start as usize]);
        let follows_comma = before.is_some_and(|before| before.kind == TokenKind::Comma);
        let gap = match items.get(&at) {
            Some(holds) => {
                item = (at, *holds);
                Gap::Item
            }
            None if matches!(token.kind, TokenKind::OpenCurly | TokenKind::CloseCurly) || depth > 0 => Gap::Free,
            None if is_half_life(text, &tokens, at) => Gap::Blanks,
            None if outline::begins_item(text, &tokens, at, item.0, item.1) => Gap::Blanks,
            None => Gap::Free,
        };
        let is_half = is_half_life(text, &tokens, at);
        let needs_line = matches!(gap, Gap::Item) && written.contains('\n') && !follows_comma;
        result += &match gap {
            _ if is_half => String::new(),
            Gap::Blanks => [" ", "\t", "   "][dice.roll(3)].to_owned(),
            Gap::Free | Gap::Item => between(dice, &mut comments, needs_line, written.is_empty()),
        };
        result += &text[token.start as usize..token.end as usize];
        match token.kind {
            TokenKind::OpenRound => depth += 1,
            TokenKind::CloseRound => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    result + &between(dice, &mut comments, false, true)
}

/// Blanks, line ends and comments; a line end at least where one is needed.
fn between(dice: &mut Dice<'_>, comments: &mut usize, needs_line: bool, may_be_nothing: bool) -> String {
    let mut comment = || {
        *comments += 1;
        format!("# comment {comments}")
    };
    match dice.roll(12) {
        6 => "\n".to_owned(),
        7 => "\n\n\n   ".to_owned(),
        8 => format!("   {}\n", comment()),
        9 => format!("\n  {}\n", comment()),
        10 => format!(" {}\n\n{}\n  ", comment(), comment()),
        _ if needs_line => "\n  ".to_owned(),
        5 => "   ".to_owned(),
        1..=2 if may_be_nothing => String::new(),
        _ => " ".to_owned(),
    }
}

/// `half-life` is one word, in three tokens.
fn is_half_life(text: &str, tokens: &[crate::syntax::scan::Token], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.text(text));
    (word(at.checked_sub(1)) == "half" && word(Some(at)) == "-")
        || (word(at.checked_sub(2)) == "half" && word(Some(at)) == "life")
}

fn items_of(
    text: &str,
    tokens: &[crate::syntax::scan::Token],
    entries: &[Entry],
    holds: Holds,
    items: &mut HashMap<usize, Holds>,
) {
    for entry in entries {
        items.insert(entry.header.start, holds);
        if let Some(block) = &entry.block {
            let inside = outline::inside(text, tokens, entry.header.start, holds);
            items_of(text, tokens, &block.entries, inside, items);
        }
    }
}
