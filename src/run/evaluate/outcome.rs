//! What an item of a score gives each row, and adding items up or choosing among them.

use super::classes::ClassColumn;
use super::lookups::wins;
use super::spare::Spare;
use super::sums::Sums;
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
    so_far: SoFar,
    pub part: Mask,
}

enum SoFar {
    /// `wants_part`: whether the rows in which something takes part are needed.
    Sum {
        sums: Sums,
        wants_part: bool,
    },
    Chosen(Chosen),
}

/// The points of the item that is chosen, and its place, [`NO_PLACE`] where there is none.
struct Chosen {
    choice: Choice,
    points: Vec<Decimal>,
    places: Vec<u32>,
}

pub(super) const NO_PLACE: u32 = u32::MAX;

impl Total {
    pub fn new(choice: Choice, wants_part: bool, rows: usize, spare: &mut Spare) -> Total {
        let so_far = match choice {
            Choice::All => SoFar::Sum { sums: Sums::new(rows, spare), wants_part },
            choice => {
                let mut places = spare.codes(rows);
                places.fill(NO_PLACE);
                SoFar::Chosen(Chosen { choice, points: spare.decimals(rows), places })
            }
        };
        Total { so_far, part: spare.mask(rows, false) }
    }

    pub fn take(&mut self, place: u32, outcome: &Outcome<'_>, spare: &mut Spare) {
        match &mut self.so_far {
            SoFar::Sum { sums, wants_part } => add(sums, &mut self.part, *wants_part, outcome, spare),
            SoFar::Chosen(chosen) => chosen.choose(&mut self.part, place, outcome),
        }
    }

    /// Of a choice: the place of the item that is chosen, [`NO_PLACE`] where there is none.
    pub fn places(&self) -> &[u32] {
        match &self.so_far {
            SoFar::Sum { .. } => &[],
            SoFar::Chosen(chosen) => &chosen.places,
        }
    }

    /// The points and the part; other memory goes back to the spare memory.
    pub fn given(self, spare: &mut Spare) -> Given {
        let points = match self.so_far {
            SoFar::Sum { sums, .. } => sums.total(spare),
            SoFar::Chosen(chosen) => {
                spare.keep_codes(chosen.places);
                chosen.points
            }
        };
        Given { points, part: self.part }
    }
}

fn add(sums: &mut Sums, part: &mut Mask, wants_part: bool, outcome: &Outcome<'_>, spare: &mut Spare) {
    match outcome {
        Outcome::Constant { points, part: own } => {
            sums.add_where(own, *points, spare);
            part.or(own);
        }
        Outcome::Column(given) => {
            sums.add_column(&given.points, spare);
            part.or(&given.part);
        }
        Outcome::Classes { column, entries } => {
            sums.add_classes(&column.classes, entries, spare);
            if wants_part {
                part.or(&part_of_classes(column, entries));
            }
        }
    }
}

impl Chosen {
    fn choose(&mut self, part: &mut Mask, place: u32, outcome: &Outcome<'_>) {
        let choice = self.choice;
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
            Outcome::Constant { points, part: own } => {
                own.each(|row| offer(row, *points, place));
                part.or(own);
            }
            Outcome::Column(given) => {
                given.part.each(|row| offer(row, given.points.get(row).copied().unwrap_or_default(), place));
                part.or(&given.part);
            }
            Outcome::Classes { column, entries } => {
                for (row, class) in column.classes.iter().enumerate() {
                    if let Some(LookupEntry { points, place: Some(place) }) = entries.get(*class as usize) {
                        offer(row, *points, *place);
                    }
                }
                part.fill(self.places.iter().map(|place| *place != NO_PLACE));
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn total(choice: Choice, items: &[(u32, Outcome<'_>)]) -> (Vec<Option<i64>>, Vec<bool>) {
        let spare = &mut Spare::default();
        let mut total = Total::new(choice, true, 3, spare);
        items.iter().for_each(|(place, outcome)| total.take(*place, outcome, spare));
        let Given { points, part } = total.given(spare);
        (points.iter().map(|points| points.to_i64()).collect(), (0..3).map(|row| part.get(row)).collect())
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
        let spare = &mut Spare::default();
        let mut total = Total::new(Choice::Highest, true, 3, spare);
        items().iter().for_each(|(place, outcome)| total.take(*place, outcome, spare));
        assert_eq!(total.places(), [7, 3, NO_PLACE]);
    }
}
