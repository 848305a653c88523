//! What each comment belongs to: a line's end to the token before it, a line of its own to the token after it.

use crate::syntax::scan::Token;
use crate::syntax::tree::Comment;

/// A comment on a line of its own.
#[derive(Debug, Clone)]
pub(super) struct Own<'a> {
    pub text: &'a str,
    /// Whether an empty line stands above it.
    pub blank: bool,
}

/// By index of token; the end of the file counts as one.
pub(super) struct Comments<'a> {
    /// On lines of their own above a token.
    above: Vec<Vec<Own<'a>>>,
    /// Behind a token, at the end of its line.
    behind: Vec<Option<&'a str>>,
    /// Whether an empty line stands right above a token.
    blank: Vec<bool>,
}

impl<'a> Comments<'a> {
    pub fn new(text: &'a str, tokens: &[Token], comments: &[Comment]) -> Comments<'a> {
        let mut above = vec![Vec::new(); tokens.len() + 1];
        let mut behind = vec![None; tokens.len()];
        let mut blank = Vec::with_capacity(tokens.len() + 1);
        let mut waiting = comments.iter().peekable();
        // where the last thing ended
        let mut end = 0;
        let starts = tokens.iter().map(|token| (token.start, token.end)).chain([(u32::MAX, u32::MAX)]);
        for (at, (start, token_end)) in starts.enumerate() {
            while let Some(comment) = waiting.next_if(|comment| comment.span.start < start) {
                let written = text.get(comment.span.range()).unwrap_or("");
                let blank = has_blank_line(text, end, comment.span.start);
                end = comment.span.end;
                match at.checked_sub(1).and_then(|before| behind.get_mut(before)) {
                    Some(place) if !comment.own_line && place.is_none() => *place = Some(written),
                    _ => above.get_mut(at).into_iter().for_each(|list| list.push(Own { text: written, blank })),
                }
            }
            blank.push(has_blank_line(text, end, start.min(text.len() as u32)));
            end = token_end;
        }
        Comments { above, behind, blank }
    }

    pub fn above(&self, token: usize) -> &[Own<'a>] {
        self.above.get(token).map_or(&[], Vec::as_slice)
    }

    pub fn behind(&self, token: usize) -> Option<&'a str> {
        self.behind.get(token).copied().flatten()
    }

    pub fn blank(&self, token: usize) -> bool {
        self.blank.get(token).copied().unwrap_or(false)
    }
}

fn has_blank_line(text: &str, from: u32, to: u32) -> bool {
    let between = text.get(from as usize..to as usize).unwrap_or("");
    // the first line of a file has no line end before it
    between.bytes().filter(|byte| *byte == b'\n').nth(1).is_some()
}
