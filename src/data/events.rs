//! Events of files, typed as the model declares them, by lead.

pub(crate) mod layout;

use super::fields::{self, Unlisted};
use super::fingerprint::Fingerprints;
use super::leads::{ReadLead, absent_column};
use super::rows::{Cell, Row, Rows};
use super::{BadRow, DataError, Source, shown};
use crate::model::{Event, EventId, FieldId, FieldKind, Model, PropertyId, Usage};
use crate::value::{Instant, Moment, read_date};
use indexmap::IndexMap;
use layout::{Kind, Layout, TypeLayout, cell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Rows between two calls of `tick`.
const TICK: u64 = 4_096;

/// Everything read from event files, waiting for the leads it belongs to.
pub struct Events<'model> {
    model: &'model Model,
    /// By what the lead is matched by (`None`: its key), then by its text there.
    waiting: HashMap<Option<FieldId>, HashMap<String, Vec<Waiting>>>,
    broken: Vec<BadRow>,
    ids: Fingerprints,
    counts: EventCounts,
    /// Events that wait for their lead.
    left: u64,
    unlisted: Unlisted<(EventId, PropertyId)>,
    absent: AbsentColumns,
}

/// An event, or why its row is none, with its place in the order of files and rows.
#[derive(Debug)]
struct Waiting {
    place: u64,
    read: Result<Event, BadRow>,
}

/// Used properties of event types that occur: the warning, where no file with the type has the column.
#[derive(Debug, Default)]
pub(crate) struct AbsentColumns {
    present: BTreeSet<(EventId, PropertyId)>,
    warnings: BTreeMap<(EventId, PropertyId), String>,
}

/// What belongs to one lead.
#[derive(Debug, Default)]
pub struct LeadEvents {
    /// In their one order: instant, file as given, row.
    pub events: Vec<Event>,
    /// Rows of this lead that could not be read.
    pub bad: Vec<BadRow>,
}

/// For the summary.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct EventCounts {
    pub read: u64,
    /// Events of known leads and declared types.
    pub used: u64,
    /// By type as the data calls it: not declared.
    pub undeclared: IndexMap<String, u64>,
    /// Of leads that are not in the leads file, or whose row was rejected.
    pub without_lead: u64,
    /// Skipped: an id met before.
    pub repeated: u64,
    /// Of declared types that no rule looks at: not read further.
    pub unneeded: u64,
}

