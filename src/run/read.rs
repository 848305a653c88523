//! Batches of leads with their events; bad rows are put aside, or told.

use super::lead::Job;
use super::summary::Summary;
use super::{BAD_ROWS_TOLD, Stop, Tick};
use crate::data::BadRow;
use crate::data::events::{Events, LeadEvents};
use crate::data::leads::{LeadRow, Leads, ReadLead};
use crate::data::rejects::Rejects;
use crate::model::Model;

/// Leads that are evaluated together.
const BATCH: usize = 128;

/// Reads a run's leads and hands each its events.
pub struct Reader<'run, 'model> {
    leads: &'run mut Leads<'model>,
    events: Option<&'run mut Events<'model>>,
    rejects: Option<&'run mut Rejects>,
    tick: Tick<'run>,
    /// Without rejects: what was wrong so far.
    bad: Vec<BadRow>,
    leads_read: u64,
    leads_rejected: u64,
    events_rejected: u64,
}

impl<'run, 'model> Reader<'run, 'model> {
    pub fn new(
        leads: &'run mut Leads<'model>,
        events: Option<&'run mut Events<'model>>,
        rejects: Option<&'run mut Rejects>,
        tick: Tick<'run>,
    ) -> Reader<'run, 'model> {
        Reader { leads, events, rejects, tick, bad: Vec::new(), leads_read: 0, leads_rejected: 0, events_rejected: 0 }
    }

    /// Puts aside the rows of event files that could not be taken apart.
    pub fn broken_events(&mut self) -> Result<(), Stop> {
        let broken = self.events.as_ref().map(|events| events.broken().to_vec()).unwrap_or_default();
        for row in broken {
            self.events_rejected += 1;
            self.reject(row)?;
        }
        Ok(())
    }

    /// The next leads; `None` at the end. Once a bad row stops the run, only further bad rows are looked for.
    pub fn batch(&mut self) -> Result<Option<Vec<Job>>, Stop> {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            match self.leads.next()? {
                None if batch.is_empty() => return Ok(None),
                None => break,
                Some(LeadRow::Lead(lead)) => {
                    self.leads_read += 1;
                    let job = self.job(lead)?;
                    if self.bad.is_empty() {
                        batch.push(job);
                    }
                }
                Some(LeadRow::Bad(row)) => {
                    self.leads_read += 1;
                    self.leads_rejected += 1;
                    self.reject(row)?;
                }
            }
            if self.leads_read.is_multiple_of(BATCH as u64) {
                let (read, all) = self.leads.progress();
                (self.tick)(read, all)?;
            }
        }
        Ok(Some(batch))
    }

    fn job(&mut self, lead: ReadLead) -> Result<Job, Stop> {
        let LeadEvents { events, bad } = self.events.as_mut().map(|events| events.take(&lead)).unwrap_or_default();
        for row in bad {
            self.events_rejected += 1;
            self.reject(row)?;
        }
        Ok(Job { lead: lead.lead, kept: lead.kept, events })
    }

    fn reject(&mut self, row: BadRow) -> Result<(), Stop> {
        if let Some(rejects) = self.rejects.as_mut() {
            return Ok(rejects.write(&row)?);
        }
        self.bad.push(row);
        if self.bad.len() < BAD_ROWS_TOLD {
            return Ok(());
        }
        Err(Stop::BadRows { rows: std::mem::take(&mut self.bad), more: true })
    }

    /// Tells the summary what was read, or stops the run for its bad rows.
    ///
    /// # Errors
    /// [`Stop::BadRows`]
    pub fn finish(self, model: &Model, summary: &mut Summary) -> Result<(), Stop> {
        if !self.bad.is_empty() {
            return Err(Stop::BadRows { rows: self.bad, more: false });
        }
        summary.leads_read = self.leads_read;
        summary.leads_rejected = self.leads_rejected;
        summary.events_rejected = self.events_rejected;
        summary.complete(model, self.leads, self.events.as_deref());
        Ok(())
    }
}
