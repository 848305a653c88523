//! How deep one item nests, known before it is parsed.
//!
//! Brackets nest; so do `not not …`, `- - …`, `domain of domain of …`, `30% of 30% of …`, lists inside lists
//! (`highest of highest of a, b`) and filters in values (`highest of count of a where …`). An operator or a word that
//! ends the operand before it brings one back to the level of the brackets.

use super::scan::{Token, TokenKind};

struct Level {
    /// The depth just inside the bracket.
    base: usize,
    /// The depth of the innermost list, to which a comma goes back.
    list: usize,
    depth: usize,
}

/// The token at which the item nests deeper than `limit`.
pub(super) fn too_deep(text: &str, tokens: &[Token], limit: usize) -> Option<usize> {
    let mut levels = vec![Level { base: 0, list: 0, depth: 0 }];
    for (at, token) in tokens.iter().enumerate() {
        let nested = levels.len() > 1;
        let level = levels.last_mut()?;
        match token.kind {
            TokenKind::OpenRound => {
                let base = level.depth + 1;
                levels.push(Level { base, list: base, depth: base });
            }
            TokenKind::CloseRound if nested => {
                levels.pop();
            }
            TokenKind::Comma => level.depth = level.list,
            TokenKind::Symbol | TokenKind::Word => step(text, tokens, at, level),
            _ => {}
        }
        if levels.last().is_some_and(|level| level.depth > limit) {
            return Some(at);
        }
    }
    None
}

fn step(text: &str, tokens: &[Token], at: usize, level: &mut Level) {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let token = tokens.get(at).map_or("", |token| token.text(text));
    match token {
        "not" => level.depth += 1,
        "-" if !before.is_some_and(|before| ends_operand(text, before)) => level.depth += 1,
        "where" => {
            level.depth += 1;
            level.list = level.depth;
        }
        "of" => match before.map_or("", |before| before.text(text)) {
            "known" | "highest" | "lowest" => {
                level.depth += 1;
                level.list = level.depth;
            }
            "domain" | "length" | "hour" | "weekday" => level.depth += 1,
            percent if percent.ends_with('%') => level.depth += 1,
            _ => {}
        },
        "and" | "or" | "is" | "contains" | "mentions" | "starts" | "ends" | "matches" | "includes" | "does"
        | "between" | "+" | "-" | "*" | "/" | "<" | "<=" | ">" | ">=" | "=" | ":" => {
            level.depth = level.base;
            level.list = level.base;
        }
        _ => {}
    }
}

/// Whether a `-` after it subtracts.
fn ends_operand(text: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => {
            let word = token.text(text);
            matches!(word, "yes" | "no" | "missing") || !super::words::is_reserved(word)
        }
        _ => token.ends_value(text),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::syntax::scan::scan;

    fn deep(text: &str) -> bool {
        too_deep(text, &scan(text, FileId(0)).tokens, 64).is_some()
    }

    #[test]
    fn sixty_four_is_the_limit_for_everything_that_nests() {
        for (open, close) in
            [("(", ")"), ("not ", ""), ("- ", ""), ("domain of ", ""), ("30% of ", ""), ("highest of ", "")]
        {
            assert!(!deep(&format!("{}a{}", open.repeat(64), close.repeat(64))), "64 of {open}");
            assert!(open == "(" || deep(&format!("{}a{}", open.repeat(65), close.repeat(65))), "65 of {open}");
        }
    }

    #[test]
    fn things_side_by_side_do_not_nest() {
        assert!(!deep(&"domain of a is b and not c - -d and ".repeat(100)));
        assert!(!deep(&format!("highest of {}", "domain of a, ".repeat(100))));
    }
}
