//! Whether a file is what its name or a flag claims.

use super::source::HEAD;
use super::{DataError, Format, shown, sniff};

/// The format to read: as claimed, else as the content shows.
///
/// # Errors
/// [`DataError::NotAsClaimed`], with what the file looks like.
pub(super) fn settled(name: &str, claimed: Option<Format>, head: &[u8]) -> Result<Format, DataError> {
    let format = claimed.or_else(|| sniff::format_of(head)).ok_or_else(|| unknown_format(name, head))?;
    checked(name, format, head)
}

/// The format to read: as claimed, but a JSON array named `.ndjson` is read as what it is, and the other way round.
fn checked(name: &str, claimed: Format, head: &[u8]) -> Result<Format, DataError> {
    let refused = |what: &str, help: &str| {
        let reason = format!("it looks like {what}, not {}", described(claimed));
        Err(DataError::NotAsClaimed { file: name.to_owned(), reason, help: Some(help.to_owned()) })
    };
    if claimed == Format::Parquet && head.starts_with(b"PAR1") {
        return Ok(claimed);
    }
    if let Some(what) = sniff::looks_like(head) {
        return refused(what, sniff::advice(what));
    }
    let first = sniff::first_letter(head);
    match (claimed, first) {
        // No rows today is a fine NDJSON file.
        (Format::Ndjson, None) => Ok(claimed),
        (_, None) => Err(DataError::NotAsClaimed {
            file: name.to_owned(),
            reason: "it is empty".to_owned(),
            help: Some("export the data again; a file without rows still has a header".to_owned()),
        }),
        (Format::Ndjson, Some(b'[')) => Ok(Format::Json),
        (Format::Json, Some(b'{')) if begins_with_object_line(head) && !begins_with_rows_inside(head) => {
            Ok(Format::Ndjson)
        }
        (Format::Json, Some(b'[')) => Ok(claimed),
        (Format::Json, Some(b'{')) => match array_inside(head) {
            Some(name) => {
                let help =
                    format!("write the array behind `\"{name}\":` alone into the file, so that it begins with `[`");
                refused(&format!("a single JSON object with the rows under `{name}`"), &help)
            }
            None => refused("a single JSON object", "give the array inside it, or one object a line (`.ndjson`)"),
        },
        (Format::Json, _) => refused("other text", "a JSON file of leads begins with `[`"),
        (Format::Csv | Format::Tsv, Some(b'[' | b'{')) if begins_json(head) => {
            refused("JSON", "give it the ending `.json`, or `.ndjson` for one object a line")
        }
        (Format::Parquet, _) => refused("text", "give it the ending of its format: `.csv`, `.ndjson` or `.json`"),
        _ => Ok(claimed),
    }
}

/// `{"leads": [`: the member whose value is an array, as the first or behind plain ones.
fn array_inside(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let (before, _) = text.split_once('[')?;
    let name = before.trim_end().strip_suffix(':')?.trim_end().strip_suffix('"')?;
    let (_, name) = name.rsplit_once('"')?;
    Some(shown(name))
}

/// Whether the first line is a whole JSON object, or too long to tell.
fn begins_with_object_line(head: &[u8]) -> bool {
    let line = head.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default();
    let cut = head.len() >= HEAD && line.len() == head.trim_ascii_start().len();
    cut || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

/// `{"leads":[{`: no lead begins with a list of objects.
fn begins_with_rows_inside(head: &[u8]) -> bool {
    let start: Vec<u8> = head.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(200).collect();
    let behind_name = start.strip_prefix(b"{\"").and_then(|rest| rest.splitn(2, |byte| *byte == b'"').nth(1));
    behind_name.is_some_and(|rest| rest.starts_with(b":[{"))
}

/// `[{`, `{"`, `[]`: no header of a CSV begins so.
fn begins_json(head: &[u8]) -> bool {
    let mut letters = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!((letters.next(), letters.next()), (Some(b'['), Some(b'{' | b']')) | (Some(b'{'), Some(b'"' | b'}')))
}

fn described(format: Format) -> &'static str {
    match format {
        Format::Csv => "CSV",
        Format::Tsv => "tab-separated text",
        Format::Ndjson => "NDJSON (one JSON object a line)",
        Format::Json => "a JSON array",
        Format::Parquet => "Parquet",
        Format::Table => "a table",
    }
}

fn unknown_format(name: &str, head: &[u8]) -> DataError {
    let reason = match sniff::looks_like(head) {
        Some(what) => format!("it looks like {what}"),
        None if head.trim_ascii().is_empty() => "it is empty".to_owned(),
        None => "neither its name nor its content tells its format".to_owned(),
    };
    let help = "give it the ending `.csv`, `.tsv`, `.ndjson`, `.json` or `.parquet`, or say `--leads-format csv`";
    DataError::NotAsClaimed { file: name.to_owned(), reason, help: Some(help.to_owned()) }
}
