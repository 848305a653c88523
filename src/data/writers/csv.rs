//! CSV as in RFC 4180: quotes only where they are needed, `\n` behind each line. Values are written exactly as they are;
//! whoever opens the file in a spreadsheet should import it as text.

use crate::data::DataError;
use crate::data::sink::{Sink, failed};
use crate::data::table::{Column, FormatWriter, OutCell};
use std::io;

/// Lines of cells.
struct Csv(csv::Writer<Sink>);

pub(super) fn open_csv(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    open(sink, columns, b',')
}

/// Tab-separated, quoted likewise.
pub(super) fn open_tsv(sink: Sink, columns: &[Column]) -> Result<Box<dyn FormatWriter>, DataError> {
    open(sink, columns, b'\t')
}

fn open(sink: Sink, columns: &[Column], delimiter: u8) -> Result<Box<dyn FormatWriter>, DataError> {
    let mut writer = Csv(csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(sink));
    writer.line(columns.iter().map(|column| column.name.clone()))?;
    Ok(Box::new(writer))
}

impl Csv {
    fn line(&mut self, cells: impl Iterator<Item = String>) -> Result<(), DataError> {
        self.0.write_record(cells).map_err(|error| {
            let error = match error.into_kind() {
                csv::ErrorKind::Io(error) => error,
                other => io::Error::other(format!("{other:?}")),
            };
            self.0.get_ref().failed(&error)
        })
    }
}

impl FormatWriter for Csv {
    fn row(&mut self, cells: &[OutCell]) -> Result<(), DataError> {
        self.line(cells.iter().map(|cell| cell.text().unwrap_or_default()))
    }

    fn finish(self: Box<Self>) -> Result<(), DataError> {
        let name = self.0.get_ref().name().to_owned();
        match self.0.into_inner() {
            Ok(sink) => sink.finish(),
            Err(error) => Err(failed(&name, error.error())),
        }
    }
}