impl<'model> Events<'model> {
    /// Reads event files. `tick` is called now and then with the bytes read so far, of all files together.
    ///
    /// # Errors
    /// [`DataError`]. Rows that are no rows at all (broken CSV or JSON) are bad rows whatever their lead: see
    /// [`Events::broken`].
    pub fn read(
        sources: &[Source],
        model: &'model Model,
        usage: &Usage,
        tick: &mut dyn FnMut(u64) -> Result<(), DataError>,
    ) -> Result<Events<'model>, DataError> {
        let mut events = Events {
            model,
            waiting: HashMap::new(),
            broken: Vec::new(),
            ids: Fingerprints::default(),
            counts: EventCounts::default(),
            left: 0,
            unlisted: IndexMap::new(),
            absent: AbsentColumns::default(),
        };
        let mut before = 0;
        for source in sources {
            before += events.read_file(source, usage, before, tick)?;
        }
        Ok(events)
    }

    /// Reads one file; its bytes.
    fn read_file(
        &mut self,
        source: &Source,
        usage: &Usage,
        before: u64,
        tick: &mut dyn FnMut(u64) -> Result<(), DataError>,
    ) -> Result<u64, DataError> {
        let (layout, wanted) = Layout::new(source, self.model, usage);
        let mut rows = Rows::open(source, &wanted)?;
        layout.expect_columns(rows.columns(), &rows.present(), rows.header(), source)?;
        let file = source.name();
        let mut occurring = BTreeSet::new();
        while let Some(row) = rows.next()? {
            self.counts.read += 1;
            match row {
                Ok(row) => self.row(&row, &file, &layout, &rows, &mut occurring),
                Err(bad) => self.broken.push(bad),
            }
            if self.counts.read.is_multiple_of(TICK) {
                tick(before + rows.progress().0)?;
            }
        }
        self.absent.note(&occurring, &layout, &rows.present(), rows.header(), &file);
        tick(before + rows.progress().0)?;
        Ok(rows.progress().0)
    }

    fn row(&mut self, row: &Row, file: &str, layout: &Layout<'model>, rows: &Rows, occurring: &mut BTreeSet<EventId>) {
        let bad = |(place, reason): (usize, String)| BadRow {
            file: file.to_owned(),
            row: row.number,
            line: rows.line(),
            column: rows.columns().get(place).cloned(),
            reason,
            help: None,
            raw: rows.raw(),
        };
        let kind = match layout.kind_of(row) {
            Kind::Declared(kind) => kind,
            Kind::Undeclared(name) => {
                *self.counts.undeclared.entry(name).or_default() += 1;
                return;
            }
            Kind::Missing => {
                self.broken.push(bad((layout.kind, "the type of the event is missing".to_owned())));
                return;
            }
        };
        let Some(of_type) = layout.of(kind) else { return };
        if of_type.identity(row).is_some_and(|id| !self.ids.insert(id.trim())) {
            self.counts.repeated += 1;
        } else if !of_type.needed {
            self.counts.unneeded += 1;
        } else {
            occurring.insert(kind);
            match fields::key(cell(row, of_type.lead), of_type.reading) {
                Err(_) => self.broken.push(bad((of_type.lead, "the lead of the event is missing".to_owned()))),
                Ok(lead) => {
                    let read = read_event(kind, row, of_type)
                        .map_err(|wrong| BadRow { help: help(row, wrong.0, of_type, rows.columns()), ..bad(wrong) });
                    self.wait(lead, of_type, read);
                }
            }
        }
    }

    /// Puts an event aside until its lead is there.
    fn wait(&mut self, lead: String, of_type: &TypeLayout<'_>, read: Result<Event, BadRow>) {
        self.left += 1;
        let by = of_type.event.mapping.lead_by;
        let waiting = Waiting { place: self.counts.read, read };
        self.waiting.entry(by).or_default().entry(lead).or_default().push(waiting);
    }

    /// Rows that could not be taken apart, so that their lead is unknown.
    pub fn broken(&self) -> &[BadRow] {
        &self.broken
    }

    /// Hands over the events of a lead.
    pub fn take(&mut self, lead: &ReadLead) -> LeadEvents {
        let mut mine = Vec::new();
        let by_key = [(None, &lead.lead.key)].into_iter();
        for (by, text) in by_key.chain(lead.matched_by.iter().map(|(field, text)| (Some(*field), text))) {
            mine.extend(self.waiting.get_mut(&by).and_then(|leads| leads.remove(text)).unwrap_or_default());
        }
        let mut taken = LeadEvents::default();
        self.left = self.left.saturating_sub(mine.len() as u64);
        mine.sort_by_key(|waiting| waiting.place);
        for waiting in mine {
            match waiting.read {
                Ok(event) => taken.events.push(event),
                Err(bad) => taken.bad.push(bad),
            }
        }
        // Stable: within an instant the order of files and rows stays.
        taken.events.sort_by_key(|event| event.at);
        self.counts.used += taken.events.len() as u64;
        for event in &taken.events {
            self.count_unlisted(event);
        }
        taken
    }

    fn count_unlisted(&mut self, event: &Event) {
        let Some(declared) = self.model.events.get(event.kind.index()) else { return };
        for ((id, property), value) in (0..).map(PropertyId).zip(&declared.properties).zip(&event.values) {
            fields::count_unlisted(&mut self.unlisted, (event.kind, id), &property.kind, value.as_ref());
        }
    }

    /// Complete once every lead was asked for.
    pub fn counts(&self) -> EventCounts {
        EventCounts { without_lead: self.left, ..self.counts.clone() }
    }

    /// Warnings about the files as a whole: declared, used columns that they lack.
    pub fn warnings(&self) -> Vec<String> {
        self.absent.warnings()
    }

    /// As [`super::leads::Leads::unlisted`].
    pub fn unlisted(&self) -> &IndexMap<(EventId, PropertyId), IndexMap<Option<String>, u64>> {
        &self.unlisted
    }
}

