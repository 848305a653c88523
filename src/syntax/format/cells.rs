//! What stands in which column, for each kind of line.

use super::columns::Kind;
use super::pieces::Piece;
use crate::syntax::outline::Holds;
use std::ops::Range;

/// The pieces in each column, `None` where a line has nothing there.
pub(super) type Ranges = Vec<Option<Range<usize>>>;

/// How the pieces of an item that has no block on further lines stand in columns; `None` where they do not.
/// `block`: where its `{ }` begins.
pub(super) fn of(holds: Holds, pieces: &[Piece<'_>], block: Option<usize>) -> Option<(Kind, Ranges)> {
    let word = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let split = |kind: Kind, at: usize| Some((kind, parts(&[at], pieces.len())));
    match holds {
        Holds::Statements => match word(0) {
            "event" => {
                let called = (word(2) == "called").then_some(4);
                let ends: Vec<usize> = [Some(2), called.filter(|_| block.is_some())].into_iter().flatten().collect();
                Some((Kind::Event, parts(&ends, pieces.len())))
            }
            "list" => split(Kind::List, 2),
            "define" => split(Kind::Define, 2),
            "bands" => split(Kind::Bands, 2),
            "score" => split(Kind::Score, block?),
            "exclude" if pieces.get(1).is_some_and(Piece::is_text) => split(Kind::Exclude, 2),
            _ => None,
        },
        Holds::Fields | Holds::Properties if is_treat(pieces) => None,
        Holds::Properties if is_mapping(pieces) => split(Kind::Entry, 1),
        Holds::Fields | Holds::Properties => split(Kind::Field, 1),
        Holds::Mappings | Holds::ModelItems | Holds::Givens => split(Kind::Entry, 1),
        Holds::LookupRows | Holds::TableRows => {
            let colon = pieces.iter().position(|piece| piece.text == ":")?;
            split(Kind::Row, colon + 1)
        }
        Holds::Bands => Some((Kind::Band, band(pieces))),
        Holds::CaseLines => {
            let bars = pieces.iter().enumerate().filter(|(_, piece)| piece.text == "|").map(|(at, _)| at);
            Some((Kind::Case, parts(&bars.collect::<Vec<_>>(), pieces.len())))
        }
        _ => None,
    }
}

/// The lines of a matrix: a cell a piece; the first line has none in the first column.
pub(super) fn of_matrix(pieces: &[Piece<'_>], is_header: bool) -> (Kind, Ranges) {
    let cells = (0..pieces.len()).map(|at| Some(at..at + 1));
    (Kind::Matrix, is_header.then_some(None).into_iter().chain(cells).collect())
}

/// `treat "N/A" as missing`; a field of that name has no text behind it.
fn is_treat(pieces: &[Piece<'_>]) -> bool {
    pieces.first().is_some_and(|first| first.text == "treat") && pieces.get(1).is_some_and(Piece::is_text)
}

/// `at column "clicked"`, in the block of an event.
pub(super) fn is_mapping(pieces: &[Piece<'_>]) -> bool {
    let word = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    matches!(word(0), "lead" | "at" | "id") && matches!(word(1), "column" | "by" | "as" | "in")
}

/// `A "Best" from 40 do "call"`: name, label, edge, action.
fn band(pieces: &[Piece<'_>]) -> Ranges {
    let label = if pieces.get(1).is_some_and(Piece::is_text) { 2 } else { 1 };
    let action = pieces.iter().position(|piece| piece.text == "do").unwrap_or(pieces.len()).max(label);
    let some = |range: Range<usize>| Some(range).filter(|range| !range.is_empty());
    vec![some(0..1.min(pieces.len())), some(1..label), some(label..action), some(action..pieces.len())]
}

/// Cut at these places, and at the end.
fn parts(ends: &[usize], length: usize) -> Ranges {
    let mut start = 0;
    let mut parts = Vec::new();
    for end in ends.iter().copied().chain([length]) {
        let end = end.min(length);
        if end > start {
            parts.push(Some(start..end));
        }
        start = end;
    }
    parts
}
