//! The practical limit: model A written by hand, for what a good engineer makes of it in a day.
//!
//! It reads the same files, the fields that the model needs and no others, on the same number of threads, and writes the
//! same bytes. It knows the names of the columns, but not their order. What it does not do: look for rows that are
//! wrong, keys that occur twice, or text whose case is told by more than ASCII (the model's own words are ASCII).
//!
//! ```text
//! limit LEADS OUTPUT [THREADS]
//! ```

mod csv;
mod index;
mod ndjson;
mod ordered;
mod parquet;
mod rules;
mod shared_file;

use std::io::{Error, Result};
use std::path::Path;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [leads, output, threads @ ..] = arguments.as_slice() else {
        return Err(Error::other("which leads, and where to write"));
    };
    let threads = threads.first().and_then(|text| text.parse().ok()).unwrap_or(2);
    let (leads, output) = (Path::new(leads), Path::new(output));
    match leads.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => csv::score(leads, output, threads),
        Some("ndjson") => ndjson::score(leads, output, threads),
        Some("parquet") => parquet::score(leads, output, threads),
        _ => Err(Error::other("leads are .csv, .ndjson or .parquet")),
    }
}
