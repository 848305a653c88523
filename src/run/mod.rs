//! The run: leads and their events through the evaluator, into rows, changes, rejects and a summary.
//!
//! Stands between `data`, which reads and writes, and the commands, which say what to read and where to write. Knows
//! nothing of flags, terminals or the clock.
//!
//! | module | does |
//! |---|---|
//! | [`columns`] | which columns a row has |
//! | [`keep`], [`condition`] | what names and conditions on the command line mean |
//! | [`leads`] | blocks of leads as typed columns, bad rows aside |
//! | [`events`] | what is kept of each lead's events |
//! | [`texts`] | texts as codes |
//! | [`batch`], [`evaluate`] | the plan over a batch of leads |
//! | `block`, `row`, `lines` | one block: evaluated, as rows and as changes |
//! | [`in_order`], `blocks` | blocks over threads, results in the order of the input |
//! | [`select`] | sorting, the top rows |
//! | [`survey`] | all leads looked at by one model or several, without rows |
//! | [`changes`] | what differs from the results of an earlier run |
//! | [`summary`], [`histogram`] | what is said at the end |
//! | [`explanation`] | one lead's results with the reason of each point |
//! | `hash` | a hash of words |

pub mod batch;
mod block;
mod blocks;
pub mod changes;
pub mod columns;
pub mod condition;
pub mod evaluate;
pub mod events;
pub mod explanation;
mod hash;
pub mod histogram;
pub mod in_order;
pub mod keep;
pub mod leads;
mod lines;
pub mod reasons;
pub mod row;
pub mod select;
pub mod summary;
pub mod survey;
pub mod texts;

use crate::data::batch::RawBatch;
use crate::data::previous::PreviousResults;
use crate::data::rejects::Rejects;
use crate::data::{BadRow, DataError};
use crate::model::{Model, Usage};
use crate::plan::Plan;
use crate::value::Instant;
use block::Scorer;
use blocks::{InOrder, Piece};
use changes::ChangeWriter;
use columns::Columns;
use events::EventStore;
use leads::LeadFile;
use select::Select;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use summary::Summary;

/// How many bad rows are told before a run stops.
pub const BAD_ROWS_TOLD: usize = 20;

/// What a run does with each lead.
pub struct Setup<'model> {
    pub model: &'model Model,
    pub as_of: Instant,
    /// What is worked out for each lead; only leads for which its `only` holds become rows, all are counted.
    pub plan: Plan<'model>,
    pub columns: Columns,
    pub previous: Option<PreviousResults>,
    /// At least 1; the results do not depend on it.
    pub threads: usize,
}

/// Where the results of a run go.
pub struct Outputs {
    pub rows: Select,
    pub changes: Option<ChangeWriter>,
    /// Without it the first bad rows stop the run.
    pub rejects: Option<Rejects>,
}

/// Called now and then with the bytes read and, where known, to read; an error ends the run.
pub type Tick<'run> = &'run mut dyn FnMut(u64, Option<u64>) -> Result<(), DataError>;

/// Why a run did not reach its end. Nothing is left of its outputs.
#[derive(Debug)]
pub enum Stop {
    Data(DataError),
    /// At most [`BAD_ROWS_TOLD`]; `more` when there may be others.
    BadRows {
        rows: Vec<BadRow>,
        more: bool,
    },
}

impl From<DataError> for Stop {
    fn from(error: DataError) -> Stop {
        Stop::Data(error)
    }
}

/// A name, column or condition on the command line that does not fit the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    pub message: String,
    pub help: Option<String>,
}

impl Unfit {
    pub(crate) fn new(message: impl Into<String>) -> Unfit {
        Unfit { message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Unfit {
        self.help = Some(help.into());
        self
    }
}

/// Scores every lead.
///
/// # Errors
/// [`Stop`]: a file cannot be read or written, or there are bad rows and nowhere to put them.
pub fn run<'run>(
    setup: &'run Setup<'run>,
    leads: &mut LeadFile<'run>,
    events: Option<&'run EventStore<'run>>,
    outputs: Outputs,
    tick: Tick<'_>,
) -> Result<Summary, Stop> {
    let uses = setup.plan.text_uses();
    let scorer = |leads: &LeadFile<'run>| Scorer::new(setup, events, leads.decoder(), leads.reader(&uses), &outputs);
    let ready = Mutex::new((0..setup.threads.max(1)).map(|_| scorer(leads)).collect::<Vec<_>>());
    let own = scorer(leads);
    let in_order = events.is_some_and(EventStore::in_order);
    let mut done = InOrder::new(outputs, Summary::new(setup), own, leads.lines_before());
    done.broken_events(events.map(EventStore::broken).unwrap_or_default())?;
    let spare = Mutex::new(Vec::<RawBatch>::new());
    in_order::in_order(
        setup.threads,
        || {
            let (read, all) = leads.progress();
            tick(read, all)?;
            Ok::<_, Stop>(leads.next_block()?)
        },
        |block| {
            let mut scorer: Scorer<'_> = locked(&ready).pop()?;
            let raw = locked(&spare).pop().unwrap_or_default();
            let piece = scorer.read(block, raw).and_then(|read| match in_order {
                true => Ok(Piece::Read(read)),
                false => scorer.score(read, &BTreeSet::new()).map(Piece::Scored),
            });
            locked(&ready).push(scorer);
            Some(piece)
        },
        |piece| match piece {
            Some(piece) => {
                let raw = done.take(piece?)?;
                locked(&spare).push(raw);
                Ok(())
            }
            None => Ok(()),
        },
    )?;
    leads.saw(&done.present);
    done.summary.complete(setup.model, leads, events);
    done.finish()
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds what `more` needs of the data to `usage`.
pub fn add_usage(usage: &mut Usage, more: Usage) {
    usage.fields.extend(more.fields);
    usage.events.extend(more.events);
    usage.properties.extend(more.properties);
    usage.defines.extend(more.defines);
    usage.lookups.extend(more.lookups);
}
