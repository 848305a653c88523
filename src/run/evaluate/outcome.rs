//! What an item of a score gives each row, and adding items up or choosing among them.

use super::classes::ClassColumn;
use super::lookups::{added, wins};
use super::spare::Spare;
use crate::model::Choice;
use crate::plan::LookupEntry;
use crate::run::batch::Mask;
use crate::value::Decimal;

/// What an item gives. Where it does not take part, it gives 0.
pub(super) enum Outcome<'o> {
    /// The same points wherever it takes part
    Constant {
        points: Decimal,
        part: Mask,
    },
    Column(Given),
    /// By the class of a subject
    Classes {
        column: &'o ClassColumn,
        entries: &'o [LookupEntry],
    },
}

/// Points, and the rows in which something took part.
pub(super) struct Given {
    pub points: Vec<Decimal>,
    pub part: Mask,
}

/// The items of one parent so far.
pub(super) struct Total {
    choice: Choice,
    /// Of a sum: whether the rows in which something takes part are needed.
    wants_part: bool,
    pub points: Vec<Decimal>,
    pub part: Mask,
    /// Of a choice: the place of the item that is chosen, [`NO_PLACE`] where there is none.
    pub places: Vec<u32>,
}

pub(super) const NO_PLACE: u32 = u32::MAX;

impl Total {
    pub fn new(choice: Choice, wants_part: bool, rows: usize, spare: &mut Spare) -> Total {
        let mut places = match choice {
            Choice::All => Vec::new(),
            _ => spare.codes(rows),
        };
        places.fill(NO_PLACE);
        Total { choice, wants_part, points: spare.decimals(rows), part: spare.mask(rows, false), places }
    }

    pub fn take(&mut self, place: u32, outcome: &Outcome<'_>) {
        match self.choice {
            Choice::All => self.add(outcome),
            choice => self.choose(choice, place, outcome),
        }
    }

    fn add(&mut self, outcome: &Outcome<'_>) {
        match outcome {
            Outcome::Constant { points, part } => {
                add_where(&mut self.points, part, *points);
                self.part.or(part);
            }
            Outcome::Column(given) => {
                for (sum, points) in self.points.iter_mut().zip(&given.points) {
                    *sum = added(*sum, *points);
                }
                self.part.or(&given.part);
            }
            Outcome::Classes { column, entries } => {
                for (sum, class) in self.points.iter_mut().zip(&column.classes) {
                    if let Some(entry) = entries.get(*class as usize) {
                        *sum = added(*sum, entry.points);
                    }
                }
                if self.wants_part {
                    self.part.or(&part_of_classes(column, entries));
                }
            }
        }
    }

    fn choose(&mut self, choice: Choice, place: u32, outcome: &Outcome<'_>) {
        let (points_so_far, places) = (&mut self.points, &mut self.places);
        let mut offer = |row: usize, points: Decimal, place: u32| {
            if let (Some(best), Some(best_place)) = (points_so_far.get_mut(row), places.get_mut(row))
                && (*best_place == NO_PLACE || wins(choice, (points, place), (*best, *best_place)))
            {
                *best = points;
                *best_place = place;
            }
        };
        match outcome {
            Outcome::Constant { points, part } => {
                part.each(|row| offer(row, *points, place));
                self.part.or(part);
            }
            Outcome::Column(given) => {
                given.part.each(|row| offer(row, given.points.get(row).copied().unwrap_or_default(), place));
                self.part.or(&given.part);
            }
            Outcome::Classes { column, entries } => {
                for (row, class) in column.classes.iter().enumerate() {
                    if let Some(LookupEntry { points, place: Some(place) }) = entries.get(*class as usize) {
                        offer(row, *points, *place);
                    }
                }
                self.part.fill(self.places.iter().map(|place| *place != NO_PLACE));
            }
        }
    }

