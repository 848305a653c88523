//! Columns of the lines of a block.

/// A cell wider than this stands beside the columns, not in them.
const WIDEST: usize = 40;

/// What is in which column: the width of each cell, `None` where a line has nothing there.
pub(super) type Cells = Vec<Option<usize>>;

/// Where each column starts, counted from the first.
///
/// `gaps`: the blanks behind each column; the last gap goes for all further ones. Where one line alone goes on there is
/// nothing to line up, and one blank is enough.
pub(super) fn starts<'c>(lines: impl Iterator<Item = &'c Cells> + Clone, gaps: &[usize], widest: usize) -> Vec<usize> {
    let count = lines.clone().map(Vec::len).max().unwrap_or(0);
    // of each column, the widest cell, and how many lines go on behind it
    let mut sizes = vec![(None, 0_usize); count];
    for cells in lines {
        let last = cells.iter().rposition(Option::is_some).unwrap_or(0);
        for ((most, followed), width) in sizes.iter_mut().zip(cells.iter().take(last)) {
            *followed += 1;
            *most = (*most).max(width.filter(|width| *width <= widest));
        }
    }
    let mut starts = Vec::with_capacity(count);
    let mut start = 0;
    for (column, (most, followed)) in sizes.into_iter().enumerate() {
        starts.push(start);
        let gap = gaps.get(column).or(gaps.last()).copied().unwrap_or(1);
        start += most.map_or(0, |width: usize| width + if followed > 1 { gap } else { 1 });
    }
    starts
}

/// How lines of one kind are lined up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `event page_view { … }`, `event webinar called "…" { … }`
    Event,
    /// `list free_mail from "…"`
    List,
    /// `define big = …`
    Define,
    /// `bands fit { … }`
    Bands,
    /// `score visits { +(count of visit) }`
    Score,
    /// `exclude "Competitor" when …`
    Exclude,
    /// `title text column "…"`
    Field,
    /// `at column "…"`, a fact about the model, what is given in a test
    Entry,
    /// `from 10: +5`
    Row,
    /// `A "Best" from 40 do "call"`
    Band,
    /// a line of a matrix
    Matrix,
    /// `"CEO" | 50 | 45`
    Case,
}

impl Kind {
    /// The blanks behind each column.
    pub fn gaps(self) -> &'static [usize] {
        match self {
            Kind::Field | Kind::Exclude | Kind::Matrix => &[2],
            Kind::Band => &[1, 2],
            Kind::Event
            | Kind::List
            | Kind::Define
            | Kind::Bands
            | Kind::Score
            | Kind::Entry
            | Kind::Row
            | Kind::Case => &[1],
        }
    }

    pub fn widest(self) -> usize {
        match self {
            Kind::Row => 64,
            Kind::Matrix | Kind::Case => usize::MAX,
            _ => WIDEST,
        }
    }

    /// Whether lines of this kind are lined up only with those right above and below them.
    pub fn in_runs(self) -> bool {
        matches!(self, Kind::Event | Kind::List | Kind::Define | Kind::Bands | Kind::Score | Kind::Exclude)
    }

    /// Whether what goes on in a further line stands under the last column.
    pub fn hangs_from_column(self) -> bool {
        matches!(self, Kind::Field | Kind::Entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_wide_as_its_widest_cell_that_something_follows() {
        // 3 and 5 are followed, 9 is not: the second column starts at 5 + 1
        let lines = [vec![Some(3), Some(1)], vec![Some(5), Some(1)], vec![Some(9)]];
        assert_eq!(starts(lines.iter(), &[1], 40), [0, 6]);
        // one cell alone needs one blank, whatever the gap
        assert_eq!(starts(lines[..1].iter(), &[2], 40), [0, 4]);
    }

    #[test]
    fn nothing_in_a_column_takes_no_room_and_too_wide_a_cell_none() {
        let lines = [vec![Some(3), None, Some(1)], vec![Some(50), None, Some(1)], vec![Some(4), None, Some(1)]];
        assert_eq!(starts(lines.iter(), &[2], 40), [0, 6, 6]);
    }
}
