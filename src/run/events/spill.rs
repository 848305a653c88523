//! Records that did not fit into memory, in a temporary file: run after run, each of one shard, sorted by fingerprint.

use super::codec::{Bytes, put, put_fingerprint};
use super::merge;
use super::shape::Shape;
use super::shard::Shard;
use crate::data::{DataError, interrupt, sink};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// Records between two looks at whether the user asked to stop.
const CHECKED: usize = 4_096;
/// Bytes read at once from each run that is merged.
const AHEAD: usize = 32 * 1024;

/// The runs of all shards, in a file without a name that vanishes with it.
#[derive(Debug, Default)]
pub(super) struct Spill {
    file: Option<BufWriter<File>>,
    runs: Vec<Run>,
    written: u64,
}

/// Where a run stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub shard: usize,
    start: u64,
    end: u64,
}

impl Spill {
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Writes all records of a shard, and empties it.
    ///
    /// # Errors
    /// [`DataError`]: the disk is full, Ctrl-C.
    pub(super) fn write(&mut self, shape: &Shape<'_>, place: usize, shard: &mut Shard) -> Result<(), DataError> {
        let records = &shard.records;
        let mut order: Vec<(u128, u32)> =
            (0..records.len()).map(|record| (records.fingerprint(record), record)).collect();
        order.sort_unstable();
        let start = self.written;
        let mut bytes = Vec::new();
        for (nth, (fingerprint, record)) in order.into_iter().enumerate() {
            if nth.is_multiple_of(CHECKED) {
                interrupt::check()?;
            }
            bytes.clear();
            merge::write(shape, records.get(record), &mut bytes);
            self.put(fingerprint, &bytes)?;
        }
        if self.written > start {
            self.runs.push(Run { shard: place, start, end: self.written });
        }
        shard.clear();
        Ok(())
    }

    fn put(&mut self, fingerprint: u128, bytes: &[u8]) -> Result<(), DataError> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(BufWriter::new(tempfile::tempfile().map_err(|error| unwritable(&error))?)),
        };
        self.written += put_record(file, fingerprint, bytes).map_err(|error| unwritable(&error))?;
        Ok(())
    }

    /// The file, and the runs in it.
    ///
    /// # Errors
    /// [`DataError`]: the last of it could not be written.
    pub(super) fn finish(self) -> Result<Option<(File, Vec<Run>)>, DataError> {
        let Some(file) = self.file else { return Ok(None) };
        let file = file.into_inner().map_err(|error| unwritable(&error.into_error()))?;
        Ok(Some((file, self.runs)))
    }
}

/// Writes a record: its fingerprint, how many bytes follow, the bytes. How many bytes that are in all.
pub(super) fn put_record(file: &mut impl Write, fingerprint: u128, bytes: &[u8]) -> io::Result<u64> {
    let mut head = Vec::with_capacity(24);
    put_fingerprint(&mut head, fingerprint);
    put(&mut head, bytes.len() as u64);
    file.write_all(&head)?;
    file.write_all(bytes)?;
    Ok((head.len() + bytes.len()) as u64)
}

/// Reads what [`put_record`] wrote; `None` where it is cut off.
pub(super) fn take_record<'a>(bytes: &mut Bytes<'a>) -> Option<(u128, &'a [u8])> {
    let mut rest = *bytes;
    let fingerprint = rest.fingerprint()?;
    let length = rest.size()?;
    let record = rest.take(length)?;
    *bytes = rest;
    Some((fingerprint, record))
}

/// The records of a run, one after another.
#[derive(Debug)]
pub(super) struct RunReader<'a> {
    file: &'a File,
    next: u64,
    end: u64,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were handed out
    used: usize,
}

impl<'a> RunReader<'a> {
    pub(super) fn new(file: &'a File, run: Run) -> RunReader<'a> {
        RunReader { file, next: run.start, end: run.end, buffer: Vec::new(), used: 0 }
    }

    /// The next record.
    ///
    /// # Errors
    /// [`DataError`]: the file cannot be read.
    pub(super) fn next(&mut self) -> Result<Option<(u128, Vec<u8>)>, DataError> {
        let mut ahead = AHEAD;
        loop {
            let mut bytes = Bytes(self.buffer.get(self.used..).unwrap_or_default());
            let before = bytes.0.len();
            if let Some((fingerprint, record)) = take_record(&mut bytes) {
                let record = record.to_vec();
                self.used += before - bytes.0.len();
                return Ok(Some((fingerprint, record)));
            }
            if self.next == self.end {
                return if before == 0 { Ok(None) } else { Err(damaged()) };
            }
            self.read_on(ahead)?;
            ahead *= 2;
        }
    }

    fn read_on(&mut self, ahead: usize) -> Result<(), DataError> {
        self.buffer.drain(..self.used);
        self.used = 0;
        let length = usize::try_from(self.end - self.next).unwrap_or(usize::MAX).min(ahead);
        let start = self.buffer.len();
        self.buffer.resize(start + length, 0);
        read_at(self.file, &mut self.buffer[start..], self.next).map_err(|error| unreadable(&error))?;
        self.next += length as u64;
        Ok(())
    }
}

#[cfg(unix)]
pub(super) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
pub(super) fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        offset += read as u64;
    }
    Ok(())
}

fn name() -> String {
    format!("{} (for temporary files)", std::env::temp_dir().display())
}

/// The disk is full…
pub(super) fn unwritable(error: &io::Error) -> DataError {
    sink::failed(&name(), error)
}

pub(super) fn unreadable(error: &io::Error) -> DataError {
    DataError::Unreadable { file: name(), reason: error.to_string() }
}

/// What was written is not what is read.
pub(super) fn damaged() -> DataError {
    DataError::Unreadable { file: name(), reason: "a temporary file was changed while it was in use".to_owned() }
}
