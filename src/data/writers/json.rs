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
    text: String,
    is_empty: bool,
}

pub(super) fn open(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    Ok(Box::new(Json { sink, names: Names::new(columns), text: String::new(), is_empty: true }))
}

impl Json {
    fn write(&mut self, text: &str) -> Result<(), DataError> {
        self.sink.write_all(text.as_bytes()).map_err(|error| self.sink.failed(&error))
    }
}

impl FormatWriter for Json {
    fn row(&mut self, cells: &[OutCell]) -> Result<(), DataError> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        text.push_str(if self.is_empty { "[\n  " } else { ",\n  " });
        self.names.object(cells, &mut text);
        self.is_empty = false;
        let written = self.write(&text);
        self.text = text;
        written
    }

    fn finish(mut self: Box<Self>) -> Result<(), DataError> {
        let end = if self.is_empty { "[]\n" } else { "\n]\n" };
        self.write(end)?;
        self.sink.finish()
    }
}
