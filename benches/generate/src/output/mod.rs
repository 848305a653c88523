//! Writers, one format a file.

mod csv;
mod ndjson;
mod parquet;

use crate::table::{Columns, Writer};
use std::path::Path;

/// The writer for the file's extension.
pub fn writer(path: &Path, columns: Columns) -> std::io::Result<Box<dyn Writer>> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => Ok(Box::new(csv::Csv::new(path, columns)?)),
        Some("ndjson") => Ok(Box::new(ndjson::NdJson::new(path, columns)?)),
        Some("parquet") => Ok(Box::new(parquet::Parquet::new(path, columns)?)),
        _ => Err(std::io::Error::other(format!("no writer for {}", path.display()))),
    }
}
