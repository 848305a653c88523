//! What a record holds for one plan: where each state stands, and what the list of a lead's events holds.

use super::cells::COUNT;
use super::reach::Reach;
use super::records::FINGERPRINT;
use super::way::{BucketKey, Way, way_of};
use crate::model::{Each, Model};
use crate::model::{EventId, FieldKind, LimitScope, PropertyId, Type};
use crate::plan::{Asks, DateId, MaskId, Nodes, Plan, PointsOfEach, PropertyKey, Selection, State, WhichPlan};
use crate::value::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet};

/// The word of a record that counts the lead's events.
pub(super) const EVENTS: usize = FINGERPRINT;

/// How a plan's states are kept.
#[derive(Debug)]
pub(super) struct Shape<'plan> {
    pub plan: &'plan Plan<'plan>,
    /// One for each state.
    pub keepings: Vec<Keeping<'plan>>,
    /// A record without events.
    pub empty: Vec<u32>,
    /// Ignores that an event tells by itself.
    pub ignores: Vec<&'plan Selection>,
    /// Of states that are answered from the list.
    pub listed: Option<Listed>,
    /// What is evaluated as events are read.
    pub local: Option<Nodes>,
    /// The word that says whether a calculation over some event gave a number too large; where any is made
    pub too_large: Option<usize>,
}

/// Where a state stands.
#[derive(Debug)]
pub(super) struct Keeping<'plan> {
    pub state: &'plan State,
    pub way: Way,
    /// The first of its words
    pub word: usize,
}

/// What the list of a lead's events holds, and what it is asked.
#[derive(Debug)]
pub(super) struct Listed {
    /// The word of the record that names the list
    pub word: usize,
    /// What events are picked for; for each event of the list a bit for each pick.
    pub picks: Vec<Pick>,
    /// Properties that go with each event.
    pub stored: BTreeMap<EventId, Vec<PropertyId>>,
    /// By state; `None` for those that are not answered from the list.
    pub windows: Vec<Option<Windows>>,
    /// `ignore`s that need the lead or its other events.
    pub ignores: Vec<Windows>,
    /// What is evaluated once the lead is there.
    pub nodes: Option<Nodes>,
}

/// Events of some types that pass a filter and lie between two instants.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pick {
    pub types: BTreeSet<EventId>,
    pub filter: Option<MaskId>,
    /// Whether the filter needs the lead.
    pub waits: bool,
    pub not_before: Option<Instant>,
    pub before: Option<Instant>,
    pub sees_ignored: bool,
}

/// A selection that needs the lead or its other events; all `usize`s are picks.
#[derive(Debug, Clone)]
pub(super) struct Windows {
    pub pick: usize,
    pub since: Option<DateId>,
    pub before_date: Option<DateId>,
    pub since_last: Vec<usize>,
    pub within_after: Option<(Duration, usize)>,
}

impl<'plan> Shape<'plan> {
    pub(super) fn new(plan: &'plan Plan<'plan>) -> Shape<'plan> {
        let (ignores, late_ignores) =
            plan.ignores.iter().partition::<Vec<_>, _>(|ignore| is_local(ignore, &plan.event));
        let mut empty = vec![0; FINGERPRINT + COUNT];
        let mut keepings = Vec::with_capacity(plan.states.len());
        for state in &plan.states {
            let waits =
                !state.of.sees_ignored && late_ignores.iter().any(|ignore| !ignore.types.is_disjoint(&state.of.types));
            let way = if waits { Way::List } else { way_of(state, &plan.event) };
            keepings.push(Keeping { state, word: empty.len(), way });
            empty.extend(keepings.iter().rev().take(1).flat_map(|keeping| keeping.way.empty()));
        }
        let listed = Listed::new(plan, &keepings, &late_ignores, empty.len());
        empty.extend(listed.iter().map(|_| 0));
        let local = local_nodes(plan, &keepings, &ignores, listed.as_ref());
        let too_large = local.as_ref().map(|_| empty.len());
        empty.extend(too_large.iter().map(|_| 0));
        Shape { plan, keepings, empty, ignores, listed, local, too_large }
    }

    pub(super) fn model(&self) -> &'plan Model {
        self.plan.model
    }

    /// The type of a property; `None` where no event type has it.
    pub(super) fn type_of(&self, property: &PropertyKey) -> Option<Type> {
        let (event, property) = property.places.iter().next()?;
        kind_of(self.plan.model, *event, *property).map(FieldKind::type_of)
    }
}

/// The declared kind of a property.
pub(super) fn kind_of(model: &Model, event: EventId, property: PropertyId) -> Option<&FieldKind> {
    Some(&model.events.get(event.index())?.properties.get(property.index())?.kind)
}

/// Whether an event tells by itself that it is selected.
fn is_local(selection: &Selection, nodes: &Nodes) -> bool {
    selection.is_local() && selection.filter.is_none_or(|filter| !Reach::of_mask(nodes, filter).lead)
}

