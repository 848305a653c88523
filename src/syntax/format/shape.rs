//! An item, ready to be written: its pieces, comments and block, and how it stands in columns.

use super::cells;
use super::columns::{self, Cells, Kind};
use super::comments::Own;
use super::fill::{LINE, flat_width, has_comment};
use super::order;
use super::pieces::{Piece, Written};
use crate::syntax::outline::{self, Block, Entry, Holds};

/// An item, ready to be written.
pub(super) struct Shape<'e, 'a> {
    pub holds: Holds,
    /// Its header; all of it where its block stands on the same line.
    pub pieces: Vec<Piece<'a>>,
    /// Where `{` stands among the pieces.
    pub brace: Option<usize>,
    /// The block behind its header, on lines of its own, and what it holds.
    pub block: Option<(&'e Block, Holds)>,
    /// The block that stands on the line of its header.
    pub on_one_line: Option<(&'e Block, Holds)>,
    /// Whether it stands on several lines, and not because one is too short.
    pub is_spread: bool,
    /// Comments above it, and whether an empty line stands right above it.
    pub above: Vec<Own<'a>>,
    pub blank: bool,
    /// Comments between its header and the first item of its block.
    pub opening: Vec<Own<'a>>,
    /// The comment behind it.
    pub behind: Option<&'a str>,
    pub cells: Option<(Kind, cells::Ranges)>,
    /// Where each of its columns starts.
    pub starts: Vec<usize>,
}

impl<'a> Written<'a> {
    /// The items of a block, and the comments behind the last one.
    pub fn shapes<'e>(
        &self,
        entries: &'e [Entry],
        holds: Holds,
        indent: usize,
        end: usize,
    ) -> (Vec<Shape<'e, 'a>>, Vec<Own<'a>>) {
        let comments = &self.comments;
        let mut carried: Vec<Own<'a>> = Vec::new();
        let mut shapes: Vec<Shape<'e, 'a>> = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let mut shape = self.shape_of(entry, holds, indent, index == 0);
            shape.above = std::mem::take(&mut carried);
            shape.above.extend(comments.above(entry.header.start).iter().cloned());
            // commas between items go, what is said beside them stays
            let next = entries.get(index + 1).map_or(end, |next| next.header.start);
            for comma in last_token(entry) + 1..next {
                carried.extend(comments.above(comma).iter().cloned());
                match comments.behind(comma) {
                    Some(comment) if shape.behind.is_none() && carried.is_empty() => shape.behind = Some(comment),
                    Some(text) => carried.push(Own { text, blank: false }),
                    None => {}
                }
            }
            shapes.push(shape);
        }
        carried.extend(comments.above(end).iter().cloned());
        (shapes, carried)
    }

    fn shape_of<'e>(&self, entry: &'e Entry, holds: Holds, indent: usize, is_first: bool) -> Shape<'e, 'a> {
        let mut pieces = self.pieces(entry.header.clone(), holds);
        let header_behind = pieces.last_mut().and_then(|last| last.behind.take());
        match holds {
            // comments inside stay between the words that they were written between
            _ if has_comment(&pieces) => {}
            Holds::Fields | Holds::Properties if !cells::is_mapping(&pieces) => order::marks(&mut pieces),
            Holds::Fields | Holds::Properties | Holds::Mappings => order::mapping(&mut pieces),
            _ => order::clauses(&mut pieces),
        }
        let mut shape = Shape {
            holds,
            pieces,
            brace: None,
            block: None,
            on_one_line: None,
            is_spread: self.is_spread(entry),
            above: Vec::new(),
            blank: self.comments.blank(entry.header.start),
            opening: Vec::new(),
            behind: self.comments.behind(last_token(entry)),
            cells: None,
            starts: Vec::new(),
        };
        if let Some(block) = &entry.block {
            self.add_block(&mut shape, entry, block, header_behind, indent);
        }
        if shape.block.is_none() && !has_comment(&shape.pieces) {
            shape.cells = match holds {
                Holds::MatrixLines => Some(cells::of_matrix(&shape.pieces, is_first)),
                Holds::LookupRows | Holds::TableRows if indent + flat_width(&shape.pieces) > LINE => None,
                _ => cells::of(holds, &shape.pieces, shape.brace),
            };
        }
        shape
    }

    /// Whether an item's tokens stand on several lines.
    fn is_spread(&self, entry: &Entry) -> bool {
        let tokens = self.tokens.get(entry.header.start + 1..=last_token(entry));
        tokens.is_some_and(|tokens| tokens.iter().any(|token| token.first_on_line))
    }

    /// A block stays on one line where it stands on one, may, and fits.
    fn add_block<'e>(
        &self,
        shape: &mut Shape<'e, 'a>,
        entry: &'e Entry,
        block: &'e Block,
        header_behind: Option<&'a str>,
        indent: usize,
    ) {
        let (tokens, comments) = (self.tokens, &self.comments);
        let inside = outline::inside(self.text, tokens, entry.header.start, shape.holds);
        let (above, behind) = (comments.above(block.open), comments.behind(block.open));
        let is_empty = block.entries.is_empty() && comments.above(block.close).is_empty();
        let no_comment = header_behind.is_none() && above.is_empty() && behind.is_none();
        let on_one_line = tokens
            .get(block.open + 1..=block.close)
            .is_some_and(|tokens| tokens.iter().all(|token| !token.first_on_line));
        shape.brace = Some(shape.pieces.len());
        shape.pieces.push(Piece::sign("{", true));
        if no_comment && (is_empty || (on_one_line && may_stand_on_one_line(block, inside))) {
            let header = shape.pieces.len();
            self.add_items(&mut shape.pieces, block, inside);
            shape.pieces.push(Piece::sign("}", true));
            if is_empty || indent + flat_width(&shape.pieces) <= LINE {
                shape.on_one_line = (!is_empty).then_some((block, inside));
                return;
            }
            shape.pieces.truncate(header);
        }
        shape.open(block, inside);
        // What stands before the bracket goes behind it, in the order written.
        let (on_line, below) = match (header_behind, above.is_empty()) {
            (None, true) => (behind, None),
            (header, _) => (header, behind),
        };
        shape.pieces.last_mut().into_iter().for_each(|brace| brace.behind = on_line);
        shape.opening.extend(above.iter().cloned());
        shape.opening.extend(below.map(|text| Own { text, blank: false }));
    }

    /// The items of a block on one line, with commas between them.
    fn add_items(&self, pieces: &mut Vec<Piece<'a>>, block: &Block, inside: Holds) {
        for (index, entry) in block.entries.iter().enumerate() {
            if index > 0 {
                pieces.push(Piece::sign(",", false));
            }
            let mut item = self.shape_of(entry, inside, 0, false).pieces;
            if let Some(first) = item.first_mut() {
                first.blank = true;
            }
            item.iter_mut().for_each(|piece| piece.level = None);
            pieces.append(&mut item);
        }
    }
}

