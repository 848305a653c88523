//! What a class gives, worked out once for each class.

use super::classes::{ClassColumn, holds};
use crate::model::Choice;
use crate::plan::{Answers, Lookup, LookupEntry, LookupRule};
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

/// What a lookup gives for a class: the sum of its rules that hold, or the one that the choice takes of them.
pub(super) fn entry(lookup: &Lookup, answers: &Answers) -> LookupEntry {
    let held = lookup.rules.iter().filter(|rule| holds(answers, rule.question));
    match lookup.choice {
        Choice::All => held.fold(LookupEntry::default(), |sum, rule| LookupEntry {
            points: added(sum.points, rule.points),
            place: sum.place.or(Some(rule.place)),
        }),
        choice => {
            let best = held.reduce(|best, rule| if is_better(choice, rule, best) { rule } else { best });
            best.map_or(LookupEntry::default(), |rule| LookupEntry { points: rule.points, place: Some(rule.place) })
        }
    }
}

fn is_better(choice: Choice, rule: &LookupRule, best: &LookupRule) -> bool {
    wins(choice, (rule.points, rule.place), (best.points, best.place))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RuleId;
    use crate::plan::{QuestionId, SubjectId};

    fn lookup(choice: Choice) -> Lookup {
        let rule = |(place, points): (u32, i64)| LookupRule {
            rule: RuleId(place),
            place,
            question: QuestionId(place),
            points: Decimal::whole(points),
        };
        let rules = [(0, 5), (1, 7), (2, 7), (3, -1)].map(rule).into();
        Lookup { subject: SubjectId(0), rules, choice, entries: None }
    }

    #[test]
    fn sums_and_choices() {
        let entry_of = |choice, answers: u64| {
            let entry = entry(&lookup(choice), &vec![answers]);
            (entry.points.to_i64(), entry.place)
        };
        // all four hold
        assert_eq!(entry_of(Choice::All, 0b1111), (Some(18), Some(0)));
        assert_eq!(entry_of(Choice::FirstMatch, 0b1111), (Some(5), Some(0)));
        assert_eq!(entry_of(Choice::Highest, 0b1111), (Some(7), Some(1)));
        assert_eq!(entry_of(Choice::Lowest, 0b1111), (Some(-1), Some(3)));
        // only the last two
        assert_eq!(entry_of(Choice::All, 0b1100), (Some(6), Some(2)));
        assert_eq!(entry_of(Choice::Highest, 0), (Some(0), None));
    }
}
