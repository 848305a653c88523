//! Files of leads and events into typed records, and results into files.
//!
//! | module | takes | hands on |
//! |---|---|---|
//! | [`source`] | a path as given | bytes, unpacked, and their format |
//! | [`rows`] | bytes | rows of cells, one format a file in `formats/` |
//! | [`leads`] | rows | leads, or bad rows with the reason |
//! | [`events`] | rows | the events of each lead |
//! | [`table`] | result rows | a file, whole or not at all; one format a file in `writers/` |

pub mod events;
pub mod leads;
pub mod rows;
pub mod source;
pub mod table;

use std::path::PathBuf;

/// Why the command cannot do its work: exit code 2. Its `Display` is a message for the user, with what to do next.
#[derive(Debug)]
pub enum DataError {
    /// No such file, no permission, a folder, a broken archive.
    Unreadable { file: String, reason: String },
    /// The file is not what its name or the flags claim: a spreadsheet named `.csv`, no key column…
    NotAsClaimed { file: String, reason: String, help: Option<String> },
    /// Writing failed: a full disk, an output path that is a folder.
    Unwritable { file: String, reason: String },
    /// Standard output was closed by its reader (`| head`): the command ends quietly.
    ClosedPipe,
    /// Ctrl-C.
    Interrupted,
}

/// A data row that cannot be used: exit code 3, or a line of the rejects.
#[derive(Debug, Clone, PartialEq)]
pub struct BadRow {
    /// The file as named on the command line.
    pub file: String,
    /// Counted from 1: data rows, without a CSV's header.
    pub row: u64,
    pub column: Option<String>,
    /// Completes "row 7, column `employees`: …": "`12,5` is not a number".
    pub reason: String,
    /// The row as it was read.
    pub raw: String,
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
