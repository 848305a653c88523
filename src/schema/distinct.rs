//! The different values of a column, up to a few.

use indexmap::IndexMap;

/// More different values than these are not worth listing.
pub const MOST: usize = 20;
/// A longer value is prose, in characters.
const LONGEST: usize = 60;

/// Different values by their folded form, while they are few and short.
#[derive(Debug, Default)]
pub struct Distinct {
    values: IndexMap<String, (String, u64)>,
    many: bool,
}

impl Distinct {
    /// Counts a value. `folded` is asked for only while the values are few.
    pub fn add(&mut self, given: &str, folded: impl FnOnce() -> String) {
        if self.many {
            return;
        }
        let folded = folded();
        if let Some((_, count)) = self.values.get_mut(&folded) {
            *count += 1;
        } else if self.values.len() == MOST || given.chars().count() > LONGEST {
            self.many = true;
            self.values = IndexMap::new();
        } else {
            self.values.insert(folded, (given.to_owned(), 1));
        }
    }

    /// The values with how often each was met, the most frequent first; `None` when they are many or long.
    pub fn few(&self) -> Option<Vec<(&str, u64)>> {
        if self.many {
            return None;
        }
        let mut values: Vec<(&str, u64)> =
            self.values.values().map(|(given, count)| (given.as_str(), *count)).collect();
        values.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        Some(values)
    }

    /// Whether every value, folded, is one of these.
    pub fn all_in(&self, words: &[&str]) -> bool {
        !self.many && !self.values.is_empty() && self.values.keys().all(|folded| words.contains(&folded.as_str()))
    }

    /// How a folded value was first written, if it occurs.
    pub fn given(&self, folded: &str) -> Option<&str> {
        self.values.get(folded).map(|(given, _)| given.as_str())
    }
}
