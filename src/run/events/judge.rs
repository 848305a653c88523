//! Which states each event of a block counts for, and what it gives to each.

use super::columns::{MISSING_KEY, Texts, key_of};
use super::rows::{EventRows, LocalInputs};
use super::shape::{Keeping, Shape};
use super::way::{BucketKey, Way};
use crate::model::EventId;
use crate::plan::{Asks, MaskId, PointsOfEach, PropertyKey};
use crate::run::batch::{Column, Mask};
use crate::run::evaluate::{self, Settler, Values};
use crate::value::{Decimal, Factor, Instant};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Billionths in a ten thousandth, in which points are kept.
pub(super) const POINT: i128 = 100_000;

/// What the events of a block come to.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// Words of a row of `hits`
    pub width: usize,
    /// For each row a bit for each state that it counts for.
    pub hits: Vec<u64>,
    /// By state.
    pub given: Vec<Given>,
    /// For each row a bit for each pick of the list; without a list nothing.
    pub picked: Vec<u8>,
    /// Events in which some calculation gave a number too large to hold
    pub too_large: Option<Mask>,
}

/// What events give to one state, by row; as far as it asks for it.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub column: Option<Arc<Column>>,
    /// What each counts under; `None` where it counts under nothing.
    pub keys: Vec<Option<u128>>,
    /// In ten thousandths, after decay
    pub points: Vec<i64>,
}

/// Judges block after block; what was found out about texts is kept from one to the next.
pub(super) struct Judging<'a> {
    shape: &'a Shape<'a>,
    settler: Option<Settler<'a>>,
}

impl<'a> Judging<'a> {
    pub(super) fn new(shape: &'a Shape<'a>) -> Judging<'a> {
        let plan = shape.plan;
        Judging { shape, settler: shape.local.as_ref().map(|nodes| Settler::new(nodes, plan.model, plan.as_of)) }
    }

    /// Judges the events of a block.
    pub(super) fn judge(&mut self, rows: &EventRows, texts: &Texts) -> Judged {
        let inputs = LocalInputs { shape: self.shape, rows, texts };
        let values = self.settler.as_mut().map(|settler| settler.settle_all(&inputs));
        let judged = judged(self.shape, rows, texts, values.as_ref());
        if let (Some(settler), Some(values)) = (&mut self.settler, values) {
            settler.finish(values);
        }
        judged
    }
}

fn judged(shape: &Shape<'_>, rows: &EventRows, texts: &Texts, values: Option<&Values<'_>>) -> Judged {
    let of_kind = of_kind(shape, rows);
    let mut judge = Judge { shape, rows, texts, values, of_kind, ignored: None, columns: Vec::new() };
    judge.see_ignored();
    let width = shape.keepings.len().div_ceil(64);
    let mut judged = Judged { width, hits: vec![0; width * rows.len()], ..Judged::default() };
    for (place, keeping) in shape.keepings.iter().enumerate() {
        if keeping.way == Way::List {
            judged.given.push(Given::default());
            continue;
        }
        let of = &keeping.state.of;
        let selected = judge.selected(&of.types, of.filter, of.not_before, of.before, of.sees_ignored);
        for row in selected.ones() {
            judged.hits[row * width + place / 64] |= 1 << (place % 64);
        }
        judged.given.push(judge.given(keeping, &selected));
    }
    judged.picked = judge.picked();
    judged.too_large = values.map(|values| judge.seen(values.too_large()));
    judged
}

/// The rows of each type that are not after `as of`.
fn of_kind(shape: &Shape<'_>, rows: &EventRows) -> BTreeMap<EventId, Mask> {
    let mut of_kind: BTreeMap<EventId, Mask> = BTreeMap::new();
    for (row, (kind, at)) in rows.kinds.iter().zip(&rows.at).enumerate() {
        if *at <= shape.plan.as_of {
            of_kind.entry(*kind).or_insert_with(|| Mask::new(rows.len(), false)).set(row, true);
        }
    }
    of_kind
}

struct Judge<'a, 'v> {
    shape: &'a Shape<'a>,
    rows: &'a EventRows,
    texts: &'a Texts,
    values: Option<&'a Values<'v>>,
    of_kind: BTreeMap<EventId, Mask>,
    ignored: Option<Mask>,
    /// Properties that states read, each once.
    columns: Vec<(PropertyKey, Arc<Column>)>,
}

impl Judge<'_, '_> {
    /// Finds the events that an `ignore` takes away.
    fn see_ignored(&mut self) {
        let mut ignored = Mask::new(self.rows.len(), false);
        for ignore in &self.shape.ignores {
            ignored.or(&self.selected(&ignore.types, ignore.filter, ignore.not_before, ignore.before, true));
        }
        self.ignored = ignored.any().then_some(ignored);
    }

    /// Those of some rows that are events which somebody sees.
    fn seen(&self, rows: &Mask) -> Mask {
        let mut seen = Mask::new(self.rows.len(), false);
        self.of_kind.values().for_each(|rows| seen.or(rows));
        self.ignored.iter().for_each(|ignored| seen.and_not(ignored));
        seen.and(rows);
        seen
    }