impl AbsentColumns {
    /// Looks at a file whose end was reached: the types that occur in it, and which of the columns read it has.
    pub(crate) fn note(
        &mut self,
        occurring: &BTreeSet<EventId>,
        layout: &Layout<'_>,
        present: &[bool],
        header: Option<&[String]>,
        file: &str,
    ) {
        for kind in occurring {
            let Some(of_type) = layout.of(*kind) else { continue };
            for (id, place) in &of_type.properties {
                if present.get(*place).copied().unwrap_or(true) {
                    self.present.insert((*kind, *id));
                } else if let Some(property) = of_type.event.properties.get(id.index()) {
                    let of = format!("`{}`", shown(&of_type.event.name));
                    let warning = absent_column(file, property, header, &of);
                    self.warnings.entry((*kind, *id)).or_insert(warning);
                }
            }
        }
    }

    pub(crate) fn warnings(&self) -> Vec<String> {
        let absent = self.warnings.iter().filter(|(property, _)| !self.present.contains(property));
        absent.map(|(_, warning)| warning.clone()).collect()
    }
}

/// The event of a row, or the place of its wrong cell and the reason.
pub(crate) fn read_event(kind: EventId, row: &Row, of_type: &TypeLayout<'_>) -> Result<Event, (usize, String)> {
    let at = read_instant(cell(row, of_type.at), of_type).map_err(|reason| (of_type.at, reason))?;
    let mut values = vec![None; of_type.event.properties.len()];
    for (id, place) in &of_type.properties {
        let property = of_type.event.properties.get(id.index());
        if let Some((property, value)) = property.zip(values.get_mut(id.index())) {
            *value = of_type.reading.value(cell(row, *place), property).map_err(|reason| (*place, reason))?;
        }
    }
    Ok(Event { kind, at, values })
}

/// What to declare so that a cell that could not be read can be.
pub(crate) fn help(row: &Row, place: usize, of_type: &TypeLayout<'_>, columns: &[String]) -> Option<String> {
    if place == of_type.at {
        let mapping = &of_type.event.mapping;
        let kind = FieldKind::Date { format: mapping.at_format.clone(), unit: mapping.at_unit };
        let help = fields::help(cell(row, place), &kind, of_type.reading.zone)?;
        return Some(help.replace("`date ", &format!("`at column \"{}\" ", shown(columns.get(place)?))));
    }
    let (id, _) = of_type.properties.iter().find(|(_, column)| *column == place)?;
    let property = of_type.event.properties.get(id.index())?;
    fields::help(cell(row, place), &property.kind, of_type.reading.zone)
}

pub(crate) fn read_instant(cell: &Cell, of_type: &TypeLayout<'_>) -> Result<Instant, String> {
    let zone = of_type.reading.zone;
    if of_type.reading.is_missing(cell) {
        return Err("the time of the event is missing".to_owned());
    }
    let moment: Moment = match cell {
        Cell::Date(moment) => *moment,
        other => {
            let text = other.text().unwrap_or_default();
            let mapping = &of_type.event.mapping;
            read_date(text.trim(), mapping.at_format.as_ref(), mapping.at_unit, zone)
                .map_err(|error| format!("`{}` {error}", shown(text.trim())))?
        }
    };
    Ok(moment.first(zone))
}

#[cfg(test)]
mod tests;
