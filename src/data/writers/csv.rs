//! CSV as in RFC 4180: quotes only where they are needed, `\n` behind each line. Values are written exactly as they are;
//! whoever opens the file in a spreadsheet should import it as text.

use crate::data::DataError;
use crate::data::rows::Cell;
use crate::data::sink::Sink;
use crate::data::table::{Column, FormatWriter, Lines, OutCell};
use std::io::Write;
use std::sync::Arc;

/// A file of lines.
struct Csv {
    sink: Sink,
    lines: Arc<Delimited>,
    line: Vec<u8>,
}

/// Cells with a delimiter between them.
struct Delimited {
    delimiter: u8,
}

pub(super) fn open_csv(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    open(sink, columns, b',')
}

/// Tab-separated, quoted likewise.
pub(super) fn open_tsv(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    open(sink, columns, b'\t')
}

fn open(sink: Sink, columns: &[Column], delimiter: u8) -> Result<Box<dyn FormatWriter>, DataError> {
    let mut writer = Csv { sink, lines: Arc::new(Delimited { delimiter }), line: Vec::new() };
    let header: Vec<OutCell<'_>> = columns.iter().map(|column| OutCell::Text(column.name.as_str().into())).collect();
    writer.row(&header)?;
    Ok(Box::new(writer))
}

impl FormatWriter for Csv {
    fn row(&mut self, cells: &[OutCell<'_>]) -> Result<(), DataError> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        self.lines.row(cells, &mut line);
        let written = self.write_lines(&line);
        self.line = line;
        written
    }

    fn lines(&self) -> Option<Arc<dyn Lines>> {
        Some(Arc::<Delimited>::clone(&self.lines))
    }

    fn write_lines(&mut self, lines: &[u8]) -> Result<(), DataError> {
        self.sink.write_all(lines).map_err(|error| self.sink.failed(&error))
    }

    fn finish(self: Box<Self>) -> Result<(), DataError> {
        self.sink.finish()
    }
}

impl Lines for Delimited {
    fn cell(&self, column: usize, cell: &OutCell<'_>, into: &mut Vec<u8>) {
        if column > 0 {
            into.push(self.delimiter);
        }
        match cell {
            OutCell::Missing | OutCell::AsRead(Cell::Missing) => {}
            OutCell::Text(text) => self.text(text, into),
            OutCell::AsRead(Cell::Text(text)) => self.text(text, into),
            OutCell::Number(number) => number.write(into),
            OutCell::YesNo(yes) => into.extend_from_slice(if *yes { b"true" } else { b"false" }),
            other => self.text(&other.text().unwrap_or_default(), into),
        }
    }

    fn is_plain(&self, text: &str) -> bool {
        let special = |byte: &u8| *byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        // All bytes are looked at, which is quicker than leaving early.
        !text.as_bytes().iter().fold(false, |found, byte| found | special(byte))
    }

    fn end(&self, start: usize, into: &mut Vec<u8>) {
        // An empty line would be no row.
        if into.len() == start {
            into.extend_from_slice(b"\"\"");
        }
        into.push(b'\n');
    }
}

impl Delimited {
    /// Quoted where it holds a delimiter, a quote or a line end.
    fn text(&self, text: &str, into: &mut Vec<u8>) {
        if self.is_plain(text) {
            into.extend_from_slice(text.as_bytes());
            return;
        }
        into.push(b'"');
        into.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        into.push(b'"');
    }
}