/// The nodes of filters and points that are evaluated as events are read; `None` where there are none.
fn local_nodes(
    plan: &Plan<'_>,
    keepings: &[Keeping<'_>],
    ignores: &[&Selection],
    listed: Option<&Listed>,
) -> Option<Nodes> {
    let mut reach = Reach::default();
    let kept = keepings.iter().filter(|keeping| keeping.way != Way::List);
    for keeping in kept {
        keeping.state.of.filter.into_iter().for_each(|filter| reach.add_mask(&plan.event, filter));
        if let Asks::Points(points) = &keeping.state.asks {
            reach.add_points(&plan.event, &points.points);
        }
    }
    let picks = listed.into_iter().flat_map(|listed| &listed.picks).filter(|pick| !pick.waits);
    let filters = ignores.iter().filter_map(|ignore| ignore.filter).chain(picks.filter_map(|pick| pick.filter));
    filters.for_each(|filter| reach.add_mask(&plan.event, filter));
    (!reach.values.is_empty()).then(|| reach.only(&plan.event))
}

impl Listed {
    /// `None` where nothing is answered from a list.
    fn new(plan: &Plan<'_>, keepings: &[Keeping<'_>], ignores: &[&Selection], word: usize) -> Option<Listed> {
        let mut picks = Picks { nodes: &plan.event, all: Vec::new() };
        let mut windows = Vec::with_capacity(keepings.len());
        for keeping in keepings {
            windows.push((keeping.way == Way::List).then(|| picks.windows(&keeping.state.of)));
        }
        if windows.iter().all(Option::is_none) {
            return None;
        }
        let ignores: Vec<Windows> = ignores.iter().map(|ignore| picks.windows(ignore)).collect();
        let picks = picks.all;
        let mut reach = Reach::default();
        for filter in picks.iter().filter(|pick| pick.waits).filter_map(|pick| pick.filter) {
            reach.add_mask(&plan.event, filter);
        }
        for keeping in keepings.iter().filter(|keeping| keeping.way == Way::List) {
            match &keeping.state.asks {
                Asks::Count | Asks::LatestAt | Asks::FirstAt => {}
                Asks::CountOfDistinct(property)
                | Asks::Sum(property)
                | Asks::Average(property)
                | Asks::Highest(property)
                | Asks::Lowest(property)
                | Asks::Latest(property)
                | Asks::First(property) => reach.add_property(property),
                Asks::Points(points) => {
                    reach.add_points(&plan.event, &points.points);
                    keys_of(points).iter().for_each(|property| reach.add_property(property));
                }
            }
        }
        let mut stored: BTreeMap<EventId, Vec<PropertyId>> = BTreeMap::new();
        for (event, property) in &reach.properties {
            stored.entry(*event).or_default().push(*property);
        }
        let nodes = (!reach.values.is_empty()).then(|| reach.only(&plan.event));
        Some(Listed { word, picks, stored, windows, ignores, nodes })
    }

    /// Bytes that tell for what an event is picked.
    pub(super) fn bits(&self) -> usize {
        self.picks.len().div_ceil(8)
    }
}

/// The properties that a rule counts its occurrences by.
fn keys_of(points: &PointsOfEach) -> Vec<PropertyKey> {
    let each = if let Each::Property { property, .. } = &points.each { Some(property) } else { None };
    let limits = points.limits.iter().filter_map(|limit| match &limit.scope {
        LimitScope::PerProperty(property) => Some(property),
        LimitScope::Plain | LimitScope::PerCalendar(_) | LimitScope::PerAt | LimitScope::InAny(_) => None,
    });
    each.into_iter().chain(limits).map(|property| property.clone().into()).collect()
}

/// Picks, each once.
struct Picks<'a> {
    nodes: &'a Nodes,
    all: Vec<Pick>,
}

impl Picks<'_> {
    fn windows(&mut self, of: &Selection) -> Windows {
        let pick = self.place(Pick {
            types: of.types.clone(),
            filter: of.filter,
            waits: self.waits(of.filter),
            not_before: of.not_before,
            before: of.before,
            sees_ignored: of.sees_ignored,
        });
        Windows {
            pick,
            since: of.since,
            before_date: of.before_date,
            since_last: of.since_last.iter().map(|which| self.which(which, of.sees_ignored)).collect(),
            within_after: of.within_after.as_ref().map(|(length, which)| (*length, self.which(which, of.sees_ignored))),
        }
    }

    /// Nothing narrows the events that are looked back to.
    fn which(&mut self, which: &WhichPlan, sees_ignored: bool) -> usize {
        self.place(Pick {
            types: which.types.clone(),
            filter: which.filter,
            waits: self.waits(which.filter),
            not_before: None,
            before: None,
            sees_ignored,
        })
    }

    fn waits(&self, filter: Option<MaskId>) -> bool {
        filter.is_some_and(|filter| Reach::of_mask(self.nodes, filter).lead)
    }

    fn place(&mut self, pick: Pick) -> usize {
        self.all.iter().position(|known| *known == pick).unwrap_or_else(|| {
            self.all.push(pick);
            self.all.len() - 1
        })
    }
}

impl BucketKey {
    /// The property that occurrences are counted by.
    pub(super) fn property(&self) -> Option<&PropertyKey> {
        match self {
            BucketKey::Property(property) => Some(property),
            BucketKey::Calendar(_) | BucketKey::At => None,
        }
    }
}
