//! Work in parts: threads take the next part in turn, and what they make of it is written in the order of the parts.

use std::fs::File;
use std::io::{Error, Read, Result, Write};
use std::path::Path;
use std::sync::Mutex;

const BLOCK: usize = 1 << 20;

/// Parts of a file's rows, cut where a row ends.
pub struct Blocks {
    file: File,
    /// The start of a row whose rest has not been read.
    rest: Vec<u8>,
    next: usize,
    /// Where the last row ends, that is whole: `None` when none is.
    cut: fn(&[u8]) -> Option<usize>,
}

impl Blocks {
    pub fn new(file: File, rest: Vec<u8>, cut: fn(&[u8]) -> Option<usize>) -> Blocks {
        Blocks { file, rest, next: 0, cut }
    }

    /// The next part, its number, and whether there is one. The last row may lack its line end: it gets one.
    pub fn next(&mut self, block: &mut Vec<u8>) -> Result<Option<usize>> {
        block.clear();
        block.append(&mut self.rest);
        loop {
            let start = block.len();
            block.resize(start + BLOCK, 0);
            let read = self.file.read(&mut block[start..])?;
            block.truncate(start + read);
            if read == 0 {
                if block.is_empty() {
                    return Ok(None);
                }
                if block.last() != Some(&b'\n') {
                    block.push(b'\n');
                }
                break;
            }
            if let Some(end) = (self.cut)(block) {
                self.rest.extend_from_slice(&block[end..]);
                block.truncate(end);
                break;
            }
        }
        self.next += 1;
        Ok(Some(self.next - 1))
    }
}

/// The output, and what is done of it too early.
pub struct Ordered {
    file: File,
    next: usize,
    waiting: Vec<(usize, Vec<u8>)>,
}

impl Ordered {
    pub fn new(path: &Path, header: &[u8]) -> Result<Ordered> {
        let mut file = File::create(path)?;
        file.write_all(header)?;
        Ok(Ordered { file, next: 0, waiting: Vec::new() })
    }

    /// Hands in a part and gets back room for another.
    pub fn hand_in(&mut self, number: usize, part: Vec<u8>) -> Result<Vec<u8>> {
        self.waiting.push((number, part));
        let mut room = Vec::new();
        while let Some(place) = self.waiting.iter().position(|(number, _)| *number == self.next) {
            room = self.waiting.swap_remove(place).1;
            self.file.write_all(&room)?;
            self.next += 1;
        }
        room.clear();
        Ok(room)
    }
}

/// Runs the work on threads: it is given a way to take parts and one to hand in what it made of them.
pub fn on_threads(threads: usize, work: impl Fn() -> Result<()> + Sync) -> Result<()> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(&work)).collect();
        work()?;
        others.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(Error::other("a thread broke"))))
    })
}

/// Scores a file of rows block by block; `score` appends a block's rows to the output.
pub fn in_blocks(
    blocks: Blocks,
    output: &Path,
    threads: usize,
    score: impl Fn(&[u8], &mut Vec<u8>) + Sync,
) -> Result<()> {
    let blocks = Mutex::new(blocks);
    let ordered = Mutex::new(Ordered::new(output, crate::rules::HEADER)?);
    on_threads(threads, || {
        let (mut block, mut room) = (Vec::new(), Vec::new());
        loop {
            let Some(number) = lock(&blocks)?.next(&mut block)? else { return Ok(()) };
            score(&block, &mut room);
            room = lock(&ordered)?.hand_in(number, room)?;
        }
    })
}

pub fn lock<T>(mutex: &Mutex<T>) -> Result<std::sync::MutexGuard<'_, T>> {
    mutex.lock().map_err(|_| Error::other("a thread broke"))
}
