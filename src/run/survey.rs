//! All leads of a file looked at by one model or several, for what they come to together: no rows are written.
//!
//! As [`run`](super::run), block by block over threads. What is wanted of a block is counted where it was scored, and
//! counts are put together in the order of the input.

use super::batch::{LeadBatch, Mask};
use super::block::{BadOfBlock, ReadBlock, Scorer};
use super::evaluate::BatchResults;
use super::events::EventStore;
use super::leads::{KnownKeys, LeadFile, TypedLeads};
use super::summary::Summary;
use super::{BAD_ROWS_TOLD, Setup, Stop, Tick, in_order, locked};
use crate::data::batch::{Block, RawBatch};
use crate::data::rejects::Rejects;
use crate::data::texts::Texts;
use crate::data::{BadRow, DataError};
use std::collections::BTreeSet;
use std::sync::Mutex;

/// A model that looks at the leads.
pub struct View<'run> {
    pub setup: &'run Setup<'run>,
    pub events: Option<&'run EventStore<'run>>,
}

/// The leads of a block, as every view sees them.
pub struct Seen<'b> {
    /// As the last view reads them.
    pub keys: &'b Texts,
    /// The rows that count: no view found anything wrong with them.
    pub good: &'b Mask,
    /// By view
    pub results: &'b [BatchResults],
}

/// What comes back of a block.
enum Piece<T> {
    /// Where leads must be scored in the order of the input.
    Read(RawBatch, Vec<TypedLeads>),
    Counted(Counted<T>),
}

struct Counted<T> {
    raw: RawBatch,
    typed: Vec<TypedLeads>,
    /// By view
    summaries: Vec<Summary>,
    bad: Vec<BadOfBlock>,
    leads_rejected: u64,
    counts: T,
}

/// A scorer for each view.
struct Scorers<'run>(Vec<Scorer<'run>>);

impl<'run> Scorers<'run> {
    fn new(views: &'run [View<'run>], leads: &LeadFile<'run>) -> Scorers<'run> {
        let scorer = |(place, view): (usize, &'run View<'run>)| {
            let reader = leads.reader_of(place, &view.setup.plan.text_uses());
            Scorer::without_rows(view.setup, view.events, leads.decoder(), reader)
        };
        Scorers(views.iter().enumerate().map(scorer).collect())
    }

    fn read(&mut self, block: Block, raw: RawBatch) -> Result<(RawBatch, Vec<TypedLeads>), DataError> {
        let mut typed = Vec::new();
        let mut scorers = self.0.iter_mut();
        let Some(first) = scorers.next() else { return Ok((raw, typed)) };
        let ReadBlock { mut raw, leads } = first.read(block, raw)?;
        typed.push(leads);
        for scorer in scorers {
            let read = scorer.read_again(raw);
            typed.push(read.leads);
            raw = read.raw;
        }
        Ok((raw, typed))
    }

    fn read_again(&mut self, mut raw: RawBatch) -> (RawBatch, Vec<TypedLeads>) {
        let mut typed = Vec::new();
        for scorer in &mut self.0 {
            let read = scorer.read_again(raw);
            typed.push(read.leads);
            raw = read.raw;
        }
        (raw, typed)
    }

