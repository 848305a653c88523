//! Examples on the way from one to another, a field or an event at a time; and two examples in one.

use super::witness::{Witness, WitnessEvent};
use crate::model::FieldId;
use crate::value::Value;

/// So many examples of one way are looked at.
const MOST_STOPS: usize = 16;

/// One change on the way.
enum Change<'a> {
    Set(FieldId, &'a Value),
    Add(&'a WitnessEvent),
    Remove(&'a WitnessEvent),
    Unset(FieldId),
}

/// Of all ways between some examples first what is half way, then what is half way to that, and so on: what lies between
/// shows soon.
pub(super) fn ways(examples: &[Witness]) -> impl Iterator<Item = Witness> {
    let pairs = examples.iter().flat_map(|from| examples.iter().map(move |to| (from, to)));
    let mut ways: Vec<_> = pairs.filter(|(from, to)| from != to).map(|(from, to)| between(from, to)).collect();
    (0..MOST_STOPS).flat_map(move |_| ways.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>())
}

/// All that happened in either, with the fields of the one where both have them.
pub(super) fn together(one: &Witness, other: &Witness) -> Witness {
    let adds = |change: &Change<'_>| match change {
        Change::Set(field, _) => !one.lead.iter().any(|(known, _)| known == field),
        Change::Add(_) => true,
        Change::Remove(_) | Change::Unset(_) => false,
    };
    let added: Vec<Change<'_>> = changes(one, other).into_iter().filter(adds).collect();
    changed(one, &added)
}

fn between<'a>(from: &'a Witness, to: &'a Witness) -> impl Iterator<Item = Witness> + 'a {
    let changes = changes(from, to);
    let stops = halves(changes.len());
    stops.into_iter().map(move |stop| changed(from, changes.get(..stop).unwrap_or(&changes)))
}

/// What is other in the one to go to, then what is too much in the one to come from.
fn changes<'a>(from: &'a Witness, to: &'a Witness) -> Vec<Change<'a>> {
    let set =
        to.lead.iter().filter(|value| !from.lead.contains(value)).map(|(field, value)| Change::Set(*field, value));
    let mut surplus: Vec<&WitnessEvent> = from.events.iter().collect();
    let mut added = Vec::new();
    for event in &to.events {
        match surplus.iter().position(|known| *known == event) {
            Some(place) => {
                surplus.remove(place);
            }
            None => added.push(Change::Add(event)),
        }
    }
    let unset = from.lead.iter().filter(|(field, _)| !to.lead.iter().any(|(known, _)| known == field));
    let unset = unset.map(|(field, _)| Change::Unset(*field));
    set.chain(added).chain(surplus.into_iter().map(Change::Remove)).chain(unset).collect()
}

fn changed(from: &Witness, changes: &[Change<'_>]) -> Witness {
    let mut here = from.clone();
    for change in changes {
        match change {
            Change::Set(field, value) => {
                here.lead.retain(|(known, _)| known != field);
                here.lead.push((*field, (*value).clone()));
            }
            Change::Add(event) => here.events.push((*event).clone()),
            Change::Remove(event) => {
                if let Some(place) = here.events.iter().position(|known| known == *event) {
                    here.events.remove(place);
                }
            }
            Change::Unset(field) => here.lead.retain(|(known, _)| known != field),
        }
    }
    here.lead.sort_by_key(|(field, _)| *field);
    here.events.sort_by_key(|event| event.at);
    here
}

/// Numbers between 0 and `end`, from the middle outwards, each once.
fn halves(end: usize) -> Vec<usize> {
    let mut stops = Vec::new();
    let mut open = std::collections::VecDeque::from([(0, end)]);
    while let Some((low, high)) = open.pop_front().filter(|_| stops.len() < MOST_STOPS) {
        let middle = low + (high - low) / 2;
        if middle > low {
            stops.push(middle);
            open.extend([(low, middle), (middle, high)]);
        }
    }
    stops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_once() {
        assert_eq!(halves(8), [4, 2, 6, 1, 3, 5, 7]);
        assert_eq!(halves(2), [1]);
        assert!(halves(1).is_empty() && halves(0).is_empty());
        assert_eq!(halves(1_000).len(), MOST_STOPS);
    }
}
