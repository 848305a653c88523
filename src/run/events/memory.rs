//! Events in memory, through the same records as those of files.

use super::building::Building;
use super::columns::{ColumnBuilder, Texts};
use super::fingerprint::of_lead;
use super::judge::Judging;
use super::rows::EventRows;
use super::shape::{Shape, kind_of};
use crate::model::{Event, EventId, FieldKind, PropertyId, Type};
use std::collections::BTreeMap;

/// An event with its lead and its place in the order of files and rows.
pub(super) type Placed<'a> = (&'a str, &'a Event, u64);

/// The events of leads, one lead after another.
pub(super) fn in_rows<'a>(leads: &[(&'a str, &'a [Event])]) -> Vec<Placed<'a>> {
    let events = leads.iter().flat_map(|(lead, events)| events.iter().map(move |event| (*lead, event)));
    (0..).zip(events).map(|(place, (lead, event))| (lead, event, place)).collect()
}

/// Adds events, so many in a block.
pub(super) fn add(building: &Building<'_>, events: Vec<Placed<'_>>, together: usize) {
    let mut judging = Judging::new(&building.shape);
    for block in events.chunks(together.clamp(1, 1 << 16)) {
        let mut texts = Texts::default();
        let rows = rows(&building.shape, block, &mut texts);
        building.add(&rows, &judging.judge(&rows, &texts));
    }
}

fn rows(shape: &Shape<'_>, events: &[Placed<'_>], texts: &mut Texts) -> EventRows {
    let mut rows = EventRows::default();
    let mut builders: BTreeMap<(EventId, PropertyId), ColumnBuilder> = BTreeMap::new();
    for (row, (lead, event, place)) in (0..).zip(events) {
        rows.leads.push(of_lead(None, lead));
        rows.kinds.push(event.kind);
        rows.at.push(event.at);
        rows.places.push(*place);
        rows.properties.rows.entry(event.kind).or_default().push(row);
        for (property, value) in (0..).map(PropertyId).zip(&event.values) {
            let builder = builders.entry((event.kind, property)).or_insert_with(|| {
                let kind = kind_of(shape.model(), event.kind, property);
                ColumnBuilder::new(kind.map_or(Type::Text, FieldKind::type_of))
            });
            builder.push(value.clone(), texts);
        }
    }
    let columns = builders.into_iter().map(|(property, builder)| (property, builder.finish(texts)));
    rows.properties.columns = columns.collect();
    rows
}
