//! From what is kept of each lead to the answer of a state, as a column over the leads of a batch.

use super::add::newest_of;
use super::cells::*;
use super::codec::Bytes;
use super::columns::{ColumnBuilder, Texts};
use super::judge::POINT;
use super::newest::{Entry, newest};
use super::records::Record;
use super::shape::{Keeping, Shape};
use super::sides::Sides;
use super::way::{DISTINCT, PerBucket, Way, constant_points};
use crate::model::Type;
use crate::plan::{Asks, PointsNode, PointsOfEach};
use crate::run::batch::{Column, DateColumn, Mask, NumberColumn};
use crate::run::evaluate::StateColumn;
use crate::value::{Decimal, Factor, Instant, Moment};
use ethnum::I256;

/// Numbers of the leads of a batch, some of them too large to hold.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub values: Vec<Option<Decimal>>,
    pub too_large: Vec<usize>,
}

impl Numbers {
    /// A sum in billionths; one that does not fit is missing.
    pub(super) fn push_sum(&mut self, sum: I256) -> Option<Decimal> {
        let fits = i128::try_from(sum).ok().map(Decimal::from_billionths);
        if fits.is_none() {
            self.too_large.push(self.values.len());
        }
        fits
    }

    pub(super) fn finish(self) -> StateColumn {
        StateColumn::Value(Column::Number(NumberColumn {
            known: Mask::of(self.values.iter().map(Option::is_some)),
            values: self.values.into_iter().map(Option::unwrap_or_default).collect(),
        }))
    }
}

