//! Classes of counts: how many events a selector keeps, how many whole durations have passed.

use super::{Asked, Classes, Sample};
use crate::analysis::estimate::Estimate;
use crate::analysis::graph::{Aspect, Graph};
use crate::analysis::interval::Interval;
use crate::value::Decimal;
use std::collections::BTreeSet;

/// More classes than this would be searched for long.
const MOST_CLASSES: usize = 24;

pub(super) fn of_selector(graph: &Graph<'_>, selector: usize, asked: &Asked, is_selectable: bool) -> Classes {
    let cuts = graph.cuts.get(&selector).cloned().unwrap_or_default();
    classes(asked, cuts, if is_selectable { None } else { Some(0) })
}

pub(super) fn of_silence(graph: &Graph<'_>, silence: usize, asked: &Asked) -> Classes {
    let cuts = graph.silences.get(silence).map(|silence| silence.enough.clone()).unwrap_or_default();
    classes(asked, cuts, None)
}

/// None, and from each cut to the next.
fn classes(asked: &Asked, mut cuts: Vec<u64>, most: Option<u64>) -> Classes {
    for (_, at) in &asked.cuts {
        // A comparison changes at its number, or right after it.
        let floor = at.billionths().div_euclid(Decimal::ONE.billionths());
        cuts.extend([floor, floor.saturating_add(1)].into_iter().filter_map(|cut| u64::try_from(cut).ok()));
    }
    let starts: BTreeSet<u64> = cuts.into_iter().filter(|cut| *cut > 0).chain([0, 1]).collect();
    let starts: Vec<u64> = starts.into_iter().filter(|start| most.is_none_or(|most| *start <= most)).collect();
    let starts = starts.get(..MOST_CLASSES).unwrap_or(&starts);
    let ends = starts.iter().skip(1).map(|next| Some(next.saturating_sub(1))).chain([most]);
    starts.iter().zip(ends).map(|(start, end)| (Sample::Count(*start, end), estimates(asked, *start, end))).collect()
}

/// Of a count from the first to the second.
pub(super) fn estimates(asked: &Asked, start: u64, end: Option<u64>) -> Vec<Estimate> {
    let whole = |count: u64| i64::try_from(count).ok().map(Decimal::whole);
    let interval = Interval::new(whole(start), end.and_then(whole));
    let estimate = |aspect: &Aspect| match aspect {
        Aspect::Value => Estimate::known(interval),
        Aspect::Question(_) | Aspect::Measure(_) => Estimate::ANY,
    };
    asked.aspects.iter().map(estimate).collect()
}
