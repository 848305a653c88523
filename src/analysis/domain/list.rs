//! Classes of lists: which of the values asked for they include.

use super::{Classes, Making, Sample};
use crate::analysis::estimate::{Estimate, Truth};
use crate::value::{Text, Value};

/// So many values can be included or not, each by itself; with more, not every set is looked at.
const MOST_VALUES: usize = 8;

impl Making<'_, '_> {
    pub(super) fn lists(&self, may_be_missing: bool) -> Classes {
        let values: Vec<Text> = self.hints().texts.iter().filter_map(|text| Text::new(text)).collect();
        let other = ["x", "other", "another value"].iter().filter_map(|text| Text::new(text));
        let other = other.filter(|other| values.iter().all(|value| value.folded != other.folded)).take(1);
        let mut sets: Vec<Vec<Text>> = vec![other.collect()];
        if values.len() <= MOST_VALUES {
            for set in 1..1_usize << values.len() {
                let included = values.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
                sets.push(included.map(|(_, value)| value.clone()).collect());
            }
        } else {
            sets.extend(values.iter().map(|value| vec![value.clone()]));
            sets.push(values.clone());
        }
        let sets = sets.into_iter().filter(|set| !set.is_empty()).map(Value::List);
        let mut classes = self.answers_of(sets, may_be_missing);
        if values.len() > MOST_VALUES {
            let open = self.asked.aspects.iter().map(|_| Estimate::truth(Truth::Maybe)).collect();
            classes.push((Sample::Unseen, open));
        }
        classes
    }
}
