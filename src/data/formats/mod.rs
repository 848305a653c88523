//! The formats that can be read. A new one is one file here and one line in [`READERS`].

mod csv;
mod csv_cells;
mod json;
mod learned;
mod members;
mod ndjson;
mod objects;
mod parquet;
mod record;
mod stretches;
mod values;
mod wide;

#[cfg(test)]
mod suites;

use super::batch::BlockReader;
use super::rows::{Cell, Wanted};
use super::source::Input;
use super::{DataError, Format};

/// A format that can be read.
pub(super) struct Reader {
    pub(super) format: Format,
    /// Endings of file names, lower case.
    pub(super) endings: &'static [&'static str],
    pub(super) open: Open,
}

type Open = fn(Input, &Wanted) -> Result<Box<dyn BlockReader>, DataError>;

pub(super) const READERS: &[Reader] = &[
    Reader { format: Format::Csv, endings: &[".csv", ".txt"], open: csv::open },
    Reader { format: Format::Tsv, endings: &[".tsv", ".tab"], open: csv::open },
    Reader { format: Format::Ndjson, endings: &[".ndjson", ".jsonl"], open: ndjson::open },
    Reader { format: Format::Json, endings: &[".json"], open: json::open },
    Reader { format: Format::Parquet, endings: &[".parquet"], open: parquet::open },
];

/// Buffers of the decoders, used again for the next block.
#[derive(Debug, Default)]
pub struct Scratch {
    csv: csv_cells::Scratch,
    objects: objects::Scratch,
}

/// A JSON value as a cell, else why it is none.
pub(super) fn json_cell(text: &str) -> Result<Cell, String> {
    members::cell(text)
}

/// `None` for formats of output alone.
pub(super) fn reader(format: Format) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.format == format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_but_the_table_can_be_read() {
        for format in Format::ALL {
            assert_eq!(reader(format).is_some(), format != Format::Table, "{}", format.name());
        }
    }
}
