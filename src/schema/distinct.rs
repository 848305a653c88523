//! The different values of a column, up to a few.

use crate::value::fold;
use indexmap::IndexMap;
use std::collections::HashMap;

/// More different values than these are not worth listing.
pub const MOST: usize = 20;
/// So many spellings of few values are no list either.
const MOST_SPELLINGS: usize = 200;
/// A longer value is prose, in characters.
const LONGEST: usize = 60;

/// Different values by their folded form, while they are few and short.
#[derive(Debug, Default)]
pub struct Distinct {
    values: IndexMap<String, (String, u64)>,
    /// Spellings met, with the place of their value, so that each is folded once.
    spellings: HashMap<String, usize>,
    many: bool,
}

impl Distinct {
    /// Counts a value.
    pub fn add(&mut self, given: &str) {
        if self.many {
            return;
        }
        let known = self.spellings.get(given).copied();
        let Some(place) = known.or_else(|| self.add_spelling(given)) else {
            *self = Distinct { many: true, ..Distinct::default() };
            return;
        };
        if let Some((_, (_, count))) = self.values.get_index_mut(place) {
            *count += 1;
        }
    }

    /// The place of a value in a new spelling; `None` when it makes them many or long.
    fn add_spelling(&mut self, given: &str) -> Option<usize> {
        if self.spellings.len() > MOST_SPELLINGS || given.chars().count() > LONGEST {
            return None;
        }
        let folded = fold(given);
        let place = match self.values.get_index_of(&folded) {
            Some(place) => place,
            None if self.values.len() == MOST => return None,
            None => self.values.insert_full(folded, (given.to_owned(), 0)).0,
        };
        self.spellings.insert(given.to_owned(), place);
        Some(place)
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
