//! NDJSON: a JSON object a line.

use super::object::Names;
use crate::data::DataError;
use crate::data::sink::Sink;
use crate::data::table::{Column, FormatWriter, OutCell};
use std::io::Write;

/// Lines of objects.
struct Ndjson {
    sink: Sink,
    names: Names,
    line: String,
}

pub(super) fn open(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    Ok(Box::new(Ndjson { sink, names: Names::new(columns), line: String::new() }))
}

impl FormatWriter for Ndjson {
    fn row(&mut self, cells: &[OutCell]) -> Result<(), DataError> {
        self.line.clear();
        self.names.object(cells, &mut self.line);
        self.line.push('\n');
        self.sink.write_all(self.line.as_bytes()).map_err(|error| self.sink.failed(&error))
    }

    fn finish(self: Box<Self>) -> Result<(), DataError> {
        self.sink.finish()
    }
}
