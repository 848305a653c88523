//! Pass `state-kinds`: how much must be kept of a lead's events to answer each state.
//!
//! A selection is local when each event can be judged as it is read: without its lead, and without the lead's other
//! events. What is asked of a local selection is mostly known from a few values; all else needs the events themselves.

use super::builder::Builder;
use super::live::event_reads_lead;
use super::passes::Pass;
use super::*;
use crate::model::{Each, LimitScope, OccurrenceLimit};

/// The most occurrences that are kept one by one for a `fixed` or `per bucket` state.
const MOST_KEPT: u64 = 64;

impl Builder<'_> {
    /// Decides the kind of each state.
    pub fn kinds(&mut self, ignores: &[Selection]) {
        let ignored: Vec<&Selection> = ignores.iter().filter(|ignore| self.not_local(ignore).is_some()).collect();
        let kinds: Vec<(StateKind, String)> = self.states.iter().map(|state| self.kind(state, &ignored)).collect();
        for (state, (kind, why)) in self.states.iter_mut().zip(kinds) {
            (state.kind, state.why) = (kind, why);
        }
    }

    fn kind(&self, state: &State, ignores_of_lists: &[&Selection]) -> (StateKind, String) {
        if !self.has(Pass::StateKinds) {
            return (StateKind::List, "kinds of state are switched off".to_owned());
        }
        if let Some(why) = self.not_local(&state.of) {
            return (StateKind::List, why.to_owned());
        }
        let overlaps = |ignore: &&&Selection| !ignore.types.is_disjoint(&state.of.types);
        if !state.of.sees_ignored && ignores_of_lists.iter().any(|ignore| overlaps(&ignore)) {
            return (StateKind::List, "which of these events are ignored is known only at the end".to_owned());
        }
        let (kind, why) = match &state.asks {
            Asks::Count => (StateKind::Fixed, "one count"),
            Asks::Sum(_) => (StateKind::Fixed, "one sum"),
            Asks::Average(_) => (StateKind::Fixed, "one sum and one count"),
            Asks::Highest(_) => (StateKind::Fixed, "the highest so far"),
            Asks::Lowest(_) => (StateKind::Fixed, "the lowest so far"),
            Asks::Latest(_) | Asks::LatestAt => (StateKind::Fixed, "the latest event"),
            Asks::First(_) | Asks::FirstAt => (StateKind::Fixed, "the first event"),
            Asks::CountOfDistinct(_) => (StateKind::PerBucket, "each different value"),
            Asks::Points(each) => return self.kind_of_points(each),
        };
        (kind, why.to_owned())
    }

    /// Why a selection cannot judge each event as it is read.
    fn not_local(&self, of: &Selection) -> Option<&'static str> {
        if of.since.is_some() || of.before_date.is_some() {
            return Some("a date of its window differs from lead to lead");
        }
        if !of.since_last.is_empty() {
            return Some("`since last` needs each event's place");
        }
        if of.within_after.is_some() {
            return Some("`within … after` needs the events before each one");
        }
        let reads_lead = of.filter.is_some_and(|filter| event_reads_lead(&self.event.nodes, [ValueId::Mask(filter)]));
        reads_lead.then_some("its filter reads the lead")
    }

    fn kind_of_points(&self, each: &PointsOfEach) -> (StateKind, String) {
        let list = |why: &str| (StateKind::List, why.to_owned());
        let values = values_of_points(&each.points, &self.event.nodes);
        if event_reads_lead(&self.event.nodes, values) {
            return list("its points read the lead");
        }
        let buckets: Vec<&OccurrenceLimit> =
            each.limits.iter().filter(|limit| limit.scope != LimitScope::Plain).collect();
        if buckets.iter().any(|limit| matches!(limit.scope, LimitScope::InAny(_))) {
            return list("`in any` needs the time between events");
        }
        if buckets.len() > 1 || (!buckets.is_empty() && each.each != Each::Event) {
            return list("several limits that depend on each other");
        }
        // Occurrences of equal points that do not fade need no more than a count.
        let counted = each.decay.is_none() && is_counted(&each.points);
        if matches!(each.points, PointsNode::Series(_)) && !counted {
            return list("`first … then` with points that differ by event needs their order");
        }
        if !counted && each.limits.iter().any(|limit| limit.times > MOST_KEPT) {
            return list("more than 64 events may be kept");
        }
        let (limited, grouped) = (!each.limits.is_empty(), each.each != Each::Event || !buckets.is_empty());
        match (grouped, counted, limited) {
            (true, ..) if each.each != Each::Event => (StateKind::PerBucket, "the latest of each bucket".to_owned()),
            (true, true, _) => (StateKind::PerBucket, "a count for each bucket".to_owned()),
            (true, false, _) => (StateKind::PerBucket, "the latest of each bucket".to_owned()),
            (false, true, _) => (StateKind::Fixed, "one count".to_owned()),
            (false, false, true) => (StateKind::Fixed, "the latest events, as many as its limit lets count".to_owned()),
            (false, false, false) => (StateKind::Fixed, "one sum, each event faded as it is read".to_owned()),
        }
    }
}

/// Whether the points of occurrences follow from how many there are.
fn is_counted(points: &PointsNode) -> bool {
    match points {
        PointsNode::Constant(_) => true,
        PointsNode::Series(series) => series.iter().all(|points| matches!(points, PointsNode::Constant(_))),
        PointsNode::Computed(_) | PointsNode::Table { .. } => false,
    }
}

/// The nodes that points are made of.
pub(crate) fn values_of_points(points: &PointsNode, nodes: &Nodes) -> Vec<ValueId> {
    let (mut values, mut waiting) = (Vec::new(), vec![points]);
    while let Some(points) = waiting.pop() {
        match points {
            PointsNode::Constant(_) => {}
            PointsNode::Computed(number) => values.push(ValueId::Number(*number)),
            PointsNode::Series(series) => waiting.extend(series),
            PointsNode::Table { subject, rows, missing, otherwise } => {
                values.extend(nodes.subjects.get(subject.index()).map(|subject| subject.value));
                waiting.extend(rows.iter().map(|(_, points)| points));
                waiting.extend(missing.iter().chain(otherwise).map(|points| &**points));
            }
        }
    }
    values
}
