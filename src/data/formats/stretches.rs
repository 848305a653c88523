//! A text file in stretches of whole rows, whose memory is used again.

use crate::data::DataError;
use crate::data::rows::{Rows, Wanted};
use crate::data::source::{Input, LONGEST_ROW};
use std::sync::{Arc, Mutex, PoisonError};

/// How much is handed out at once, in bytes: enough rows for a batch, and little beside the caches of a processor.
const STRETCH: usize = 512 * 1024;
/// Buffers kept for use again.
const KEPT: usize = 8;

/// Buffers that wait to be used again, with what stands in them from before.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Vec<u8>>>);

impl Pool {
    pub(super) fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    pub(super) fn give(&self, buffer: Vec<u8>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT && (1..=4 * STRETCH).contains(&buffer.capacity()) {
            kept.push(buffer);
        }
    }
}

/// A text file being read.
pub(super) struct Stretches {
    pub(super) input: Input,
    pub(super) pool: Arc<Pool>,
    /// What was read and not handed out: it begins with a row.
    rest: Vec<u8>,
    ended: bool,
    /// What went wrong behind the rows that are still to be handed out.
    failed: Option<DataError>,
}

impl Stretches {
    pub(super) fn new(input: Input) -> Stretches {
        Stretches { input, pool: Arc::default(), rest: Vec::new(), ended: false, failed: None }
    }

    /// What comes next, as far as it was read.
    pub(super) fn rest(&self) -> &[u8] {
        &self.rest
    }

    /// Whether the rest is the end of the file.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Goes on behind `count` bytes of the rest.
    pub(super) fn skip(&mut self, count: usize) {
        self.rest.drain(..count.min(self.rest.len()));
    }

    /// Reads on, for a rest that is not a whole row yet.
    ///
    /// # Errors
    /// [`DataError`]: damaged, too long a row, interrupted.
    pub(super) fn read_on(&mut self) -> Result<(), DataError> {
        let mut bytes = std::mem::take(&mut self.rest);
        let filled = bytes.len();
        let read = self.enlarge(&mut bytes, filled).and_then(|()| self.fill(&mut bytes, filled));
        bytes.truncate(*read.as_ref().unwrap_or(&filled));
        self.rest = bytes;
        read.map(|_| ())
    }

    /// The next whole rows, in the order of the file; `None` at its end. `last_row_end` finds where the last whole row
    /// of a text ends that begins with a row, 0 where none does.
    ///
    /// # Errors
    /// As [`Stretches::read_on`].
    pub(super) fn next(&mut self, mut last_row_end: impl FnMut(&[u8]) -> usize) -> Result<Option<Vec<u8>>, DataError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        // What stands in the buffer from before is overwritten: to blank it first would cost as much as reading.
        let mut bytes = self.pool.take();
        let mut filled = self.rest.len();
        if bytes.len() < filled.max(STRETCH) {
            bytes.resize(filled.max(STRETCH), 0);
        }
        if let Some(begin) = bytes.get_mut(..filled) {
            begin.copy_from_slice(&self.rest);
        }
        self.rest.clear();
        loop {
            match self.fill(&mut bytes, filled) {
                Ok(count) => filled = count,
                Err(error) => {
                    let end = last_row_end(bytes.get(..filled).unwrap_or_default());
                    self.failed = Some(error);
                    self.ended = true;
                    return self.handed_out(bytes, end);
                }
            }
            if filled >= LONGEST_ROW {
                return Err(self.too_long());
            }
            if self.ended {
                return self.handed_out(bytes, filled);
            }
            let end = last_row_end(bytes.get(..filled).unwrap_or_default());
            if end > 0 {
                self.rest.extend_from_slice(bytes.get(end..filled).unwrap_or_default());
                return self.handed_out(bytes, end);
            }
            self.enlarge(&mut bytes, filled)?;
        }
    }

    fn handed_out(&mut self, mut bytes: Vec<u8>, end: usize) -> Result<Option<Vec<u8>>, DataError> {
        bytes.truncate(end);
        match self.failed.take() {
            Some(error) if end == 0 => Err(error),
            later => {
                self.failed = later;
                Ok((end > 0).then_some(bytes))
            }
        }
    }

    /// Fills the buffer up to its end or that of the file; how many of its bytes are then in use.
    fn fill(&mut self, bytes: &mut [u8], mut filled: usize) -> Result<usize, DataError> {
        while !self.ended {
            let Some(room) = bytes.get_mut(filled..).filter(|room| !room.is_empty()) else { break };
            let count = self.input.read(room)?;
            self.ended = count == 0;
            filled += count;
        }
        Ok(filled)
    }

    /// Makes room behind a row that has not ended yet.
    fn enlarge(&mut self, bytes: &mut Vec<u8>, filled: usize) -> Result<(), DataError> {
        // A row of one byte less, with the file's end behind it, may still be one.
        if filled >= LONGEST_ROW {
            return Err(self.too_long());
        }
        let double = bytes.len().max(STRETCH / 2) * 2;
        let most = if filled < LONGEST_ROW - 1 { LONGEST_ROW - 1 } else { LONGEST_ROW };
        bytes.resize(double.min(most).max(filled), 0);
        Ok(())
    }

    /// Says which row is too long: where nobody counted them, by reading a file once more.
    fn too_long(&self) -> DataError {
        let nobody_counted = self.input.row.is_none() && self.input.progress().1.is_some();
        let counted = nobody_counted.then(|| Rows::open(&self.input.source, &Wanted::Columns(Vec::new())));
        let error = counted.and_then(|rows| match rows {
            Ok(mut rows) => loop {
                match rows.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => break None,
                    Err(error) => break Some(error),
                }
            },
            Err(error) => Some(error),
        });
        error.unwrap_or_else(|| self.input.too_long())
    }
}
