//! Blocks and their items, from the file itself inwards.

use super::comments::Own;
use super::fill::{LINE, STEP, fill, flat_width, has_comment};
use super::page::Page;
use super::pieces::{Piece, Written};
use super::shape::{Shape, line_up};
use crate::syntax::outline::{Entry, Holds};

/// How far the lines of a block stand in.
pub(super) const INDENT: usize = 2;

/// How far the lines of a header that needs several stand in: further than the block behind it.
pub(super) const HEADER_STEP: usize = 4;

pub(super) struct Layout<'a> {
    pub written: Written<'a>,
    pub page: Page<'a>,
}

impl<'a> Layout<'a> {
    /// Writes items up to the token `end`, which closes their block. Recursion is as deep as blocks nest.
    pub fn items(&mut self, entries: &[Entry], holds: Holds, indent: usize, end: usize) {
        let (mut shapes, rest) = self.written.shapes(entries, holds, indent, end);
        line_up(&mut shapes);
        let too_wide = |shape: &&mut Shape<'_, 'a>| shape.on_one_line.is_some() && indent + shape.width() > LINE;
        let opened = shapes.iter_mut().filter(too_wide).map(Shape::open_again).count();
        if opened > 0 {
            line_up(&mut shapes);
        }
        for shape in &shapes {
            self.shape(shape, indent);
        }
        self.own_comments(&rest, indent);
    }

    pub fn own_comments(&mut self, comments: &[Own<'a>], indent: usize) {
        for comment in comments {
            self.page.own_comment(indent, comment.text, comment.blank);
        }
    }

    /// Writes an item with its comments and its block.
    fn shape(&mut self, shape: &Shape<'_, 'a>, indent: usize) {
        self.begin(shape, indent);
        if shape.cells.is_some() {
            self.in_columns(shape, indent);
        } else if shape.pieces.first().is_some_and(|first| first.text == "threshold") {
            self.threshold(shape, indent);
        } else {
            let hang = indent + if shape.block.is_some() { HEADER_STEP } else { STEP };
            fill(&mut self.page, &shape.pieces, hang, LINE);
        }
        self.end(shape, indent);
    }

    /// The comments above an item, and the line it stands on.
    pub fn begin(&mut self, shape: &Shape<'_, 'a>, indent: usize) {
        self.own_comments(&shape.above, indent);
        self.page.start(indent, shape.blank);
    }

    /// The block of an item, and the comment behind it.
    pub fn end(&mut self, shape: &Shape<'_, 'a>, indent: usize) {
        if let Some((block, inside)) = shape.block {
            self.page.open();
            self.own_comments(&shape.opening, indent + INDENT);
            match inside {
                Holds::Rules => self.rules(block, indent + INDENT),
                _ => self.items(&block.entries, inside, indent + INDENT, block.close),
            }
            self.close(indent);
        }
        if let Some(comment) = shape.behind {
            self.page.comment(comment);
        }
    }

    pub fn close(&mut self, indent: usize) {
        self.page.open();
        self.page.start(indent, false);
        self.page.write("}", 1);
    }

    fn in_columns(&mut self, shape: &Shape<'_, 'a>, indent: usize) {
        let Some((kind, ranges)) = &shape.cells else { return };
        let last = ranges.iter().rposition(Option::is_some).unwrap_or(0);
        for (column, range) in ranges.iter().enumerate() {
            let Some(pieces) = range.clone().and_then(|range| shape.pieces.get(range)) else { continue };
            let start = indent + shape.starts.get(column).copied().unwrap_or(0);
            self.page.pad_to(start);
            let hang = if kind.hangs_from_column() { self.page.column() } else { indent };
            let limit = if column == last { LINE } else { usize::MAX };
            fill(&mut self.page, pieces, hang + STEP, limit);
        }
    }

    /// `threshold mql when … until … do "…"`: on one line where it was, else a line for each part.
    fn threshold(&mut self, shape: &Shape<'_, 'a>, indent: usize) {
        let fits = indent + flat_width(&shape.pieces) <= LINE && !has_comment(&shape.pieces);
        if fits && !shape.is_spread {
            return fill(&mut self.page, &shape.pieces, indent + STEP, LINE);
        }
        let begins =
            |piece: &Piece<'a>| piece.is_stays || piece.level.is_some_and(|level| level.0 == 0) && is_part(piece.text);
        let starts: Vec<usize> =
            (1..shape.pieces.len()).filter(|at| shape.pieces.get(*at).is_some_and(begins)).collect();
        let mut from = 0;
        for start in starts.into_iter().chain([shape.pieces.len()]) {
            let Some(part) = shape.pieces.get(from..start) else { continue };
            if from > 0 {
                for comment in part.first().map_or(&[][..], |first| &first.above) {
                    self.page.own_comment(indent + STEP, comment.text, false);
                }
                self.page.start(indent + STEP, false);
            }
            fill(&mut self.page, part, indent + STEP + STEP, LINE);
            from = start;
        }
    }
}

fn is_part(word: &str) -> bool {
    matches!(word, "when" | "until" | "do")
}
