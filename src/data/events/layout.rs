//! Which columns of an event file are read, and where each stands among the cells.

use crate::data::fields::Reading;
use crate::data::leads::{Columns, alike, listing};
use crate::data::rows::{Cell, Row, Wanted};
use crate::data::{DataError, Source, shown};
use crate::model::{EventId, EventType, Model, PropertyId, Usage};
use std::collections::HashMap;

/// How the rows of one file become events.
pub(crate) struct Layout<'model> {
    /// `--events TYPE=FILE`, else told by the type column.
    pub(crate) only: Option<EventId>,
    pub(crate) kind: usize,
    pub(crate) by_name: HashMap<&'model str, EventId>,
    /// By event type; `None` for types that cannot occur in this file.
    pub(crate) types: Vec<Option<TypeLayout<'model>>>,
}

/// What the type column of a row says.
pub(crate) enum Kind {
    Declared(EventId),
    /// As the data calls it
    Undeclared(String),
    Missing,
}

/// Where an event type keeps what is read of it.
pub(crate) struct TypeLayout<'model> {
    pub(crate) event: &'model EventType,
    pub(crate) reading: Reading<'model>,
    /// Whether some rule looks at the type; of others only the identity is read.
    pub(crate) needed: bool,
    pub(crate) lead: usize,
    pub(crate) at: usize,
    pub(crate) id: Option<usize>,
    pub(crate) properties: Vec<(PropertyId, usize)>,
}

impl<'model> Layout<'model> {
    pub(crate) fn new(source: &Source, model: &'model Model, usage: &Usage) -> (Layout<'model>, Wanted) {
        let mut columns = Columns::default();
        let kind = model.events.first().map_or("type", |event| &event.mapping.kind);
        let kind = if source.event.is_none() { columns.place(kind) } else { usize::MAX };
        let mut types = Vec::with_capacity(model.events.len());
        let mut by_name = HashMap::new();
        for (id, event) in (0..).map(EventId).zip(&model.events) {
            by_name.entry(event.called.trim()).or_insert(id);
            let in_file = source.event.is_none_or(|only| only == id);
            types.push(in_file.then(|| TypeLayout::new(id, event, model, usage, &mut columns)));
        }
        (Layout { only: source.event, kind, by_name, types }, columns.wanted())
    }

    pub(crate) fn kind_of(&self, row: &Row) -> Kind {
        if let Some(only) = self.only {
            return Kind::Declared(only);
        }
        let name = cell(row, self.kind).text().unwrap_or_default();
        match self.by_name.get(name.trim()) {
            Some(kind) => Kind::Declared(*kind),
            None if name.trim().is_empty() => Kind::Missing,
            None => Kind::Undeclared(name.trim().to_owned()),
        }
    }

    /// Whether some event of the file may have an id.
    pub(crate) fn has_identities(&self) -> bool {
        self.types.iter().flatten().any(|of_type| of_type.id.is_some())
    }

    pub(crate) fn of(&self, id: EventId) -> Option<&TypeLayout<'model>> {
        self.types.get(id.index())?.as_ref()
    }

    /// Where the file names its columns: those that tell the type, and the lead and time of needed types must be there.
    ///
    /// `columns`: those that are read, and whether the file has each.
    pub(crate) fn expect_columns(
        &self,
        columns: &[String],
        present: &[bool],
        header: Option<&[String]>,
        source: &Source,
    ) -> Result<(), DataError> {
        let Some(header) = header else { return Ok(()) };
        let has = |place: usize| present.get(place).copied().unwrap_or(false);
        let name = |place: usize| columns.get(place).map_or("", String::as_str);
        let refused = |place: usize, item: &str, what: &str| {
            let help = match alike(name(place), header) {
                Some(near) => format!("write `events {{ {item} column \"{near}\" }}`"),
                None => format!("{}; name it with `events {{ {item} column \"…\" }}`", listing(header)),
            };
            let one_type = format!(", or for events of one type `--events TYPE={}`", source.name());
            let help = help + if item == "type" { &one_type } else { "" };
            let reason = format!("it has no column `{}`, {what}", shown(name(place)));
            Err(DataError::NotAsClaimed { file: source.name(), reason, help: Some(help) })
        };
        if self.only.is_none() && !has(self.kind) {
            return refused(self.kind, "type", "which tells the type of each event");
        }
        let needed: Vec<&TypeLayout> = self.types.iter().flatten().filter(|layout| layout.needed).collect();
        if let Some(first) = needed.first() {
            if !needed.iter().any(|layout| has(layout.lead)) {
                return refused(first.lead, "lead", "which names the lead of each event");
            }
            if !needed.iter().any(|layout| has(layout.at)) {
                return refused(first.at, "at", "the time of each event");
            }
        }
        Ok(())
    }
}

impl<'model> TypeLayout<'model> {
    fn new(
        id: EventId,
        event: &'model EventType,
        model: &'model Model,
        usage: &Usage,
        columns: &mut Columns,
    ) -> TypeLayout<'model> {
        let mapping = &event.mapping;
        let required = |index: u32| event.properties.get(index as usize).is_some_and(|property| property.required);
        let needed = usage.events.contains(&id);
        let read = |property: &PropertyId| usage.properties.contains(&(id, *property)) || required(property.0);
        let count = u32::try_from(event.properties.len()).unwrap_or(u32::MAX);
        let properties = (0..count).map(PropertyId).filter(|property| needed && read(property));
        let properties = properties
            .filter_map(|property| Some((property, columns.place(&event.properties.get(property.index())?.column))))
            .collect();
        TypeLayout {
            event,
            reading: Reading { missing: &event.missing, zone: &model.zone },
            needed,
            lead: columns.place(&mapping.lead),
            at: columns.place(&mapping.at),
            id: mapping.id.as_ref().map(|column| columns.place(column)),
            properties,
        }
    }
    /// The text of the event's id, where it has one.
    pub(crate) fn identity(&self, row: &Row) -> Option<String> {
        self.id.map(|place| cell(row, place)).filter(|id| !self.reading.is_missing(id)).and_then(Cell::text)
    }
}

/// A cell of a row; missing where there is none.
pub(crate) fn cell(row: &Row, place: usize) -> &Cell {
    row.cells.get(place).unwrap_or(&Cell::Missing)
}
