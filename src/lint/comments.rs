//! Which comments belong to a place.

use crate::source::Span;
use crate::syntax::tree::{Comment, File};

/// The comments on lines of their own right above the line of a place, then the one at the end of its last line.
pub fn about<'a>(file: &'a File, text: &str, span: Span) -> Vec<&'a Comment> {
    let mut above = Vec::new();
    let mut start = line_start(text, span.start as usize);
    for comment in file.comments.iter().rev().filter(|comment| comment.own_line && comment.span.start < span.start) {
        // Only a line end, and the next line's blanks, stand between it and what is below it.
        let between = text.get(comment.span.end as usize..start).unwrap_or("x");
        if between.trim().is_empty() && between.matches('\n').count() == 1 {
            above.push(comment);
            start = line_start(text, comment.span.start as usize);
        } else {
            break;
        }
    }
    above.reverse();
    let behind = file.comments.iter().find(|comment| {
        let between = text.get(span.end as usize..comment.span.start as usize);
        !comment.own_line && between.is_some_and(|between| !between.contains('\n'))
    });
    above.extend(behind);
    above
}

fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1)
}
