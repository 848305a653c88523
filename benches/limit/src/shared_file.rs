//! A file that several threads read at once, each at its own place (a plain `File` has one place for all).

use parquet::errors::Result;
use parquet::file::reader::{ChunkReader, Length};
use std::fs::File;
use std::io::{BufReader, Read};
use std::sync::Arc;

#[derive(Clone)]
pub struct SharedFile {
    file: Arc<File>,
    length: u64,
}

pub struct From {
    file: Arc<File>,
    place: u64,
}

impl SharedFile {
    pub fn new(file: File) -> std::io::Result<SharedFile> {
        Ok(SharedFile { length: file.metadata()?.len(), file: Arc::new(file) })
    }
}

impl Length for SharedFile {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for SharedFile {
    type T = BufReader<From>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::with_capacity(256, From { file: self.file.clone(), place: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<bytes::Bytes> {
        let mut bytes = vec![0; length];
        From { file: self.file.clone(), place: start }.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

impl Read for From {
    #[cfg(unix)]
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let read = std::os::unix::fs::FileExt::read_at(&*self.file, room, self.place)?;
        self.place += read as u64;
        Ok(read)
    }

    #[cfg(windows)]
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let read = std::os::windows::fs::FileExt::seek_read(&*self.file, room, self.place)?;
        self.place += read as u64;
        Ok(read)
    }
}