    /// `known`: rows whose key an earlier row has, by view. The columns of the leads are gone in what comes back.
    fn count<T>(
        &mut self,
        mut raw: RawBatch,
        typed: Vec<TypedLeads>,
        known: &[BTreeSet<usize>],
        count: &impl Fn(&Seen<'_>) -> T,
    ) -> Result<Counted<T>, DataError> {
        let rows = raw.rows.len();
        let mut good = Mask::new(rows, true);
        let mut read_again = Vec::new();
        for (place, (scorer, leads)) in self.0.iter_mut().zip(typed).enumerate() {
            let mut read = ReadBlock { raw, leads };
            known.get(place).into_iter().flatten().for_each(|row| scorer.refuse_known(&mut read, *row));
            read.leads.bad.keys().for_each(|row| good.set(*row, false));
            raw = read.raw;
            read_again.push(read.leads);
        }
        let (mut typed, mut results, mut bad) = (Vec::new(), Vec::new(), Vec::new());
        for (scorer, leads) in self.0.iter_mut().zip(read_again) {
            let read = ReadBlock { raw, leads };
            let (of_view, of_events) = scorer.evaluate(&read, &good)?;
            results.push(of_view);
            for (row, one) in scorer.bad_rows(&read, of_events) {
                if !bad.iter().any(|(other, known)| *other == row && same(known, &one)) {
                    bad.push((row, one));
                }
            }
            raw = read.raw;
            typed.push(TypedLeads { batch: LeadBatch::default(), ..read.leads });
        }
        bad.sort_by_key(|(row, _)| *row);
        let summaries = self.0.iter().zip(&results).map(|(scorer, results)| {
            let mut summary = Summary::of_part(scorer.model());
            summary.count(results, &good);
            summary
        });
        let summaries = summaries.collect();
        let no_keys = Texts::default();
        let keys = typed.last().map_or(&no_keys, |leads: &TypedLeads| &leads.keys);
        let counts = count(&Seen { keys, good: &good, results: &results });
        self.0.iter_mut().zip(results).for_each(|(scorer, results)| scorer.give_back(results));
        let leads_rejected = raw.bad.len() as u64 + rows as u64 - good.count();
        let bad = bad.into_iter().map(|(_, bad)| bad).collect();
        Ok(Counted { raw, typed, summaries, bad, leads_rejected, counts })
    }
}

/// Whether two views say the same of a row.
fn same(one: &BadOfBlock, other: &BadOfBlock) -> bool {
    match (one, other) {
        (BadOfBlock::Lead(one), BadOfBlock::Lead(other)) => one.column == other.column && one.reason == other.reason,
        (BadOfBlock::Event(one), BadOfBlock::Event(other)) => one == other,
        _ => false,
    }
}

/// What has been done so far, in the order of the input.
struct InOrder<'run, T, Take> {
    scorers: Scorers<'run>,
    /// By view
    keys: Vec<KnownKeys>,
    summaries: Vec<Summary>,
    present: Vec<bool>,
    rejects: Option<Rejects>,
    bad: Vec<BadRow>,
    rows: u64,
    lines: u64,
    take: Take,
    counts: std::marker::PhantomData<T>,
}

impl<T, Take: FnMut(T)> InOrder<'_, T, Take> {
    fn take(&mut self, piece: Piece<T>, count: &impl Fn(&Seen<'_>) -> T) -> Result<RawBatch, Stop> {
        let typed = match &piece {
            Piece::Read(_, typed) | Piece::Counted(Counted { typed, .. }) => typed,
        };
        let known: Vec<BTreeSet<usize>> =
            self.keys.iter_mut().zip(typed).map(|(keys, leads)| keys.add(&leads.marks).into_iter().collect()).collect();
        let counted = match piece {
            Piece::Counted(counted) if known.iter().all(BTreeSet::is_empty) => counted,
            Piece::Counted(Counted { raw, .. }) => {
                let (raw, typed) = self.scorers.read_again(raw);
                self.scorers.count(raw, typed, &known, count)?
            }
            Piece::Read(raw, typed) => self.scorers.count(raw, typed, &known, count)?,
        };
        self.add(counted)
    }

    fn add(&mut self, counted: Counted<T>) -> Result<RawBatch, Stop> {
        let Counted { raw, typed, summaries, bad, leads_rejected, counts } = counted;
        let events_rejected = bad.iter().filter(|bad| matches!(bad, BadOfBlock::Event(_))).count() as u64;
        bad.into_iter().try_for_each(|bad| self.reject(bad))?;
        for ((all, more), leads) in self.summaries.iter_mut().zip(summaries).zip(&typed) {
            all.leads_read += raw.rows_in_block;
            all.leads_rejected += leads_rejected;
            all.events_rejected += events_rejected;
            all.count_unlisted(&leads.unlisted);
            all.merge(more);
        }
        (self.take)(counts);
        self.present.resize(raw.present.len().max(self.present.len()), false);
        self.present.iter_mut().zip(&raw.present).for_each(|(all, present)| *all |= present);
        self.rows += raw.rows_in_block;
        self.lines += raw.lines_in_block;
        Ok(raw)
    }

    fn reject(&mut self, bad: BadOfBlock) -> Result<(), Stop> {
        let bad = match bad {
            BadOfBlock::Event(bad) => bad,
            BadOfBlock::Lead(bad) => {
                BadRow { row: self.rows + bad.row + 1, line: bad.line.map(|line| self.lines + line + 1), ..bad }
            }
        };
        if let Some(rejects) = self.rejects.as_mut() {
            return Ok(rejects.write(&bad)?);
        }
        self.bad.push(bad);
        match self.bad.len() < BAD_ROWS_TOLD {
            true => Ok(()),
            false => Err(Stop::BadRows { rows: std::mem::take(&mut self.bad), more: true }),
        }
    }
}