impl<'e> Shape<'e, '_> {
    /// Puts the block on lines of its own.
    fn open(&mut self, block: &'e Block, inside: Holds) {
        self.block = Some((block, inside));
        self.cells = None;
    }

    /// Puts a block on lines of its own that stood on the line of its header.
    pub fn open_again(&mut self) {
        if let (Some((block, inside)), Some(brace)) = (self.on_one_line.take(), self.brace) {
            self.pieces.truncate(brace + 1);
            self.open(block, inside);
        }
    }

    /// Of the whole line, lined up.
    pub fn width(&self) -> usize {
        let own = flat_width(&self.pieces);
        let widths = self.widths();
        let Some(last) = widths.iter().rposition(Option::is_some) else { return own };
        let of_last = widths.get(last).copied().flatten().unwrap_or(0);
        self.starts.get(last).copied().unwrap_or(0).max(own.saturating_sub(of_last)) + of_last
    }

    /// The widths of what stands in columns.
    fn widths(&self) -> Cells {
        let ranges = self.cells.as_ref().map_or(&[][..], |(_, ranges)| ranges);
        let width = |range: &std::ops::Range<usize>| self.pieces.get(range.clone()).map_or(0, flat_width);
        ranges.iter().map(|range| range.as_ref().map(width)).collect()
    }
}

pub(super) fn last_token(entry: &Entry) -> usize {
    entry.block.as_ref().map_or(entry.header.end.saturating_sub(1), |block| block.close)
}

/// Short blocks may, and where items are parted by line ends those with one item alone.
fn may_stand_on_one_line(block: &Block, inside: Holds) -> bool {
    match inside {
        Holds::ModelItems | Holds::Fields | Holds::Properties | Holds::Mappings | Holds::Bands | Holds::Givens => true,
        Holds::Rules | Holds::TableRows | Holds::LookupRows | Holds::TestItems => {
            matches!(block.entries.as_slice(), [one] if one.block.is_none())
        }
        _ => false,
    }
}

/// Finds the columns of the items of a block: of all that are of one kind, or of those that follow each other.
pub(super) fn line_up(shapes: &mut [Shape<'_, '_>]) {
    let mut start = 0;
    while let Some(shape) = shapes.get(start) {
        let kind = shape.cells.as_ref().map(|(kind, _)| *kind);
        let Some(kind) = kind.filter(|kind| kind.in_runs()) else {
            start += 1;
            continue;
        };
        let same = |shape: &Shape<'_, '_>| shape.cells.as_ref().is_some_and(|(other, _)| *other == kind);
        let apart = |shape: &Shape<'_, '_>| shape.blank || shape.above.iter().any(|comment| comment.blank);
        let rest = shapes.get(start + 1..).unwrap_or(&[]);
        let length = 1 + rest.iter().take_while(|shape| same(shape) && !apart(shape)).count();
        if let Some(run) = shapes.get_mut(start..start + length) {
            line_up_kind(run, kind);
        }
        start += length;
    }
    for kind in [Kind::Field, Kind::Entry, Kind::Row, Kind::Band, Kind::Matrix, Kind::Case] {
        line_up_kind(shapes, kind);
    }
}

/// One table.
fn line_up_kind(shapes: &mut [Shape<'_, '_>], kind: Kind) {
    let is_kind = |shape: &Shape<'_, '_>| shape.cells.as_ref().is_some_and(|(other, _)| *other == kind);
    let cells: Vec<Cells> = shapes.iter().filter(|shape| is_kind(shape)).map(Shape::widths).collect();
    let starts = columns::starts(cells.iter(), kind.gaps(), kind.widest());
    for shape in shapes.iter_mut().filter(|shape| is_kind(shape)) {
        shape.starts.clone_from(&starts);
    }
}
