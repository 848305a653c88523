//! Events of many leads as columns, and as what nodes over an event are made of.

use super::columns::{Texts, spread};
use super::shape::Shape;
use crate::model::{EventId, Model, PropertyId};
use crate::plan::PropertyKey;
use crate::run::batch::{Column, DateColumn};
use crate::run::evaluate::Inputs;
use crate::value::{Instant, Moment};
use std::collections::BTreeMap;

/// The type of a row that is no event, because it could not be read.
pub(super) const NO_EVENT: EventId = EventId(u32::MAX);

/// A row for each event.
#[derive(Debug, Default)]
pub(super) struct EventRows {
    /// Fingerprints
    pub leads: Vec<u128>,
    /// Or [`NO_EVENT`].
    pub kinds: Vec<EventId>,
    pub at: Vec<Instant>,
    /// Their order among events of one instant.
    pub places: Vec<u64>,
    pub properties: Properties,
}

/// Properties, each for the rows of its type alone.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// The rows of each type, ascending.
    pub rows: BTreeMap<EventId, Vec<u32>>,
    /// A value for each of those.
    pub columns: BTreeMap<(EventId, PropertyId), Column>,
}

impl EventRows {
    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// A property over all rows; types without it have it missing.
    pub(super) fn column(&self, key: &PropertyKey, shape: &Shape<'_>, texts: &Texts) -> Option<Column> {
        let parts = key.places.iter().filter_map(|(event, property)| {
            Some((&self.properties.rows.get(event)?[..], self.properties.columns.get(&(*event, *property))?))
        });
        Some(spread(self.len(), &parts.collect::<Vec<_>>(), shape.type_of(key)?, texts))
    }
}

/// What filters and points see that need no lead.
pub(super) struct LocalInputs<'a> {
    pub shape: &'a Shape<'a>,
    pub rows: &'a EventRows,
    pub texts: &'a Texts,
}

impl Inputs for LocalInputs<'_> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn model(&self) -> &Model {
        self.shape.plan.model
    }

    fn as_of(&self) -> Instant {
        self.shape.plan.as_of
    }

    fn property(&self, property: &PropertyKey) -> Option<Column> {
        self.rows.column(property, self.shape, self.texts)
    }

    fn at(&self) -> Option<DateColumn> {
        Some(DateColumn { values: self.rows.at.iter().map(|at| Some(Moment::Instant(*at))).collect() })
    }
}
