//! The records of all leads in a temporary file, sorted by fingerprint, and where each stands.

use super::codec::Bytes;
use super::merge;
use super::records::Records;
use super::shape::Shape;
use super::spill::{Run, RunReader, damaged, put_record, read_at, take_record, unreadable, unwritable};
use crate::data::{DataError, interrupt};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::BufWriter;

/// Bytes after which the next record is in the index.
const STRETCH: u64 = 4_096;
/// Leads between two looks at whether the user asked to stop.
const CHECKED: u64 = 4_096;

/// A file of records; one whose bytes are none is of a lead whose events are too many to be held.
#[derive(Debug)]
pub(super) struct Sorted {
    file: File,
    index: Vec<Stretch>,
    end: u64,
    /// Records, and the events in them
    pub records: u64,
    pub events: u64,
}

/// A piece of the file.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Of the first record in it
    fingerprint: u128,
    start: u64,
    /// Records before it
    records: u64,
}

/// What the file holds of a lead.
#[derive(Debug)]
pub(super) struct Found {
    /// Its place among all records.
    pub record: u64,
    /// As [`merge::write`] wrote it; `None` where the events are too many.
    pub bytes: Option<Vec<u8>>,
}

impl Sorted {
    /// Merges runs, in which a lead may stand several times. `most`: bytes that one lead may take.
    ///
    /// # Errors
    /// [`DataError`]: the disk is full, Ctrl-C.
    pub(super) fn merge(shape: &Shape<'_>, file: &File, runs: &[Run], most: u64) -> Result<Sorted, DataError> {
        let merged = tempfile::tempfile().map_err(|error| unwritable(&error))?;
        let mut writer = Writer {
            shape,
            file: BufWriter::new(merged),
            index: Vec::new(),
            written: 0,
            records: 0,
            events: 0,
            scratch: Records::new(&shape.empty),
            most,
        };
        let mut shards: Vec<usize> = runs.iter().map(|run| run.shard).collect();
        shards.sort_unstable();
        shards.dedup();
        for shard in shards {
            let of_shard = runs.iter().filter(|run| run.shard == shard);
            writer.merge(of_shard.map(|run| RunReader::new(file, *run)).collect())?;
        }
        let file = writer.file.into_inner().map_err(|error| unwritable(&error.into_error()))?;
        let (records, events) = (writer.records, writer.events);
        Ok(Sorted { file, index: writer.index, end: writer.written, records, events })
    }

    /// What there is of a lead.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read.
    pub(super) fn find(&self, fingerprint: u128) -> Result<Option<Found>, DataError> {
        let place = self.index.partition_point(|stretch| stretch.fingerprint <= fingerprint);
        let Some(stretch) = place.checked_sub(1).and_then(|place| self.index.get(place)) else { return Ok(None) };
        let end = self.index.get(place).map_or(self.end, |next| next.start);
        let length = usize::try_from(end - stretch.start).map_err(|_| damaged())?;
        let mut bytes = vec![0; length];
        read_at(&self.file, &mut bytes, stretch.start).map_err(|error| unreadable(&error))?;
        let mut bytes = Bytes(&bytes);
        for record in stretch.records.. {
            if bytes.is_empty() {
                break;
            }
            let (found, bytes) = take_record(&mut bytes).ok_or_else(damaged)?;
            if found == fingerprint {
                let bytes = (!bytes.is_empty()).then(|| bytes.to_vec());
                return Ok(Some(Found { record, bytes }));
            }
        }
        Ok(None)
    }
}

/// The file as it is written.
struct Writer<'a> {
    shape: &'a Shape<'a>,
    file: BufWriter<File>,
    index: Vec<Stretch>,
    written: u64,
    records: u64,
    events: u64,
    /// One lead's
    scratch: Records,
    most: u64,
}

impl Writer<'_> {
    /// Merges the runs of one shard: the lead with the lowest fingerprint, then the next.
    fn merge(&mut self, mut runs: Vec<RunReader<'_>>) -> Result<(), DataError> {
        let mut next: BinaryHeap<Reverse<(u128, usize, Vec<u8>)>> = BinaryHeap::new();
        for (place, run) in runs.iter_mut().enumerate() {
            next.extend(run.next()?.map(|(fingerprint, bytes)| Reverse((fingerprint, place, bytes))));
        }
        let mut lead = Lead::default();
        while let Some(Reverse((fingerprint, place, bytes))) = next.pop() {
            lead.add(bytes, self.most)?;
            if let Some(run) = runs.get_mut(place) {
                next.extend(run.next()?.map(|(fingerprint, bytes)| Reverse((fingerprint, place, bytes))));
            }
            if next.peek().is_none_or(|Reverse((following, _, _))| *following != fingerprint) {
                self.put(fingerprint, &std::mem::take(&mut lead))?;
            }
        }
        Ok(())
    }

    /// Writes what the pieces of one lead come to.
    fn put(&mut self, fingerprint: u128, lead: &Lead) -> Result<(), DataError> {
        if self.records.is_multiple_of(CHECKED) {
            interrupt::check()?;
        }
        let mut merged = Vec::new();
        let bytes = match &lead.pieces[..] {
            [piece] => &piece[..],
            [] => &[],
            pieces => {
                self.scratch.clear();
                let record = self.scratch.add(fingerprint);
                for piece in pieces {
                    merge::merge(self.shape, self.scratch.get_mut(record), &mut Bytes(piece)).ok_or_else(damaged)?;
                }
                merge::write(self.shape, self.scratch.get(record), &mut merged);
                &merged[..]
            }
        };
        if self.index.last().is_none_or(|stretch| self.written - stretch.start >= STRETCH) {
            self.index.push(Stretch { fingerprint, start: self.written, records: self.records });
        }
        self.written += put_record(&mut self.file, fingerprint, bytes).map_err(|error| unwritable(&error))?;
        self.records += 1;
        self.events += lead.events;
        Ok(())
    }
}

/// What the runs hold of one lead.
#[derive(Debug, Default)]
struct Lead {
    /// None once they are too many
    pieces: Vec<Vec<u8>>,
    size: u64,
    events: u64,
}

impl Lead {
    fn add(&mut self, piece: Vec<u8>, most: u64) -> Result<(), DataError> {
        self.events += Bytes(&piece).number().ok_or_else(damaged)?;
        self.size += piece.len() as u64;
        self.pieces.push(piece);
        if self.size > most {
            self.pieces.clear();
        }
        Ok(())
    }
}
