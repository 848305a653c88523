//! A JSON array of objects, each on its own line.

use super::object::Names;
use crate::data::DataError;
use crate::data::sink::Sink;
use crate::data::table::{Column, FormatWriter, OutCell};
use std::io::Write;

/// Elements of an array.
struct Json {
    sink: Sink,
    names: Names,
    text: Vec<u8>,
    is_empty: bool,
}

pub(super) fn open(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    Ok(Box::new(Json { sink, names: Names::new(columns), text: Vec::new(), is_empty: true }))
}

impl Json {
    fn write(&mut self, text: &[u8]) -> Result<(), DataError> {
        self.sink.write_all(text).map_err(|error| self.sink.failed(&error))
    }
}

impl FormatWriter for Json {
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), DataError> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        text.extend_from_slice(if self.is_empty { b"[\n  " } else { b",\n  " });
        self.names.object(cells, &mut text);
        self.is_empty = false;
        let written = self.write(&text);
        self.text = text;
        written
    }

    fn finish(mut self: Box<Self>) -> Result<(), DataError> {
        let end: &[u8] = if self.is_empty { b"[]\n" } else { b"\n]\n" };
        self.write(end)?;
        self.sink.finish()
    }
}
