//! What is known about one lead while it is evaluated, and where an expression stands in it.

use super::Listener;
use crate::model::{BandId, Condition, Event, ExcludeId, Lead, Model, Property, ScoreId};
use crate::value::{Decimal, Instant, Value};
use std::cell::Cell;

/// One lead, the events that exist for it, and the values of all names settled so far, indexed by the ids of the model.
#[derive(Clone)]
pub(super) struct Facts<'run> {
    pub model: &'run Model,
    pub lead: &'run Lead,
    /// In their one order, without ignored ones and those after `as_of`: a place here is a place in that order.
    pub events: Vec<&'run Event>,
    pub as_of: Instant,
    /// A condition's value is a yes or no.
    pub defines: Vec<Option<Value>>,
    pub lookups: Vec<Option<Value>>,
    pub scores: Vec<Option<Decimal>>,
    pub bands: Vec<Option<BandId>>,
    pub matrices: Vec<Option<(BandId, BandId)>>,
    pub thresholds: Vec<bool>,
    pub excluded: Option<ExcludeId>,
    /// By rule: its points in the breakdown, 0 where a choice dropped it; missing with its score.
    pub points: Vec<Option<Decimal>>,
}

/// Counts and hands on what happens during an evaluation.
pub(super) struct Watch<'run> {
    pub listener: Option<Listener<'run>>,
    pub overflows: Cell<u64>,
}

/// Where an expression is evaluated: the lead, and one event inside filters and the points of `for each`.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub facts: &'a Facts<'a>,
    pub event: Option<&'a Event>,
    pub watch: &'a Watch<'a>,
}

impl<'run> Facts<'run> {
    pub fn new(model: &'run Model, lead: &'run Lead, events: Vec<&'run Event>, as_of: Instant) -> Facts<'run> {
        Facts {
            model,
            lead,
            events,
            as_of,
            defines: vec![None; model.defines.len()],
            lookups: vec![None; model.lookups.len()],
            scores: vec![None; model.scores.len()],
            bands: vec![None; model.scores.len()],
            matrices: vec![None; model.matrices.len()],
            thresholds: vec![false; model.thresholds.len()],
            excluded: None,
            points: vec![None; model.rules as usize],
        }
    }

    /// The scope of the lead itself, outside any event.
    pub fn scope<'a>(&'a self, watch: &'a Watch<'a>) -> Scope<'a> {
        Scope { facts: self, event: None, watch }
    }

    pub fn score(&self, score: ScoreId) -> Option<Decimal> {
        self.scores.get(score.index()).copied().flatten()
    }

    pub fn band(&self, score: ScoreId) -> Option<BandId> {
        self.bands.get(score.index()).copied().flatten()
    }
}

impl<'run> Watch<'run> {
    pub fn new(listener: Option<Listener<'run>>) -> Watch<'run> {
        Watch { listener, overflows: Cell::new(0) }
    }

    pub fn saw(&self, condition: &Condition, held: bool) {
        if let Some(listener) = self.listener {
            listener(condition, held);
        }
    }

    /// Counts a number that was too large, and so is missing.
    pub fn fits(&self, number: Option<Decimal>) -> Option<Decimal> {
        if number.is_none() {
            self.overflows.set(self.overflows.get().saturating_add(1));
        }
        number
    }
}

impl<'a> Scope<'a> {
    /// The same place, looking at one event.
    pub fn at(self, event: &'a Event) -> Scope<'a> {
        Scope { event: Some(event), ..self }
    }

    pub fn field(&self, field: crate::model::FieldId) -> Option<&'a Value> {
        self.facts.lead.values.get(field.index())?.as_ref()
    }

    /// The property of the event in scope.
    pub fn property(&self, property: &Property) -> Option<&'a Value> {
        property_of(self.event?, property)
    }

    pub fn define(&self, define: crate::model::DefineId) -> Option<&'a Value> {
        self.facts.defines.get(define.index())?.as_ref()
    }

    pub fn lookup(&self, lookup: crate::model::LookupId) -> Option<&'a Value> {
        self.facts.lookups.get(lookup.index())?.as_ref()
    }
}

/// Missing too where the event's type has no such property.
pub(super) fn property_of<'a>(event: &'a Event, property: &Property) -> Option<&'a Value> {
    event.values.get(property.places.get(&event.kind)?.index())?.as_ref()
}

/// Writes a value that has been settled.
pub(super) fn settle<T>(values: &mut [T], index: usize, value: T) {
    if let Some(place) = values.get_mut(index) {
        *place = value;
    }
}
