//! What many events come to: counts, sums, averages, the first and the latest.

use super::facts::{Scope, property_of};
use super::key::Key;
use super::number::as_number;
use crate::model::{Property, Selector};
use crate::value::{Decimal, Value};
use ethnum::I256;
use std::collections::BTreeSet;

impl<'a> Scope<'a> {
    /// The known numbers of a property.
    pub fn numbers_of(&self, property: &Property, selector: &Selector) -> Vec<Decimal> {
        self.select(selector).into_iter().filter_map(|event| as_number(property_of(event, property))).collect()
    }

    pub fn count_of_distinct(&self, property: &Property, selector: &Selector) -> Decimal {
        let zone = &self.facts.model.zone;
        let known = self.select(selector).into_iter().filter_map(|event| property_of(event, property));
        let different: BTreeSet<Key> = known.map(|value| Key::of(value, zone)).collect();
        Decimal::whole(different.len() as i64)
    }

    pub fn sum_of(&self, property: &Property, selector: &Selector) -> Option<Decimal> {
        self.watch.fits(exact_sum(&self.numbers_of(property, selector)))
    }

    /// Missing also where the sum is too large.
    pub fn average_of(&self, property: &Property, selector: &Selector) -> Option<Decimal> {
        let numbers = self.numbers_of(property, selector);
        if numbers.is_empty() {
            return None;
        }
        self.watch.fits(exact_sum(&numbers))?.ratio(1, numbers.len() as i128)
    }

    /// Of the most recent event, missing when that event lacks it.
    pub fn latest(&self, property: &Property, selector: &Selector) -> Option<&'a Value> {
        property_of(self.select(selector).last()?, property)
    }

    /// Of the oldest event, missing when that event lacks it.
    pub fn first(&self, property: &Property, selector: &Selector) -> Option<&'a Value> {
        property_of(self.select(selector).first()?, property)
    }
}

/// The same in any order: only the sum itself can be too large, not a part of it.
fn exact_sum(numbers: &[Decimal]) -> Option<Decimal> {
    let sum = numbers.iter().fold(I256::ZERO, |sum, number| sum + I256::from(number.billionths()));
    i128::try_from(sum).ok().map(Decimal::from_billionths)
}
