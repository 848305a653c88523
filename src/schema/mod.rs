//! Declarations read off data: what `score schema` prints.
//!
//! Beside the chain, over [`crate::data`]: rows of files become profiles of their columns, profiles a draft, the
//! draft the text of a rule file that checks clean and reads those files.
//!
//! | module | takes | hands on |
//! |---|---|---|
//! | [`table`] | rows of one file | a [`table::Table`]: a profile of each column |
//! | [`column`] | the cells of one column | what they have in common: [`numbers`], [`dates`], [`yes_no`], [`lists`], [`distinct`] |
//! | [`identity`] | the cells of one column | whether they tell the rows apart |
//! | [`kind`] | a profile | the type to declare, and what to say about it |
//! | [`draft`] | tables | fields with names ([`name`]), the key ([`key`]), the roles of event columns ([`roles`]) |
//! | [`write`] | a draft | the text, which [`crate::syntax::format`] then lays out |
//!
//! Every row is read, one at a time: memory grows with the number of columns, not of rows, but for a few bytes of each
//! key.

mod column;
mod dates;
mod distinct;
mod draft;
mod hints;
mod identity;
mod key;
mod kind;
mod lists;
mod name;
mod numbers;
mod placeholder;
mod roles;
mod table;
#[cfg(test)]
mod tests;
mod write;
mod yes_no;

pub use name::event_name;

use crate::data::{DataError, Source};
use crate::source::Sources;
use crate::syntax::format::format;
use crate::syntax::parse;

/// A file of events, and what its rows are where the command line says so.
#[derive(Debug, Clone)]
pub struct EventFile {
    pub source: Source,
    /// `--events TYPE=FILE`: every row is of this type.
    pub kind: Option<String>,
}

/// Called now and then with the bytes of the current file read so far, and all of them where known; its error ends the
/// reading.
pub type Tick<'a> = &'a mut dyn FnMut(u64, Option<u64>) -> Result<(), DataError>;

/// What a file was called on the command line: `leads.csv`, `standard input`.
pub fn file_name(source: &Source) -> String {
    match &source.path {
        Some(path) => path.display().to_string(),
        None => "standard input".to_owned(),
    }
}

/// Reads the files and writes declarations for them.
///
/// # Errors
/// [`DataError`]: a file cannot be read, or is not what it claims to be.
pub fn declarations(leads: &Source, events: &[EventFile], tick: Tick<'_>) -> Result<String, DataError> {
    let leads_table = table::Table::read(leads, None, tick)?;
    let mut event_tables = Vec::new();
    for file in events {
        event_tables.push((table::Table::read(&file.source, Some(&leads_table), tick)?, file.kind.clone()));
    }
    Ok(laid_out(write::text(&draft::draft(&leads_table, &event_tables))))
}

/// As `score fmt` lays it out.
fn laid_out(text: String) -> String {
    let mut sources = Sources::default();
    let id = sources.add("schema", text.as_str());
    let (file, mistakes) = parse(&sources, id);
    if mistakes.is_empty() { format(&text, &file).unwrap_or(text) } else { text }
}
