//! Whether the cells of a column tell the rows apart.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A column not named like an identity is given up after this many rows.
const UNNAMED_ROWS: usize = 100_000;
/// From this many rows on, a column where one cell in ten is a repetition is given up.
const ENOUGH_ROWS: u64 = 10_000;

/// The cells met in a column, by their hash: eight bytes each.
#[derive(Debug)]
pub struct Identity {
    seen: HashSet<u64>,
    repeated: u64,
    missing: u64,
    /// Named like an identity: worth the memory.
    named: bool,
    given_up: bool,
}

impl Identity {
    pub fn new(named: bool) -> Identity {
        Identity { seen: HashSet::new(), repeated: 0, missing: 0, named, given_up: false }
    }

    /// A cell, trimmed.
    pub fn add(&mut self, cell: &str) {
        if self.given_up {
            return;
        }
        if !self.seen.insert(hash(cell)) {
            self.repeated += 1;
        }
        let rows = self.seen.len() as u64 + self.repeated;
        let hopeless = if self.named {
            rows > ENOUGH_ROWS && self.repeated.saturating_mul(10) > rows
        } else {
            self.repeated > 0 || self.seen.len() > UNNAMED_ROWS
        };
        if hopeless {
            self.give_up();
        }
    }

    /// A missing cell, or a placeholder.
    pub fn add_missing(&mut self) {
        self.missing += 1;
        if !self.named {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        self.given_up = true;
        self.seen = HashSet::new();
    }

    /// Each row has a cell of its own.
    pub fn unique(&self) -> bool {
        !self.given_up && self.repeated == 0 && self.missing == 0 && !self.seen.is_empty()
    }

    /// How many rows repeat an earlier one, where those are few and no cell is missing.
    pub fn nearly_unique(&self) -> Option<u64> {
        let rows = self.seen.len() as u64 + self.repeated;
        let few = rows >= 20 && self.repeated.saturating_mul(10) <= rows;
        (!self.given_up && self.missing == 0 && few).then_some(self.repeated)
    }

    /// Whether a trimmed cell is among those met.
    pub fn has(&self, cell: &str) -> bool {
        !self.seen.is_empty() && self.seen.contains(&hash(cell))
    }
}

fn hash(cell: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    cell.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Identity;

    #[test]
    fn a_repeated_or_missing_cell_is_no_identity() {
        let mut identity = Identity::new(true);
        identity.add("1");
        identity.add("2");
        assert!(identity.unique());
        assert!(identity.has("2") && !identity.has("3"));
        identity.add("1");
        assert!(!identity.unique());

        let mut identity = Identity::new(true);
        identity.add("1");
        identity.add_missing();
        assert!(!identity.unique());
    }

    #[test]
    fn a_few_repetitions_in_many_rows_are_nearly_unique() {
        let mut identity = Identity::new(true);
        (0..19).for_each(|number| identity.add(&number.to_string()));
        assert_eq!(identity.nearly_unique(), None, "too few rows to tell");
        identity.add("0");
        assert_eq!(identity.nearly_unique(), Some(1));
    }
}