    fn selected(
        &self,
        types: &BTreeSet<EventId>,
        filter: Option<MaskId>,
        not_before: Option<Instant>,
        before: Option<Instant>,
        sees_ignored: bool,
    ) -> Mask {
        let mut selected = Mask::new(self.rows.len(), false);
        types.iter().filter_map(|kind| self.of_kind.get(kind)).for_each(|rows| selected.or(rows));
        match (filter, filter.zip(self.values).and_then(|(filter, values)| values.mask(filter))) {
            (_, Some(passing)) => selected.and(passing),
            (Some(_), None) => selected = Mask::new(self.rows.len(), false),
            (None, None) => {}
        }
        if let Some(ignored) = self.ignored.as_ref().filter(|_| !sees_ignored) {
            selected.and_not(ignored);
        }
        if not_before.is_some() || before.is_some() {
            let at = &self.rows.at;
            let keeps = |row: &usize| {
                not_before.is_none_or(|earliest| earliest <= at[*row]) && before.is_none_or(|end| at[*row] < end)
            };
            let outside: Vec<usize> = selected.ones().filter(|row| !keeps(row)).collect();
            outside.into_iter().for_each(|row| selected.set(row, false));
        }
        selected
    }

    fn given(&mut self, keeping: &Keeping<'_>, selected: &Mask) -> Given {
        let mut given = Given::default();
        match &keeping.way {
            Way::Sum(of) | Way::Average(of) | Way::Extreme { of, .. } | Way::Edge { of, .. } => {
                given.column = self.column(of);
            }
            Way::Distinct(of) => {
                let column = self.column(of);
                given.keys = self.keys(selected, |row| self.key(column.as_deref(), row));
            }
            Way::PerBucket(per) => {
                let column = per.key.property().cloned().and_then(|property| self.column(&property));
                let zone = &self.shape.model().zone;
                let missing = if per.at_least.is_some() { None } else { Some(MISSING_KEY) };
                given.keys = self.keys(selected, |row| match per.key {
                    BucketKey::Calendar(unit) => Some(self.rows.at[row].bucket(unit, zone) as u128),
                    BucketKey::At => Some(self.rows.at[row].0 as u128),
                    BucketKey::Property(_) => self.key(column.as_deref(), row).or(missing),
                });
            }
            Way::Count
            | Way::CountedPoints
            | Way::SummedPoints
            | Way::Newest { .. }
            | Way::EdgeAt { .. }
            | Way::List => {}
        }
        if let Asks::Points(points) = &keeping.state.asks
            && keeping.way.needs_points()
        {
            given.points = self.points(points, selected);
        }
        given
    }

    fn column(&mut self, key: &PropertyKey) -> Option<Arc<Column>> {
        if let Some((_, column)) = self.columns.iter().find(|(known, _)| known == key) {
            return Some(column.clone());
        }
        let column = Arc::new(self.rows.column(key, self.shape, self.texts)?);
        self.columns.push((key.clone(), column.clone()));
        Some(column)
    }

    fn keys(&self, selected: &Mask, key: impl Fn(usize) -> Option<u128>) -> Vec<Option<u128>> {
        let mut keys = vec![None; self.rows.len()];
        selected.ones().for_each(|row| keys[row] = key(row));
        keys
    }

    fn key(&self, column: Option<&Column>, row: usize) -> Option<u128> {
        key_of(column?, row, self.texts.keys(), &self.shape.model().zone)
    }

    fn points(&self, of: &PointsOfEach, selected: &Mask) -> Vec<i64> {
        let mut points = vec![0; self.rows.len()];
        let zone = &self.shape.model().zone;
        let constant = super::way::constant_points(&of.points, 0);
        for row in selected.ones() {
            let whole = constant
                .or_else(|| self.values.and_then(|values| evaluate::points(&of.points, values, row, 0)))
                .unwrap_or_default();
            let factor =
                of.decay.map_or(Factor::ONE, |decay| decay.factor(self.rows.at[row], self.shape.plan.as_of, zone));
            points[row] = in_points(factor.of(whole));
        }
        points
    }

    /// For each row a bit for each pick of the list.
    fn picked(&self) -> Vec<u8> {
        let Some(listed) = &self.shape.listed else { return Vec::new() };
        let bits = listed.bits();
        let mut picked = vec![0; bits * self.rows.len()];
        for (place, pick) in listed.picks.iter().enumerate() {
            let filter = pick.filter.filter(|_| !pick.waits);
            let selected = self.selected(&pick.types, filter, pick.not_before, pick.before, pick.sees_ignored);
            for row in selected.ones() {
                picked[row * bits + place / 8] |= 1 << (place % 8);
            }
        }
        picked
    }
}

/// Points have at most 4 decimals, and lie far inside the limits of the type.
fn in_points(points: Decimal) -> i64 {
    i64::try_from(points.billionths() / POINT).unwrap_or(if points.is_negative() { i64::MIN } else { i64::MAX })
}