    /// The points and the part; the places go back to the spare memory.
    pub fn given(self, spare: &mut Spare) -> Given {
        if self.choice != Choice::All {
            spare.keep_codes(self.places);
        }
        Given { points: self.points, part: self.part }
    }
}

impl Outcome<'_> {
    /// Gives memory back.
    pub fn end(self, spare: &mut Spare) {
        match self {
            Outcome::Constant { part, .. } => spare.keep_mask(part),
            Outcome::Column(given) => {
                spare.keep_decimals(given.points);
                spare.keep_mask(given.part);
            }
            Outcome::Classes { .. } => {}
        }
    }
}

fn part_of_classes(column: &ClassColumn, entries: &[LookupEntry]) -> Mask {
    let takes_part = |class: &u32| entries.get(*class as usize).is_some_and(|entry| entry.place.is_some());
    Mask::of(column.classes.iter().map(takes_part))
}

/// Adds the same points in all rows of a mask.
fn add_where(sums: &mut [Decimal], mask: &Mask, points: Decimal) {
    /// From here on going through all rows of a word is quicker than looking for its bits.
    const MANY: u32 = 24;
    for (sums, word) in sums.chunks_mut(64).zip(mask.words()) {
        if word.count_ones() < MANY {
            let mut rest = *word;
            while rest != 0 {
                if let Some(sum) = sums.get_mut(rest.trailing_zeros() as usize) {
                    *sum = added(*sum, points);
                }
                rest &= rest - 1;
            }
        } else {
            for (place, sum) in sums.iter_mut().enumerate() {
                let taken = points.billionths() & -i128::from(word >> place & 1);
                *sum = added(*sum, Decimal::from_billionths(taken));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(choice: Choice, items: &[(u32, Outcome<'_>)]) -> (Vec<Option<i64>>, Vec<bool>) {
        let mut total = Total::new(choice, true, 3, &mut Spare::default());
        items.iter().for_each(|(place, outcome)| total.take(*place, outcome));
        (total.points.iter().map(|points| points.to_i64()).collect(), (0..3).map(|row| total.part.get(row)).collect())
    }

    fn items() -> [(u32, Outcome<'static>); 2] {
        // 5 in rows 0 and 1, written second; -2, 5 and nothing, written first
        let constant = Outcome::Constant { points: Decimal::whole(5), part: Mask::of([true, true, false].into_iter()) };
        let column = Outcome::Column(Given {
            points: [-2, 5, 0].map(Decimal::whole).into(),
            part: Mask::of([true, true, false].into_iter()),
        });
        [(7, constant), (3, column)]
    }

    #[test]
    fn sums_and_choices_of_items() {
        let sums = total(Choice::All, &items());
        assert_eq!(sums, (vec![Some(3), Some(10), Some(0)], vec![true, true, false]));
        assert_eq!(total(Choice::Highest, &items()).0, [Some(5), Some(5), Some(0)]);
        assert_eq!(total(Choice::Lowest, &items()).0, [Some(-2), Some(5), Some(0)]);
        assert_eq!(total(Choice::FirstMatch, &items()).0, [Some(-2), Some(5), Some(0)]);
    }

    #[test]
    fn of_equals_the_first_written_is_chosen() {
        let mut total = Total::new(Choice::Highest, true, 3, &mut Spare::default());
        items().iter().for_each(|(place, outcome)| total.take(*place, outcome));
        assert_eq!(total.places, [7, 3, NO_PLACE]);
    }

    #[test]
    fn points_are_added_in_full_and_in_sparse_words() {
        for full in [true, false] {
            let mask = Mask::of((0..100).map(|row| full || row % 9 == 0));
            let mut sums = vec![Decimal::ONE; 100];
            add_where(&mut sums, &mask, Decimal::whole(-3));
            let expected = |row: usize| if mask.get(row) { -2 } else { 1 };
            assert!(sums.iter().enumerate().all(|(row, sum)| sum.to_i64() == Some(expected(row))));
        }
    }
}
