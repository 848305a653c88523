//! Whether the cells of a column hold several values each.

/// A piece of a list is no longer than this, in characters.
const LONGEST_PIECE: usize = 60;

/// What the cells of a column say about being lists.
#[derive(Debug)]
pub struct Lists {
    known: u64,
    /// Cells that are JSON arrays of plain values.
    arrays: u64,
    /// Cells with `;` between values.
    separated: u64,
    /// No cell speaks against `;` as a separator.
    separable: bool,
}

impl Default for Lists {
    fn default() -> Lists {
        Lists { known: 0, arrays: 0, separated: 0, separable: true }
    }
}

impl Lists {
    pub fn add(&mut self, cell: &str) {
        self.known += 1;
        if cell.starts_with('[') && is_array(cell) {
            self.arrays += 1;
        }
        if self.separable && cell.contains(';') {
            self.separated += 1;
            self.separable = cell.trim_end_matches(';').split(';').all(is_piece);
        }
    }

    /// A list that the data's own format marks as one.
    pub fn add_array(&mut self) {
        self.known += 1;
        self.arrays += 1;
        self.separable = false;
    }

    /// Every cell is an array.
    pub fn are_arrays(&self) -> bool {
        self.known > 0 && self.arrays == self.known
    }

    /// Enough cells hold short values with `;` between them, and none holds `;` otherwise.
    pub fn are_separated(&self) -> bool {
        self.separable && self.separated > 0 && self.separated.saturating_mul(20) >= self.known
    }
}

/// A JSON array of texts, numbers, yes and no.
fn is_array(cell: &str) -> bool {
    serde_json::from_str::<Vec<serde_json::Value>>(cell)
        .is_ok_and(|values| values.iter().all(|value| !value.is_object() && !value.is_array()))
}

/// Short, and not a part of prose, of a browser's name or of markup.
fn is_piece(piece: &str) -> bool {
    let count = |wanted: char| piece.chars().filter(|char| *char == wanted).count();
    let trimmed = piece.trim();
    !trimmed.is_empty()
        && piece.chars().count() <= LONGEST_PIECE
        && count('(') == count(')')
        && count('"') % 2 == 0
        && !piece.contains(['&', '=', '<', '{', '\n'])
        && !trimmed.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::Lists;

    fn lists(cells: &[&str]) -> Lists {
        let mut lists = Lists::default();
        cells.iter().for_each(|cell| lists.add(cell));
        lists
    }

    #[test]
    fn arrays_of_plain_values_are_lists_and_arrays_of_objects_are_not() {
        assert!(lists(&["[\"a\", 1]", "[]"]).are_arrays());
        assert!(!lists(&["[{\"a\": 1}]"]).are_arrays());
        assert!(!lists(&["[]", "a"]).are_arrays());
    }

    #[test]
    fn short_values_with_semicolons_are_lists_and_browser_names_are_not() {
        assert!(lists(&["blog;pricing", "pricing"]).are_separated());
        assert!(!lists(&["Mozilla/5.0 (Windows NT 10.0; Win64; x64)"]).are_separated());
        assert!(!lists(&["blog", "pricing"]).are_separated());
    }
}
