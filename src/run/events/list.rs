//! The list of a lead's events: bytes, in the order in which they were read.
//!
//! An event is its type, instant and place, a bit for each pick, and, where its type has stored properties, their bytes
//! after the number of these.

use super::codec::{Bytes, put};
use super::columns::{ColumnBuilder, Texts, put_value};
use super::rows::{EventRows, Properties};
use super::shape::{Listed, Shape, kind_of};
use crate::model::{EventId, FieldKind, PropertyId, Type};
use crate::value::Instant;
use std::collections::BTreeMap;
use std::ops::Range;

/// The listed events of a batch of leads, each lead's in their one order.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub rows: EventRows,
    /// The lead of each event, by its place in the batch.
    pub leads: Vec<u32>,
    /// For each lead its rows.
    pub of_lead: Vec<Range<usize>>,
    /// For each row a bit for each pick.
    pub picked: Vec<u8>,
    pub texts: Texts,
}

/// An event of a list, its properties not yet read.
struct Head<'a> {
    at: i64,
    place: u64,
    kind: EventId,
    picked: &'a [u8],
    values: &'a [u8],
}

impl Listed {
    /// Appends the event of a row to a list.
    pub(super) fn put_event(&self, list: &mut Vec<u8>, rows: &EventRows, row: usize, picked: &[u8]) {
        let kind = rows.kinds[row];
        put(list, u64::from(kind.0));
        list.extend_from_slice(&rows.at[row].0.to_le_bytes());
        put(list, rows.places[row]);
        list.extend_from_slice(picked);
        let Some(stored) = self.stored.get(&kind) else { return };
        let of_type = rows.properties.rows.get(&kind);
        let place = of_type.and_then(|of_type| of_type.binary_search(&(row as u32)).ok());
        let mut values = Vec::new();
        for property in stored {
            match place.zip(rows.properties.columns.get(&(kind, *property))) {
                Some((place, column)) => put_value(&mut values, column, place),
                None => values.push(0),
            }
        }
        put(list, values.len() as u64);
        list.extend(values);
    }

    fn head<'a>(&self, list: &mut Bytes<'a>) -> Option<Head<'a>> {
        let kind = EventId(u32::try_from(list.number()?).ok()?);
        let at = i64::from_le_bytes(list.take(8)?.try_into().ok()?);
        let place = list.number()?;
        let picked = list.take(self.bits())?;
        let values = if self.stored.contains_key(&kind) {
            let length = list.size()?;
            list.take(length)?
        } else {
            &[]
        };
        Some(Head { at, place, kind, picked, values })
    }
}

impl Lists {
    /// Reads the lists of the leads of a batch.
    pub(super) fn read<'a>(shape: &Shape<'_>, listed: &Listed, lists: impl Iterator<Item = &'a [u8]>) -> Lists {
        let mut read = Lists::default();
        let mut builders: BTreeMap<(EventId, PropertyId), ColumnBuilder> = BTreeMap::new();
        for (lead, list) in (0..).zip(lists) {
            let start = read.rows.len();
            let mut list = Bytes(list);
            let heads = std::iter::from_fn(|| if list.is_empty() { None } else { listed.head(&mut list) });
            let mut heads: Vec<Head<'_>> = heads.collect();
            heads.sort_unstable_by_key(|head| (head.at, head.place));
            for head in heads {
                read.push(shape, listed, &head, &mut builders);
                read.leads.push(lead);
            }
            read.of_lead.push(start..read.rows.len());
        }
        let columns = builders.into_iter().map(|(property, builder)| (property, builder.finish(&read.texts)));
        read.rows.properties.columns = columns.collect();
        read
    }

    fn push(
        &mut self,
        shape: &Shape<'_>,
        listed: &Listed,
        head: &Head<'_>,
        builders: &mut BTreeMap<(EventId, PropertyId), ColumnBuilder>,
    ) {
        let Properties { rows, .. } = &mut self.rows.properties;
        rows.entry(head.kind).or_default().push(self.rows.kinds.len() as u32);
        self.rows.kinds.push(head.kind);
        self.rows.at.push(Instant(head.at));
        self.rows.places.push(head.place);
        self.picked.extend_from_slice(head.picked);
        let mut values = Bytes(head.values);
        for property in listed.stored.get(&head.kind).into_iter().flatten() {
            let builder = builders.entry((head.kind, *property)).or_insert_with(|| {
                let kind = kind_of(shape.model(), head.kind, *property);
                ColumnBuilder::new(kind.map_or(Type::Text, FieldKind::type_of))
            });
            if builder.push_bytes(&mut values, &mut self.texts).is_none() {
                builder.push(None, &mut self.texts);
            }
        }
    }

    /// Whether an event was picked as it was read.
    pub(super) fn is_picked(&self, listed: &Listed, row: usize, pick: usize) -> bool {
        self.picked.get(row * listed.bits() + pick / 8).is_some_and(|bits| bits >> (pick % 8) & 1 == 1)
    }
}
