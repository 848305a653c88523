//! Files of leads and events into typed records, and results into files.
//!
//! | module | takes | hands on |
//! |---|---|---|
//! | [`source`] | a path as given | bytes, unpacked, and their format |
//! | [`rows`] | bytes | rows of cells, one format a file in `formats/` |
//! | [`batch`] | bytes | blocks of whole rows, and their columns |
//! | [`leads`] | rows | leads, or bad rows with the reason |
//! | [`events`] | rows | the events of each lead |
//! | [`previous`] | rows | what an earlier run found out about each lead |
//! | [`table`] | result rows | a file, whole or not at all; one format a file in `writers/` |
//! | [`rejects`] | bad rows | a file of them |
//!
//! [`interrupt`] ends all of it on request; [`error`] says why something cannot be done.

pub mod batch;
mod claim;
pub mod error;
pub mod events;
pub(crate) mod fields;
pub(crate) mod fingerprint;
mod formats;
pub mod interrupt;
pub mod leads;
pub mod previous;
pub mod rejects;
pub mod rows;
mod shown;
pub mod sink;
mod sniff;
pub mod source;
pub mod table;
pub mod texts;
mod writers;

#[cfg(test)]
mod testing;

pub use error::DataError;
pub use shown::shown;

use std::path::{Path, PathBuf};

/// A data row that cannot be used: exit code 3, or a line of the rejects.
#[derive(Debug, Clone, PartialEq)]
pub struct BadRow {
    /// The file as named on the command line.
    pub file: String,
    /// Counted from 1: data rows, without a CSV's header and blank lines.
    pub row: u64,
    /// The line of a text file on which the row begins, counted from 1, where it is known.
    pub line: Option<u64>,
    pub column: Option<String>,
    /// Completes "row 7, column `employees`: …": "`12,5` is not a number".
    pub reason: String,
    /// What to declare so that this cell, and others like it, can be read.
    pub help: Option<String>,
    /// The row as it was read.
    pub raw: String,
}

/// `leads.csv, row 7 (line 8), column `employees`: `12,5` is not a number`
impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, row {}", self.file, self.row)?;
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{}`", shown(column))?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// A data format, by its flag and file ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Tsv,
    Ndjson,
    Json,
    Parquet,
    /// For people; output only.
    Table,
}

impl Format {
    pub const ALL: [Format; 6] =
        [Format::Csv, Format::Tsv, Format::Ndjson, Format::Json, Format::Parquet, Format::Table];

    /// As a flag says it: `csv`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Ndjson => "ndjson",
            Format::Json => "json",
            Format::Parquet => "parquet",
            Format::Table => "table",
        }
    }

    /// The format that a flag names: `--format csv`.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// All endings of file names that tell a format.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        formats::READERS.iter().flat_map(|reader| reader.endings).copied()
    }

    /// By the ending of a file's name, below `.gz` and `.zst`; `None` where it does not tell.
    pub fn of_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
        formats::READERS
            .iter()
            .find(|reader| reader.endings.iter().any(|ending| name.ends_with(ending)))
            .map(|reader| reader.format)
    }
}

/// A file to read, as named on the command line.
#[derive(Debug, Clone)]
pub struct Source {
    /// `None` is standard input.
    pub path: Option<PathBuf>,
    /// Where the name does not tell.
    pub format: Option<Format>,
    /// `--events TYPE=FILE`: every row is an event of this type.
    pub event: Option<crate::model::EventId>,
}

impl Source {
    /// A file whose name tells its format.
    pub fn file(path: impl Into<PathBuf>) -> Source {
        Source { path: Some(path.into()), format: None, event: None }
    }

    /// How messages name it.
    pub fn name(&self) -> String {
        match &self.path {
            Some(path) => path.display().to_string(),
            None => "standard input".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_format() {
        let format = |name: &str| Format::of_path(Path::new(name));
        assert_eq!(format("leads.csv"), Some(Format::Csv));
        assert_eq!(format("a.b/LEADS.CSV.GZ"), Some(Format::Csv));
        assert_eq!(format("x.tsv.zst"), Some(Format::Tsv));
        assert_eq!(format("x.jsonl"), Some(Format::Ndjson));
        assert_eq!(format("x.json"), Some(Format::Json));
        assert_eq!(format("x.parquet"), Some(Format::Parquet));
        assert_eq!(format("x.xlsx"), None);
        assert_eq!(Format::named("table"), Some(Format::Table));
        assert_eq!(Format::named("excel"), None);
    }
}