/// Looks at every lead; the summaries come back by view.
///
/// `leads` was opened for the models of `views`, in their order. `count` is called for each block, on any thread, and
/// `take` with what it gave, in the order of the input.
///
/// # Errors
/// [`Stop`]: a file cannot be read, or there are bad rows and nowhere to put them.
pub fn survey<'run, T: Send>(
    views: &'run [View<'run>],
    leads: &mut LeadFile<'run>,
    rejects: Option<Rejects>,
    count: impl Fn(&Seen<'_>) -> T + Sync,
    take: impl FnMut(T),
    tick: Tick<'_>,
) -> Result<Vec<Summary>, Stop> {
    let threads = views.iter().map(|view| view.setup.threads).max().unwrap_or(1).max(1);
    let ready = Mutex::new((0..threads).map(|_| Scorers::new(views, leads)).collect::<Vec<_>>());
    let waits = views.iter().any(|view| view.events.is_some_and(EventStore::in_order));
    let mut done = InOrder {
        scorers: Scorers::new(views, leads),
        keys: views.iter().map(|_| KnownKeys::default()).collect(),
        summaries: views.iter().map(|view| Summary::new(view.setup)).collect(),
        present: Vec::new(),
        rejects,
        bad: Vec::new(),
        rows: 0,
        lines: leads.lines_before(),
        take,
        counts: std::marker::PhantomData,
    };
    let mut broken: Vec<&BadRow> = Vec::new();
    for (view, summary) in views.iter().zip(&mut done.summaries) {
        let of_view = view.events.map(EventStore::broken).unwrap_or_default();
        summary.events_rejected += of_view.len() as u64;
        broken.extend(of_view.iter().filter(|row| !broken.contains(row)).collect::<Vec<_>>());
    }
    broken.into_iter().try_for_each(|bad| done.reject(BadOfBlock::Event(bad.clone())))?;
    let spare = Mutex::new(Vec::<RawBatch>::new());
    in_order::in_order(
        threads,
        || {
            let (read, all) = leads.progress();
            tick(read, all)?;
            Ok::<_, Stop>(leads.next_block()?)
        },
        |block| {
            let mut scorers: Scorers<'_> = locked(&ready).pop()?;
            let raw = locked(&spare).pop().unwrap_or_default();
            let piece = scorers.read(block, raw).and_then(|(raw, typed)| match waits {
                true => Ok(Piece::Read(raw, typed)),
                false => scorers.count(raw, typed, &[], &count).map(Piece::Counted),
            });
            locked(&ready).push(scorers);
            Some(piece)
        },
        |piece| match piece {
            Some(piece) => {
                let raw = done.take(piece?, &count)?;
                locked(&spare).push(raw);
                Ok(())
            }
            None => Ok(()),
        },
    )?;
    leads.saw(&done.present);
    if !done.bad.is_empty() {
        return Err(Stop::BadRows { rows: done.bad, more: false });
    }
    done.rejects.map_or(Ok(()), Rejects::finish)?;
    for (summary, view) in done.summaries.iter_mut().zip(views) {
        summary.complete(view.setup.model, leads, view.events);
    }
    Ok(done.summaries)
}
