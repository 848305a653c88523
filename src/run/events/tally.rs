//! What is counted while events are read, and the rows that cannot be used: all in the order of the input, whatever the
//! number of threads.

use super::block::{BlockReport, EventFile};
use super::fingerprint::FastMap;
use super::taken::fingerprints;
use crate::data::BadRow;
use crate::data::events::{AbsentColumns, EventCounts};
use crate::data::fields::Unlisted;
use crate::model::{EventId, FieldId, PropertyId};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// How many different values outside a `one of` are counted by themselves.
const LISTED: usize = 20;

#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: EventCounts,
    broken: Vec<BadRow>,
    /// By lead: each with its place among all events.
    bad: Mutex<FastMap<u128, Waiting>>,
    unlisted: Unlisted<(EventId, PropertyId)>,
    absent: AbsentColumns,
}

/// The bad rows of one lead.
#[derive(Debug, Default)]
struct Waiting {
    rows: Vec<(u64, BadRow)>,
    /// Whether some lead was given them.
    given: bool,
}

/// How far a file was read.
#[derive(Debug, Default)]
pub(super) struct FileProgress {
    pub rows: u64,
    /// `None` where rows are no lines
    pub lines: Option<u64>,
    pub present: Vec<bool>,
    pub header: Option<Vec<String>>,
    pub occurring: BTreeSet<EventId>,
}

impl Tally {
    /// Adds what is said about the next block of a file.
    pub(super) fn add(&mut self, report: BlockReport, progress: &mut FileProgress) {
        let counts = &mut self.counts;
        counts.read += report.rows;
        counts.repeated += report.repeated;
        counts.unneeded += report.unneeded;
        for (name, count) in report.undeclared {
            *counts.undeclared.entry(name).or_default() += count;
        }
        self.broken.extend(report.broken.into_iter().map(|bad| progress.placed(bad)));
        let waiting = self.bad.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (lead, place, bad) in report.bad {
            waiting.entry(lead).or_default().rows.push((place, progress.placed(bad)));
        }
        for (property, texts) in report.unlisted {
            let counts = self.unlisted.entry(property).or_default();
            for (text, count) in texts {
                let has_room = counts.keys().flatten().count() < LISTED;
                let name = Some(text).filter(|text| has_room || counts.contains_key(&Some(text.clone())));
                *counts.entry(name).or_default() += count;
            }
        }
        progress.occurring.extend(report.occurring);
        progress.rows += report.rows;
        progress.lines = progress.lines.map(|lines| lines + report.lines);
        for (ever, now) in progress.present.iter_mut().zip(report.present) {
            *ever |= now;
        }
    }

    /// Looks at a file whose end was reached.
    pub(super) fn end_file(&mut self, file: &EventFile<'_>, progress: &FileProgress) {
        let header = progress.header.as_deref();
        self.absent.note(&progress.occurring, &file.layout, &progress.present, header, &file.name);
    }

    pub(super) fn broken(&self) -> &[BadRow] {
        &self.broken
    }

    /// Rows of each lead that cannot be read, by its place in the batch; each that a field other than
    /// the key matches is handed out once.
    pub(super) fn take_bad(&self, keys: &[&str], matched_by: &[(FieldId, Vec<Option<&str>>)]) -> Vec<(usize, BadRow)> {
        let mut waiting = self.bad.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = Vec::new();
        if waiting.is_empty() {
            return taken;
        }
        for (lead, key) in keys.iter().enumerate() {
            let mut of_lead = Vec::new();
            for (by, fingerprint) in fingerprints(lead, key, matched_by).into_iter().enumerate() {
                if let Some(waiting) = waiting.get_mut(&fingerprint).filter(|waiting| by == 0 || !waiting.given) {
                    waiting.given = true;
                    of_lead.extend(waiting.rows.iter().cloned());
                }
            }
            of_lead.sort_by_key(|(place, _)| *place);
            taken.extend(of_lead.into_iter().map(|(_, bad)| (lead, bad)));
        }
        taken
    }

    /// `used`, `left`: events that were handed out, and those that were not.
    pub(super) fn counts(&self, used: u64, left: u64) -> EventCounts {
        let waiting = self.bad.lock().unwrap_or_else(PoisonError::into_inner);
        let bad: usize = waiting.values().filter(|waiting| !waiting.given).map(|waiting| waiting.rows.len()).sum();
        EventCounts { used, without_lead: left + bad as u64, ..self.counts.clone() }
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        self.absent.warnings()
    }

    pub(super) fn unlisted(&self) -> &IndexMap<(EventId, PropertyId), IndexMap<Option<String>, u64>> {
        &self.unlisted
    }
}

impl FileProgress {
    /// A row with its place in the file.
    fn placed(&self, bad: BadRow) -> BadRow {
        BadRow {
            row: bad.row + self.rows + 1,
            line: bad.line.zip(self.lines).map(|(line, before)| line + before + 1),
            ..bad
        }
    }
}
