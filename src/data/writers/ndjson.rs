//! NDJSON: a JSON object a line.

use super::object::Names;
use crate::data::DataError;
use crate::data::sink::Sink;
use crate::data::table::{Column, FormatWriter, Lines, OutCell};
use std::io::Write;
use std::sync::Arc;

/// Lines of objects.
struct Ndjson {
    sink: Sink,
    names: Arc<Names>,
    line: Vec<u8>,
}

pub(super) fn open(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    Ok(Box::new(Ndjson { sink, names: Arc::new(Names::new(columns)), line: Vec::new() }))
}

impl FormatWriter for Ndjson {
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), DataError> {
        self.line.clear();
        self.names.row(cells, &mut self.line);
        self.sink.write_all(&self.line).map_err(|error| self.sink.failed(&error))
    }

    fn lines(&self) -> Option<Arc<dyn Lines>> {
        Some(Arc::<Names>::clone(&self.names))
    }

    fn write_lines(&mut self, lines: &[u8]) -> Result<(), DataError> {
        self.sink.write_all(lines).map_err(|error| self.sink.failed(&error))
    }

    fn finish(self: Box<Self>) -> Result<(), DataError> {
        self.sink.finish()
    }
}

impl Lines for Names {
    fn cell(&self, column: usize, cell: &OutCell<'_>, into: &mut Vec<u8>) {
        self.member(column, cell, into);
    }

    fn end(&self, _start: usize, into: &mut Vec<u8>) {
        self.close(into);
        into.push(b'\n');
    }
}
