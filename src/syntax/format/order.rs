//! The order in which clauses are written, whatever order they were written in.

use super::pieces::Piece;
use crate::syntax::tree::Clause;

/// The place of a clause among those of its header or rule. Clauses of one place keep their order: for `at most` limits
/// it has a meaning.
pub(super) fn rank(clause: &Clause) -> u8 {
    match clause {
        Clause::StartingAt(_) => 0,
        Clause::From(_) => 1,
        Clause::To(_) => 2,
        Clause::RoundedTo(_) => 3,
        Clause::When(_) => 4,
        Clause::Choice(_) => 5,
        Clause::Counts(_) => 6,
        Clause::After(_) => 7,
        Clause::CountingFrom(_) => 8,
        Clause::AtMost { .. } => 9,
        Clause::NoHigher(_) => 10,
        Clause::NoLower(_) => 11,
        Clause::CountingSinceLast(_) => 12,
        Clause::Decay(_) => 13,
    }
}

/// Puts stretches of pieces in the order of their ranks.
///
/// `starts`: where each stretch starts, with its rank; each goes on to the next one, the last to `end`.
fn arrange(pieces: &mut Vec<Piece<'_>>, starts: &[(usize, u8)], end: usize) {
    let Some((first, _)) = starts.first() else { return };
    if starts.is_sorted_by_key(|(_, rank)| *rank) || end > pieces.len() {
        return;
    }
    let after = pieces.split_off(end);
    let mut stretches: Vec<(u8, Vec<Piece<'_>>)> = Vec::new();
    for (start, rank) in starts.iter().rev() {
        stretches.push((*rank, pieces.split_off(*start)));
    }
    stretches.reverse();
    stretches.sort_by_key(|(rank, _)| *rank);
    debug_assert_eq!(pieces.len(), *first);
    pieces.extend(stretches.into_iter().flat_map(|(_, stretch)| stretch));
    pieces.extend(after);
}

/// The clauses of a header or a rule, which reach to its end, and `down to` and `after` in a decay.
pub(super) fn clauses(pieces: &mut Vec<Piece<'_>>) {
    let starts: Vec<(usize, u8)> =
        pieces.iter().enumerate().filter_map(|(at, piece)| Some((at, piece.clause?))).collect();
    for (index, (start, _)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(pieces.len(), |(next, _)| *next);
        let word = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
        // `down to 20% after 7 days`
        if word(*start) == "decay" && end >= start + 9 && word(end - 6) == "down" && word(end - 3) == "after" {
            arrange(pieces, &[(end - 6, 1), (end - 3, 0)], end);
        }
    }
    let end = pieces.len();
    arrange(pieces, &starts, end);
}

/// `key`, `required` and `column "…"` behind the type of a field.
pub(super) fn marks(pieces: &mut Vec<Piece<'_>>) {
    let mut starts = Vec::new();
    let mut at = pieces.len();
    // A name and a type stand before them.
    while at > 2 {
        let word = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
        match (word(at - 1), word(at - 2)) {
            ("key", _) => starts.push((at - 1, 0)),
            ("required", _) => starts.push((at - 1, 1)),
            (text, "column") if text.starts_with('"') && at > 3 => starts.push((at - 2, 2)),
            _ => break,
        }
        at = starts.last().map_or(0, |(start, _)| *start);
    }
    starts.reverse();
    let end = pieces.len();
    arrange(pieces, &starts, end);
}

/// `by email`, `column "…"`, `as "…"` and `in seconds` behind what they say it of.
pub(super) fn mapping(pieces: &mut Vec<Piece<'_>>) {
    let rank = |piece: &Piece<'_>| match piece.text {
        "by" => 0,
        "column" => 1,
        "as" => 2,
        _ => 3,
    };
    let starts: Vec<(usize, u8)> =
        pieces.iter().enumerate().skip(1).step_by(2).map(|(at, piece)| (at, rank(piece))).collect();
    let end = pieces.len();
    arrange(pieces, &starts, end);
}
