//! The run: leads and their events through the evaluator, into rows, changes, rejects and a summary.
//!
//! Stands between `data`, which reads and writes, and the commands, which say what to read and where to write. Knows
//! nothing of flags, terminals or the clock.
//!
//! | module | does |
//! |---|---|
//! | [`columns`] | which columns a row has |
//! | [`keep`], [`condition`] | what names and conditions on the command line mean |
//! | [`read`] | batches of leads with their events, bad rows aside |
//! | [`lead`] | one lead: evaluated, as a row and as changes |
//! | [`in_order`] | batches over threads, results in the order of the input |
//! | [`select`] | sorting, the top rows |
//! | [`changes`] | what differs from the results of an earlier run |
//! | [`summary`], [`histogram`] | what is said at the end |
//! | [`explanation`] | one lead's results with the reason of each point |

pub mod changes;
pub mod columns;
pub mod condition;
pub mod explanation;
pub mod histogram;
pub mod in_order;
pub mod keep;
pub mod lead;
pub mod read;
pub mod reasons;
pub mod select;
pub mod summary;

use crate::data::events::Events;
use crate::data::leads::Leads;
use crate::data::previous::PreviousResults;
use crate::data::rejects::Rejects;
use crate::data::{BadRow, DataError};
use crate::model::{Condition, Model, Usage};
use crate::value::Instant;
use changes::ChangeWriter;
use columns::Columns;
use read::Reader;
use select::Select;
use summary::Summary;

/// How many bad rows are told before a run stops.
pub const BAD_ROWS_TOLD: usize = 20;

/// What a run does with each lead.
pub struct Setup<'model> {
    pub model: &'model Model,
    pub as_of: Instant,
    pub columns: Columns,
    /// Only leads for which it holds become rows; all are counted.
    pub only: Option<Condition>,
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
    fn new(message: impl Into<String>) -> Unfit {
        Unfit { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Unfit {
        self.help = Some(help.into());
        self
    }
}

/// Scores every lead.
///
/// # Errors
/// [`Stop`]: a file cannot be read or written, or there are bad rows and nowhere to put them.
pub fn run<'model>(
    setup: &Setup<'model>,
    leads: &mut Leads<'model>,
    events: Option<&mut Events<'model>>,
    mut outputs: Outputs,
    tick: Tick<'_>,
) -> Result<Summary, Stop> {
    let mut summary = Summary::new(setup);
    let mut reader = Reader::new(leads, events, outputs.rejects.as_mut(), tick);
    reader.broken_events()?;
    let rows = &mut outputs.rows;
    let changes = &mut outputs.changes;
    in_order::in_order(
        setup.threads,
        || reader.batch(),
        |batch| batch.into_iter().map(|job| lead::score(setup, job)).collect::<Vec<_>>(),
        |scored| {
            for lead in scored {
                summary.count(&lead);
                if let Some(writer) = changes.as_mut() {
                    writer.write(setup, &lead)?;
                }
                if let Some(row) = lead.row {
                    rows.row(row)?;
                }
            }
            Ok(())
        },
    )?;
    reader.finish(setup.model, &mut summary)?;
    summary.written = outputs.rows.finish()?;
    if let Some(changes) = outputs.changes {
        changes.finish()?;
    }
    if let Some(rejects) = outputs.rejects {
        rejects.finish()?;
    }
    Ok(summary)
}

/// Adds what `more` needs of the data to `usage`.
pub fn add_usage(usage: &mut Usage, more: Usage) {
    usage.fields.extend(more.fields);
    usage.events.extend(more.events);
    usage.properties.extend(more.properties);
    usage.defines.extend(more.defines);
    usage.lookups.extend(more.lookups);
}
