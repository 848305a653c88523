//! Event files into records: blocks are found on the calling thread and read on all; what is said about them comes back
//! in order.
//!
//! Where events have identities, a block goes round twice: once to find them, so that which rows repeat one is decided
//! in order, and once for all else.

use super::block::{Block, BlockReport, EventFile};
use super::building::Building;
use super::columns::Texts;
use super::fingerprint::FastMap;
use super::judge::Judging;
use super::tally::{FileProgress, Tally};
use crate::data::batch::{self, Blocks, RawBatch};
use crate::data::events::layout::Layout;
use crate::data::{DataError, Source, interrupt};
use crate::model::Usage;
use crate::run::in_order::in_order_with;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

/// Reads all files. `tick` is called now and then with the bytes read so far.
///
/// # Errors
/// [`DataError`]
pub(super) fn read(
    sources: &[Source],
    building: &Building<'_>,
    threads: usize,
    tick: &mut dyn FnMut(u64) -> Result<(), DataError>,
) -> Result<Tally, DataError> {
    let results = RefCell::new(Results::default());
    let mut files =
        Files { sources: sources.iter().enumerate(), building, results: &results, open: None, before: 0, blocks: 0 };
    loop {
        in_order_with(
            threads,
            || Worker::new(building),
            || files.next(tick),
            |worker, job| worker.work(job),
            |outcome| {
                results.borrow_mut().add(outcome?)?;
                building.spill_where_full()
            },
        )?;
        // rows that wait for their second round
        if results.borrow().waiting.is_empty() {
            break;
        }
    }
    Ok(results.into_inner().finish())
}

/// A piece of work.
enum Job<'model> {
    /// To be taken apart and, but where there are identities, read.
    Decode { file: Arc<EventFile<'model>>, block: batch::Block, first: u64 },
    /// To be read, but for these rows.
    Read { file: Arc<EventFile<'model>>, batch: RawBatch, first: u64, repeated: Vec<u32> },
}

/// What came of it.
enum Outcome<'model> {
    Identified { file: Arc<EventFile<'model>>, batch: RawBatch, first: u64, identities: Vec<(u32, u128)> },
    Read { file: Arc<EventFile<'model>>, report: BlockReport },
}

/// The files, one after another.
struct Files<'run, 'model> {
    sources: std::iter::Enumerate<std::slice::Iter<'run, Source>>,
    building: &'run Building<'model>,
    results: &'run RefCell<Results<'model>>,
    open: Option<(Blocks, Arc<EventFile<'model>>)>,
    /// Bytes of the files before
    before: u64,
    /// Blocks so far
    blocks: u64,
}

impl<'model> Files<'_, 'model> {
    fn next(&mut self, tick: &mut dyn FnMut(u64) -> Result<(), DataError>) -> Result<Option<Job<'model>>, DataError> {
        interrupt::check()?;
        if let Some(job) = self.results.borrow_mut().waiting.pop_front() {
            return Ok(Some(job));
        }
        loop {
            let Some((blocks, file)) = &mut self.open else {
                let Some((place, source)) = self.sources.next() else { return Ok(None) };
                self.open = Some(self.open(place, source)?);
                continue;
            };
            let block = blocks.next()?;
            tick(self.before + blocks.progress().0)?;
            let Some(block) = block else {
                self.before += blocks.progress().0;
                self.open = None;
                continue;
            };
            // rows of a block are fewer than 2^32
            let first = self.blocks << 32;
            self.blocks += 1;
            return Ok(Some(Job::Decode { file: file.clone(), block, first }));
        }
    }

    fn open(&self, place: usize, source: &Source) -> Result<(Blocks, Arc<EventFile<'model>>), DataError> {
        let plan = self.building.shape.plan;
        let usage = Usage { events: plan.events.clone(), properties: plan.properties.clone(), ..Usage::default() };
        let (layout, wanted) = Layout::new(source, plan.model, &usage);
        let blocks = Blocks::open(source, &wanted)?;
        let columns = blocks.columns().to_vec();
        let present = blocks.present().unwrap_or_else(|| vec![false; columns.len()]);
        layout.expect_columns(&columns, &present, blocks.header(), source)?;
        let progress = FileProgress {
            lines: blocks.lines_before(),
            present,
            header: blocks.header().map(<[String]>::to_vec),
            ..FileProgress::default()
        };
        let file = EventFile { name: source.name(), layout, columns, decoder: blocks.decoder(), place };
        let file = Arc::new(file);
        self.results.borrow_mut().files.push((file.clone(), progress));
        Ok((blocks, file))
    }
}

/// What is done with outcomes, in the order of the blocks.
#[derive(Default)]
struct Results<'model> {
    tally: Tally,
    /// Identities met before
    identities: FastMap<u128, ()>,
    files: Vec<(Arc<EventFile<'model>>, FileProgress)>,
    waiting: VecDeque<Job<'model>>,
}

impl<'model> Results<'model> {
    fn add(&mut self, outcome: Outcome<'model>) -> Result<(), DataError> {
        match outcome {
            Outcome::Identified { file, batch, first, identities } => {
                let mut repeated = identities;
                repeated.retain(|(_, identity)| self.identities.insert(*identity, ()).is_some());
                let repeated = repeated.into_iter().map(|(row, _)| row).collect();
                self.waiting.push_back(Job::Read { file, batch, first, repeated });
            }
            Outcome::Read { file, report } => {
                if let Some((_, progress)) = self.files.get_mut(file.place) {
                    self.tally.add(report, progress);
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Tally {
        for (file, progress) in &self.files {
            self.tally.end_file(file, progress);
        }
        self.tally
    }
}

/// What a thread keeps from block to block.
struct Worker<'run, 'plan> {
    building: &'run Building<'plan>,
    batch: RawBatch,
    texts: Texts,
    judging: Judging<'run>,
}

impl<'run, 'plan> Worker<'run, 'plan> {
    fn new(building: &'run Building<'plan>) -> Worker<'run, 'plan> {
        let judging = Judging::new(&building.shape);
        Worker { building, batch: RawBatch::default(), texts: Texts::default(), judging }
    }

    fn work<'model>(&mut self, job: Job<'model>) -> Result<Outcome<'model>, DataError> {
        match job {
            Job::Decode { file, block, first } => {
                let mut batch = std::mem::take(&mut self.batch);
                file.decoder.decode(block, &mut batch)?;
                if file.layout.has_identities() {
                    let identities = Block::new(&file, &batch).identities();
                    return Ok(Outcome::Identified { file, batch, first, identities });
                }
                self.read(file, batch, first, &[])
            }
            Job::Read { file, batch, first, repeated } => self.read(file, batch, first, &repeated),
        }
    }

    fn read<'model>(
        &mut self,
        file: Arc<EventFile<'model>>,
        batch: RawBatch,
        first: u64,
        repeated: &[u32],
    ) -> Result<Outcome<'model>, DataError> {
        self.texts.make_ready();
        let (rows, report) = Block::new(&file, &batch).read(first, repeated, &mut self.texts);
        self.building.add(&rows, &self.judging.judge(&rows, &self.texts));
        self.batch = batch;
        Ok(Outcome::Read { file, report })
    }
}
