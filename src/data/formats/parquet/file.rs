//! A file that several threads read at places of their own.

use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, Length};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// How much is read for a page's header, in bytes: seldom more than this.
const HEADER: usize = 1_024;

/// Reads go one behind the other, each to its place: they cost little beside unpacking what was read.
#[derive(Debug, Clone)]
pub(super) struct SharedFile {
    file: Arc<Mutex<File>>,
    length: u64,
}

impl SharedFile {
    pub(super) fn new(file: File) -> SharedFile {
        let length = file.metadata().map_or(0, |about| about.len());
        SharedFile { file: Arc::new(Mutex::new(file)), length }
    }

    fn read_at(&self, place: u64, into: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place))?;
        file.read(into)
    }
}

/// The file from one place on.
pub(super) struct From {
    file: SharedFile,
    place: u64,
}

impl Read for From {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read_at(self.place, into)?;
        self.place += count as u64;
        Ok(count)
    }
}

impl Length for SharedFile {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for SharedFile {
    type T = BufReader<From>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::with_capacity(HEADER, From { file: self.clone(), place: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<bytes::Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!("{length} bytes at {start}")));
        }
        let mut bytes = Vec::with_capacity(length);
        let read = From { file: self.clone(), place: start }.take(length as u64).read_to_end(&mut bytes)?;
        if read < length {
            return Err(ParquetError::EOF(format!("{length} bytes at {start}, of them only {read}")));
        }
        Ok(bytes.into())
    }
}
