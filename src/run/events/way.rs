//! How each state is kept in a record, and in how many words.

use super::buckets::RowShape;
use super::cells::{COUNT, NONE, NUMBER, set_instant};
use super::newest::{Entry, EntryKind};
use super::reach::Reach;
use crate::model::{Each, LimitScope};
use crate::plan::{Asks, Nodes, PointsNode, PointsOfEach, PropertyKey, State, StateKind};
use crate::value::{CalendarUnit, Decimal};

/// Entries that stand in the words of a record.
const IN_PLACE: u64 = 4;
/// Entries that a bucket may keep: as many as the plan takes for few.
const IN_BUCKET: u64 = 64;

/// What is kept of a state's events; each can be added to in any order, and merged.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Way {
    /// How many
    Count,
    /// The different known values
    Distinct(PropertyKey),
    /// Their sum, where there are any
    Sum(PropertyKey),
    /// Their sum and how many
    Average(PropertyKey),
    Extreme {
        of: PropertyKey,
        highest: bool,
    },
    /// The latest or first instant
    EdgeAt {
        latest: bool,
    },
    /// The latest or first event's value
    Edge {
        of: PropertyKey,
        latest: bool,
    },
    /// How many occurrences, each of constant points that do not fade
    CountedPoints,
    /// The points of all, after decay
    SummedPoints,
    /// At most so many occurrences
    Newest {
        times: usize,
        entry: EntryKind,
    },
    PerBucket(PerBucket),
    /// Answered from the list of the lead's events
    List,
}

/// A limit or a grouping by what an occurrence counts under.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PerBucket {
    pub key: BucketKey,
    /// `for each day with at least N`: the latest of those that have so many; else a limit
    pub at_least: Option<u64>,
    /// Occurrences kept of each
    pub times: u64,
    /// 0 where counting them is enough
    pub slots: usize,
    pub entry: EntryKind,
    /// The plain limit over all
    pub plain: Option<u64>,
    /// Of a bucket: how many events there were, where that counts, then the slots
    pub row: RowShape,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum BucketKey {
    Calendar(CalendarUnit),
    Property(PropertyKey),
    At,
}

/// How a state is kept, in a list only where the plan says so or there is no other way; `nodes` are those of the scope of an event.
pub(super) fn way_of(state: &State, nodes: &Nodes) -> Way {
    if state.kind == StateKind::List {
        return Way::List;
    }
    let filter_is_local = state.of.filter.is_none_or(|filter| !Reach::of_mask(nodes, filter).lead);
    if !state.of.is_local() || !filter_is_local {
        return Way::List;
    }
    match &state.asks {
        Asks::Count => Way::Count,
        Asks::CountOfDistinct(property) => Way::Distinct(property.clone()),
        Asks::Sum(property) => Way::Sum(property.clone()),
        Asks::Average(property) => Way::Average(property.clone()),
        Asks::Highest(of) => Way::Extreme { of: of.clone(), highest: true },
        Asks::Lowest(of) => Way::Extreme { of: of.clone(), highest: false },
        Asks::Latest(of) => Way::Edge { of: of.clone(), latest: true },
        Asks::First(of) => Way::Edge { of: of.clone(), latest: false },
        Asks::LatestAt => Way::EdgeAt { latest: true },
        Asks::FirstAt => Way::EdgeAt { latest: false },
        Asks::Points(points) => way_of_points(points, nodes).unwrap_or(Way::List),
    }
}

/// `None` where the events themselves are needed.
fn way_of_points(of: &PointsOfEach, nodes: &Nodes) -> Option<Way> {
    let mut reach = Reach::default();
    reach.add_points(nodes, &of.points);
    let is_constant = constant_points(&of.points, 0).is_some();
    // Which place in a series an event has is known in the end.
    if reach.lead || (!is_constant && has_series(&of.points)) {
        return None;
    }
    let entry = if is_constant { EntryKind::Instant } else { EntryKind::Points };
    let (bucket, plain) = limits_of(of)?;
    let is_counted = is_constant && of.decay.is_none();
    let (key, at_least, times) = match (grouping_of(&of.each), bucket) {
        (Some((key, at_least)), None) => (key, Some(at_least), 1),
        (None, Some((key, times))) => (key, None, times),
        (Some(_), Some(_)) => return None,
        (None, None) => {
            return match plain {
                _ if is_counted => Some(Way::CountedPoints),
                Some(times) => Some(Way::Newest { times: usize::try_from(times).unwrap_or(usize::MAX), entry }),
                None if is_constant && has_series(&of.points) => None,
                None => Some(Way::SummedPoints),
            };
        }
    };
    let slots = if is_counted { 0 } else { usize::try_from(times).ok().filter(|_| times <= IN_BUCKET)? };
    let row = RowShape {
        key: key.words(),
        empty: [vec![0; counted_words(at_least, times, slots)], entry.slots(slots)].concat(),
    };
    Some(Way::PerBucket(PerBucket { key, at_least, times, slots, entry, plain, row }))
}

/// A count where it is asked for, or where it stands for occurrences; one that is at most 1 goes without.
fn counted_words(at_least: Option<u64>, times: u64, slots: usize) -> usize {
    usize::from(at_least.is_some_and(|least| least > 1) || (slots == 0 && times != 1))
}

