//! Pieces on a line; on several where they are too many.
//!
//! A stretch that does not fit is broken at its outermost places: conditions at each `and` or `or`, everything else
//! where the line is full. What goes on stands two columns further in.

use super::page::Page;
use super::pieces::{Break, Level, Piece};
use std::ops::Range;

/// A line may be this wide, in columns.
pub(super) const LINE: usize = 120;

/// What goes on in a further line stands this far in.
pub(super) const STEP: usize = 2;

pub(super) struct Fill<'p, 'a> {
    pieces: &'p [Piece<'a>],
    /// The width of the first so many pieces, each with the blank before it.
    widths: Vec<usize>,
    /// How many of the first so many pieces cannot be followed, or preceded, by another one on the line.
    ends: Vec<(usize, usize)>,
    limit: usize,
}

/// The width of pieces on one line.
pub(super) fn flat_width(pieces: &[Piece<'_>]) -> usize {
    let blanks = pieces.iter().skip(1).filter(|piece| piece.blank).count();
    pieces.iter().map(|piece| piece.width).sum::<usize>() + blanks
}

/// Whether a comment stands between the pieces, or behind the last one.
pub(super) fn has_comment(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().any(|piece| piece.behind.is_some() || !piece.above.is_empty())
}

/// Writes pieces from the current column on. `hang`: where further lines start.
pub(super) fn fill<'a>(page: &mut Page<'a>, pieces: &[Piece<'a>], hang: usize, limit: usize) {
    Fill::new(pieces, limit).place(page, 0..pieces.len(), hang, hang);
}

impl<'p, 'a> Fill<'p, 'a> {
    fn new(pieces: &'p [Piece<'a>], limit: usize) -> Fill<'p, 'a> {
        let (mut widths, mut ends) = (vec![0], vec![(0, 0)]);
        let (mut total, mut behind, mut above) = (0, 0, 0);
        for piece in pieces {
            total += piece.width + usize::from(piece.blank);
            behind += usize::from(piece.behind.is_some());
            above += usize::from(!piece.above.is_empty());
            widths.push(total);
            ends.push((behind, above));
        }
        Fill { pieces, widths, ends, limit }
    }

    fn piece(&self, at: usize) -> Option<&'p Piece<'a>> {
        self.pieces.get(at)
    }

    /// Whether a stretch can stand on the line as it is.
    fn fits(&self, page: &Page<'a>, range: &Range<usize>) -> bool {
        let width = |at: usize| self.widths.get(at).copied().unwrap_or(0);
        let ends = |at: usize| self.ends.get(at).copied().unwrap_or((0, 0));
        let first_blank = self.piece(range.start).is_some_and(|piece| piece.blank) && page.is_apart();
        let needed = width(range.end) - width(range.start) - usize::from(first_blank);
        let last = range.end.saturating_sub(1).max(range.start);
        let inner_comment =
            ends(last).0 > ends(range.start).0 || ends(range.end).1 > ends((range.start + 1).min(range.end)).1;
        !inner_comment && page.column() + needed <= self.limit
    }

    /// `hang`: where further lines start; `after_comment`: those that a comment makes necessary.
    fn place(&self, page: &mut Page<'a>, range: Range<usize>, hang: usize, after_comment: usize) {
        let level = if self.fits(page, &range) { None } else { self.outermost(&range) };
        let Some(level) = level else {
            range.for_each(|at| self.write(page, at, after_comment));
            return;
        };
        let starts = range.clone().skip(1).filter(|at| self.level(*at) == Some(level));
        let starts: Vec<usize> = [range.start].into_iter().chain(starts).collect();
        let mut broken = false;
        for (index, start) in starts.iter().enumerate() {
            let part = *start..starts.get(index + 1).copied().unwrap_or(range.end);
            let is_first = index == 0;
            let has_above = self.piece(*start).is_some_and(|piece| !piece.above.is_empty());
            let apart = broken || has_above;
            if !is_first && (apart || level.1 == Break::Joined || page.is_closed() || !self.fits(page, &part)) {
                self.new_line(page, *start, hang);
            }
            broken = !self.fits(page, &part);
            self.place(page, part, hang + STEP, if is_first { hang } else { hang + STEP });
        }
    }

    fn level(&self, at: usize) -> Option<Level> {
        self.piece(at).and_then(|piece| piece.level)
    }

    /// The first place to break a stretch at.
    fn outermost(&self, range: &Range<usize>) -> Option<Level> {
        range.clone().skip(1).filter_map(|at| self.level(at)).min()
    }

    /// A line to go on with, below the comments that stand above the piece.
    fn new_line(&self, page: &mut Page<'a>, at: usize, hang: usize) {
        for comment in self.piece(at).map_or(&[][..], |piece| &piece.above) {
            page.own_comment(hang, comment.text, false);
        }
        page.start(hang, false);
    }

    fn write(&self, page: &mut Page<'a>, at: usize, hang: usize) {
        let Some(piece) = self.piece(at) else { return };
        if page.is_closed() || !(page.is_fresh() || piece.above.is_empty()) {
            self.new_line(page, at, hang);
        }
        if piece.blank && !page.is_apart() {
            page.write(" ", 1);
        }
        page.write(piece.text, piece.width);
        if let Some(comment) = piece.behind {
            page.comment(comment);
        }
    }
}
