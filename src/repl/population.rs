//! The leads of a file with their events, held in memory, and what comes of asking all of them.

use super::Wrong;
use crate::data::events::Events;
use crate::data::leads::{LeadRow, Leads};
use crate::data::{BadRow, Source, interrupt};
use crate::model::{Event, EventId, Field, FieldId, FieldKind, Lead, Model, Previous, PropertyId, Results, Usage};
use crate::reference::{Evaluation, evaluate};
use crate::run::in_order::in_order;
use crate::terminal::count;
use crate::value::{Instant, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Leads handed to a thread at a time.
const PORTION: usize = 64;
/// Different values of a field that completion knows.
const MOST_VALUES: usize = 500;

/// A lead and its events in their one order.
#[derive(Debug)]
pub struct Record {
    pub lead: Lead,
    pub events: Vec<Event>,
}

#[derive(Debug, Default)]
pub struct Population {
    /// In the order of the file.
    pub records: Vec<Record>,
    by_key: HashMap<String, usize>,
    /// Rows that could not be used, and columns that the files lack.
    pub notes: Vec<String>,
    /// Values of text fields that occur, sorted.
    values: BTreeMap<FieldId, BTreeSet<String>>,
    of_events: BTreeMap<(EventId, PropertyId), BTreeSet<String>>,
}

impl Population {
    /// Reads all declared fields and properties. Rows that cannot be read are left out, and noted.
    ///
    /// # Errors
    /// A file cannot be read at all.
    pub fn read(model: &Model, leads: &Source, events: &[Source]) -> Result<Population, Wrong> {
        let usage = everything(model);
        let mut all = match events.is_empty() {
            true => None,
            false => Some(Events::read(events, model, &usage, &mut |_| interrupt::check())?),
        };
        let mut reader = Leads::open(leads, model, &usage, &[])?;
        let mut population = Population::default();
        let mut bad: Vec<BadRow> = all.as_ref().map(|events| events.broken().to_vec()).unwrap_or_default();
        while let Some(row) = reader.next()? {
            match row {
                LeadRow::Bad(row) => bad.push(row),
                LeadRow::Lead(read) => {
                    let of_lead = all.as_mut().map(|events| events.take(&read)).unwrap_or_default();
                    bad.extend(of_lead.bad);
                    population.add(model, Record { lead: read.lead, events: of_lead.events });
                }
            }
        }
        if let Some(first) = bad.first() {
            let number =
                count(bad.len() as u64, "row cannot be used and is left out", "rows cannot be used and are left out");
            population.notes.push(format!("{number}; the first: {first}"));
        }
        population.notes.extend(reader.warnings());
        population.notes.extend(all.iter().flat_map(Events::warnings));
        Ok(population)
    }

    fn add(&mut self, model: &Model, record: Record) {
        for ((field, value), id) in model.lead.fields.iter().zip(&record.lead.values).zip((0..).map(FieldId)) {
            if model.lead.key != Some(id) {
                note(self.values.entry(id).or_default(), field, value.as_ref());
            }
        }
        for event in &record.events {
            let properties = model.events.get(event.kind.index()).map(|kind| kind.properties.as_slice());
            let properties = properties.unwrap_or_default().iter().zip(&event.values).zip((0..).map(PropertyId));
            for ((property, value), id) in properties {
                note(self.of_events.entry((event.kind, id)).or_default(), property, value.as_ref());
            }
        }
        self.by_key.insert(record.lead.key.clone(), self.records.len());
        self.records.push(record);
    }

    pub fn of(&self, key: &str) -> Option<&Record> {
        self.records.get(*self.by_key.get(key)?)
    }

    /// The keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.records.iter().map(|record| record.lead.key.as_str())
    }

    /// Values of a field that occur.
    pub fn values(&self, field: FieldId) -> impl Iterator<Item = &str> {
        self.values.get(&field).into_iter().flatten().map(String::as_str)
    }

    /// Values of an event's property that occur.
    pub fn property_values(&self, event: EventId, property: PropertyId) -> impl Iterator<Item = &str> {
        self.of_events.get(&(event, property)).into_iter().flatten().map(String::as_str)
    }

    /// Evaluates every lead and looks at it, in the order of the file.
    ///
    /// # Errors
    /// [`Wrong::Interrupted`].
    pub fn each<T: Send>(
        &self,
        model: &Model,
        as_of: Instant,
        threads: usize,
        look: impl Fn(&Record, &Evaluation<'_>) -> T + Sync,
    ) -> Result<Vec<T>, Wrong> {
        let previous = Previous::default();
        let mut portions = self.records.chunks(PORTION);
        let mut seen = Vec::with_capacity(self.records.len());
        in_order(
            threads.min(self.records.len() / PORTION + 1),
            || {
                interrupt::check()?;
                Ok::<_, Wrong>(portions.next())
            },
            |portion: &[Record]| -> Vec<T> {
                let one = |record: &Record| {
                    look(record, &evaluate(model, &record.lead, &record.events, &previous, as_of, None))
                };
                portion.iter().map(one).collect()
            },
            |portion| {
                seen.extend(portion);
                Ok(())
            },
        )?;
        Ok(seen)
    }

    /// The results of every lead, in the order of the file.
    ///
    /// # Errors
    /// [`Wrong::Interrupted`].
    pub fn results(&self, model: &Model, as_of: Instant, threads: usize) -> Result<Vec<Results>, Wrong> {
        self.each(model, as_of, threads, |_, evaluation| evaluation.results.clone())
    }
}

/// Keeps the texts of a value.
fn note(known: &mut BTreeSet<String>, field: &Field, value: Option<&Value>) {
    if !matches!(field.kind, FieldKind::Text | FieldKind::OneOf(_) | FieldKind::ListOfText) {
        return;
    }
    let texts = match value {
        Some(Value::Text(text)) => std::slice::from_ref(text),
        Some(Value::List(texts)) => texts,
        _ => return,
    };
    for text in texts {
        if known.len() < MOST_VALUES && !known.contains(text.given.as_str()) {
            known.insert(text.given.to_string());
        }
    }
}

/// All that is declared: in a session, anything may be asked.
fn everything(model: &Model) -> Usage {
    let properties = |(kind, id): (&crate::model::EventType, u32)| {
        (0..kind.properties.len() as u32).map(move |property| (EventId(id), PropertyId(property)))
    };
    Usage {
        fields: (0..model.lead.fields.len() as u32).map(FieldId).collect(),
        events: (0..model.events.len() as u32).map(EventId).collect(),
        properties: model.events.iter().zip(0..).flat_map(properties).collect(),
        ..model.usage.clone()
    }
}