fn grouping_of(each: &Each) -> Option<(BucketKey, u64)> {
    match each {
        Each::Event => None,
        Each::Calendar { unit, at_least } => Some((BucketKey::Calendar(*unit), *at_least)),
        Each::Property { property, at_least } => Some((BucketKey::Property(property.clone().into()), *at_least)),
        Each::At { at_least } => Some((BucketKey::At, *at_least)),
    }
}

type Limits = (Option<(BucketKey, u64)>, Option<u64>);

/// At most one limit by bucket, then a plain one; `None` for anything else.
fn limits_of(of: &PointsOfEach) -> Option<Limits> {
    let mut limits: Limits = (None, None);
    for limit in &of.limits {
        let key = match &limit.scope {
            LimitScope::Plain if limits.1.is_none() => {
                limits.1 = Some(limit.times);
                continue;
            }
            LimitScope::PerCalendar(unit) => BucketKey::Calendar(*unit),
            LimitScope::PerProperty(property) => BucketKey::Property(property.clone().into()),
            LimitScope::PerAt => BucketKey::At,
            LimitScope::Plain | LimitScope::InAny(_) => return None,
        };
        if limits.0.is_some() || limits.1.is_some() {
            return None;
        }
        limits.0 = Some((key, limit.times));
    }
    Some(limits)
}

fn has_series(points: &PointsNode) -> bool {
    match points {
        PointsNode::Series(_) => true,
        PointsNode::Constant(_) | PointsNode::Computed(_) => false,
        PointsNode::Table { rows, missing, otherwise, .. } => {
            rows.iter().any(|(_, points)| has_series(points))
                || missing.iter().chain(otherwise).any(|points| has_series(points))
        }
    }
}

/// The points of the occurrence `nth`; `None` where they are not the same for any event.
pub(super) fn constant_points(points: &PointsNode, nth: usize) -> Option<Decimal> {
    match points {
        PointsNode::Constant(points) => Some(*points),
        PointsNode::Series(series) => {
            let each = series.iter().map(|points| constant_points(points, nth)).collect::<Option<Vec<Decimal>>>()?;
            each.get(nth).or(each.last()).copied()
        }
        PointsNode::Computed(_) | PointsNode::Table { .. } => None,
    }
}

impl Way {
    /// What stands in a record that has no events; its length is the number of words.
    pub(super) fn empty(&self) -> Vec<u32> {
        let mut words = vec![
            0;
            match self {
                Way::Count | Way::CountedPoints | Way::Distinct(_) | Way::PerBucket(_) => COUNT,
                Way::Sum(_) | Way::Extreme { .. } | Way::EdgeAt { .. } | Way::SummedPoints => NUMBER,
                Way::Average(_) => NUMBER + COUNT,
                // instant, place, the side of its value
                Way::Edge { .. } => 5,
                Way::Newest { times, entry } => return self.in_place().map_or(vec![0], |_| entry.slots(*times)),
                Way::List => 0,
            }
        ];
        let is_number = matches!(
            self,
            Way::Sum(_)
                | Way::Average(_)
                | Way::Extreme { .. }
                | Way::EdgeAt { .. }
                | Way::Edge { .. }
                | Way::SummedPoints
        );
        if is_number {
            set_instant(&mut words, 0, NONE);
        }
        words
    }

    /// For [`Way::Newest`]: how many slots stand in the record; `None` where the entries are beside it.
    pub(super) fn in_place(&self) -> Option<usize> {
        match self {
            Way::Newest { times, .. } if *times as u64 <= IN_PLACE => Some(*times),
            _ => None,
        }
    }
}

impl PerBucket {
    /// How many events a bucket had, where that counts; else 1.
    pub(super) fn count(&self, bucket: &[u32]) -> u64 {
        if bucket.len() > self.slot_words() { bucket.first().copied().map_or(1, u64::from) } else { 1 }
    }

    pub(super) fn add_count(&self, bucket: &mut [u32], more: u32) {
        if bucket.len() > self.slot_words() {
            bucket[0] = bucket[0].saturating_add(more);
        }
    }

    /// The slots of a bucket.
    pub(super) fn slots<'b>(&self, bucket: &'b [u32]) -> &'b [u32] {
        &bucket[bucket.len() - self.slot_words()..]
    }

    /// Puts an occurrence into the slots of a bucket, where it belongs there.
    pub(super) fn keep(&self, bucket: &mut [u32], entry: Entry) {
        let start = bucket.len() - self.slot_words();
        self.entry.keep(&mut bucket[start..], entry);
    }

    fn slot_words(&self) -> usize {
        self.slots * self.entry.words()
    }
}

impl BucketKey {
    /// Words that tell the keys apart.
    fn words(&self) -> usize {
        match self {
            BucketKey::Calendar(CalendarUnit::Day | CalendarUnit::Week | CalendarUnit::Month) => 1,
            BucketKey::Calendar(CalendarUnit::Hour) | BucketKey::At => 2,
            BucketKey::Property(_) => 4,
        }
    }
}

/// How the different values of a property are kept.
pub(super) static DISTINCT: RowShape = RowShape { key: 4, empty: Vec::new() };

impl Way {
    /// Whether what each event gives is worked out as it is read.
    pub(super) fn needs_points(&self) -> bool {
        match self {
            Way::SummedPoints => true,
            Way::Newest { entry, .. } => *entry == EntryKind::Points,
            Way::PerBucket(per) => per.slots > 0 && per.entry == EntryKind::Points,
            _ => false,
        }
    }
}
