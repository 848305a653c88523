//! What a class gives, worked out once for each class.

use super::classes::ClassColumn;
use crate::model::Choice;
use crate::plan::Answers;
use crate::value::Decimal;

/// Something for each class of a subject, added as classes appear.
#[derive(Debug, Clone)]
pub(super) struct ClassTable<T> {
    generation: u64,
    entries: Vec<T>,
}

impl<T> Default for ClassTable<T> {
    fn default() -> ClassTable<T> {
        ClassTable { generation: 0, entries: Vec::new() }
    }
}

impl<T: Copy> ClassTable<T> {
    /// Adds what is missing: `make` takes a class' answers and whether it is the class of missing values.
    pub fn extend(&mut self, column: &ClassColumn, mut make: impl FnMut(&Answers, bool) -> T) {
        if self.generation != column.generation {
            self.entries.clear();
            self.generation = column.generation;
        }
        let known = self.entries.len();
        for (class, answers) in column.answers.iter().enumerate().skip(known) {
            self.entries.push(make(answers, class == 0));
        }
    }

    pub fn get(&self, class: u32) -> Option<T> {
        self.entries.get(class as usize).copied()
    }

    pub fn all(&self) -> &[T] {
        &self.entries
    }
}

/// Whether a choice takes one item rather than another, each by its points and its place; of equals the first written.
pub(super) fn wins(choice: Choice, (points, place): (Decimal, u32), (best, best_place): (Decimal, u32)) -> bool {
    let better = match choice {
        Choice::Highest => points > best,
        Choice::Lowest => points < best,
        Choice::FirstMatch | Choice::All => false,
    };
    let equal = points == best || matches!(choice, Choice::FirstMatch | Choice::All);
    better || (equal && place < best_place)
}

/// An exact sum. What rules can give and memory can hold lies far below the limit of the type.
pub(super) fn added(one: Decimal, other: Decimal) -> Decimal {
    Decimal::from_billionths(one.billionths().wrapping_add(other.billionths()))
}