/// The answer to a state that is not answered from lists; `None` in place of a record is a lead without events.
pub(super) fn answer(
    shape: &Shape<'_>,
    keeping: &Keeping<'_>,
    records: &[Option<Record<'_>>],
) -> (StateColumn, Vec<usize>) {
    let empty = (shape.empty.clone(), Sides::default());
    let none = Record { words: &empty.0, sides: &empty.1 };
    let kept = || {
        records.iter().map(|record| {
            let record = record.unwrap_or(none);
            (&record.words[keeping.word..], record.sides)
        })
    };
    match (&keeping.way, &keeping.state.asks) {
        (Way::EdgeAt { .. }, _) => {
            let values = kept().map(|(words, _)| Some(Moment::Instant(Instant(get_instant(words, 0)?))));
            (StateColumn::Value(Column::Date(DateColumn { values: values.collect() })), Vec::new())
        }
        (Way::Edge { of, .. }, _) => {
            let mut texts = Texts::default();
            let mut builder = ColumnBuilder::new(shape.type_of(of).unwrap_or(Type::Text));
            for (words, sides) in kept() {
                let mut bytes = Bytes(sides.bytes(words[4]));
                if bytes.is_empty() || builder.push_bytes(&mut bytes, &mut texts).is_none() {
                    builder.push(None, &mut texts);
                }
            }
            (StateColumn::Value(builder.finish(&texts)), Vec::new())
        }
        (way, Asks::Points(of)) => {
            let earned = kept().map(|(words, sides)| earned(shape, way, of, words, sides));
            let (points, took_part): (Vec<Decimal>, Vec<bool>) = earned.unzip();
            (StateColumn::Points { points, took_part: Mask::of(took_part.into_iter()) }, Vec::new())
        }
        (way, _) => {
            let mut numbers = Numbers::default();
            for (words, sides) in kept() {
                let number = number_of(way, words, sides, &mut numbers);
                numbers.values.push(number);
            }
            let too_large = std::mem::take(&mut numbers.too_large);
            (numbers.finish(), too_large)
        }
    }
}

fn number_of(way: &Way, words: &[u32], sides: &Sides, numbers: &mut Numbers) -> Option<Decimal> {
    match way {
        Way::Count => Some(whole(count(words, 0, sides))),
        Way::Distinct(_) => Some(whole(sides.buckets(words[0]).map_or(0, |buckets| buckets.len(&DISTINCT)) as u64)),
        Way::Sum(_) => numbers.push_sum(number(words, 0, sides).unwrap_or(I256::ZERO)),
        Way::Extreme { .. } => numbers.push_sum(number(words, 0, sides)?),
        Way::Average(_) => {
            let sum = number(words, 0, sides)?;
            numbers.push_sum(sum)?.ratio(1, i128::from(count(words, NUMBER, sides)))
        }
        _ => None,
    }
}

fn whole(count: u64) -> Decimal {
    Decimal::whole(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The points of a `for each` rule, and whether there was an occurrence.
fn earned(shape: &Shape<'_>, way: &Way, of: &PointsOfEach, words: &[u32], sides: &Sides) -> (Decimal, bool) {
    match way {
        Way::CountedPoints => {
            let plain = of.limits.iter().map(|limit| limit.times).min();
            counted(of, count(words, 0, sides).min(plain.unwrap_or(u64::MAX)))
        }
        Way::SummedPoints => match number(words, 0, sides) {
            None => (Decimal::ZERO, false),
            Some(sum) => (in_billionths(i128::try_from(sum).unwrap_or(i128::MAX)), true),
        },
        Way::Newest { times, entry } => {
            let entries = newest(newest_of(way, *entry, words, sides), *times);
            entered(shape, of, way.needs_points(), entries)
        }
        Way::PerBucket(per) => per_bucket(shape, of, way, per, words, sides),
        _ => (Decimal::ZERO, false),
    }
}

fn per_bucket(
    shape: &Shape<'_>,
    of: &PointsOfEach,
    way: &Way,
    per: &PerBucket,
    words: &[u32],
    sides: &Sides,
) -> (Decimal, bool) {
    let rows = sides.buckets(words[0]).into_iter().flat_map(|buckets| buckets.rows(&per.row));
    let large_enough = rows.filter(|(_, bucket)| per.at_least.is_none_or(|least| per.count(bucket) >= least));
    let plain = per.plain.unwrap_or(u64::MAX);
    if per.slots == 0 {
        let kept = large_enough.map(|(_, bucket)| per.count(bucket).min(per.times)).sum::<u64>();
        return counted(of, kept.min(plain));
    }
    let entries: Vec<Entry> = large_enough.flat_map(|(_, bucket)| per.entry.all(per.slots(bucket))).collect();
    let entries = newest(entries, usize::try_from(plain).unwrap_or(usize::MAX));
    entered(shape, of, way.needs_points(), entries)
}

/// So many occurrences of constant points that do not fade. What comes after the parts of a series is as its last one.
fn counted(of: &PointsOfEach, occurrences: u64) -> (Decimal, bool) {
    let points = |nth: usize| Factor::ONE.of(constant_points(&of.points, nth).unwrap_or_default()).billionths();
    let parts = parts(&of.points);
    let written = parts.min(usize::try_from(occurrences).unwrap_or(usize::MAX));
    let first = (0..written).map(points).fold(0, i128::saturating_add);
    let further = points(parts).saturating_mul(i128::from(occurrences - written as u64));
    (Decimal::from_billionths(first.saturating_add(further)), occurrences > 0)
}

/// How many occurrences may differ in their points.
fn parts(points: &PointsNode) -> usize {
    match points {
        PointsNode::Series(series) => series.iter().map(parts).max().unwrap_or(0).max(series.len()),
        PointsNode::Constant(_) | PointsNode::Computed(_) | PointsNode::Table { .. } => 0,
    }
}

/// Occurrences as they were kept, in no order.
fn entered(shape: &Shape<'_>, of: &PointsOfEach, points_are_kept: bool, mut entries: Vec<Entry>) -> (Decimal, bool) {
    let took_part = !entries.is_empty();
    if points_are_kept {
        let sum = entries.iter().map(|entry| i128::from(entry.points)).sum();
        return (in_billionths(sum), took_part);
    }
    entries.sort_unstable();
    let each = entries.iter().enumerate().map(|(nth, entry)| {
        let points = constant_points(&of.points, nth).unwrap_or_default();
        faded(shape, of, Instant(entry.at), points).billionths()
    });
    (Decimal::from_billionths(each.fold(0, i128::saturating_add)), took_part)
}

/// The points of an occurrence, after decay and rounding.
pub(super) fn faded(shape: &Shape<'_>, of: &PointsOfEach, at: Instant, points: Decimal) -> Decimal {
    let factor = of.decay.map_or(Factor::ONE, |decay| decay.factor(at, shape.plan.as_of, &shape.model().zone));
    factor.of(points)
}

fn in_billionths(points: i128) -> Decimal {
    Decimal::from_billionths(points.saturating_mul(POINT))
}
